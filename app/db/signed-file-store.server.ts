import type { Reader, Writer } from "./client.server";

/** A file of an agreed version's pack, with what identifies its bytes. */
export type SignedFile = { name: string; type: string; bytes: Uint8Array; sha256: string };

/** A kept file by its name, or null where it isn't kept. */
export async function findSignedFile(db: Reader, versionId: string, name: string): Promise<SignedFile | null> {
  return db.signedFile.findUnique({ where: { versionId_name: { versionId, name } }, select: { name: true, type: true, bytes: true, sha256: true } });
}

/** One file is kept more than once only where matrices were begun alike. */
const MOST = 20;

/** The versions whose packs have a file of these very bytes. */
export async function versionsOfFile(db: Reader, sha256: string): Promise<string[]> {
  return (await db.signedFile.findMany({ where: { sha256 }, take: MOST, select: { versionId: true } })).map(({ versionId }) => versionId);
}

/** Keeps a version's files, unless some are kept already: what is kept once is never written again. */
export async function keepSignedFiles(tx: Writer, versionId: string, files: readonly SignedFile[], at: Date): Promise<void> {
  if ((await tx.signedFile.count({ where: { versionId } })) > 0) return;
  for (const { name, type, bytes, sha256 } of files) await tx.signedFile.create({ data: { id: crypto.randomUUID(), versionId, name, type, bytes: Uint8Array.from(bytes), sha256, createdAt: at } });
}

/** Agreed versions whose files aren't kept yet, oldest first. */
export async function versionsToFreeze(db: Reader, most: number): Promise<{ matrixId: string; number: number }[]> {
  return db.version.findMany({ where: { agreedAt: { not: null }, files: { none: {} } }, orderBy: { agreedAt: "asc" }, take: most, select: { matrixId: true, number: true } });
}

/** Agreed versions that no authority has stamped yet, oldest first. */
export async function versionsToStamp(db: Reader, most: number): Promise<{ id: string; fingerprint: string }[]> {
  return db.version.findMany({ where: { agreedAt: { not: null }, timestamp: null }, orderBy: { agreedAt: "asc" }, take: most, select: { id: true, fingerprint: true } });
}

/** Keeps a version's time stamp. */
export async function keepStamp(tx: Writer, id: string, token: Uint8Array): Promise<void> {
  await tx.version.update({ where: { id }, data: { timestamp: Uint8Array.from(token) }, select: { id: true } });
}

/** A version's time stamp, or null where it has none. */
export async function findStamp(db: Reader, matrixId: string, number: number): Promise<Uint8Array | null> {
  return (await db.version.findUnique({ where: { matrixId_number: { matrixId, number } }, select: { timestamp: true } }))?.timestamp ?? null;
}
