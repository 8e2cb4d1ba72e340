import { read, write } from "~/db/client.server";
import {
  findSignedFile,
  keepSignedFile,
  signedFileParts,
  versionToFreeze,
  type SignedFile,
} from "~/db/signed-file-store.server";
import { findVersion, type VersionRow } from "~/db/version-store.server";
import { DAY_MS } from "~/domain/days";
import { AppError } from "~/domain/errors";
import { AMENDMENT_FORMATS, type ExportFormat } from "~/domain/pack/report-parts";
import { filesOfPack, headOf, type PackFile, type PackInput, type PackPart } from "~/files/pack.server";
import { inThread, packOf, versionReport, written, type ExportedFile } from "./pack-writing.server";

/** A file of an agreed version as it was written when everybody had signed; where it isn't kept yet, it alone is written now and kept. */
export async function frozenFile(
  matrixId: string,
  version: VersionRow,
  { format, asAmendment, now }: { format: ExportFormat; asAmendment: boolean; now: Date },
): Promise<ExportedFile> {
  const make = () => packAgreed(matrixId, version, asAmendment);
  const writeFile = () => written(format, make, now);
  if (!asAmendment)
    return format === "zip" ? freezeZip(version.id, make, now) : freezeFile(version.id, format, writeFile, now);
  const kept = AMENDMENT_FORMATS.find((kept) => kept === format);
  return kept ? freezeFile(version.id, `amendment-${kept}`, writeFile, now) : writeFile();
}

/** Files being written, so that whoever asks for one meanwhile waits for the same. */
const underWay = new Map<string, Promise<SignedFile>>();

/** The file of a version that is kept as this part of its pack; written and kept where none is. */
function freezeFile(
  versionId: string,
  part: PackPart,
  writeFile: () => Promise<PackFile>,
  now: Date,
): Promise<SignedFile> {
  const key = `${versionId} ${part}`;
  const begun =
    underWay.get(key) ??
    (async () => {
      const kept = await findSignedFile(read, versionId, part);
      if (kept) return kept;
      const file = await writeFile();
      return write((tx) => keepSignedFile(tx, versionId, part, file, now));
    })().finally(() => underWay.delete(key));
  underWay.set(key, begun);
  return begun;
}

/** The ZIP of the very files that are kept, each of which is written first where it isn't kept yet. Where one can't be written, there is no ZIP. */
function freezeZip(versionId: string, make: () => Promise<PackInput>, now: Date): Promise<SignedFile> {
  const writeZip = async () => {
    const pack = await make();
    const wrong = await freezeFiles(versionId, pack, now);
    if (wrong) throw withoutZip(wrong);
    const head = headOf(pack.report);
    const parts = filesOfPack(pack).map(({ part }) => part);
    return inThread(async () => ({ kind: "zip", head, files: await allKept(versionId, parts) }));
  };
  return freezeFile(versionId, "zip", writeZip, now);
}

type Failed = { name: string; error: unknown };

/** Writes and keeps each file of a pack that isn't kept yet, all of them whatever becomes of one. Returns what went wrong first. */
async function freezeFiles(versionId: string, pack: PackInput, now: Date): Promise<Failed | null> {
  const kept = new Set(await signedFileParts(read, versionId));
  let wrong: Failed | null = null;
  for (const { part, name, format, input } of filesOfPack(pack)) {
    if (kept.has(part)) continue;
    await freezeFile(versionId, part, () => written(format, () => input, now), now).catch(
      (error: unknown) => (wrong ??= { name, error }),
    );
  }
  return wrong;
}

function withoutZip({ name, error }: Failed): AppError {
  const [code, why] = error instanceof AppError ? [error.code, `${error.message} `] : ["conflict" as const, ""];
  return new AppError(
    code,
    `There is no ZIP yet, since ${name} in it couldn't be written. ${why}Download the other files one by one.`,
    {},
    error,
  );
}

async function allKept(versionId: string, parts: readonly PackPart[]): Promise<SignedFile[]> {
  const files: SignedFile[] = [];
  for (const part of parts) {
    const file = await findSignedFile(read, versionId, part);
    if (!file) throw new Error(`Of the pack, ${part} isn't kept.`);
    files.push(file);
  }
  return files;
}

/** Writes and keeps every file of an agreed version that isn't kept yet, each by itself. Throws what went wrong first, once all were tried. */
async function freezeVersion(matrixId: string, number: number, now: Date): Promise<void> {
  const version = await findVersion(read, matrixId, number);
  if (version?.agreedAt) await frozenFile(matrixId, version, { format: "zip", asAmendment: false, now });
}

/** A version of which a file couldn't be written is left alone for ten minutes, after each further time for twice as long, at most for a day. */
const FIRST_REST = 10 * 60_000;
const LONGEST_REST = DAY_MS;
/** After so many failures it is no single version's fault, and the rest waits for the next time. */
const MOST_FAILED = 5;

const resting = new Map<string, { until: number; next: number }>();

/** Keeps the files of whatever was agreed and isn't kept yet, as after a process that ended between the two. Throws what went wrong first, once the others were tried. */
export async function freezeAgreed(now: Date): Promise<void> {
  const wrong: Error[] = [];
  while (wrong.length < MOST_FAILED) {
    const left = [...resting].filter(([, { until }]) => until > now.getTime()).map(([id]) => id);
    const version = await versionToFreeze(read, left);
    if (!version) break;
    const { id, matrixId, number } = version;
    try {
      await freezeVersion(matrixId, number, now);
      resting.delete(id);
    } catch (error) {
      const rest = resting.get(id)?.next ?? FIRST_REST;
      resting.set(id, { until: now.getTime() + rest, next: Math.min(LONGEST_REST, 2 * rest) });
      wrong.push(new Error(`version ${number} of the matrix ${matrixId}: ${reasonOf(error)}`, { cause: error }));
    }
  }
  if (wrong[0]) throw wrong[0];
}

/** Why, for whoever runs the installation: where a sentence for a person hides it, what is behind it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.cause === undefined ? (error.message.split("\n")[0] ?? "") : reasonOf(error.cause);
}

/** Everything the pack of an agreed version is written from. What took its place later doesn't show in what was signed. */
async function packAgreed(matrixId: string, version: VersionRow, asAmendment: boolean): Promise<PackInput> {
  const { report, amendment } = await versionReport(read, matrixId, { ...version, status: "agreed" }, {});
  return packOf({ matrix: version.matrix, report, amendment, asAmendment });
}
