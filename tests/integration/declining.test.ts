import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { insertMatrix, loadMatrix } from "~/db/matrix-store.server";
import { isDecliningConfirmed, termsHash } from "~/domain/agreement/agreement";
import { standingCommands, confirmDeclining } from "~/domain/editing/confirm-declining";
import type { MatrixCommand } from "~/domain/editing/commands";
import { findBlockers } from "~/domain/findings/blockers";
import type { PartyKind } from "~/domain/matrix/shapes";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { loadVersion, publishVersion } from "~/services/version/versions.server";
import type { Actor } from "~/services/who/actor.server";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { aUser } from "../support/stored";

const NOW = new Date("2026-11-27T10:00:00Z");
const STANDING = { kind: "declined", reason: "Too dear", riskOwner: "Daniel Okafor", until: "2027-12-31" } as const;

async function ground() {
  const [client, provider] = [await aUser("Anna"), await aUser("Petra")];
  const matrixId = crypto.randomUUID();
  const member = (actor: Actor, side: PartyKind) => ({ userId: actor.userId, side, permission: "owner" });
  await write(async (tx) => {
    const engagement = await tx.engagement.create({
      data: {
        id: crypto.randomUUID(),
        createdAt: NOW,
        members: { create: [member(client, "client"), member(provider, "provider")] },
      },
    });
    const duties = [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R", "service-desk": "C" }) })];
    await insertMatrix(tx, { id: matrixId, engagementId: engagement.id, matrix: aMatrix({ duties }) });
  });
  const draft = async () => {
    const loaded = await loadMatrix(read, matrixId);
    const duty = loaded?.matrix.duties[0];
    if (!loaded || !duty) throw new Error("The matrix is gone.");
    return { ...loaded, duty };
  };
  const run = async (actor: Actor, commands: MatrixCommand[]) =>
    (
      await runCommands(actor, matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW)
    ).rejected.map(({ rejection }) => rejection.code);
  return { client, provider, matrixId, draft, run };
}

describe("declining", () => {
  it("by the provider waits for the client, whom nobody of the provider can speak for", async () => {
    const { client, provider, draft, run } = await ground();
    const before = await draft();
    expect(await run(provider, standingCommands(before.matrix, "duty-1", STANDING, "provider"))).toEqual([]);
    const declined = await draft();
    expect(findBlockers(declined.matrix)).toHaveLength(1);
    const confirm = confirmDeclining("duty-1", "client", termsHash(declined.matrix, declined.duty));
    expect(await run(provider, [confirm])).toEqual(["not-your-mark"]);
    expect(await run(client, [confirm])).toEqual([]);
    const confirmed = await draft();
    expect([isDecliningConfirmed(confirmed.matrix, confirmed.duty), findBlockers(confirmed.matrix)]).toEqual([
      true,
      [],
    ]);
  });

  it("by the client is confirmed in the same step", async () => {
    const { client, draft, run } = await ground();
    const before = await draft();
    expect(await run(client, standingCommands(before.matrix, "duty-1", STANDING, "client"))).toEqual([]);
    const declined = await draft();
    expect(isDecliningConfirmed(declined.matrix, declined.duty)).toBe(true);
  });

  it("that was confirmed after a version was published lets the same text be published again, without the blocker", async () => {
    const { client, provider, matrixId, draft, run } = await ground();
    await run(provider, standingCommands((await draft()).matrix, "duty-1", STANDING, "provider"));
    const publish = async () => {
      const { revision, matrix } = await draft();
      return publishVersion(client, matrixId, { revision, reason: "For signing", ...matrix.terms }, NOW);
    };
    const number = await publish();
    expect((await loadVersion(client, matrixId, number)).blockers).toHaveLength(1);
    await expect(publish()).rejects.toMatchObject({ code: "conflict" });
    const { matrix, duty } = await draft();
    await run(client, [confirmDeclining("duty-1", "client", termsHash(matrix, duty))]);
    const again = await loadVersion(client, matrixId, await publish());
    expect([again.facts.number, again.blockers, again.changes]).toEqual([number + 1, [], []]);
  });
});
