import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { appendRecord } from "~/db/record-store.server";
import { read, write } from "~/db/client.server";
import { insertMatrix, loadMatrix } from "~/db/matrix-store.server";
import { findVersion } from "~/db/version-store.server";
import { invertDiff } from "~/domain/changes/diff";
import { matrixDiffSchema, type MatrixDiff } from "~/domain/changes/diff-schema";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { WHOLE_PACK, type ExportFormat } from "~/domain/pack/report-parts";
import { termsHash } from "~/domain/agreement/agreement";
import { readCanonical } from "~/domain/version/read-canonical";
import { sortedJson } from "~/domain/hash";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { fingerprintOf } from "~/files/fingerprint.server";

import type { Actor } from "~/services/who/actor.server";
import { exportDraft, exportVersion } from "~/services/pack/exports.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { answerPaper, statePaper } from "~/services/signing/papers.server";
import { signVersion } from "~/services/signing/signatures.server";
import { signingFacts } from "~/services/version/signing-facts.server";
import { sendForSigning } from "~/services/signing/signing-requests.server";
import { loadSigning } from "~/services/signing/signing-view.server";
import { publishVersion } from "~/services/version/versions.server";
import { confirmAll, holdRoles } from "../support/signing";
import { amending, firstForm, signable, unfinished } from "./agreement";
import { ALTERATIONS, altered } from "./alterations";
import { EARLIER } from "./earlier";
import { MODELS, plain, tableOf } from "./earlier-rows";
import { KEPT, loneAnswer, type AsBefore } from "./verifying";
import { knownAnswer } from "./verifying-known";
import { GENERATED, generatedMatrix, hashesOf } from "./generated";

const ENGAGEMENT = "engagement-golden";
const MATRIX = "matrix-golden";
const at = (text: string) => new Date(`${text}:00.000Z`);
const maya: Actor = { userId: "maya", name: "Maya Lindqvist", email: "maya@nordwind.example", secondFactor: false };
const ruth: Actor = { userId: "ruth", name: "Ruth Adler", email: "ruth@nordwind.example", secondFactor: false };
const tom: Actor = { userId: "tom", name: "Tom Brandt", email: "tom@harbour.example", secondFactor: false };

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PAPER = new TextEncoder().encode("%PDF-1.7\nsigned by hand\n%%EOF\n");

/**
 * Writes what this release leaves behind: an engagement with versions of both forms as its database holds them, their
 * files, and what is answered about each. Refused where the set is there: what a release left behind is never written anew.
 */
export async function writeEarlier(release: string): Promise<void> {
  const folder = path.join(EARLIER, release);
  if (!/^[a-z0-9.-]+$/.test(release)) throw new Error(`“${release}” is no name of a release.`);
  if (existsSync(folder))
    throw new Error(`${folder} is there. What a release left behind is never written anew; name another one.`);
  const first = await begin();
  await agreeOnTwo();
  await proposeMore();
  const files = await exported();
  for (const name of ["texts", "files"]) mkdirSync(path.join(folder, name), { recursive: true });
  const json = (name: string, value: unknown) =>
    writeFileSync(path.join(folder, name), `${JSON.stringify(value, null, 1)}\n`);
  for (const [name, bytes] of files) writeFileSync(path.join(folder, "files", name), bytes);

  const versions = [];
  for (const number of [1, 2, 3, 4]) {
    const version = await findVersion(read, MATRIX, number);
    if (!version) throw new Error(`There is no version ${number}.`);
    writeFileSync(path.join(folder, "texts", `v${number}.txt`), version.canonicalText);
    const edition = readCanonical(version.canonicalText);
    if (!edition.ok) throw new Error(edition.rejection.message);
    versions.push({
      number,
      schema: number === 1 ? 1 : 2,
      previous: version.previousFingerprint,
      fingerprint: version.fingerprint,
      terms: hashesOfTerms(version.matrix),
      read: edition.value.matrix,
      signing: await signingFacts(read, MATRIX, number, version.matrix.parties),
    });
  }
  if (versions[0]?.fingerprint !== first) throw new Error("Version 1 isn't what it was begun with.");
  json("versions.json", versions);
  json("database.json", await dumped());
  const draft = await loadMatrix(read, MATRIX);
  json("draft.json", draft?.matrix);

  const signed = (
    await read.version.findUniqueOrThrow({
      where: { matrixId_number: { matrixId: MATRIX, number: 2 } },
      select: { revision: true },
    })
  ).revision;
  const steps = await read.logEntry.findMany({
    where: { matrixId: MATRIX, revision: { gt: signed }, event: { in: ["draft.edited", "version.published"] } },
    orderBy: { revision: "asc" },
  });
  json(
    "undone.json",
    Object.fromEntries(
      steps.flatMap(({ stepId, diff }) =>
        Object.keys(diff as object).length === 0
          ? []
          : [[stepId, matrixDiffSchema.safeParse(invertDiff(diff as MatrixDiff)).success]],
      ),
    ),
  );

  const kept: Record<string, AsBefore> = {};
  for (const name of KEPT) kept[name] = await knownAnswer(name, files.get(name));
  await write((tx) => tx.signedFile.deleteMany({}));
  const [known, alone]: Record<string, AsBefore>[] = [{}, {}];
  const wrong: string[] = [];
  for (const [name, bytes] of files) {
    const [here, nowhere] = [await knownAnswer(name, bytes), await loneAnswer(name, bytes)];
    // What nobody altered is told to differ: not what later releases are held to.
    if (here.verdict === "differs") wrong.push(name);
    else Object.assign(known ?? {}, { [name]: here }) && Object.assign(alone ?? {}, { [name]: nowhere });
  }
  json("answers.json", { kept, known, alone, wrong });
  const told = [];
  for (const alteration of ALTERATIONS) {
    if (wrong.includes(alteration.file))
      throw new Error(
        `${alteration.file} is told to differ though nobody altered it: choose another for “${alteration.name}”.`,
      );
    const bytes = altered(files.get(alteration.file) ?? new Uint8Array(), alteration);
    told.push({
      alteration,
      known: await knownAnswer(alteration.file, bytes),
      alone: await loneAnswer(alteration.file, bytes),
    });
  }
  json("altered.json", told);
  json(
    "generated.json",
    Array.from({ length: GENERATED }, (_, seed) => hashesOf(generatedMatrix(seed), generatedMatrix(seed + 1))),
  );
}

function hashesOfTerms(matrix: Matrix): Record<string, string> {
  return Object.fromEntries(matrix.duties.map((duty) => [duty.id, termsHash(matrix, duty)]));
}

/** The text of version 1 as the first release made it, whose form held fewer fields. */
function firstText(snapshot: Record<string, unknown>): string {
  const only = (entity: object, fields: readonly string[]) =>
    Object.fromEntries(fields.map((field) => [field, (entity as Record<string, unknown>)[field]]));
  const list = (name: string, fields: readonly string[]) =>
    (snapshot[name] as object[]).map((entity) => only(entity, fields));
  return sortedJson({
    ...{ format: "demarc.version", schema: 1, number: 1, previous: null, title: snapshot.title },
    terms: only(snapshot.terms as object, [
      "agreementReference",
      "effectiveDate",
      "exhibit",
      "precedence",
      "reviewDate",
    ]),
    settings: only(snapshot.settings as object, ["accountability"]),
    parties: list("parties", ["engagedBy", "id", "kind", "name"]),
    roles: list("roles", ["id", "lead", "name", "partyId"]),
    domains: list("domains", ["code", "id", "name"]),
    duties: list("duties", [
      "boundary",
      "cadence",
      "code",
      "cover",
      "description",
      "domainId",
      "doneWhen",
      "id",
      "letters",
      "reserved",
      "text",
    ]),
  });
}

/** An engagement whose version 1 both sides signed with the first release. Returns the fingerprint of that version. */
async function begin(): Promise<string> {
  const snapshot = firstForm();
  const text = firstText(snapshot);
  const fingerprint = fingerprintOf(text);
  const begun = at("2026-01-10T08:00");
  const published = at("2026-01-20T09:00");
  await write(async (tx) => {
    for (const { userId, name, email } of [maya, ruth, tom])
      await tx.user.create({ data: { id: userId, name, email, createdAt: begun } });
    await tx.engagement.create({ data: { id: ENGAGEMENT, createdAt: begun } });
    for (const [{ userId }, side] of [
      [maya, "client"],
      [ruth, "client"],
      [tom, "provider"],
    ] as const)
      await tx.member.create({
        data: {
          engagementId: ENGAGEMENT,
          userId,
          side,
          permission: userId === "ruth" ? "signatory" : "owner",
          createdAt: begun,
        },
      });
    await tx.invitation.create({
      data: {
        id: "invitation-1",
        engagementId: ENGAGEMENT,
        side: "provider",
        permission: "owner",
        email: tom.email,
        tokenHash: "none",
        invitedById: maya.userId,
        invitedByName: maya.name,
        createdAt: begun,
        expiresAt: at("2026-01-20T08:00"),
        acceptedAt: at("2026-01-12T08:00"),
      },
    });
    await appendRecord(tx, [
      {
        engagementId: ENGAGEMENT,
        at: begun,
        event: "engagement.created",
        actorId: maya.userId,
        actorName: maya.name,
        detail: { side: "client" },
      },
      {
        engagementId: ENGAGEMENT,
        at: at("2026-01-12T08:00"),
        event: "member.joined",
        actorId: tom.userId,
        actorName: tom.name,
        detail: { side: "provider", permission: "owner", invitedBy: maya.name },
      },
    ]);
    await insertMatrix(tx, { id: MATRIX, engagementId: ENGAGEMENT, matrix: signable() });
    const matrix = matrixSchema.parse(upgradeMatrix(snapshot));
    await tx.version.create({
      data: {
        id: "version-1",
        matrixId: MATRIX,
        number: 1,
        status: "agreed",
        reason: "First",
        authorId: maya.userId,
        authorName: maya.name,
        createdAt: published,
        fingerprint,
        previousFingerprint: null,
        schema: 1,
        effectiveDate: matrix.terms.effectiveDate,
        reviewDate: matrix.terms.reviewDate,
        changes: null,
        blockers: [],
        revision: 0,
        agreedAt: at("2026-01-22T10:00"),
        text: { create: { canonicalText: text, snapshot: snapshot as object } },
      },
    });
    await tx.signRound.create({
      data: {
        id: "round-1",
        versionId: "version-1",
        order: "together",
        message: "",
        dueDate: null,
        mailed: true,
        sentAt: at("2026-01-21T09:00"),
        sentById: maya.userId,
        sentByName: maya.name,
        outcome: "agreed",
        endedAt: at("2026-01-22T10:00"),
      },
    });
    for (const [position, { userId, name, email, partyId, partyName }] of [
      { ...maya, partyId: "client", partyName: "Nordwind Städtische Betriebe" },
      { ...tom, partyId: "provider", partyName: "Harbour IT <Ltd> & Sons" },
    ].entries()) {
      const signedAt = at(`2026-01-22T${String(position + 9).padStart(2, "0")}:00`);
      await tx.signatory.create({
        data: {
          id: `first-${userId}`,
          roundId: "round-1",
          position,
          partyId,
          name,
          title: "Director",
          email,
          userId,
          state: "signed",
        },
      });
      await tx.signature.create({
        data: {
          id: `signature-${userId}`,
          signatoryId: `first-${userId}`,
          versionId: "version-1",
          partyId,
          partyName,
          named: null,
          name,
          title: "Director",
          organisation: partyName,
          email,
          proof: position === 0 ? "account" : "code",
          signedAt,
          address: "192.0.2.5",
          browser: "Firefox 128 on Linux",
          consentVersion: 1,
          consentText: "I agree to sign electronically.",
          fingerprint,
          picture: "typed",
          pictureText: name,
          createdAt: signedAt,
        },
      });
    }
  });
  await holdRoles(MATRIX, ENGAGEMENT, {
    "role-a-lead": "client",
    "role-b-team": "client",
    "role-c-desk": "provider",
    "role-d-desk": "provider",
    "role-e-line": "client",
    "role-g-soc1": "provider",
    "role-f-ciso": "client",
  });
  return fingerprint;
}

async function revision(): Promise<number> {
  return (await read.matrix.findUniqueOrThrow({ where: { id: MATRIX }, select: { revision: true } })).revision;
}

async function publish(reason: string, now: Date): Promise<number> {
  const { terms } = (await loadMatrix(read, MATRIX))?.matrix ?? signable();
  return publishVersion(maya, MATRIX, { revision: await revision(), reason, ...terms }, now);
}

/** Version 2: one signs with a name, one with a drawing, one on paper. */
async function agreeOnTwo(): Promise<void> {
  await publish("The desk takes over at night", at("2026-03-03T09:00"));
  const asked = [
    ["client", maya],
    ["client", ruth],
    ["provider", tom],
  ] as const;
  await sendForSigning(
    maya,
    MATRIX,
    2,
    {
      order: "together",
      mailed: "on",
      message: "Please sign",
      due: "2026-03-20",
      signatories: asked.map(([partyId, { name, email }]) => ({ partyId, name, title: "Director", email })),
    },
    at("2026-03-04T10:00"),
  );
  await confirmAll(tom, MATRIX, 2, at("2026-03-04T11:00"));
  const fingerprint = (await findVersion(read, MATRIX, 2))?.fingerprint ?? "";
  const form = { intent: "sign" as const, fingerprint, title: "Director", consent: "on" };
  await signVersion(
    maya,
    MATRIX,
    2,
    { ...form, organisation: "Nordwind", way: "typed", typed: maya.name, drawn: "" },
    { address: "192.0.2.7", userAgent: "Firefox 140 on Linux", cookie: "" },
    at("2026-03-05T11:30"),
  );
  await signVersion(
    tom,
    MATRIX,
    2,
    {
      ...form,
      organisation: "Harbour",
      way: "drawn",
      typed: "",
      drawn: `data:image/png;base64,${PNG.toString("base64")}`,
    },
    { address: "192.0.2.8", userAgent: "Chrome 138 on Windows", cookie: "" },
    at("2026-03-06T12:30"),
  );
  const paper = (await loadSigning(maya, MATRIX, 2, at("2026-03-07T08:00"))).round?.signatories.find(
    ({ name }) => name === ruth.name,
  );
  await statePaper(
    maya,
    MATRIX,
    2,
    { signatoryIds: [paper?.id ?? ""], signedOn: "2026-03-06" },
    { name: "Signed by Ruth.pdf", bytes: PAPER },
    at("2026-03-07T08:00"),
  );
  await answerPaper(tom, MATRIX, 2, { intent: "confirm-paper", signatoryId: paper?.id ?? "" }, at("2026-03-08T08:00"));
}

async function edit(edits: ReturnType<typeof amending>, named: string, now: Date): Promise<void> {
  for (const [i, { by, commands }] of edits.entries()) {
    const { rejected } = await runCommands(
      by === "client" ? maya : tom,
      MATRIX,
      { baseRevision: 0, steps: [{ id: `${named}-${i + 1}`, commands }] },
      new Date(now.getTime() + i * 60_000),
    );
    if (rejected.length > 0) throw new Error(`${JSON.stringify(commands)}: ${JSON.stringify(rejected)}`);
  }
}

/** Version 3 is out for signing, version 4 has blockers, and the draft went on. */
async function proposeMore(): Promise<void> {
  await edit(amending((await loadMatrix(read, MATRIX))?.matrix ?? signable()), "amending", at("2026-03-10T09:00"));
  await publish("After a quarter", at("2026-03-11T09:00"));
  await sendForSigning(
    maya,
    MATRIX,
    3,
    {
      order: "in-order",
      mailed: "on",
      message: "",
      due: "",
      signatories: [
        ["client", maya],
        ["provider", tom],
      ].map(([partyId, actor]) => ({
        partyId: partyId as "client" | "provider",
        name: (actor as Actor).name,
        title: "Director",
        email: (actor as Actor).email,
      })),
    },
    at("2026-03-12T10:00"),
  );
  await confirmAll(tom, MATRIX, 3, at("2026-03-12T11:00"));
  const edits = unfinished((await loadMatrix(read, MATRIX))?.matrix ?? signable());
  await edit(edits.published, "unfinished", at("2026-03-13T09:00"));
  await publish("With what is open", at("2026-03-14T09:00"));
  await edit(edits.later, "later", at("2026-03-15T09:00"));
}

const AFTER = at("2026-03-16T09:00");
const EXTRACT = { parts: ["matrix", "duties", "contacts"], paper: "Letter" } as const;

async function exported(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const version = async (number: number, format: ExportFormat) =>
    files.set(`v${number}.${format}`, (await exportVersion(maya, MATRIX, number, format, AFTER)).bytes);
  for (const format of ["xlsx", "docx", "pdf", "json"] as const)
    for (const number of [1, 2, 3]) await version(number, format);
  for (const format of ["csv", "md", "zip"] as const) await version(2, format);
  for (const format of ["xlsx", "docx", "pdf"] as const) {
    for (const number of [2, 3])
      files.set(
        `v${number}-amendment.${format}`,
        (await exportVersion(maya, MATRIX, number, format, AFTER, { amendment: true })).bytes,
      );
    files.set(
      `v2-extract.${format}`,
      (await exportVersion(maya, MATRIX, 2, format, AFTER, { choice: { ...WHOLE_PACK, ...EXTRACT } })).bytes,
    );
  }
  for (const format of ["docx", "xlsx"] as const) await version(4, format);
  for (const format of ["xlsx", "docx", "pdf", "json", "csv", "md"] as const)
    files.set(`draft.${format}`, (await exportDraft(maya, MATRIX, format, AFTER)).bytes);
  files.set("draft-amendment.xlsx", (await exportDraft(maya, MATRIX, "xlsx", AFTER, { amendment: true })).bytes);
  return files;
}

async function dumped(): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  await write(async (tx) => {
    for (const model of MODELS)
      rows[model] = (await tableOf(tx, model).findMany()).map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      );
  });
  return rows;
}
