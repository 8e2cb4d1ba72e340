import { describe, expect, it } from "vitest";
import { read } from "~/db/client.server";
import { acceptWithNewAccount, inviteSomebody, revokeInvitation } from "~/services/access/invitations.server";
import { ABrowser } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser, PASSWORD } from "../support/stored";

describe("an invitation", () => {
  it("leaves no account without access where it is taken back, or accepted by several, at the same moment", async () => {
    const owner = await aUser("Maya Lindqvist");
    const { matrixId } = await anEngagement(owner, aMatrix());
    for (let round = 0; round < 16; round += 1) {
      const email = `${crypto.randomUUID()}@people.example`;
      const { link } = await inviteSomebody(
        owner,
        matrixId,
        { email, side: "client", permission: "viewer" },
        new Date(),
      );
      const token = (link ?? "").split("/").at(-1) ?? "";
      const id = (await read.invitation.findFirst({ where: { email } }))?.id ?? "";
      const accept = () =>
        acceptWithNewAccount(token, { name: "Priya Nair", password: PASSWORD }, new ABrowser().caller, new Date());
      // Each time a little later, so that some meet it half way.
      const revoke = async () => {
        await new Promise((resolve) => setTimeout(resolve, round));
        return revokeInvitation(owner, matrixId, id, new Date());
      };
      const answers = await Promise.allSettled(round % 4 < 3 ? [accept(), revoke()] : [accept(), accept(), accept()]);
      const joined = answers.filter((answer) => answer.status === "fulfilled" && "to" in answer.value).length;
      expect(
        await read.user.findMany({ where: { email }, select: { members: { select: { permission: true } } } }),
      ).toEqual(joined === 1 ? [{ members: [{ permission: "viewer" }] }] : []);
      if (round % 4 === 3) expect(joined).toBe(1);
    }
  });
});
