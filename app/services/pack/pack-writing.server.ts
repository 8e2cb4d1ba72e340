import type { Reader } from "~/db/client.server";
import { findVersion, listVersionSummaries, type VersionRow } from "~/db/version-store.server";
import { buildAmendment, type Amendment } from "~/domain/pack/amendment";
import type { ContactRow } from "~/domain/people/contacts";
import { AppError, type AppErrorCode } from "~/domain/errors";
import { blockerWords } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { agreedSentences } from "~/domain/pack/sentences";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import type { PackChoice, ExportFormat } from "~/domain/pack/report-parts";
import { ExportStopped, runExport } from "~/files/thread/export-thread.server";
import { writeFormat, type PackFile, type PackInput } from "~/files/pack.server";
import { sealFor } from "./sealing.server";
import { signingFacts } from "../version/signing-facts.server";
import { statusTold } from "../version/told-status.server";

/** A file to download: its name, its media type and its bytes. */
export type ExportedFile = Pick<PackFile, "name" | "type" | "bytes">;

/** Formats that are written so quickly that starting a thread would take longer. */
const LIGHT: readonly ExportFormat[] = ["json", "csv", "md"];

/**
 * Formats that the installation's key signs. The key is read for these only, so that a broken key stops no other
 * download.
 */
const SEALED: readonly ExportFormat[] = ["pdf", "zip"];

/** The report of a version, from which its files are written, and its amendment. */
export async function versionReport(
  db: Reader,
  matrixId: string,
  version: VersionRow,
  { choice, contacts, now }: { choice?: PackChoice; contacts?: ContactRow[]; now: Date },
): Promise<{ report: Report; amendment: Amendment | null }> {
  const { number, reason, authorName, publishedAt, fingerprint, previousFingerprint, matrix } = version;
  const status = await statusTold(db, matrixId, version, now);
  const previous = number > 1 ? await findVersion(db, matrixId, number - 1) : null;
  const amendment = await amendmentTo(db, matrixId, { matrix, number });
  const report = buildReport({
    matrix,
    edition: {
      kind: "version",
      number,
      status,
      reason,
      authorName,
      publishedAt,
      fingerprint,
      previousFingerprint,
      canonicalText: version.canonicalText,
      agreedAt: version.agreedAt,
    },
    changes: previous ? agreedSentences(previous.matrix, matrix) : [],
    blockers: version.blockers.map(blockerWords),
    choice,
    amendment,
    contacts,
    ...(await signingFacts(db, matrixId, number, matrix.parties)),
  });
  return { report, amendment };
}

/**
 * The amendment of a version, or of the draft where `number` is null. Its base is the last agreed version before it, or
 * the version before it where none was agreed; null where there is no version before it.
 */
export async function amendmentTo(
  db: Reader,
  matrixId: string,
  { matrix, number }: { matrix: Matrix; number: number | null },
): Promise<Amendment | null> {
  const earlier = (await listVersionSummaries(db, matrixId)).filter(
    (version) => number === null || version.number < number,
  );
  const agreed = earlier.filter(({ status }) => status === "agreed" || status === "superseded");
  const baseSummary = agreed[0] ?? earlier[0];
  const base = baseSummary && (await findVersion(db, matrixId, baseSummary.number));
  // What an amendment changes is what was agreed before it, whether or not another version has taken its place since.
  const status = base?.status === "superseded" ? "agreed" : (base?.status ?? "");
  return base
    ? buildAmendment({ base: { ...base, status }, matrix, becomes: number, ordinal: Math.max(1, agreed.length) })
    : null;
}

/**
 * The input from which files are written: the whole matrix, or its amendment alone. Throws `not-found` where there is
 * nothing to amend.
 */
export function packOf({
  matrix,
  report,
  amendment,
  asAmendment,
}: {
  matrix: Matrix;
  report: Report;
  amendment: Amendment | null;
  asAmendment: boolean;
}): PackInput {
  if (!asAmendment)
    return { matrix, report, amendment: amendment ? amendmentReport(report, amendment) : null, seal: null };
  return { matrix, report: amendmentReport(report, amendmentOrThrow(amendment)), amendment: null, seal: null };
}

function amendmentOrThrow(amendment: Amendment | null): Amendment {
  if (!amendment) throw new AppError("not-found", "There is no earlier version to amend. Download the whole matrix.");
  return amendment;
}

/**
 * Writes a file, and the larger formats in a thread, which is stopped when `closed` is aborted. `make` is called when
 * the thread is free. Throws an `AppError` where the file can't be written.
 */
export async function writtenFile(
  format: ExportFormat,
  make: () => PackInput | Promise<PackInput>,
  now: Date,
  closed?: AbortSignal,
): Promise<PackFile> {
  if (LIGHT.includes(format)) return writeFormat(format, await make());
  const input = async () => {
    const pack = await make();
    return SEALED.includes(format) ? { ...pack, seal: sealFor(pack.report, now) } : pack;
  };
  return inThread(async () => ({ kind: "export", format, input: await input() }), closed);
}

/** Runs a job in the export thread. Throws an `AppError` where it was stopped. */
export function inThread(make: Parameters<typeof runExport>[0], closed?: AbortSignal): Promise<PackFile> {
  return runExport(make, closed).catch((error: unknown) => {
    throw error instanceof ExportStopped ? exportRefusal(error.why) : error;
  });
}

/** The error with the sentence for a file that wasn't written. */
export function exportRefusal(why: ExportStopped["why"]): AppError {
  return new AppError(...STOPPED[why]);
}

const STOPPED: Record<ExportStopped["why"], [code: AppErrorCode, sentence: string]> = {
  busy: ["too-many", "Several long downloads are being written. Try again in a minute."],
  cancelled: ["conflict", "The download was cancelled. Start it again if you still want the file."],
  "too-long": ["conflict", "Writing this file took too long and was given up. Choose another format, or fewer parts."],
  "too-large": [
    "conflict",
    "Writing this file takes more memory than one download may have. Choose another format, or fewer parts.",
  ],
};
