import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { findVersion } from "~/db/version-store.server";
import type { Actor } from "~/services/actor.server";
import { signaturesOf, signVersion, type SignForm } from "~/services/signatures.server";
import { openSigningLink, proveSigningCode, sendSigningCode, signByLink } from "~/services/signing-links.server";
import { sendForSigning } from "~/services/signing-requests.server";
import { loadVersion } from "~/services/versions.server";
import { aPublishedVersion } from "../support/signing";
import { aUser } from "../support/stored";

const NOW = new Date("2026-11-25T09:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const caller = () => ({ address: crypto.randomUUID(), userAgent: "A browser", cookie: "" });
type Ground = Awaited<ReturnType<typeof aPublishedVersion>>;

let maya: Actor;
let tom: Actor;
beforeAll(async () => {
  maya = await aUser("Maya Lindqvist");
  tom = await aUser("Tom Brandt");
});

const person = (partyId: "client" | "provider", { name, email }: { name: string; email: string }) => ({ partyId, name, title: "Director", email });
const OWN_ADDRESS = { name: "Maya Lindqvist", email: "tom.elsewhere@people.example" };

async function form(matrixId: string, name: string, fields: object = {}): Promise<SignForm> {
  const fingerprint = (await findVersion(read, matrixId, 1))?.fingerprint ?? "";
  return { intent: "sign", fingerprint, title: "Director", organisation: "Theirs", consent: "on", way: "typed", typed: name, drawn: "", ...fields };
}
const signs = async (actor: Actor, { matrixId }: Ground) => signVersion(actor, matrixId, 1, await form(matrixId, actor.name), caller(), at(5));
const stands = async (actor: Actor, { matrixId }: Ground) => (await loadVersion(actor, matrixId, 1)).facts;
const mails = (ground: Ground, kind: string) => read.outgoingMail.findMany({ where: { engagementId: ground.engagementId, kind }, orderBy: { to: "asc" }, select: { to: true, text: true } });

/** Signs by a personal link, as whoever reads the mail of its address. */
async function signsByLink(ground: Ground, token: string, name: string): Promise<void> {
  await openSigningLink(token, [], caller(), at(1));
  await sendSigningCode(token, caller(), at(1));
  const code = /Your code is (\d{6})/.exec((await mails(ground, "signing-code")).at(-1)?.text ?? "")?.[1] ?? "";
  const id = await proveSigningCode(token, code, caller(), at(2));
  await signByLink(token, [id], await form(ground.matrixId, name), caller(), at(3));
}

describe("one side alone", () => {
  it("agrees nothing with a signatory of the other side at an address of its own", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    const { handed } = await sendForSigning(tom, ground.matrixId, 1, { order: "together", mailed: "on", message: "", due: "", signatories: [person("client", OWN_ADDRESS), person("provider", tom)] }, NOW);
    expect(handed).toEqual([]);
    await signsByLink(ground, handed[0]?.link.split("/").at(-1) ?? "", OWN_ADDRESS.name).catch(() => undefined);
    await signs(tom, ground);
    expect(await stands(maya, ground)).toMatchObject({ status: "proposed" });
    expect((await mails(ground, "signing-sent")).map(({ to }) => to)).toEqual([maya.email]);
  });

  it("signs in no other name than that of who was asked", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    await sendForSigning(maya, ground.matrixId, 1, { order: "together", mailed: "on", message: "", due: "", signatories: [person("client", maya), person("provider", tom)] }, NOW);
    const versionId = (await findVersion(read, ground.matrixId, 1))?.id ?? "";
    await signVersion(maya, ground.matrixId, 1, await form(ground.matrixId, "Otto Vane", { name: "Otto Vane" }), caller(), at(5)).catch(() => undefined);
    expect((await signaturesOf(read, versionId)).map(({ name }) => name)).toEqual([]);
    await signVersion(maya, ground.matrixId, 1, await form(ground.matrixId, " maya  lindqvist", { name: "Otto Vane" }), caller(), at(5));
    expect(await signaturesOf(read, versionId)).toMatchObject([{ name: "Maya Lindqvist", picture: { text: "Maya Lindqvist" } }]);
  });
});
