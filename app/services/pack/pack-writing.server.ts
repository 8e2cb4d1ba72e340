import type { Reader } from "~/db/client.server";
import { findVersion, listVersionSummaries, type VersionRow } from "~/db/version-store.server";
import { buildAmendment, type Amendment } from "~/domain/pack/amendment";
import type { ContactRow } from "~/domain/people/contacts";
import { AppError, type AppErrorCode } from "~/domain/errors";
import { blockerWords } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import type { PackChoice, ExportFormat } from "~/domain/pack/report-parts";
import { ExportStopped, runExport } from "~/files/thread/export-thread.server";
import { writeFormat, type PackFile, type PackInput } from "~/files/pack.server";
import { sealFor } from "./sealing.server";
import { signingFacts } from "../version/signing-facts.server";
import { agreedSentences } from "../version/versions.server";

/** A file to hand out: its name, its media type and its bytes. */
export type ExportedFile = Pick<PackFile, "name" | "type" | "bytes">;

/** Written in a moment, so that starting a thread for them would take longer. */
const LIGHT: readonly ExportFormat[] = ["json", "csv", "md"];

/** What the key of this installation signs: a key that can't be used keeps no other file from being written. */
const SEALED: readonly ExportFormat[] = ["pdf", "zip"];

/** What a version's files say, and what it amends. */
export async function versionReport(
  db: Reader,
  matrixId: string,
  version: VersionRow,
  { choice, contacts }: { choice?: PackChoice; contacts?: ContactRow[] },
): Promise<{ report: Report; amendment: Amendment | null }> {
  const { number, status, reason, authorName, publishedAt, fingerprint, previousFingerprint, matrix } = version;
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

/** What a version or the draft changes from the last agreed version before it, or from the one before where none was agreed. */
export async function amendmentTo(
  db: Reader,
  matrixId: string,
  { matrix, number }: { matrix: Matrix; number: number | null },
): Promise<Amendment | null> {
  const earlier = (await listVersionSummaries(db, matrixId)).filter(
    (version) => number === null || version.number < number,
  );
  const agreed = earlier.filter(({ status }) => status === "agreed" || status === "superseded");
  const chosen = agreed[0] ?? earlier[0];
  const base = chosen && (await findVersion(db, matrixId, chosen.number));
  return base ? buildAmendment({ base, matrix, becomes: number, ordinal: Math.max(1, agreed.length) }) : null;
}

/** What the files of a version or a draft are written from: the whole, or its amendment alone. Throws where there is nothing to amend. */
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
  return { matrix, report: amendmentReport(report, amended(amendment)), amendment: null, seal: null };
}

/** The amendment that was asked for. Throws where there is nothing to amend. */
function amended(amendment: Amendment | null): Amendment {
  if (!amendment) throw new AppError("not-found", "There is no earlier version to amend. Download the whole matrix.");
  return amendment;
}

/** Writes one file: a long one in a thread of its own, which ends when whoever asked has gone. What it is written from is made when its turn comes. */
export async function written(
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

/** Does a job in the thread that writes. Throws a sentence where it came to nothing. */
export function inThread(make: Parameters<typeof runExport>[0], closed?: AbortSignal): Promise<PackFile> {
  return runExport(make, closed).catch((error: unknown) => {
    throw error instanceof ExportStopped ? stopped(error.why) : error;
  });
}

/** What a person is told of a file that was not written. */
export function stopped(why: ExportStopped["why"]): AppError {
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
