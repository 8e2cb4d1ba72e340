import MailComposer from "nodemailer/lib/mail-composer";
import { queueMail } from "~/db/mail-store.server";
import type { MailMessage } from "~/files/mail/delivery";
import { messageOf } from "~/files/mail/message.server";
import { sendDueMail } from "~/services/mail/mail-sending.server";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { findVersion } from "~/db/version-store.server";
import { momentWords } from "~/domain/day-words";
import { findAll } from "~/domain/findings/findings";
import { WHOLE_PACK } from "~/domain/pack/report-parts";
import { CONSENT } from "~/domain/signing/sign-off";
import { stopSentences } from "~/domain/signing/sign-readiness";
import type { Actor } from "~/services/who/actor.server";
import { exportVersion } from "~/services/pack/exports.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { answerPaper, paperFile, statePaper } from "~/services/signing/papers.server";
import { listRecord } from "~/services/access/record.server";
import { signVersion, type SignInput } from "~/services/signing/signatures.server";
import { signaturesOf, signingFacts } from "~/services/version/signing-facts.server";
import {
  fileBySigningLink,
  openSigningLink,
  proveSigningCode,
  sendSigningCode,
  signByLink,
} from "~/services/signing/signing-links.server";
import { loadSigningPage } from "~/services/signing/signing-page.server";
import { sendDueReminders } from "~/services/signing/signing-reminders.server";
import {
  remindSignatory,
  replaceSignatory,
  sendForSigning,
  withdrawVersion,
} from "~/services/signing/signing-requests.server";
import { loadSigning } from "~/services/signing/signing-view.server";
import { verifyUpload } from "~/services/pack/verification.server";
import { loadVersion, previewVersion, publishVersion, versionInForce } from "~/services/version/versions.server";
import { aPublishedVersion, confirmAll, withMail } from "../support/signing";
import { aUser } from "../support/stored";

const NOW = new Date("2026-11-25T09:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const caller = () => ({ address: crypto.randomUUID(), userAgent: "A browser", cookie: "" });
/** The smallest PNG: one transparent pixel; and the same with a script written into a text chunk and behind its end. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PDF = new TextEncoder().encode("%PDF-1.7\nsigned by hand\n%%EOF\n");

let maya: Actor;
let tom: Actor;

beforeAll(async () => {
  maya = await aUser("Maya Lindqvist");
  tom = await aUser("Tom Brandt");
});

type Ground = Awaited<ReturnType<typeof aPublishedVersion>>;
const person = (partyId: "client" | "provider", { name, email }: { name: string; email: string }) => ({
  partyId,
  name,
  title: "Director",
  email,
});

async function out(
  signatories = [person("client", maya), person("provider", tom)],
  order: "together" | "in-order" = "together",
) {
  const ground = await aPublishedVersion(maya, tom, NOW);
  const answer = await sendForSigning(
    maya,
    ground.matrixId,
    1,
    { order, mailed: "on", message: "Please read it", due: "2026-12-01", signatories },
    NOW,
  );
  await confirmAll(tom, ground.matrixId, 1, NOW);
  return { ...ground, ...answer, token: answer.handed[0]?.link.split("/").at(-1) ?? "" };
}

async function signature(
  { matrixId }: Ground,
  fields: Partial<Extract<SignInput, { intent: "sign" }>> = {},
  number = 1,
): Promise<SignInput> {
  const version = await findVersion(read, matrixId, number);
  return {
    intent: "sign",
    fingerprint: version?.fingerprint ?? "",
    title: "IT director",
    organisation: "Northwind",
    consent: "on",
    way: "typed",
    typed: "Maya Lindqvist",
    drawn: "",
    ...fields,
  };
}

const signs = async (actor: Actor, ground: Ground, number = 1) =>
  signVersion(actor, ground.matrixId, number, await signature(ground, { typed: actor.name }, number), caller(), at(5));
const stands = async ({ matrixId }: Ground, number = 1) => (await loadVersion(maya, matrixId, number)).facts;
const idOf = async ({ matrixId }: Ground, number = 1) => (await findVersion(read, matrixId, number))?.id ?? "";
const mails = (ground: Ground, kind: string) =>
  read.outgoingMail.findMany({
    where: { engagementId: ground.engagementId, kind },
    orderBy: { to: "asc" },
    select: { to: true, text: true },
  });
const events = async ({ matrixId }: Ground) =>
  (
    await read.logEntry.findMany({
      where: { matrixId, event: { startsWith: "version." } },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      select: { event: true },
    })
  )
    .map(({ event }) => event.slice("version.".length))
    .sort();

describe("signing by account", () => {
  it("binds name, address, consent and text, and the last signature agrees the version and supersedes the one before", async () => {
    const ground = await out();
    expect((await mails(ground, "signing-request")).map(({ to }) => to)).toEqual([maya.email, tom.email].sort());
    expect(await signs(maya, ground)).toEqual({ said: "Signed. This page says so when everybody has." });
    expect(await stands(ground)).toMatchObject({ status: "proposed", signing: { signed: 1, asked: 2 } });
    expect((await signs(tom, ground)).said).toContain("agreed");
    expect(await stands(ground)).toMatchObject({
      status: "agreed",
      agreedAt: at(5).toISOString(),
      signing: { signed: 2, outcome: "agreed" },
    });
    const [first] = await signaturesOf(read, await idOf(ground));
    expect(first).toMatchObject({
      partyId: "client",
      partyName: "Northwind",
      name: "Maya Lindqvist",
      title: "IT director",
      email: maya.email,
      proof: "account",
      browser: "A browser",
      consentVersion: CONSENT.version,
      consentText: CONSENT.text,
      fingerprint: (await stands(ground)).fingerprint,
      picture: { kind: "typed", text: "Maya Lindqvist" },
    });
    expect(await mails(ground, "signing-agreed")).toHaveLength(2);
    expect(await events(ground)).toEqual(["agreed", "published", "sent", "signatory-confirmed", "signed", "signed"]);
    const frozen = await exportVersion(maya, ground.matrixId, 1, "pdf", at(5));
    expect(await verifyUpload(frozen, at(5))).toMatchObject({ verdict: "in-force", differences: [] });

    // What both have signed needs no mark: it is agreed as long as its terms are those.
    expect((await loadDraft(maya, ground.matrixId, at(6))).signed).toEqual({ number: 1, others: {} });
    await runCommands(
      maya,
      ground.matrixId,
      {
        baseRevision: 0,
        steps: [
          {
            id: crypto.randomUUID(),
            commands: [{ type: "duty.edit", dutyId: "duty-1", set: { text: "Answer every call" } }],
          },
        ],
      },
      at(6),
    );
    expect((await loadDraft(maya, ground.matrixId, at(6))).signed).toEqual({
      number: 1,
      others: { "duty-1": expect.any(String) },
    });
    const { revision } = await loadDraft(maya, ground.matrixId, at(6));
    await publishVersion(
      maya,
      ground.matrixId,
      {
        revision,
        reason: "Second",
        agreementReference: "",
        exhibit: "",
        precedence: "",
        effectiveDate: null,
        reviewDate: null,
      },
      at(6),
    );
    expect(await stands(ground, 2)).toMatchObject({ status: "proposed", signing: null });
    await sendForSigning(
      tom,
      ground.matrixId,
      2,
      { order: "together", message: "", due: "", signatories: [person("client", maya), person("provider", tom)] },
      at(7),
    );
    await confirmAll(maya, ground.matrixId, 2, at(7));
    expect((await loadSigningPage(maya, ground.matrixId, 2, at(7))).since).toMatchObject({
      number: 1,
      comparison: { changed: 1 },
    });
    await signs(maya, ground, 2);
    await signs(tom, ground, 2);
    expect(await stands(ground)).toMatchObject({ status: "superseded", supersededBy: 2 });
    const sentences = (await listRecord(maya, ground.matrixId, null)).entries.map(({ sentence }) => sentence);
    // The file kept when everybody had signed still says "agreed"; what became of the version is told beside it.
    expect(Buffer.compare((await exportVersion(maya, ground.matrixId, 1, "pdf", at(8))).bytes, frozen.bytes)).toBe(0);
    expect(await verifyUpload(frozen, at(8))).toMatchObject({
      verdict: "superseded",
      sentence: "This was version 1, superseded by version 2 on 25 Nov 2026, 09:05:00 UTC.",
      differences: [],
    });
    const amendment = await verifyUpload(
      await exportVersion(maya, ground.matrixId, 2, "docx", at(8), {
        amendment: true,
        choice: { ...WHOLE_PACK, paper: "Letter" },
      }),
      at(8),
    );
    expect(amendment).toMatchObject({ verdict: "in-force", differences: [] });
    expect(amendment.notes.join()).not.toContain("could not be compared");
    expect(sentences).toEqual(
      expect.arrayContaining([
        "Signed version 1 for Northwind.",
        "With that version 2 took the place of version 1.",
        `Sent version 1 for signing to ${maya.name}, ${tom.name}, due by 1 Dec 2026. Proposed to Harbour IT, who confirm them first: ${tom.name}.`,
        `Confirmed that ${tom.name} signs version 1 for Harbour IT.`,
      ]),
    );
  });

  it("lists the warnings that were open when it was published as open, on the signing page and the version's", async () => {
    const ground = await out();
    const version = await findVersion(read, ground.matrixId, 1);
    const titles = version
      ? findAll(version.matrix, { today: "2026-11-25" }).flatMap(({ severity, accepted, title }) =>
          severity === "warning" && !accepted ? [title] : [],
        )
      : [];
    expect(titles.length).toBeGreaterThan(0);
    const page = await loadSigningPage(maya, ground.matrixId, 1, NOW);
    expect([page.open.map(({ title }) => title), page.accepted]).toEqual([titles, []]);
    expect((await loadSigning(maya, ground.matrixId, 1, NOW)).openWarnings.map(({ title }) => title)).toEqual(titles);
  });

  it("twice, or twice at once, leaves one signature", async () => {
    const ground = await out();
    const both = await Promise.all([signs(maya, ground), signs(maya, ground), signs(tom, ground)]);
    expect(both.map(({ said }) => said).filter((said) => said.includes("already"))).toHaveLength(1);
    expect((await signs(maya, ground)).said).toContain("already");
    expect(await signaturesOf(read, await idOf(ground))).toHaveLength(2);
    expect(await stands(ground)).toMatchObject({ status: "agreed" });
    expect(await mails(ground, "signing-agreed")).toHaveLength(2);
  });

  it("keeps when the text was opened, the consent, and the time on the signer's own clock where the browser names a zone", async () => {
    const ground = await out();
    await loadSigningPage(maya, ground.matrixId, 1, at(1));
    const forms = [
      [maya, await signature(ground, { timeZone: "America/New_York" }), at(2)],
      [tom, await signature(ground, { timeZone: "Mars/Olympus", typed: tom.name }), at(3)],
    ] as const;
    for (const [actor, form, when] of forms) await signVersion(actor, ground.matrixId, 1, form, caller(), when);
    const [first, second] = await signaturesOf(read, await idOf(ground));
    expect(first?.localTime).toMatch(/^\d+ \w{3} \d{4}, \d\d:\d\d:\d\d in America\/New_York$/);
    expect(second).not.toHaveProperty("localTime");
    const version = await findVersion(read, ground.matrixId, 1);
    const { history } = await signingFacts(read, ground.matrixId, 1, version?.matrix.parties ?? []);
    expect(history.filter(({ beside }) => beside)).toEqual([
      {
        at: at(1).toISOString(),
        what: expect.stringMatching(/^Opened the text to sign \(on their clock .* in America\/New_York\)$/),
        by: maya.name,
        beside: true,
      },
      {
        at: at(2).toISOString(),
        what: `Agreed to sign electronically (on their clock ${first?.localTime})`,
        by: maya.name,
        beside: true,
      },
      { at: at(3).toISOString(), what: "Agreed to sign electronically", by: tom.name, beside: true },
    ]);
    const { bytes, name } = await exportVersion(maya, ground.matrixId, 1, "docx", at(4));
    const told = strFromU8(unzipSync(bytes)["word/document.xml"] ?? new Uint8Array());
    expect(told).toContain("in America/New_York");
    expect(told).toContain("IP address");
    expect(told).toContain(momentWords(at(3).toISOString()));
    expect(await verifyUpload({ name, bytes }, at(4))).toMatchObject({ differences: [], match: { kind: "exact" } });
  });

  it("keeps a drawing as the parts that draw it, and refuses what is none", async () => {
    const ground = await out();
    const at12 = PNG.subarray(0, 33);
    const script = Buffer.from("<script>alert(1)</script>");
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, script.length]), Buffer.from("tEXt"), script, Buffer.alloc(4)]);
    const dressed = Buffer.concat([at12, chunk, PNG.subarray(33), script]);
    const drawn = (bytes: Buffer, kind = "image/png") =>
      signature(ground, { way: "drawn", drawn: `data:${kind};base64,${bytes.toString("base64")}` });
    for (const form of [
      await drawn(script),
      await drawn(script, "image/svg+xml"),
      await drawn(Buffer.alloc(1_000_000)),
      await drawn(PNG.subarray(0, 40)),
      await signature(ground, { way: "drawn" }),
    ]) {
      await expect(signVersion(maya, ground.matrixId, 1, form, caller(), NOW)).rejects.toMatchObject({
        code: "invalid",
        fields: { drawn: expect.stringMatching(/type it\.$/) },
      });
    }
    await signVersion(maya, ground.matrixId, 1, await drawn(dressed), caller(), NOW);
    const [first] = await signaturesOf(read, await idOf(ground));
    expect(first?.picture.kind === "drawn" && Buffer.from(first.picture.png).equals(PNG)).toBe(true);
  });

  it("is refused with a character that no typeface of the signed document has, and so is whoever is named with one", async () => {
    const ground = await out();
    await expect(
      signVersion(
        maya,
        ground.matrixId,
        1,
        await signature(ground, { title: "Director \uE000", organisation: "ꙮ", typed: "Maya 𒀀" }),
        caller(),
        NOW,
      ),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: {
        title: expect.stringContaining("Your title has (U+E000)"),
        organisation: expect.stringContaining("ꙮ (U+A66E)"),
        typed: expect.stringContaining("𒀀 (U+12000)"),
      },
    });
    await signVersion(
      maya,
      ground.matrixId,
      1,
      await signature(ground, { title: "部長", organisation: "حلول" }),
      caller(),
      NOW,
    );
    await expect(out([person("client", maya), { ...person("provider", tom), name: "Tom ꙮ" }])).rejects.toMatchObject({
      code: "invalid",
      fields: { name1: expect.stringContaining("The name has ꙮ (U+A66E)") },
    });
  });

  it("is refused without consent, for another text, for who isn't asked, and out of turn", async () => {
    const ground = await out(undefined, "in-order");
    await expect(
      signVersion(maya, ground.matrixId, 1, await signature(ground, { consent: "", typed: " " }), caller(), NOW),
    ).rejects.toMatchObject({ fields: { consent: expect.any(String), typed: expect.any(String) } });
    await expect(
      signVersion(maya, ground.matrixId, 1, await signature(ground, { fingerprint: "0".repeat(64) }), caller(), NOW),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("another text") });
    await expect(signs(tom, ground)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`${maya.name} signs before you`),
    });
    expect((await mails(ground, "signing-request")).map(({ to }) => to)).toEqual([maya.email]);
    const sam = await aUser("Sam");
    await write((tx) =>
      tx.member.create({
        data: {
          engagementId: ground.engagementId,
          userId: sam.userId,
          side: "client",
          permission: "signatory",
          createdAt: NOW,
        },
      }),
    );
    await expect(signs(sam, ground)).rejects.toMatchObject({ code: "forbidden" });
    await signs(maya, ground);
    expect(await mails(ground, "signing-request")).toHaveLength(2);
  });
});

describe("sending", () => {
  it("is refused while a role is vacant, for one side alone, or twice; and asks whoever takes over", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    const form = {
      order: "together",
      mailed: "on",
      message: "",
      due: "",
      signatories: [person("client", maya), person("provider", tom)],
    } as const;
    const send = (fields: object) =>
      sendForSigning(maya, ground.matrixId, 1, { ...form, signatories: [...form.signatories], ...fields }, NOW);
    await write((tx) =>
      tx.holding.updateMany({ where: { matrixId: ground.matrixId, roleId: "it-lead" }, data: { until: "2020-02-01" } }),
    );
    await expect(send({})).rejects.toMatchObject({ message: expect.stringContaining("IT lead") });
    expect(stopSentences((await loadSigning(maya, ground.matrixId, 1, NOW)).needs)).toHaveLength(1);
    await write((tx) => tx.holding.updateMany({ where: { matrixId: ground.matrixId }, data: { until: null } }));
    await expect(send({ signatories: [person("provider", tom)] })).rejects.toMatchObject({
      message: expect.stringContaining("Each side"),
    });
    await expect(
      send({ due: "2020-01-01", signatories: [person("client", { name: "", email: "nobody" })] }),
    ).rejects.toMatchObject({
      fields: { due: expect.any(String), name0: expect.any(String), email0: expect.any(String) },
    });
    await send({});
    await expect(send({})).rejects.toMatchObject({ message: expect.stringContaining("already") });
    const [first] = (await loadSigning(maya, ground.matrixId, 1, NOW)).round?.signatories ?? [];
    await write((tx) =>
      tx.member.update({
        where: { engagementId_userId: { engagementId: ground.engagementId, userId: maya.userId } },
        data: { permission: "viewer" },
      }),
    );
    expect((await loadSigning(tom, ground.matrixId, 1, NOW)).round?.signatories[0]?.trouble).toContain(
      "may no longer sign",
    );
    await write((tx) =>
      tx.member.update({
        where: { engagementId_userId: { engagementId: ground.engagementId, userId: maya.userId } },
        data: { permission: "owner" },
      }),
    );
    await expect(
      replaceSignatory(
        tom,
        ground.matrixId,
        1,
        { signatoryId: first?.id ?? "", name: "Otto", title: "", email: "otto@northwind.example" },
        NOW,
      ),
    ).rejects.toMatchObject({ code: "forbidden" });
    const { handed } = await replaceSignatory(
      maya,
      ground.matrixId,
      1,
      { signatoryId: first?.id ?? "", name: "Otto", title: "", email: "otto@northwind.example" },
      NOW,
    );
    expect(handed).toMatchObject([{ name: "Otto", link: expect.stringContaining("/sign/") }]);
    await expect(signs(maya, ground)).rejects.toMatchObject({ code: "forbidden" });
    const again = await remindSignatory(
      maya,
      ground.matrixId,
      1,
      (await loadSigning(maya, ground.matrixId, 1, NOW)).round?.signatories[0]?.id ?? "",
      NOW,
    );
    expect(again.handed[0]?.link).not.toBe(handed[0]?.link);
  });

  it("ends with a reason when somebody declines or an owner withdraws, and nothing is signed afterwards", async () => {
    const declined = await out();
    await signs(tom, declined);
    await signVersion(maya, declined.matrixId, 1, { intent: "decline", reason: "Not at night" }, caller(), at(6));
    expect(await stands(declined)).toMatchObject({
      status: "withdrawn",
      withdrawnBy: maya.name,
      withdrawnReason: "Not at night",
      signing: { outcome: "declined" },
    });
    expect((await loadDraft(tom, declined.matrixId, at(7))).header.lastVersion).toMatchObject({
      status: "withdrawn",
      withdrawnReason: "Not at night",
    });
    expect((await mails(declined, "signing-declined")).map(({ to }) => to)).toEqual([tom.email]);
    const withdrawn = await out();
    await withdrawVersion(tom, withdrawn.matrixId, 1, "Wrong draft", at(1));
    await expect(signs(maya, withdrawn)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("withdrawn by Tom Brandt: “Wrong draft”"),
    });
    expect(await signaturesOf(read, await idOf(withdrawn))).toEqual([]);
    // As it was, it may be proposed once more under the next number.
    const { revision } = await loadDraft(maya, withdrawn.matrixId, at(2));
    expect(
      await publishVersion(
        maya,
        withdrawn.matrixId,
        {
          revision,
          reason: "Again",
          agreementReference: "",
          exhibit: "",
          precedence: "",
          effectiveDate: null,
          reviewDate: null,
        },
        at(2),
      ),
    ).toBe(2);
  });
});

describe("reminders by themselves", () => {
  it("come once before the due date and once after it, to whoever is waited for", async () => {
    const ground = await out();
    await signs(tom, ground);
    const day = (text: string) => new Date(`${text}T09:00:00Z`);
    const reminded = async (now: Date) => {
      await withMail(() => Promise.all([sendDueReminders(now), sendDueReminders(now)]));
      return (await mails(ground, "signing-reminder")).map(({ to }) => to);
    };
    expect(await reminded(day("2026-11-27"))).toEqual([]);
    expect(await reminded(day("2026-11-28"))).toEqual([maya.email]);
    expect(await reminded(day("2026-12-01"))).toEqual([maya.email]);
    // On 2 December at nine in UTC it is still the first, on the west coast of America and beyond.
    expect(await reminded(day("2026-12-02"))).toEqual([maya.email]);
    expect(await reminded(day("2026-12-03"))).toEqual([maya.email, maya.email]);
    expect(await reminded(day("2026-12-09"))).toEqual([maya.email, maya.email]);
    expect(await events(ground)).toEqual([
      "published",
      "reminded",
      "reminded",
      "sent",
      "signatory-confirmed",
      "signed",
    ]);
  });
});

describe("signing by a personal link", () => {
  const otto = { name: "Otto Vane", email: "otto@northwind.example" };
  const codeFor = async (ground: Ground) =>
    /Your code is (\d{6})/.exec((await mails(ground, "signing-code")).at(-1)?.text ?? "")?.[1] ?? "";

  it("brings whoever signed by it the signed PDF, once that is written, and whoever has an account a link", async () => {
    const ground = await out([person("client", otto), person("provider", tom)]);
    await withMail(() => sendSigningCode(ground.token, caller(), at(1)));
    const id = await proveSigningCode(ground.token, await codeFor(ground), caller(), at(2));
    await signByLink(ground.token, [id], await signature(ground, { typed: "Otto Vane" }), caller(), at(3));
    await signs(tom, ground);
    await write((tx) =>
      tx.outgoingMail.updateMany({
        where: { NOT: { engagementId: ground.engagementId, kind: "signing-agreed" } },
        data: { sentAt: NOW },
      }),
    );
    const letters: MailMessage[] = [];
    const lines: string[] = [];
    const send = (minutes: number) =>
      sendDueMail({
        deliver: (letter) => {
          letters.push(letter);
          return Promise.resolve({ ok: true });
        },
        clock: () => at(minutes),
        report: (line) => lines.push(line),
        stopped: () => false,
        minutes: async () => [],
      });
    await send(6);
    expect(letters.map(({ to }) => to)).not.toContain(otto.email);
    expect(lines.join()).toContain("file-unwritten");
    const pdf = await exportVersion(tom, ground.matrixId, 1, "pdf", at(6));
    await send(20);
    const [letter] = letters.filter(({ to }) => to === otto.email);
    expect(letter?.files).toMatchObject([{ name: pdf.name, type: "application/pdf" }]);
    expect(Buffer.compare(Buffer.from(letter?.files[0]?.bytes ?? []), Buffer.from(pdf.bytes))).toBe(0);
    expect(letters.filter(({ to }) => to !== otto.email).map(({ files }) => files)).toEqual(
      letters.filter(({ to }) => to !== otto.email).map(() => []),
    );
    const raw = await new Promise<string>((resolve, reject) =>
      new MailComposer(messageOf(letter as MailMessage, { name: "Demarc", address: "demarc@example.com" }))
        .compile()
        .build((error, message) => (error ? reject(error) : resolve(message.toString()))),
    );
    expect(raw).toContain("Content-Type: application/pdf");
    expect(raw.replaceAll(/\r?\n/g, "")).toContain(Buffer.from(pdf.bytes).toString("base64").slice(0, 2_000));
  });

  it("goes without the file where that isn't written after some attempts", async () => {
    const ground = await out([person("client", otto), person("provider", tom)]);
    const id = await write((tx) =>
      queueMail(tx, {
        to: otto.email,
        subject: "Version 1 is agreed",
        text: "It is.",
        kind: "signing-agreed",
        engagementId: ground.engagementId,
        fileOf: "no-version",
        at: new Date(0),
      }),
    );
    const sent: MailMessage["files"][] = [];
    for (let minutes = 0; minutes < 30; minutes++) {
      await sendDueMail({
        deliver: (letter) => {
          if (letter.id === id) sent.push(letter.files);
          return Promise.resolve({ ok: true });
        },
        clock: () => new Date(minutes * 60_000),
        report: () => undefined,
        stopped: () => false,
        minutes: async () => [],
      });
    }
    expect(sent).toEqual([[]]);
  });

  it("shows and signs nothing before the address is proved with a code that counts once", async () => {
    const ground = await out([person("client", otto), person("provider", tom)]);
    const form = await signature(ground, { typed: "Otto Vane" });
    await expect(fileBySigningLink(ground.token, [], caller(), at(1))).rejects.toMatchObject({ code: "forbidden" });
    await expect(fileBySigningLink("made-up", [], caller(), at(1))).rejects.toMatchObject({ code: "not-found" });
    expect(await openSigningLink(ground.token, [], caller(), at(1))).toEqual({
      kind: "code",
      email: otto.email,
      codeSent: false,
      ask: maya.name,
      about: {
        sentBy: maya.name,
        senderParty: "Northwind",
        clientName: "Northwind",
        providerName: "Harbour IT",
        partyName: "Northwind",
        title: expect.any(String),
        number: 1,
      },
    });
    await expect(signByLink(ground.token, [], form, caller(), at(1))).rejects.toMatchObject({ code: "forbidden" });
    await withMail(() => sendSigningCode(ground.token, caller(), at(1)));
    const code = await codeFor(ground);
    const wrong = code === "100000" ? "100001" : "100000";
    await expect(proveSigningCode(ground.token, wrong, caller(), at(2))).rejects.toMatchObject({
      fields: { code: expect.any(String) },
    });
    await expect(proveSigningCode(ground.token, code, caller(), at(60))).rejects.toMatchObject({ code: "invalid" });
    const fullWidth = code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const id = await proveSigningCode(
      ground.token,
      `${fullWidth.slice(0, 3)}\u3000${fullWidth.slice(3)}`,
      caller(),
      at(2),
    );
    expect(await read.signatory.findUniqueOrThrow({ where: { id }, select: { codeTries: true } })).toEqual({
      codeTries: 2,
    });
    await expect(proveSigningCode(ground.token, code, caller(), at(2))).rejects.toMatchObject({ code: "invalid" });
    const view = await openSigningLink(ground.token, [id], caller(), at(3));
    expect(view).toMatchObject({
      kind: "page",
      page: { number: 1, state: { kind: "open" }, signatory: { partyName: "Northwind" } },
    });
    expect(await verifyUpload(await fileBySigningLink(ground.token, [id], caller(), at(3)), at(3))).toMatchObject({
      differences: [],
    });
    expect(await signByLink(ground.token, [id], form, caller(), at(4))).toMatchObject({
      said: expect.stringContaining("Signed"),
    });
    expect((await signByLink(ground.token, [id], form, caller(), at(5))).said).toContain("already");
    expect(await signaturesOf(read, await idOf(ground))).toMatchObject([
      { name: "Otto Vane", email: otto.email, proof: "code" },
    ]);
    await signs(tom, ground);
    const told = (await mails(ground, "signing-agreed")).find(({ to }) => to === otto.email)?.text ?? "";
    for (const token of [ground.token, /\/sign\/(\S+)/.exec(told)?.[1] ?? ""])
      expect(await openSigningLink(token, [id], caller(), at(6))).toMatchObject({
        page: { status: "agreed", state: { kind: "signed" } },
      });
    const signed = await fileBySigningLink(ground.token, [id], caller(), at(6));
    expect(Buffer.compare(signed.bytes, (await exportVersion(maya, ground.matrixId, 1, "pdf", at(7))).bytes)).toBe(0);
    const stored = JSON.stringify(await read.signatory.findMany({ where: { id } }));
    expect(stored).not.toContain(ground.token);
    await expect(openSigningLink(ground.token, [id], caller(), at(60 * 24 * 40))).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("can't be guessed at", async () => {
    const ground = await out([
      person("client", { ...otto, email: "another@northwind.example" }),
      person("provider", tom),
    ]);
    await withMail(() => sendSigningCode(ground.token, caller(), at(1)));
    const code = await codeFor(ground);
    for (let i = 0; i < 5; i++) await proveSigningCode(ground.token, "000000", caller(), at(2)).catch(() => undefined);
    await expect(proveSigningCode(ground.token, code, caller(), at(2))).rejects.toMatchObject({ code: "invalid" });
    await expect(openSigningLink("x".repeat(43), [], caller(), at(2))).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("signed on paper", () => {
  it("counts once the other side's owner confirms it, and is given out as it came in", async () => {
    const ground = await out();
    const [client, provider] = (await loadSigning(maya, ground.matrixId, 1, NOW)).round?.signatories ?? [];
    const both = { signatoryIds: [client?.id ?? "", provider?.id ?? ""], signedOn: "2026-11-25" };
    const file = { name: "C:\\scans\\Signed: final.PDF", bytes: PDF };
    const spoilt = [
      new TextEncoder().encode("<svg onload=alert(1)>"),
      new Uint8Array(),
      new TextEncoder().encode("PK\u0003\u0004 xl/workbook.xml xl/vbaProject.bin"),
      new Uint8Array(10_000_001),
    ];
    for (const bytes of spoilt)
      await expect(statePaper(maya, ground.matrixId, 1, both, { ...file, bytes }, NOW)).rejects.toMatchObject({
        code: "invalid",
        fields: { file: expect.any(String) },
      });
    await expect(
      statePaper(maya, ground.matrixId, 1, { ...both, signedOn: "2020-01-01" }, file, NOW),
    ).rejects.toMatchObject({ fields: { signedOn: expect.any(String) } });
    expect((await statePaper(maya, ground.matrixId, 1, both, file, NOW)).said).toContain("Harbour IT");
    const confirm = (actor: Actor, id = "", intent: "confirm-paper" | "refuse-paper" = "confirm-paper") =>
      answerPaper(actor, ground.matrixId, 1, { intent, signatoryId: id }, at(2));
    await expect(confirm(maya, client?.id)).rejects.toMatchObject({ code: "forbidden" });
    await confirm(tom, provider?.id, "refuse-paper");
    await confirm(tom, client?.id);
    expect((await confirm(tom, client?.id)).said).toContain("already");
    expect(await stands(ground)).toMatchObject({ status: "proposed", signing: { signed: 1, asked: 2 } });
    const [fact] = await signaturesOf(read, await idOf(ground));
    expect(fact).toMatchObject({
      proof: "paper",
      signedAt: "2026-11-25",
      picture: { kind: "paper", fileName: "Signed final.pdf", statedBy: maya.name, confirmedBy: tom.name },
    });
    await signs(tom, ground);
    expect(await stands(ground)).toMatchObject({ status: "agreed" });
    const shown = (await loadSigning(tom, ground.matrixId, 1, at(3))).round?.signatories[0]?.signature?.picture;
    const stored = await paperFile(tom, ground.matrixId, 1, shown?.kind === "paper" ? shown.paperId : "");
    expect([stored.type, Buffer.from(stored.bytes).equals(Buffer.from(PDF))]).toEqual(["application/pdf", true]);
    // The day on paper was chosen and has no zone; every moment beside it has.
    const written = Buffer.from((await exportVersion(tom, ground.matrixId, 1, "md", at(3))).bytes).toString();
    expect(written.match(/^\| (?:Signed \| .*|25 Nov 2026.*) \|$/gm)).toEqual(
      expect.arrayContaining([
        "| Signed | 25 Nov 2026 |",
        expect.stringMatching(/^\| Signed \| 25 Nov 2026, \d\d:\d\d:\d\d UTC \|$/),
        expect.stringMatching(/^\| 25 Nov 2026 \| Signed for /),
        expect.stringMatching(/^\| 25 Nov 2026, \d\d:\d\d:\d\d UTC \| Agreed/),
      ]),
    );
    for (const format of ["xlsx", "docx", "pdf"] as const)
      expect(
        await verifyUpload(
          await exportVersion(tom, ground.matrixId, 1, format, at(3), { choice: { ...WHOLE_PACK, paper: "Letter" } }),
          at(8),
        ),
      ).toMatchObject({ verdict: "in-force", differences: [] });
  });
});

describe("what signing needs", () => {
  it("is the same on the page that publishes, on the version and in what sending refuses; a role that is only asked or told stops nothing", async () => {
    const ground = await aPublishedVersion(maya, tom, NOW);
    const people = { matrixId: ground.matrixId };
    const { roles, duties } = (await findVersion(read, ground.matrixId, 1))?.matrix ?? { roles: [], duties: [] };
    const acting = new Set(
      duties.flatMap(({ letters }) =>
        Object.entries(letters).flatMap(([roleId, held]) =>
          held.some((letter) => letter === "A" || letter === "R") ? [roleId] : [],
        ),
      ),
    );
    const quiet = roles.filter(({ id }) => !acting.has(id)).map(({ id }) => id);
    expect(quiet.length).toBeGreaterThan(0);
    await write((tx) =>
      tx.holding.updateMany({ where: { ...people, roleId: { in: quiet } }, data: { until: "2020-02-01" } }),
    );
    expect(stopSentences((await loadSigning(maya, ground.matrixId, 1, NOW)).needs)).toEqual([]);
    await write((tx) =>
      tx.holding.updateMany({ where: { ...people, roleId: "it-lead" }, data: { until: "2020-02-01" } }),
    );
    const { needs } = await loadSigning(maya, ground.matrixId, 1, NOW);
    expect((await previewVersion(maya, ground.matrixId, NOW)).needs).toEqual(needs);
    const [stop = "none"] = stopSentences(needs);
    expect(stop).toContain("nobody holds it: IT lead");
    await expect(
      sendForSigning(
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
      ),
    ).rejects.toMatchObject({ message: expect.stringContaining(stop) });
  });
});

describe("a day that is today's for whoever chooses it", () => {
  const EVENING = new Date("2026-11-28T04:30:00Z");
  const MORNING = new Date("2026-11-27T19:30:00Z");
  const SIDES = [
    ["in Los Angeles in the evening, when UTC is a day ahead", EVENING, "2026-11-27", "2026-11-26"],
    ["in Auckland in the morning, when UTC is a day behind", MORNING, "2026-11-28", "2026-11-29"],
  ] as const;

  it.each(SIDES)(
    "is the day by which to sign, the day of a paper, and the day from which a role is held: %s",
    async (_where, now, today, other) => {
      const ground = await aPublishedVersion(maya, tom, now);
      await write((tx) => tx.holding.updateMany({ where: { matrixId: ground.matrixId }, data: { since: today } }));
      const form = {
        order: "together",
        mailed: "on",
        message: "",
        due: today,
        signatories: [person("client", maya), person("provider", tom)],
      } as const;
      expect(stopSentences((await loadSigning(maya, ground.matrixId, 1, now)).needs)).toEqual([]);
      await sendForSigning(maya, ground.matrixId, 1, { ...form, signatories: [...form.signatories] }, now);
      await confirmAll(tom, ground.matrixId, 1, now);
      const { round } = await loadSigning(maya, ground.matrixId, 1, now);
      const signatoryIds = (round?.signatories ?? []).map(({ id }) => id);
      const paper = { name: "signed.pdf", bytes: PDF };
      expect(
        (await statePaper(maya, ground.matrixId, 1, { signatoryIds, signedOn: today }, paper, now)).said,
      ).toContain("Harbour IT");
      await expect(
        statePaper(
          maya,
          ground.matrixId,
          1,
          { signatoryIds, signedOn: other === "2026-11-26" ? other : "2026-11-30" },
          paper,
          now,
        ),
      ).rejects.toMatchObject({ fields: { signedOn: expect.any(String) } });
    },
  );

  it.each(SIDES)(
    "is a day on which what was agreed just now is in force, for whoever asks from there: %s",
    async (where, now, today) => {
      const ground = await aPublishedVersion(maya, tom, now);
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
        now,
      );
      await confirmAll(tom, ground.matrixId, 1, now);
      for (const actor of [maya, tom])
        await signVersion(actor, ground.matrixId, 1, await signature(ground, { typed: actor.name }), caller(), now);
      const inForce = await versionInForce(tom, ground.matrixId, null, now);
      expect(inForce.map(({ day, version }) => [day, version?.number, version?.since])).toEqual(
        ["2026-11-27", "2026-11-28"].map((day) => [day, 1, now.toISOString()]),
      );
      expect(inForce.map(({ day }) => day)).toContain(today);
      const asked = async (day: string, zone: string) =>
        (await versionInForce(tom, ground.matrixId, { day, zone }, now))[0]?.version?.number ?? null;
      const zone = where.includes("Auckland") ? "Pacific/Auckland" : "America/Los_Angeles";
      const before = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
      expect([await asked(before, zone), await asked(today, zone)]).toEqual([null, 1]);
    },
  );
});
