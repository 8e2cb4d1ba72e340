import type { Reader } from "~/db/client.server";
import { findVersion, listVersionSummaries, type VersionRow } from "~/db/version-store.server";
import { buildAmendment, type Amendment } from "~/domain/amendment";
import type { ContactRow } from "~/domain/contacts";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix";
import { amendmentReport, buildReport, type Report } from "~/domain/report";
import type { Choice } from "~/domain/report-parts";
import { ExportStopped, runExport } from "~/files/export-thread.server";
import { writeFormat, type PackFile, type PackInput } from "~/files/pack.server";
import type { ExportFormat } from "~/paths";
import { sealFor } from "./sealing.server";
import { signingFacts } from "./signing-facts.server";
import { changeSentences } from "./versions.server";

/** A file to hand out: its name, its media type and its bytes. */
export type ExportedFile = Pick<PackFile, "name" | "type" | "bytes">;

/** Written in a moment, so that starting a thread for them would take longer. */
const LIGHT: readonly ExportFormat[] = ["json", "csv", "md"];

/** What a version's files say, and what it amends. */
export async function versionReport(db: Reader, matrixId: string, version: VersionRow, { choice, contacts }: { choice?: Choice; contacts?: ContactRow[] }): Promise<{ report: Report; amendment: Amendment | null }> {
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
export async function amendmentTo(db: Reader, matrixId: string, { matrix, number }: { matrix: Matrix; number: number | null }): Promise<Amendment | null> {
  const earlier = (await listVersionSummaries(db, matrixId)).filter((version) => number === null || version.number < number);
  const agreed = earlier.filter(({ status }) => status === "agreed" || status === "superseded");
  const chosen = agreed[0] ?? earlier[0];
  const base = chosen && (await findVersion(db, matrixId, chosen.number));
  return base ? buildAmendment({ base, matrix, becomes: number, ordinal: Math.max(1, agreed.length) }) : null;
}

/** What the files of a version or a draft are written from: the whole, or its amendment alone. Throws where there is nothing to amend. */
export function packOf({ matrix, report, amendment, asAmendment, now }: { matrix: Matrix; report: Report; amendment: Amendment | null; asAmendment: boolean; now: Date }): PackInput {
  const seal = sealFor(report, now);
  if (!asAmendment) return { matrix, report, amendment: amendment ? amendmentReport(report, amendment) : null, seal };
  return { matrix, report: amendmentReport(report, amended(amendment)), amendment: null, seal };
}

/** The amendment that was asked for. Throws where there is nothing to amend. */
export function amended(amendment: Amendment | null): Amendment {
  if (!amendment) throw new AppError("not-found", "There is no earlier version to amend. Download the whole matrix.");
  return amendment;
}

/** Writes one file: a long one in a thread of its own, which ends when whoever asked has gone. */
export async function written(format: ExportFormat, input: PackInput, closed: AbortSignal | undefined): Promise<ExportedFile> {
  if (LIGHT.includes(format)) return writeFormat(format, input);
  const [file] = await inThread(format, input, closed);
  if (!file) throw new Error(`No ${format} file was written.`);
  return file;
}

/** Writes every file of a pack at once. */
export function writtenWhole(input: PackInput): Promise<PackFile[]> {
  return inThread("everything", input);
}

function inThread(what: Parameters<typeof runExport>[0]["what"], input: PackInput, closed?: AbortSignal): Promise<PackFile[]> {
  return runExport({ what, input }, closed).catch((error: unknown) => {
    throw error instanceof ExportStopped ? stopped(error) : error;
  });
}

function stopped({ why }: ExportStopped): AppError {
  if (why === "busy") return new AppError("too-many", "Several long downloads are being written. Try again in a minute.");
  if (why === "too-long") return new AppError("conflict", "Writing this file took too long. Choose fewer parts, or the Excel workbook.");
  return new AppError("conflict", "The download was cancelled.");
}
