import { appendLog, type LogEvent } from "~/db/activity-log.server";
import { read, write, type Reader } from "~/db/client.server";
import { findSignedFile, keepSignedFiles, versionsToFreeze } from "~/db/signed-file-store.server";
import { peopleOf } from "~/db/people-store.server";
import { findVersion, lastVersion, listVersionSummaries, type VersionRow } from "~/db/version-store.server";
import { buildAmendment, type Amendment } from "~/domain/amendment";
import { contactRows, type ContactRow } from "~/domain/contacts";
import { AppError } from "~/domain/errors";
import { findBlockers } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix";
import { amendmentReport, buildReport, type Report } from "~/domain/report";
import { WHOLE, type Choice } from "~/domain/report-parts";
import { canonicalText } from "~/domain/snapshot";
import { ExportStopped, runExport } from "~/files/export-thread.server";
import { fingerprintOf } from "~/files/fingerprint.server";
import { packName, writeFormat, type PackFile, type PackInput } from "~/files/pack.server";
import type { ExportFormat } from "~/paths";
import type { Actor } from "./actor.server";
import { matrixFor, type MatrixFor } from "./matrix-access.server";
import { sealFor } from "./sealing.server";
import { signingFacts } from "./signing-facts.server";
import { changeSentences } from "./versions.server";

/** A file to hand out: its name, its media type and its bytes. */
export type ExportedFile = Pick<PackFile, "name" | "type" | "bytes">;

/** Which parts, on which paper; the amendment alone; and what tells that whoever asked has gone. */
export type ExportOptions = { choice?: Choice; amendment?: boolean; closed?: AbortSignal };

/** Written in a moment, so that starting a thread for them would take longer. */
const LIGHT: readonly ExportFormat[] = ["json", "csv", "md"];

/** The draft as a file, marked as a draft throughout. */
export async function exportDraft(actor: Actor, matrixId: string, format: ExportFormat, now: Date, { choice = WHOLE, amendment: asAmendment = false, closed }: ExportOptions = {}): Promise<ExportedFile> {
  const stored = await matrixFor(read, actor, matrixId, "export");
  const { matrix, revision } = stored;
  const last = await lastVersion(read, matrixId);
  const text = canonicalText({ matrix, number: (last?.number ?? 0) + 1, previous: last?.fingerprint ?? null });
  const amendment = await amendmentTo(read, matrixId, { matrix, number: null });
  const report = buildReport({
    matrix,
    edition: {
      kind: "draft",
      differsFrom: last?.number ?? null,
      exportedAt: now.toISOString(),
      fingerprint: fingerprintOf(text),
      previousFingerprint: last?.fingerprint ?? null,
      canonicalText: text,
    },
    changes: last ? changeSentences(last.matrix, matrix) : [],
    blockers: findBlockers(matrix).map(({ dutyCode, text: duty, sentence }) => `${dutyCode} “${duty}”: ${sentence}`),
    choice,
    amendment,
    contacts: await contactsFor(actor, stored, choice, now),
  });
  const file = await written(format, packOf({ matrix, report, amendment, asAmendment, now }), closed);
  await logExport(actor, matrixId, revision, "draft.exported", { format }, now);
  return file;
}

/** A version as a file, exactly as it was published. */
export async function exportVersion(actor: Actor, matrixId: string, number: number, format: ExportFormat, now: Date, { choice = WHOLE, amendment: asAmendment = false, closed }: ExportOptions = {}): Promise<ExportedFile> {
  const stored = await matrixFor(read, actor, matrixId, "export");
  const version = await findVersion(read, matrixId, number);
  if (!version) throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  const contacts = await contactsFor(actor, stored, choice, now);
  const whole = choice.paper === WHOLE.paper && choice.parts.join() === WHOLE.parts.join();
  const file = version.agreedAt && whole ? await frozenFile(matrixId, version, { format, asAmendment, now }) : await versionFile(matrixId, version, { choice, contacts, format, asAmendment, now, closed });
  await logExport(actor, matrixId, stored.revision, "version.exported", { format, number }, now);
  return file;
}

type Wanted = { format: ExportFormat; asAmendment: boolean; now: Date };

async function versionFile(matrixId: string, version: VersionRow, { choice, contacts, format, asAmendment, now, closed }: Wanted & { choice: Choice; contacts: ContactRow[]; closed: AbortSignal | undefined }): Promise<ExportedFile> {
  const { report, amendment } = await versionReport(read, matrixId, version, { choice, contacts });
  return written(format, packOf({ matrix: version.matrix, report, amendment, asAmendment, now }), closed);
}

/** A file of an agreed version as it was written when everybody had signed; written now and kept where it isn't yet. */
async function frozenFile(matrixId: string, version: VersionRow, { format, asAmendment, now }: Wanted): Promise<ExportedFile> {
  const input = await packAgreed(matrixId, version, now);
  const name = packName(asAmendment ? amendmentOf(input) : input.report, format);
  const kept = await findSignedFile(read, version.id, name);
  if (kept) return kept;
  await freezeVersion(matrixId, version.number, now);
  return (await findSignedFile(read, version.id, name)) ?? written(format, asAmendment ? { ...input, report: amendmentOf(input), amendment: null } : input, undefined);
}

function amendmentOf({ amendment }: PackInput): Report {
  if (!amendment) throw new AppError("not-found", "There is no earlier version to amend. Download the whole matrix.");
  return amendment;
}

/** Writes every file of an agreed version and keeps them; where they are kept already, nothing is written. */
export async function freezeVersion(matrixId: string, number: number, now: Date): Promise<void> {
  const version = await findVersion(read, matrixId, number);
  if (!version?.agreedAt) return;
  const files = await runExport({ what: "everything", input: await packAgreed(matrixId, version, now) }).catch((error: unknown) => {
    throw error instanceof ExportStopped ? stopped(error) : error;
  });
  await write((tx) => keepSignedFiles(tx, version.id, files, now));
}

/** So many at a time: each is written whole before the next. */
const FREEZE_AT_ONCE = 5;

/** Keeps the files of whatever was agreed and isn't kept yet, as after a process that ended between the two. Throws what went wrong first, once all were tried. */
export async function freezeAgreed(now: Date): Promise<void> {
  const wrong: unknown[] = [];
  for (const { matrixId, number } of await versionsToFreeze(read, FREEZE_AT_ONCE)) await freezeVersion(matrixId, number, now).catch((error: unknown) => wrong.push(error));
  if (wrong.length > 0) throw wrong[0];
}

/** Everything the pack of an agreed version is written from. What took its place later doesn't show in what was signed. */
async function packAgreed(matrixId: string, version: VersionRow, now: Date): Promise<PackInput> {
  const { report, amendment } = await versionReport(read, matrixId, { ...version, status: "agreed" }, {});
  return packOf({ matrix: version.matrix, report, amendment, asAmendment: false, now });
}

async function versionReport(db: Reader, matrixId: string, version: VersionRow, { choice, contacts }: { choice?: Choice; contacts?: ContactRow[] }): Promise<{ report: Report; amendment: Amendment | null }> {
  const { number, status, reason, authorName, publishedAt, fingerprint, previousFingerprint, matrix } = version;
  const previous = number > 1 ? await findVersion(db, matrixId, number - 1) : null;
  const amendment = await amendmentTo(db, matrixId, { matrix, number });
  const report = buildReport({
    matrix,
    edition: { kind: "version", number, status, reason, authorName, publishedAt, fingerprint, previousFingerprint, canonicalText: version.canonicalText },
    changes: previous ? changeSentences(previous.matrix, matrix) : [],
    blockers: version.blockers.map(({ dutyCode, text, sentence }) => `${dutyCode} “${text}”: ${sentence}`),
    choice,
    amendment,
    contacts,
    ...(await signingFacts(db, matrixId, number, matrix.parties)),
  });
  return { report, amendment };
}

/** What a version or the draft changes from the last agreed version before it, or from the one before where none was agreed. */
async function amendmentTo(db: Reader, matrixId: string, { matrix, number }: { matrix: Matrix; number: number | null }): Promise<Amendment | null> {
  const earlier = (await listVersionSummaries(db, matrixId)).filter((version) => number === null || version.number < number);
  const agreed = earlier.filter(({ status }) => status === "agreed" || status === "superseded");
  const chosen = agreed[0] ?? earlier[0];
  const base = chosen && (await findVersion(db, matrixId, chosen.number));
  return base ? buildAmendment({ base, matrix, becomes: number, ordinal: Math.max(1, agreed.length) }) : null;
}

async function contactsFor(actor: Actor, { matrixId, engagementId, matrix }: MatrixFor, { parts }: Choice, now: Date): Promise<ContactRow[]> {
  if (!parts.includes("contacts")) return [];
  await matrixFor(read, actor, matrixId, "export-contacts");
  const { people, holdings } = await peopleOf(read, { engagementId, matrixId });
  return contactRows(matrix, people, holdings, now.toISOString().slice(0, 10));
}

function packOf({ matrix, report, amendment, asAmendment, now }: { matrix: Matrix; report: Report; amendment: Amendment | null; asAmendment: boolean; now: Date }): PackInput {
  const seal = sealFor(report, now);
  if (!asAmendment) return { matrix, report, amendment: amendment ? amendmentReport(report, amendment) : null, seal };
  if (!amendment) throw new AppError("not-found", "There is no earlier version to amend. Download the whole matrix.");
  return { matrix, report: amendmentReport(report, amendment), amendment: null, seal };
}

async function written(format: ExportFormat, input: PackInput, closed: AbortSignal | undefined): Promise<ExportedFile> {
  if (LIGHT.includes(format)) return writeFormat(format, input);
  const [file] = await runExport({ what: format, input }, closed).catch((error: unknown) => {
    throw error instanceof ExportStopped ? stopped(error) : error;
  });
  if (!file) throw new Error(`No ${format} file was written.`);
  return file;
}

function stopped({ why }: ExportStopped): AppError {
  if (why === "busy") return new AppError("too-many", "Several long downloads are being written. Try again in a minute.");
  if (why === "too-long") return new AppError("conflict", "Writing this file took too long. Choose fewer parts, or the Excel workbook.");
  return new AppError("conflict", "The download was cancelled.");
}

async function logExport(actor: Actor, matrixId: string, revision: number, event: LogEvent, detail: Record<string, string | number>, now: Date): Promise<void> {
  await write((tx) =>
    appendLog(tx, matrixId, [{ stepId: crypto.randomUUID(), revision, event, actorId: actor.userId, actorName: actor.name, at: now, commands: [], diff: null, detail }]),
  );
}
