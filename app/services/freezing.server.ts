import { read, write } from "~/db/client.server";
import { findSignedFile, keepSignedFiles, versionsToFreeze } from "~/db/signed-file-store.server";
import { findVersion, type VersionRow } from "~/db/version-store.server";
import type { Matrix } from "~/domain/matrix";
import { indexOf } from "~/domain/owner";
import { packName, type PackInput } from "~/files/pack.server";
import type { ExportFormat } from "~/paths";
import { amended, amendmentTo, packOf, versionReport, written, writtenWhole, type ExportedFile } from "./pack-writing.server";

/** A file of an agreed version as it was written when everybody had signed; written now and kept where it isn't yet. */
export async function frozenFile(matrixId: string, version: VersionRow, { format, asAmendment, now }: { format: ExportFormat; asAmendment: boolean; now: Date }): Promise<ExportedFile> {
  const { matrix, number } = version;
  // What is kept is found by its name, which takes far less than what the file is written from.
  const amendment = asAmendment ? amended(await amendmentTo(read, matrixId, { matrix, number })) : null;
  const name = packName({ ...partiesOf(matrix), title: matrix.title, edition: { kind: "version", number }, kind: amendment ? "amendment" : "matrix", amendment, mark: "" }, format);
  const kept = await findSignedFile(read, version.id, name);
  if (kept) return kept;
  await freezeVersion(matrixId, number, now);
  return (await findSignedFile(read, version.id, name)) ?? written(format, await packAgreed(matrixId, version, { asAmendment, now }), undefined);
}

function partiesOf(matrix: Matrix): { client: string; provider: string } {
  const { client, provider } = indexOf(matrix);
  return { client: client?.name ?? "", provider: provider?.name ?? "" };
}

/** Writes every file of an agreed version and keeps them; where they are kept already, nothing is written. */
export async function freezeVersion(matrixId: string, number: number, now: Date): Promise<void> {
  const version = await findVersion(read, matrixId, number);
  if (!version?.agreedAt) return;
  const files = await writtenWhole(await packAgreed(matrixId, version, { asAmendment: false, now }));
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
async function packAgreed(matrixId: string, version: VersionRow, { asAmendment, now }: { asAmendment: boolean; now: Date }): Promise<PackInput> {
  const { report, amendment } = await versionReport(read, matrixId, { ...version, status: "agreed" }, {});
  return packOf({ matrix: version.matrix, report, amendment, asAmendment, now });
}
