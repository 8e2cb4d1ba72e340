import type { Reader, Transaction } from "./client.server";

/** A file of an agreed version's pack, with the SHA-256 of its bytes. */
export type SignedFile = { name: string; type: string; bytes: Uint8Array; sha256: string };

const FILE = { name: true, type: true, bytes: true, sha256: true } as const;
const ZIP_TYPE = "application/zip";

/** The stored file of a version by its part of the pack, or null. */
export async function findSignedFile(db: Reader, versionId: string, part: string): Promise<SignedFile | null> {
  return db.signedFile.findUnique({ where: { versionId_part: { versionId, part } }, select: FILE });
}

/**
 * The most versions looked up for a file. More than one has the same file only where their matrices began with the same
 * content.
 */
const MOST = 20;

/** The ids of the versions whose packs have a file with this SHA-256. */
export async function versionsOfFile(db: Reader, sha256: string): Promise<string[]> {
  return (await db.signedFile.findMany({ where: { sha256 }, take: MOST, select: { versionId: true } })).map(
    ({ versionId }) => versionId,
  );
}

/** The parts of a version's pack that are stored. */
export async function signedFileParts(db: Reader, versionId: string): Promise<string[]> {
  return (await db.signedFile.findMany({ where: { versionId }, select: { part: true } })).map(({ part }) => part);
}

/** Stores a file of a version's pack and returns the stored file: the earlier one where this part was stored before. */
export async function keepSignedFile(
  tx: Transaction,
  versionId: string,
  part: string,
  { name, type, bytes, sha256 }: SignedFile,
  at: Date,
): Promise<SignedFile> {
  const earlier = await findSignedFile(tx, versionId, part);
  if (earlier) return earlier;
  return tx.signedFile.create({
    data: {
      id: crypto.randomUUID(),
      versionId,
      part,
      name,
      type,
      bytes: Uint8Array.from(bytes),
      sha256,
      createdAt: at,
    },
    select: FILE,
  });
}

/**
 * The version agreed longest ago whose pack isn't complete, leaving out the ids in `except`; null where there is none.
 * The ZIP of all files is stored last, so a pack with a ZIP is complete.
 */
export async function versionToFreeze(
  db: Reader,
  except: readonly string[],
): Promise<{ id: string; matrixId: string; number: number } | null> {
  const where = { agreedAt: { not: null }, files: { none: { type: ZIP_TYPE } }, id: { notIn: [...except] } };
  return db.version.findFirst({
    where,
    orderBy: { agreedAt: "asc" },
    select: { id: true, matrixId: true, number: true },
  });
}

/** Agreed versions that no authority has stamped yet, oldest first. */
export async function versionsToStamp(db: Reader, most: number): Promise<{ id: string; fingerprint: string }[]> {
  return db.version.findMany({
    where: { agreedAt: { not: null }, timestamp: null },
    orderBy: { agreedAt: "asc" },
    take: most,
    select: { id: true, fingerprint: true },
  });
}

/** Stores a version's time stamp. */
export async function keepStamp(tx: Transaction, id: string, token: Uint8Array): Promise<void> {
  await tx.version.update({ where: { id }, data: { timestamp: Uint8Array.from(token) }, select: { id: true } });
}

/** A version's time stamp, or null where it has none. */
export async function findStamp(db: Reader, matrixId: string, number: number): Promise<Uint8Array | null> {
  return (
    (await db.version.findUnique({ where: { matrixId_number: { matrixId, number } }, select: { timestamp: true } }))
      ?.timestamp ?? null
  );
}
