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
import { inThread, packOf, versionReport, writtenFile, type ExportedFile } from "./pack-writing.server";

/** The stored file of an agreed version. Where it isn't stored yet, this one file is written and stored. */
export async function frozenFile(
  matrixId: string,
  version: VersionRow,
  { format, asAmendment, now }: { format: ExportFormat; asAmendment: boolean; now: Date },
): Promise<ExportedFile> {
  const make = () => packAgreed(matrixId, version, asAmendment, now);
  const writeFile = () => writtenFile(format, make, now);
  if (!asAmendment)
    return format === "zip" ? freezeZip(version.id, make, now) : freezeFile(version.id, format, writeFile, now);
  const amendmentFormat = AMENDMENT_FORMATS.find((stored) => stored === format);
  return amendmentFormat ? freezeFile(version.id, `amendment-${amendmentFormat}`, writeFile, now) : writeFile();
}

/** Files that are being written, by version and part, so that concurrent requests wait for the same file. */
const filesInProgress = new Map<string, Promise<SignedFile>>();

/** The stored file of a part of a version's pack; it is written and stored where there is none. */
function freezeFile(
  versionId: string,
  part: PackPart,
  writeFile: () => Promise<PackFile>,
  now: Date,
): Promise<SignedFile> {
  const key = `${versionId} ${part}`;
  const inProgress =
    filesInProgress.get(key) ??
    (async () => {
      const stored = await findSignedFile(read, versionId, part);
      if (stored) return stored;
      const file = await writeFile();
      return write((tx) => keepSignedFile(tx, versionId, part, file, now));
    })().finally(() => filesInProgress.delete(key));
  filesInProgress.set(key, inProgress);
  return inProgress;
}

/**
 * The ZIP of a version's stored files, each of which is written first where it isn't stored. Throws where one of them
 * can't be written.
 */
function freezeZip(versionId: string, make: () => Promise<PackInput>, now: Date): Promise<SignedFile> {
  const writeZip = async () => {
    const pack = await make();
    const failure = await freezeFiles(versionId, pack, now);
    if (failure) throw zipRefusal(failure);
    const head = headOf(pack.report);
    const parts = filesOfPack(pack).map(({ part }) => part);
    return inThread(async () => ({ kind: "zip", head, files: await storedFiles(versionId, parts) }));
  };
  return freezeFile(versionId, "zip", writeZip, now);
}

type FileFailure = { name: string; error: unknown };

/**
 * Writes and stores each file of a pack that isn't stored, going on after a failure. Returns the first failure, or
 * null.
 */
async function freezeFiles(versionId: string, pack: PackInput, now: Date): Promise<FileFailure | null> {
  const storedParts = new Set(await signedFileParts(read, versionId));
  let failure: FileFailure | null = null;
  for (const { part, name, format, input } of filesOfPack(pack)) {
    if (storedParts.has(part)) continue;
    await freezeFile(versionId, part, () => writtenFile(format, () => input, now), now).catch(
      (error: unknown) => (failure ??= { name, error }),
    );
  }
  return failure;
}

function zipRefusal({ name, error }: FileFailure): AppError {
  const [code, why] = error instanceof AppError ? [error.code, `${error.message} `] : ["conflict" as const, ""];
  return new AppError(
    code,
    `There is no ZIP yet, since ${name} in it couldn't be written. ${why}Download the other files one by one.`,
    {},
    error,
  );
}

async function storedFiles(versionId: string, parts: readonly PackPart[]): Promise<SignedFile[]> {
  const files: SignedFile[] = [];
  for (const part of parts) {
    const file = await findSignedFile(read, versionId, part);
    if (!file) throw new Error(`Of the pack, ${part} isn't kept.`);
    files.push(file);
  }
  return files;
}

/**
 * Writes and stores every file of an agreed version that isn't stored. Throws the first failure, after all files were
 * tried.
 */
async function freezeVersion(matrixId: string, number: number, now: Date): Promise<void> {
  const version = await findVersion(read, matrixId, number);
  if (version?.agreedAt) await frozenFile(matrixId, version, { format: "zip", asAmendment: false, now });
}

/**
 * In milliseconds: after a failure a version is left alone for ten minutes, after each further one for twice as long,
 * at most for a day.
 */
const FIRST_PAUSE = 10 * 60_000;
const LONGEST_PAUSE = DAY_MS;
/** After this many failures the fault isn't a single version's, so the others wait for the next run. */
const MOST_FAILURES = 5;

/** The versions that are left alone, with the time until then and the next pause, both in milliseconds. */
const paused = new Map<string, { until: number; next: number }>();

/**
 * Stores the files of all agreed versions that lack some, as after a crash between agreement and writing. Throws the
 * first failure, after the others were tried.
 */
export async function freezeAgreed(now: Date): Promise<void> {
  const failures: Error[] = [];
  while (failures.length < MOST_FAILURES) {
    const skipped = [...paused].filter(([, { until }]) => until > now.getTime()).map(([id]) => id);
    const version = await versionToFreeze(read, skipped);
    if (!version) break;
    const { id, matrixId, number } = version;
    try {
      await freezeVersion(matrixId, number, now);
      paused.delete(id);
    } catch (error) {
      const pause = paused.get(id)?.next ?? FIRST_PAUSE;
      paused.set(id, { until: now.getTime() + pause, next: Math.min(LONGEST_PAUSE, 2 * pause) });
      failures.push(new Error(`version ${number} of the matrix ${matrixId}: ${reasonOf(error)}`, { cause: error }));
    }
  }
  if (failures[0]) throw failures[0];
}

/**
 * The reason of a failure, for the log: the innermost cause, because the sentence of an `AppError` is meant for users.
 */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.cause === undefined ? (error.message.split("\n")[0] ?? "") : reasonOf(error.cause);
}

/**
 * The input for the pack of an agreed version. It says "agreed" also after another version has taken its place, because
 * the files are those that were signed.
 */
async function packAgreed(matrixId: string, version: VersionRow, asAmendment: boolean, now: Date): Promise<PackInput> {
  const { report, amendment } = await versionReport(read, matrixId, { ...version, status: "agreed" }, { now });
  return packOf({ matrix: version.matrix, report, amendment, asAmendment });
}
