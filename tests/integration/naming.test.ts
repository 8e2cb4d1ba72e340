import { strFromU8, unzipSync } from "fflate";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { findVersion } from "~/db/version-store.server";
import { AppError } from "~/domain/errors";
import type { Permission } from "~/domain/engagement/permissions";
import { acceptInvitation } from "~/services/access/invitations.server";
import type { Actor } from "~/services/who/actor.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { createEngagement, openSample } from "~/services/engagement/engagements.server";
import { exportVersion } from "~/services/pack/exports.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { changeAccess, type AccessForm } from "~/services/access/members.server";
import { giveAccess } from "~/services/organisation/organisation-clients.server";
import { setUpOrganisation } from "~/services/organisation/organisations.server";
import { answerPaper, statePaper } from "~/services/signing/papers.server";
import { changePeople, type PeopleForm } from "~/services/people/people.server";
import { listRecord } from "~/services/access/record.server";
import { signVersion, type SignInput } from "~/services/signing/signatures.server";
import { signaturesOf } from "~/services/version/signing-facts.server";
import {
  openSigningLink,
  proveSigningCode,
  sendSigningCode,
  signByLink,
} from "~/services/signing/signing-links.server";
import { sendDueReminders } from "~/services/signing/signing-reminders.server";
import {
  changeSigning,
  confirmSignatory,
  nameSignatory,
  remindSignatory,
  removeSignatory,
  replaceSignatory,
  sendForSigning,
  withdrawVersion,
  type RequestForm,
} from "~/services/signing/signing-requests.server";
import { loadSigning } from "~/services/signing/signing-view.server";
import { verifyUpload } from "~/services/pack/verification.server";
import { loadVersion, publishVersion } from "~/services/version/versions.server";
import { withPart } from "../support/packages";
import { aPublishedVersion, confirmAll, withMail } from "../support/signing";
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

const person = (partyId: "client" | "provider", { name, email }: { name: string; email: string }) => ({
  partyId,
  name,
  title: "Director",
  email,
});
const OWN_ADDRESS = { name: "Maya Lindqvist", email: "tom.elsewhere@people.example" };

async function form(matrixId: string, name: string, fields: object = {}): Promise<SignInput> {
  const fingerprint = (await findVersion(read, matrixId, 1))?.fingerprint ?? "";
  return {
    intent: "sign",
    fingerprint,
    title: "Director",
    organisation: "Theirs",
    consent: "on",
    way: "typed",
    typed: name,
    drawn: "",
    ...fields,
  };
}
const signs = async (actor: Actor, { matrixId }: Ground) =>
  signVersion(actor, matrixId, 1, await form(matrixId, actor.name), caller(), at(5));
const stands = async (actor: Actor, { matrixId }: Ground) => (await loadVersion(actor, matrixId, 1)).facts;
const mails = (ground: Ground, kind: string) =>
  read.outgoingMail.findMany({
    where: { engagementId: ground.engagementId, kind },
    orderBy: { to: "asc" },
    select: { id: true, to: true, text: true },
  });

/** Signs by a personal link, as whoever reads the mail of its address. */
async function signsByLink(
  ground: Ground,
  token: string,
  name: string,
  first: (proven: string[]) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await openSigningLink(token, [], caller(), at(1));
  const before = new Set((await mails(ground, "signing-code")).map(({ id }) => id));
  await withMail(() => sendSigningCode(token, caller(), at(1)));
  // Several codes may go to one address at one moment, so that no order tells which is the newest.
  const code =
    /Your code is (\d{6})/.exec(
      (await mails(ground, "signing-code")).find(({ id }) => !before.has(id))?.text ?? "",
    )?.[1] ?? "";
  const id = await proveSigningCode(token, code, caller(), at(2));
  await first([id]);
  await signByLink(token, [id], await form(ground.matrixId, name), caller(), at(3));
}

describe("one side alone", () => {
  it("agrees nothing with a signatory of the other side at an address of its own", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    const { handed } = await sendForSigning(
      tom,
      ground.matrixId,
      1,
      {
        order: "together",
        mailed: "on",
        message: "",
        due: "",
        signatories: [person("client", OWN_ADDRESS), person("provider", tom)],
      },
      NOW,
    );
    expect(handed).toEqual([]);
    await signsByLink(ground, handed[0]?.link.split("/").at(-1) ?? "", OWN_ADDRESS.name).catch(() => undefined);
    await signs(tom, ground);
    expect(await stands(maya, ground)).toMatchObject({ status: "proposed" });
    expect((await mails(ground, "signing-sent")).map(({ to }) => to)).toEqual([maya.email]);
  });

  it("comes no further by reminding, replacing, removing, stating paper, waiting for reminders, or withdrawing and sending anew", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    const email = `${crypto.randomUUID()}@people.example`;
    const form = {
      order: "in-order" as const,
      mailed: "on" as const,
      message: "",
      due: "2026-11-28",
      signatories: [person("provider", tom), person("client", { name: "Mila Forsberg", email })],
    };
    await sendForSigning(tom, ground.matrixId, 1, form, NOW);
    const client =
      (await loadSigning(tom, ground.matrixId, 1, NOW)).round?.signatories.find(({ partyId }) => partyId === "client")
        ?.id ?? "";
    const shown = strFromU8(
      unzipSync((await exportVersion(tom, ground.matrixId, 1, "docx", at(1))).bytes)["word/document.xml"] ??
        new Uint8Array(),
    );
    expect([shown.includes("Tom Brandt"), shown.includes("Mila Forsberg")]).toEqual([true, false]);
    await signs(tom, ground);
    const paper = { name: "signed.pdf", bytes: new TextEncoder().encode("%PDF-1.7") };
    const tries = [
      () => remindSignatory(tom, ground.matrixId, 1, client, at(6)),
      () => replaceSignatory(tom, ground.matrixId, 1, { signatoryId: client, name: "Maya", title: "", email }, at(6)),
      () => removeSignatory(tom, ground.matrixId, 1, client, at(6)),
      () => confirmSignatory(tom, ground.matrixId, 1, client, at(6)),
      () => statePaper(tom, ground.matrixId, 1, { signatoryIds: [client], signedOn: "2026-11-25" }, paper, at(6)),
      () => answerPaper(tom, ground.matrixId, 1, { intent: "confirm-paper", signatoryId: client }, at(6)),
      () => nameSignatory(tom, ground.matrixId, 1, { name: "Maya", title: "", email }, at(6)),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toBeInstanceOf(AppError);
    await withMail(() => sendDueReminders(new Date("2026-12-02T09:00:00Z")));
    await withdrawVersion(tom, ground.matrixId, 1, "Once more", at(7));
    await publishVersion(
      tom,
      ground.matrixId,
      {
        revision: (await loadDraft(tom, ground.matrixId, at(8))).revision,
        reason: "Once more",
        agreementReference: "",
        exhibit: "",
        precedence: "",
        effectiveDate: null,
        reviewDate: null,
      },
      at(8),
    );
    await sendForSigning(tom, ground.matrixId, 2, form, at(9));
    expect(
      (await loadSigning(maya, ground.matrixId, 2, at(9))).round?.signatories.filter(({ proposed }) => proposed),
    ).toMatchObject([{ partyId: "client", namedBy: "Tom Brandt of Harbour IT" }]);
    // No message ever went to the address, and no link was made for it.
    expect(await read.outgoingMail.count({ where: { to: email } })).toBe(0);
    expect(await read.signatory.count({ where: { email, NOT: { tokenHash: null } } })).toBe(0);
    expect((await loadVersion(maya, ground.matrixId, 1)).facts.status).toBe("withdrawn");
    expect((await loadVersion(maya, ground.matrixId, 2)).facts.status).toBe("proposed");
    expect((await mails(ground, "signing-sent")).map(({ to }) => to)).toEqual([maya.email, maya.email]);
  });

  it("can leave it to the other side to say who signs for it, who then does; and every change of who signs is told to the owners", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    const { said } = await sendForSigning(
      tom,
      ground.matrixId,
      1,
      { order: "together", mailed: "on", message: "", due: "", signatories: [person("provider", tom)] },
      NOW,
    );
    expect(said).toContain("The owners of Northwind name who signs for them.");
    expect((await mails(ground, "signing-sent"))[0]?.text).toContain("Nobody is named for Northwind yet.");
    await signs(tom, ground);
    expect(await stands(maya, ground)).toMatchObject({ status: "proposed" });
    await nameSignatory(
      maya,
      ground.matrixId,
      1,
      { name: "Nora Berg", title: "", email: `${crypto.randomUUID()}@northwind.example` },
      at(6),
    );
    const nora = (await loadSigning(maya, ground.matrixId, 1, NOW)).round?.signatories[1]?.id ?? "";
    await replaceSignatory(
      maya,
      ground.matrixId,
      1,
      { signatoryId: nora, name: maya.name, title: "", email: maya.email },
      at(7),
    );
    expect((await mails(ground, "signing-changed")).map(({ to, text }) => [to, text.split("\n")[0]])).toEqual([
      [tom.email, "Maya Lindqvist named Nora Berg to sign for Northwind."],
      [tom.email, "Maya Lindqvist asked Maya Lindqvist instead of Nora Berg to sign for Northwind."],
    ]);
    await signs(maya, ground);
    expect(await stands(maya, ground)).toMatchObject({ status: "agreed" });
    expect((await listRecord(tom, ground.matrixId, null)).entries.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining([
        "Named Nora Berg to sign version 1 for Northwind.",
        "Asked Maya Lindqvist instead of Nora Berg to sign version 1 for Northwind.",
      ]),
    );
  });

  it("signs in no other name than that of who was asked", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    await sendForSigning(
      maya,
      ground.matrixId,
      1,
      {
        order: "together",
        mailed: "on",
        message: "",
        due: "",
        signatories: [person("client", maya), person("provider", tom)],
      },
      NOW,
    );
    const versionId = (await findVersion(read, ground.matrixId, 1))?.id ?? "";
    await signVersion(
      maya,
      ground.matrixId,
      1,
      await form(ground.matrixId, "Otto Vane", { name: "Otto Vane" }),
      caller(),
      at(5),
    ).catch(() => undefined);
    expect((await signaturesOf(read, versionId)).map(({ name }) => name)).toEqual([]);
    await signVersion(
      maya,
      ground.matrixId,
      1,
      await form(ground.matrixId, " maya  lindqvist", { name: "Otto Vane" }),
      caller(),
      at(5),
    );
    expect(await signaturesOf(read, versionId)).toMatchObject([
      { name: "Maya Lindqvist", picture: { text: "Maya Lindqvist" } },
    ]);
  });
});

describe("a client without an owner", () => {
  const formats = ["xlsx", "docx", "pdf", "json"] as const;

  /** An engagement that the provider's owner began, and its version 1, out for signing by a signatory of the client's whom nobody of the client knows of. */
  async function sentAlone(email = `${crypto.randomUUID()}@northwind.example`) {
    const ground = await aPublishedVersion(maya, tom, NOW);
    await write(async (tx) => {
      await tx.member.deleteMany({ where: { engagementId: ground.engagementId, side: "client" } });
      await tx.recordEntry.create({
        data: {
          id: crypto.randomUUID(),
          engagementId: ground.engagementId,
          at: at(-60),
          event: "engagement.created",
          actorId: tom.userId,
          actorName: tom.name,
          detail: { side: "provider" },
        },
      });
    });
    const signatories = [
      { partyId: "client", name: "Otto Vane", title: "IT director", email },
      person("provider", tom),
    ];
    const { handed } = await sendForSigning(
      tom,
      ground.matrixId,
      1,
      { order: "together", mailed: "on", message: "", due: "", signatories },
      NOW,
    );
    return { ...ground, email, token: handed[0]?.link.split("/").at(-1) ?? "" };
  }

  /** The provider's owner lets a first owner of the client in, who may be anybody with an address. */
  async function letIn({ matrixId }: Ground, owner: Actor, when: number): Promise<void> {
    const { link } = await changeAccess(
      tom,
      matrixId,
      { intent: "invite", email: owner.email, side: "client", permission: "owner" },
      at(when),
    );
    await acceptInvitation(owner, link?.split("/").at(-1) ?? "", caller(), at(when));
  }

  const otto = async ({ matrixId, email }: Ground & { email: string }, owner: Actor) =>
    (await loadSigning(owner, matrixId, 1, NOW)).round?.signatories.find((one) => one.email === email);
  const certificate = async (actor: Actor, { matrixId }: Ground) =>
    Buffer.from((await exportVersion(actor, matrixId, 1, "md", at(9))).bytes)
      .toString()
      .replaceAll("\\", "");
  const NOBODY = "Tom Brandt of Harbour IT; confirmed by nobody of Northwind";

  it("can be agreed with, and the page, the signing page, every file and whoever checks one say that nobody of it confirmed who signed", async () => {
    const ground = await sentAlone();
    expect((await loadSigning(tom, ground.matrixId, 1, NOW)).round?.signatories[0]).toMatchObject({
      namedBy: "Tom Brandt of Harbour IT",
      confirmedBy: null,
      proposed: false,
    });
    await openSigningLink(ground.token, [], caller(), at(1));
    await signsByLink(ground, ground.token, "Otto Vane", async (ids) => {
      const view = await openSigningLink(ground.token, ids, caller(), at(2));
      expect(view).toMatchObject({ page: { alone: "Tom Brandt of Harbour IT", state: { kind: "open" } } });
    });
    await signs(tom, ground);
    expect(await stands(tom, ground)).toMatchObject({ status: "agreed" });
    expect(await certificate(tom, ground)).toContain(`| Named by | ${NOBODY} |`);
    for (const format of formats) {
      const answer = await verifyUpload(await exportVersion(tom, ground.matrixId, 1, format, at(9)), at(9));
      expect(answer, format).toMatchObject({ verdict: "in-force", differences: [] });
      expect(answer.notes, format).toContain(
        "Who signed for Northwind was named by the other side, and confirmed by nobody of Northwind.",
      );
    }
    // The file is frozen, so whoever wants it to say something else has to change it.
    const docx = await exportVersion(tom, ground.matrixId, 1, "docx", at(9));
    const forged = (change: (xml: string) => string) =>
      verifyUpload({ name: docx.name, bytes: withPart(docx.bytes, "word/document.xml", change) }, at(9));
    expect(await forged((xml) => xml.replace(NOBODY, "Lena Berg of Northwind"))).toMatchObject({
      verdict: "differs",
      differences: [{ kind: "altered", part: "Certificate", field: "Named by" }],
    });
    expect(await forged((xml) => xml.replace(/<w:tr>(?:(?!<\/w:tr>).)*Named by.*?<\/w:tr>/s, ""))).toMatchObject({
      verdict: "differs",
      differences: [{ kind: "missing", part: "Certificate", subject: "Named by", field: "" }],
    });
    // An owner who comes later changes nothing of what was agreed.
    const late = await aUser("Lena Late");
    await letIn(ground, late, 20);
    await expect(
      confirmSignatory(late, ground.matrixId, 1, (await otto(ground, late))?.id ?? "", at(21)),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await certificate(late, ground)).toContain(NOBODY);
  }, 120_000);

  it("signs without a mail server by a code that its sender passes on, and page, certificate, every file and whoever checks one say who did and that the address was not proved", async () => {
    const ground = await sentAlone();
    const id = (await otto(ground, tom))?.id ?? "";
    expect(await openSigningLink(ground.token, [], caller(), at(1))).toMatchObject({
      kind: "code",
      codeSent: false,
      ask: "Tom Brandt",
    });
    await expect(sendSigningCode(ground.token, caller(), at(1))).rejects.toMatchObject({
      code: "conflict",
      message: "No mail is sent from here. Ask Tom Brandt for your code.",
    });
    expect(await mails(ground, "signing-code")).toEqual([]);
    expect(await otto(ground, tom)).toMatchObject({ codeShown: true });
    const shown = async (when: number) =>
      (await changeSigning(tom, ground.matrixId, 1, { intent: "show-code", signatoryId: id }, at(when))).code?.digits ??
      "";
    const [first, code] = [await shown(1), await shown(1)];
    if (first !== code)
      await expect(proveSigningCode(ground.token, first, caller(), at(2))).rejects.toMatchObject({ code: "invalid" });
    await expect(proveSigningCode(ground.token, code, caller(), at(17))).rejects.toMatchObject({ code: "invalid" });
    const proven = [await proveSigningCode(ground.token, code, caller(), at(2))];
    await expect(proveSigningCode(ground.token, code, caller(), at(2))).rejects.toMatchObject({ code: "invalid" });
    expect(await openSigningLink(ground.token, proven, caller(), at(2))).toMatchObject({
      kind: "page",
      page: { handedBy: "Tom Brandt of Harbour IT", alone: "Tom Brandt of Harbour IT" },
    });
    await signByLink(ground.token, proven, await form(ground.matrixId, "Otto Vane"), caller(), at(3));
    await signs(tom, ground);
    expect((await otto(ground, tom))?.signature).toMatchObject({
      proof: "handed",
      handedBy: "Tom Brandt of Harbour IT",
    });
    expect(await certificate(tom, ground)).toContain(
      "| How it was proved | Entered a code that Tom Brandt of Harbour IT passed on; that the e-mail address is theirs was not proved |",
    );
    for (const format of formats) {
      const answer = await verifyUpload(await exportVersion(tom, ground.matrixId, 1, format, at(9)), at(9));
      expect(answer, format).toMatchObject({ verdict: "in-force", differences: [] });
      // Nothing in the JSON says of which of the versions with this text it is.
      if (format !== "json")
        expect(answer.notes, format).toContain(
          "Otto Vane signed for Northwind with a code that Tom Brandt of Harbour IT passed on. That the e-mail address is theirs was not proved.",
        );
    }
    const docx = await exportVersion(tom, ground.matrixId, 1, "docx", at(9));
    const forged = withPart(docx.bytes, "word/document.xml", (xml) =>
      xml.replace(/Entered a code that .*? was not proved/, "Entered a code sent to this e-mail address"),
    );
    expect(await verifyUpload({ name: docx.name, bytes: forged }, at(9))).toMatchObject({
      verdict: "differs",
      differences: [{ kind: "altered", part: "Certificate", field: "How it was proved" }],
    });
    const told = (await listRecord(tom, ground.matrixId, null)).entries.map(({ sentence }) => sentence);
    expect(told).toContain("Was shown the code for Otto Vane of Northwind to sign version 1, to pass it on.");
    expect(told.join("\n")).toContain(
      `Entered a code that Tom Brandt of Harbour IT passed on, as ${ground.email}, to sign version 1 of `,
    );
  }, 120_000);

  it("has its code passed on by its own owner from the moment it has one, by nobody of the other side, and by nobody where mail is sent", async () => {
    const ground = await sentAlone();
    const lena = await aUser("Lena Berg");
    const id = (await otto(ground, tom))?.id ?? "";
    const before =
      (await changeSigning(tom, ground.matrixId, 1, { intent: "show-code", signatoryId: id }, at(1))).code?.digits ??
      "";
    await letIn(ground, lena, 3);
    await expect(
      changeSigning(tom, ground.matrixId, 1, { intent: "show-code", signatoryId: id }, at(4)),
    ).rejects.toMatchObject({
      code: "forbidden",
      message: "Northwind has an owner, who passes the code on. Ask them.",
    });
    await expect(
      changeSigning(lena, ground.matrixId, 1, { intent: "show-code", signatoryId: id }, at(4)),
    ).rejects.toMatchObject({ code: "conflict" });
    const { handed } = await confirmSignatory(lena, ground.matrixId, 1, id, at(5));
    const token = handed[0]?.link.split("/").at(-1) ?? "";
    // What the sender was shown before is over with the link it was for.
    await expect(proveSigningCode(token, before, caller(), at(5))).rejects.toMatchObject({ code: "invalid" });
    expect([(await otto(ground, tom))?.codeShown, (await otto(ground, lena))?.codeShown]).toEqual([false, true]);
    expect(await openSigningLink(token, [], caller(), at(5))).toMatchObject({ ask: "Lena Berg" });
    await expect(
      withMail(() => changeSigning(lena, ground.matrixId, 1, { intent: "show-code", signatoryId: id }, at(5))),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Codes go by mail here") });
    const code =
      (await changeSigning(lena, ground.matrixId, 1, { intent: "show-code", signatoryId: id }, at(5))).code?.digits ??
      "";
    // A code by mail takes the place of the one that was shown, and the other way round: each says what it was.
    await withMail(() => sendSigningCode(token, caller(), at(5)));
    await expect(proveSigningCode(token, code, caller(), at(5))).rejects.toMatchObject({ code: "invalid" });
    const mailed = await proveSigningCode(
      token,
      /Your code is (\d{6})/.exec((await mails(ground, "signing-code")).at(-1)?.text ?? "")?.[1] ?? "",
      caller(),
      at(5),
    );
    const passedOn = await proveSigningCode(
      token,
      (await changeSigning(lena, ground.matrixId, 1, { intent: "show-code", signatoryId: id }, at(5))).code?.digits ??
        "",
      caller(),
      at(5),
    );
    const seen = async (proven: string[]) => openSigningLink(token, proven, caller(), at(6));
    expect(await seen([mailed])).toMatchObject({ page: { handedBy: null } });
    expect(await seen([passedOn])).toMatchObject({ page: { handedBy: "Lena Berg of Northwind" } });
    await signByLink(token, [passedOn], await form(ground.matrixId, "Otto Vane"), caller(), at(7));
    expect((await otto(ground, lena))?.signature).toMatchObject({
      proof: "handed",
      handedBy: "Lena Berg of Northwind",
    });
  }, 60_000);

  it("keeps the link that was handed over where no mail is sent: nobody is reminded by itself, and nobody is said to be", async () => {
    const ground = await sentAlone();
    await write((tx) =>
      tx.signRound.updateMany({ where: { version: { matrixId: ground.matrixId } }, data: { dueDate: "2026-11-26" } }),
    );
    expect(await sendDueReminders(new Date("2026-12-02T09:00:00Z"))).toBe(0);
    expect(await openSigningLink(ground.token, [], caller(), at(1))).toMatchObject({ kind: "code" });
    expect((await remindSignatory(tom, ground.matrixId, 1, (await otto(ground, tom))?.id ?? "", at(1))).said).toBe(
      "There is a new link for Otto Vane; the one before it has ended.",
    );
  });

  it("names or confirms its own from the moment it has an owner, who is written to; by whom that owner was let in is told", async () => {
    const ground = await sentAlone();
    const lena = await aUser("Lena Berg");
    await letIn(ground, lena, 3);
    const told = (await mails(ground, "signing-sent")).find(({ to }) => to === lena.email)?.text ?? "";
    expect(told).toContain(`For Northwind: Otto Vane (IT director, ${ground.email}).`);
    expect(told).toContain("Nothing they do counts before an owner of Northwind confirms it");
    await signsByLink(ground, ground.token, "Otto Vane").catch((error: unknown) =>
      expect(error).toMatchObject({ code: "conflict", message: expect.stringContaining("has yet to confirm") }),
    );
    await signs(tom, ground);
    expect(await stands(lena, ground)).toMatchObject({ status: "proposed", signing: { signed: 1, asked: 2 } });
    const { handed } = await confirmSignatory(lena, ground.matrixId, 1, (await otto(ground, lena))?.id ?? "", at(6));
    await expect(openSigningLink(ground.token, [], caller(), at(6))).rejects.toMatchObject({ code: "not-found" });
    await signsByLink(ground, handed[0]?.link.split("/").at(-1) ?? "", "Otto Vane");
    const text = await certificate(lena, ground);
    expect(text).toContain("| Named by | Tom Brandt of Harbour IT; confirmed by Lena Berg of Northwind |");
    expect(text).toContain(
      `Lena Berg (${lena.email}) became the first owner of Northwind on an invitation from Harbour IT, Tom Brandt`,
    );
    expect(text).toContain("Engagement begun for Harbour IT, Tom Brandt");
    expect(text).toContain("Confirmed that Otto Vane signs for Northwind, Lena Berg of Northwind");
    for (const format of formats)
      expect(
        await verifyUpload(await exportVersion(lena, ground.matrixId, 1, format, at(9)), at(9)),
        format,
      ).toMatchObject({ verdict: "in-force", differences: [] });
    expect((await loadSigning(lena, ground.matrixId, 1, at(9))).parties[0]).toMatchObject({
      name: "Northwind",
      invitedBy: "Tom Brandt",
    });
    expect((await listRecord(lena, ground.matrixId, null)).entries.map(({ sentence }) => sentence)).toContain(
      "Confirmed that Otto Vane signs version 1 for Northwind.",
    );
  }, 120_000);

  it("agrees nothing by a signature from before it had an owner, until that owner confirms who gave it; a file from in between stays true", async () => {
    const ground = await sentAlone();
    await signsByLink(ground, ground.token, "Otto Vane");
    const lena = await aUser("Lena Berg");
    await letIn(ground, lena, 4);
    await signs(tom, ground);
    const between = await exportVersion(tom, ground.matrixId, 1, "pdf", at(5));
    expect(await stands(lena, ground)).toMatchObject({ status: "proposed" });
    await expect(
      replaceSignatory(
        lena,
        ground.matrixId,
        1,
        { signatoryId: (await otto(ground, lena))?.id ?? "", name: "Nora", title: "", email: "nora@northwind.example" },
        at(6),
      ),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Withdraw the version") });
    await confirmSignatory(lena, ground.matrixId, 1, (await otto(ground, lena))?.id ?? "", at(7));
    expect(await stands(lena, ground)).toMatchObject({ status: "agreed" });
    expect(await certificate(lena, ground)).toContain(NOBODY);
    expect(await certificate(lena, ground)).toContain(
      "Confirmed that Otto Vane signs for Northwind, Lena Berg of Northwind",
    );
    expect(await verifyUpload(between, at(9))).toMatchObject({ differences: [] });
  }, 120_000);
});

it("who was asked before it was kept who named whom goes on as they were asked, and nothing is said that isn't known", async () => {
  const ground = await aPublishedVersion(maya, tom, NOW);
  await sendForSigning(
    maya,
    ground.matrixId,
    1,
    {
      order: "together",
      mailed: "on",
      message: "",
      due: "",
      signatories: [person("client", maya), person("provider", tom)],
    },
    NOW,
  );
  await write(async (tx) => {
    await tx.signatory.updateMany({
      where: { round: { version: { matrixId: ground.matrixId } } },
      data: { namedFor: null, namedBy: null },
    });
    await tx.recordEntry.create({
      data: {
        id: crypto.randomUUID(),
        engagementId: ground.engagementId,
        at: at(-60),
        event: "engagement.created",
        actorId: maya.userId,
        actorName: maya.name,
        detail: { side: "client" },
      },
    });
    await tx.invitation.create({
      data: {
        id: crypto.randomUUID(),
        engagementId: ground.engagementId,
        side: "provider",
        permission: "owner",
        email: tom.email,
        tokenHash: crypto.randomUUID(),
        invitedById: maya.userId,
        invitedByName: maya.name,
        createdAt: at(-50),
        expiresAt: at(50),
        acceptedAt: at(-40),
      },
    });
  });
  expect((await loadSigning(tom, ground.matrixId, 1, NOW)).round?.signatories).toMatchObject([
    { proposed: false, namedBy: null },
    { proposed: false, namedBy: null },
  ]);
  await signs(maya, ground);
  await signs(tom, ground);
  expect(await stands(tom, ground)).toMatchObject({ status: "agreed" });
  const text = Buffer.from((await exportVersion(tom, ground.matrixId, 1, "md", at(9))).bytes).toString();
  expect(text).not.toMatch(/Named by|begun for|first owner|confirmed by/);
  expect(await verifyUpload(await exportVersion(tom, ground.matrixId, 1, "xlsx", at(9)), at(9))).toMatchObject({
    verdict: "in-force",
    differences: [],
  });
}, 120_000);

/** Everybody who could try. */
const KINDS = [
  "client owner",
  "client editor",
  "client signatory",
  "client viewer",
  "provider owner",
  "provider editor",
  "provider signatory",
  "provider viewer",
  "third party",
  "stranger",
] as const;
type Kind = (typeof KINDS)[number];
type People = Record<Kind, Actor>;
type Outcome = "not-found" | "forbidden" | "conflict" | "invalid" | "ok" | "speaks";

/** New ones for each act, so that nobody has written to too many. */
let people: People;
let organisationId = "";
beforeEach(async () => {
  people = Object.fromEntries(
    await Promise.all(KINDS.map(async (kind) => [kind, await aUser(kind)] as const)),
  ) as People;
  await setUpOrganisation(people["provider owner"], "Harbour IT", NOW);
  organisationId =
    (await read.organisationMember.findUnique({ where: { userId: people["provider owner"].userId } }))
      ?.organisationId ?? "";
  await write((tx) =>
    tx.organisationMember.create({
      data: { userId: people["client viewer"].userId, organisationId, permission: "member", createdAt: NOW },
    }),
  );
});

type Named = Ground & { proposedId: string; ownId: string; invitationId: string };
const otto = () => ({ name: "Otto Vane", title: "IT director", email: `${crypto.randomUUID()}@northwind.example` });
const PDF = { name: "signed.pdf", bytes: new TextEncoder().encode("%PDF-1.7\nsigned by hand\n%%EOF\n") };

/** An engagement of all of them, with a version that is published and that nothing stops. */
async function published(): Promise<Ground> {
  const ground = await aPublishedVersion(people["client owner"], people["provider owner"], NOW);
  const others = KINDS.filter((kind) => kind !== "client owner" && kind !== "provider owner" && kind !== "stranger");
  await write((tx) =>
    tx.member.createMany({
      data: others.map((kind) => ({
        engagementId: ground.engagementId,
        userId: people[kind].userId,
        side: kind === "third party" ? "third-party" : (kind.split(" ")[0] ?? ""),
        permission: kind === "third party" ? "viewer" : (kind.split(" ")[1] ?? ""),
        createdAt: NOW,
      })),
    }),
  );
  return ground;
}

/** The same, sent by the provider's owner, who proposes two signatories of the client: its signatory's account, and somebody without one. */
async function sent(): Promise<Named> {
  const ground = await published();
  const signatories = [
    person("client", people["client signatory"]),
    { ...otto(), partyId: "client" },
    person("provider", people["provider owner"]),
  ];
  await sendForSigning(
    people["provider owner"],
    ground.matrixId,
    1,
    { order: "together", mailed: "on", message: "", due: "", signatories },
    NOW,
  );
  const [proposed, , own] =
    (await loadSigning(people["client owner"], ground.matrixId, 1, NOW)).round?.signatories ?? [];
  return { ...ground, proposedId: proposed?.id ?? "", ownId: own?.id ?? "", invitationId: "" };
}

/** The same, and the client's owner has confirmed both. */
async function confirmed(): Promise<Named> {
  const ground = await sent();
  await confirmAll(people["client owner"], ground.matrixId, 1, NOW);
  return ground;
}

/** The same, and the provider's owner states that the client's signatory has signed on paper. */
async function stated(): Promise<Named> {
  const ground = await confirmed();
  await statePaper(
    people["provider owner"],
    ground.matrixId,
    1,
    { signatoryIds: [ground.proposedId], signedOn: "2026-11-25" },
    PDF,
    NOW,
  );
  return ground;
}

/** An engagement whose client has nobody yet, and an invitation of its first owner. */
async function unowned(): Promise<Named> {
  const ground = await sentUnowned();
  await changeAccess(
    people["provider owner"],
    ground.matrixId,
    { intent: "invite", email: `${crypto.randomUUID()}@northwind.example`, side: "client", permission: "owner" },
    NOW,
  );
  return withInvitation(ground);
}

async function sentUnowned(): Promise<Ground> {
  const ground = await published();
  await write((tx) => tx.member.deleteMany({ where: { engagementId: ground.engagementId, side: "client" } }));
  return ground;
}

async function withInvitation(ground: Ground): Promise<Named> {
  const invitation = await read.invitation.findFirst({
    where: { engagementId: ground.engagementId, revokedAt: null },
    select: { id: true },
  });
  return { ...ground, proposedId: "", ownId: "", invitationId: invitation?.id ?? "" };
}

async function invited(): Promise<Named> {
  const ground = await published();
  await changeAccess(
    people["client owner"],
    ground.matrixId,
    { intent: "invite", email: `${crypto.randomUUID()}@northwind.example`, side: "client", permission: "signatory" },
    NOW,
  );
  return withInvitation(ground);
}

const bare = async () => withInvitation(await published());

/** What is said for the client: who signs for it and counts, what they did, who is its member, and who may become one. */
async function saidForClient({ matrixId, engagementId }: Ground): Promise<string> {
  const versions = await read.version.findMany({
    where: { matrixId },
    orderBy: { number: "asc" },
    select: {
      status: true,
      round: { select: { signatories: { where: { partyId: "client" }, orderBy: { id: "asc" } } } },
    },
  });
  const owned = (await read.member.count({ where: { engagementId, side: "client", permission: "owner" } })) > 0;
  const counting = versions
    .flatMap(({ round }) => round?.signatories ?? [])
    .filter(
      ({ namedFor, confirmedBy, state }) =>
        (namedFor === "client" || confirmedBy !== null || !owned) && state !== "removed",
    );
  const acts = versions
    .flatMap(({ round }) => round?.signatories ?? [])
    .filter(({ state }) => state === "signed" || state === "declined" || state === "removed");
  const members = await read.member.findMany({
    where: { engagementId, side: "client" },
    orderBy: { userId: "asc" },
    select: { userId: true, permission: true },
  });
  const open = await read.invitation.findMany({
    where: { engagementId, side: "client", acceptedAt: null },
    orderBy: { id: "asc" },
    select: { email: true, permission: true, tokenHash: true, revokedAt: true },
  });
  return JSON.stringify([
    versions.map(({ status }) => status === "agreed"),
    counting.map(({ id, name, email }) => [id, name, email]),
    acts.map(({ id, state }) => [id, state]),
    members,
    open,
  ]);
}

type Act = {
  ground: () => Promise<Named>;
  act: (actor: Actor, on: Named) => Promise<unknown>;
  expected: Record<Kind, Outcome>;
};
const row = (
  owner: Outcome,
  editor: Outcome,
  signatory: Outcome,
  viewer: Outcome,
  pOwner: Outcome,
  pEditor: Outcome,
  pSignatory: Outcome,
  pViewer: Outcome,
  third: Outcome,
  stranger: Outcome,
): Record<Kind, Outcome> => ({
  "client owner": owner,
  "client editor": editor,
  "client signatory": signatory,
  "client viewer": viewer,
  "provider owner": pOwner,
  "provider editor": pEditor,
  "provider signatory": pSignatory,
  "provider viewer": pViewer,
  "third party": third,
  stranger,
});
/** What an owner does for the client, and what the same act comes to where the provider's owner tries. */
const owners = (client: Outcome, provider: Outcome) =>
  row(
    client,
    "forbidden",
    "forbidden",
    "forbidden",
    provider,
    "forbidden",
    "forbidden",
    "forbidden",
    "forbidden",
    "not-found",
  );
/** What the draft and its directory take from whoever edits on either side: none of it speaks for anybody. */
const EDITORS = row("ok", "ok", "ok", "forbidden", "ok", "ok", "ok", "forbidden", "forbidden", "not-found");

const request = (form: (on: Named) => RequestForm) => (actor: Actor, on: Named) =>
  changeSigning(actor, on.matrixId, 1, form(on), at(1));
const access = (form: (on: Named) => AccessForm) => (actor: Actor, on: Named) =>
  changeAccess(actor, on.matrixId, form(on), at(1));
const contact = (id: string) => ({
  id,
  side: "client" as const,
  name: "Priya Nair",
  title: "",
  email: "priya@northwind.example",
  phones: [],
  hours: "",
  timeZone: "",
  week: null,
  deputyId: null,
  lastVerified: null,
});
const directory =
  (form: (on: Named, id: string) => PeopleForm | Promise<PeopleForm>) => async (actor: Actor, on: Named) =>
    changePeople(actor, on.matrixId, await form(on, crypto.randomUUID()), at(1));
const draft =
  (command: Parameters<typeof runCommands>[2]["steps"][number]["commands"][number]) => (actor: Actor, on: Named) =>
    runCommands(
      actor,
      on.matrixId,
      { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands: [command] }] },
      at(1),
    );
const holder = async ({ engagementId }: Named) =>
  (await read.person.findFirst({ where: { engagementId, side: "client" }, select: { id: true } }))?.id ?? "";
const member = { userId: () => people["client viewer"].userId };

/** Every act that names somebody for the other side, or could: what it comes to for the client, by whoever does it. `speaks` says that it counts for the client. */
const ACTS: Record<string, Act> = {
  "sending a version with signatories of the client": {
    ground: bare,
    act: (actor, on) =>
      sendForSigning(
        actor,
        on.matrixId,
        1,
        {
          order: "together",
          mailed: "on",
          message: "",
          due: "",
          signatories: [{ ...otto(), partyId: "client" }, person("provider", people["provider owner"])],
        },
        at(1),
      ),
    expected: owners("speaks", "ok"),
  },
  "sending a version to the client's signatory alone": {
    ground: bare,
    act: (actor, on) =>
      sendForSigning(
        actor,
        on.matrixId,
        1,
        { order: "together", mailed: "on", message: "", due: "", signatories: [{ ...otto(), partyId: "client" }] },
        at(1),
      ),
    expected: owners("speaks", "conflict"),
  },
  "naming one's own address for the client": {
    ground: bare,
    act: (actor, on) =>
      sendForSigning(
        actor,
        on.matrixId,
        1,
        {
          order: "together",
          mailed: "on",
          message: "",
          due: "",
          signatories: [person("client", people["provider owner"]), { ...otto(), partyId: "provider" }],
        },
        at(1),
      ),
    expected: owners("invalid", "invalid"),
  },
  // Each names for their own side: nothing in the form says for which.
  "naming one more signatory": {
    ground: sent,
    act: request(() => ({
      intent: "name",
      name: "Nora Berg",
      title: "",
      email: `${crypto.randomUUID()}@northwind.example`,
    })),
    expected: owners("speaks", "ok"),
  },
  "confirming a signatory of the client": {
    ground: sent,
    act: request(({ proposedId: signatoryId }) => ({ intent: "confirm", signatoryId })),
    expected: owners("speaks", "forbidden"),
  },
  "replacing a signatory of the client": {
    ground: sent,
    act: request(({ proposedId: signatoryId }) => ({
      intent: "replace",
      signatoryId,
      name: "Nora Berg",
      title: "",
      email: `${crypto.randomUUID()}@northwind.example`,
    })),
    expected: owners("speaks", "forbidden"),
  },
  "replacing a confirmed signatory of the client": {
    ground: confirmed,
    act: request(({ proposedId: signatoryId }) => ({
      intent: "replace",
      signatoryId,
      name: "Nora Berg",
      title: "",
      email: `${crypto.randomUUID()}@northwind.example`,
    })),
    expected: owners("speaks", "forbidden"),
  },
  "removing a signatory of the client": {
    ground: sent,
    act: request(({ proposedId: signatoryId }) => ({ intent: "remove", signatoryId })),
    expected: owners("speaks", "forbidden"),
  },
  "reminding a proposed signatory of the client": {
    ground: sent,
    act: request(({ proposedId: signatoryId }) => ({ intent: "remind", signatoryId })),
    expected: owners("conflict", "conflict"),
  },
  "reminding a confirmed signatory of the client": {
    ground: confirmed,
    act: request(({ proposedId: signatoryId }) => ({ intent: "remind", signatoryId })),
    expected: owners("ok", "ok"),
  },
  "withdrawing a version": {
    ground: sent,
    act: request(() => ({ intent: "withdraw", reason: "Wrong draft" })),
    expected: owners("ok", "ok"),
  },
  "stating that a proposed signatory of the client signed on paper": {
    ground: sent,
    act: (actor, on) =>
      statePaper(actor, on.matrixId, 1, { signatoryIds: [on.proposedId], signedOn: "2026-11-25" }, PDF, at(1)),
    expected: owners("conflict", "conflict"),
  },
  "stating that a confirmed signatory of the client signed on paper": {
    ground: confirmed,
    act: (actor, on) =>
      statePaper(actor, on.matrixId, 1, { signatoryIds: [on.proposedId], signedOn: "2026-11-25" }, PDF, at(1)),
    expected: owners("ok", "ok"),
  },
  "confirming what the provider states that the client signed on paper": {
    ground: stated,
    act: request(({ proposedId: signatoryId }) => ({ intent: "confirm-paper", signatoryId })),
    expected: owners("speaks", "forbidden"),
  },
  "taking back what the provider states that the client signed on paper": {
    ground: stated,
    act: request(({ proposedId: signatoryId }) => ({ intent: "refuse-paper", signatoryId })),
    expected: owners("ok", "ok"),
  },
  "signing for the client, proposed": {
    ground: sent,
    act: async (actor, on) => signVersion(actor, on.matrixId, 1, await form(on.matrixId, actor.name), caller(), at(1)),
    expected: row(
      "forbidden",
      "forbidden",
      "conflict",
      "forbidden",
      "ok",
      "forbidden",
      "forbidden",
      "forbidden",
      "forbidden",
      "not-found",
    ),
  },
  "signing for the client, confirmed": {
    ground: confirmed,
    act: async (actor, on) => signVersion(actor, on.matrixId, 1, await form(on.matrixId, actor.name), caller(), at(1)),
    expected: row(
      "forbidden",
      "forbidden",
      "speaks",
      "forbidden",
      "ok",
      "forbidden",
      "forbidden",
      "forbidden",
      "forbidden",
      "not-found",
    ),
  },
  "declining for the client, proposed": {
    ground: sent,
    act: (actor, on) => signVersion(actor, on.matrixId, 1, { intent: "decline", reason: "No" }, caller(), at(1)),
    expected: row(
      "forbidden",
      "forbidden",
      "conflict",
      "forbidden",
      "ok",
      "forbidden",
      "forbidden",
      "forbidden",
      "forbidden",
      "not-found",
    ),
  },
  ...Object.fromEntries(
    (["viewer", "editor", "signatory", "owner"] as const).map((permission: Permission): [string, Act] => [
      `inviting a client's ${permission}`,
      {
        ground: bare,
        act: access(() => ({
          intent: "invite",
          email: `${crypto.randomUUID()}@northwind.example`,
          side: "client",
          permission,
        })),
        expected: owners("speaks", "forbidden"),
      },
    ]),
  ),
  "inviting the client's first owner": {
    ground: async () => withInvitation(await sentUnowned()),
    act: access(() => ({
      intent: "invite",
      email: `${crypto.randomUUID()}@northwind.example`,
      side: "client",
      permission: "owner",
    })),
    expected: {
      ...owners("not-found", "speaks"),
      "client editor": "not-found",
      "client signatory": "not-found",
      "client viewer": "not-found",
    },
  },
  "inviting a client's signatory before it has an owner": {
    ground: async () => withInvitation(await sentUnowned()),
    act: access(() => ({
      intent: "invite",
      email: `${crypto.randomUUID()}@northwind.example`,
      side: "client",
      permission: "signatory",
    })),
    expected: {
      ...owners("not-found", "forbidden"),
      "client editor": "not-found",
      "client signatory": "not-found",
      "client viewer": "not-found",
    },
  },
  "sending the invitation of the client's first owner again": {
    ground: unowned,
    act: access(({ invitationId }) => ({ intent: "resend", invitationId })),
    expected: {
      ...owners("not-found", "speaks"),
      "client editor": "not-found",
      "client signatory": "not-found",
      "client viewer": "not-found",
    },
  },
  "sending an invitation of the client again": {
    ground: invited,
    act: access(({ invitationId }) => ({ intent: "resend", invitationId })),
    expected: owners("speaks", "forbidden"),
  },
  "taking back an invitation of the client": {
    ground: invited,
    act: access(({ invitationId }) => ({ intent: "revoke", invitationId })),
    expected: owners("speaks", "forbidden"),
  },
  "giving a member of the client another permission": {
    ground: bare,
    act: access(() => ({ intent: "change", userId: member.userId(), permission: "signatory" })),
    expected: owners("speaks", "forbidden"),
  },
  "handing the client's side over": {
    ground: bare,
    act: access(() => ({ intent: "hand-over", userId: member.userId() })),
    expected: owners("speaks", "forbidden"),
  },
  "removing a member of the client": {
    ground: bare,
    act: access(() => ({ intent: "remove", userId: member.userId() })),
    expected: { ...owners("speaks", "forbidden"), "client viewer": "speaks" },
  },
  "removing somebody of a third party": {
    ground: bare,
    act: access(() => ({ intent: "remove", userId: people["third party"].userId })),
    expected: { ...owners("ok", "ok"), "third party": "ok" },
  },
  "giving somebody of the client access through an organisation": {
    ground: bare,
    act: (actor, on) =>
      giveAccess(
        actor,
        { engagementId: on.engagementId, userId: people["client viewer"].userId, permission: "owner" },
        at(1),
      ),
    expected: row(
      "not-found",
      "not-found",
      "not-found",
      "forbidden",
      "conflict",
      "not-found",
      "not-found",
      "not-found",
      "not-found",
      "not-found",
    ),
  },
  "making a link to read": {
    ground: bare,
    act: access(() => ({ intent: "link", label: "Board", shows: "draft", days: "7", password: "" })),
    expected: owners("ok", "ok"),
  },
  "adding a contact of the client": {
    ground: sent,
    act: directory((_on, id) => ({ intent: "add", ...contact(id) })),
    expected: EDITORS,
  },
  "changing a contact of the client": {
    ground: sent,
    act: directory(async (on) => ({ intent: "edit", revision: 0, ...contact(await holder(on)) })),
    expected: EDITORS,
  },
  "removing a contact of the client": {
    ground: sent,
    act: directory(async (on) => ({ intent: "remove", id: await holder(on) })),
    expected: EDITORS,
  },
  "saying who holds a role of the client": {
    ground: sent,
    act: directory(async (on) => ({ intent: "hold", roleId: "it-lead", personId: await holder(on), since: null })),
    expected: EDITORS,
  },
  "renaming the client in the draft": {
    ground: sent,
    act: draft({ type: "party.rename", partyId: "client", name: "Northwind Ltd" }),
    expected: EDITORS,
  },
  "naming who rules on disputes in the draft": {
    ground: sent,
    act: draft({ type: "matrix.settings", set: { ruler: "Tom Brandt" } }),
    expected: EDITORS,
  },
  "beginning another engagement with a side": {
    ground: bare,
    act: (actor) =>
      createEngagement(
        actor,
        { clientName: "A", providerName: "B", agreementReference: "", preset: "blank", side: "provider" },
        at(1),
      ),
    expected: row("ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"),
  },
  "opening the sample": {
    ground: bare,
    act: (actor) => openSample(actor, at(1)),
    expected: row("ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"),
  },
};

describe("an act that names somebody for the client", () => {
  const grounded = async (ground: Act["ground"]): Promise<Named> => {
    const on = await ground();
    await write((tx) => tx.engagement.update({ where: { id: on.engagementId }, data: { organisationId } }));
    return on;
  };

  it.each(Object.entries(ACTS))(
    "%s comes to what the table says, for every kind of actor",
    async (_name, { ground, act, expected }) => {
      const seen: Partial<Record<Kind, Outcome>> = {};
      const shared = await grounded(ground);
      for (const kind of KINDS) {
        const on = expected[kind] === "ok" || expected[kind] === "speaks" ? await grounded(ground) : shared;
        const before = await saidForClient(on);
        const outcome = await act(people[kind], on).then(
          () => "ok" as const,
          (error: unknown) => {
            if (error instanceof AppError) return error.code as Outcome;
            throw error;
          },
        );
        const changed = (await saidForClient(on)) !== before;
        if (outcome !== "ok") expect(changed, `${kind} was refused, and something is said for the client`).toBe(false);
        seen[kind] = changed ? "speaks" : outcome;
      }
      expect(seen).toEqual(expected);
    },
  );

  it("speaks for the client by nobody else than the client's people, but for the invitation of its first owner", () => {
    const foreign = Object.entries(ACTS).flatMap(([name, { expected }]) =>
      KINDS.filter((kind) => expected[kind] === "speaks" && !kind.startsWith("client")).map(
        (kind) => `${kind}: ${name}`,
      ),
    );
    expect(foreign).toEqual([
      "provider owner: inviting the client's first owner",
      "provider owner: sending the invitation of the client's first owner again",
    ]);
  });
});
