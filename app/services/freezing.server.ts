import { read, write } from "~/db/client.server";
import { findSignedFile, keepSignedFiles, versionsToFreeze } from "~/db/signed-file-store.server";
import { findVersion, type VersionRow } from "~/db/version-store.server";
import { AppError } from "~/domain/errors";
import type { Report } from "~/domain/report";
import { packName, type PackInput } from "~/files/pack.server";
import type { ExportFormat } from "~/paths";
import { packOf, versionReport, written, writtenWhole, type ExportedFile } from "./pack-writing.server";

/** A file of an agreed version as it was written when everybody had signed; written now and kept where it isn't yet. */
export async function frozenFile(matrixId: string, version: VersionRow, { format, asAmendment, now }: { format: ExportFormat; asAmendment: boolean; now: Date }): Promise<ExportedFile> {
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
  const files = await writtenWhole(await packAgreed(matrixId, version, now));
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
