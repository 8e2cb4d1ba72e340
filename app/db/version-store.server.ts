import type { Blocker } from "~/domain/findings/blockers";
import { matrixSchema, type Matrix } from "~/domain/matrix";
import { upgradeMatrix } from "~/domain/upgrade";
import type { Reader, Writer } from "./client.server";

/** A published version as stored: `canonicalText` is the exact text that was hashed, `matrix` the snapshot it was made from. */
export type VersionRow = {
  number: number;
  status: "proposed" | "agreed" | "superseded" | "withdrawn";
  reason: string;
  authorId: string;
  authorName: string;
  publishedAt: string;
  fingerprint: string;
  previousFingerprint: string | null;
  canonicalText: string;
  revision: number;
  blockers: Blocker[];
  /** How many things differ from the version before; null for the first. */
  changes: number | null;
  matrix: Matrix;
};

/** What the list of versions shows, without the snapshots. */
export type VersionSummary = Omit<VersionRow, "canonicalText" | "matrix" | "blockers" | "revision" | "authorId"> & {
  effectiveDate: string | null;
  reviewDate: string | null;
  blockers: number;
};

/** Snapshots never change, so the parsed ones most lately used are kept. The key is matrix and number. */
const KEPT = 32;
const kept = new Map<string, VersionRow>();

type Row = Awaited<ReturnType<Reader["version"]["findMany"]>>[number];

/** The newest version of a matrix, or null before the first. */
export async function lastVersion(db: Reader, matrixId: string): Promise<VersionRow | null> {
  const newest = await db.version.findFirst({ where: { matrixId }, orderBy: { number: "desc" }, select: { number: true } });
  return newest ? findVersion(db, matrixId, newest.number) : null;
}

/** One version by its number, or null. */
export async function findVersion(db: Reader, matrixId: string, number: number): Promise<VersionRow | null> {
  const status = await db.version.findUnique({ where: { matrixId_number: { matrixId, number } }, select: { id: true, status: true } });
  if (!status) return null;
  const known = kept.get(status.id);
  const row = known ?? fromRow(await db.version.findUniqueOrThrow({ where: { id: status.id } }));
  kept.delete(status.id);
  kept.set(status.id, row);
  for (const key of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(key);
  }
  return { ...row, status: statusOf(status.status) };
}

/** A matrix's versions without their snapshots, newest first. */
export async function listVersionSummaries(db: Reader, matrixId: string): Promise<VersionSummary[]> {
  const rows = await db.version.findMany({
    where: { matrixId },
    orderBy: { number: "desc" },
    omit: { id: true, matrixId: true, snapshot: true, canonicalText: true, schema: true, revision: true, authorId: true },
  });
  return rows.map(({ status, createdAt, blockers, ...facts }) => ({
    ...facts,
    status: statusOf(status),
    publishedAt: createdAt.toISOString(),
    blockers: (blockers as Blocker[]).length,
  }));
}

/** Stores a new version. A number already taken fails on its unique index. */
export async function insertVersion(tx: Writer, matrixId: string, version: VersionRow): Promise<void> {
  const { matrix, publishedAt, blockers, ...facts } = version;
  await tx.version.create({
    data: { ...facts, id: crypto.randomUUID(), matrixId, schema: matrix.schema, createdAt: new Date(publishedAt), snapshot: matrix, blockers, effectiveDate: matrix.terms.effectiveDate, reviewDate: matrix.terms.reviewDate },
  });
}

function fromRow(row: Row): VersionRow {
  return {
    number: row.number,
    status: statusOf(row.status),
    reason: row.reason,
    authorId: row.authorId,
    authorName: row.authorName,
    publishedAt: row.createdAt.toISOString(),
    fingerprint: row.fingerprint,
    previousFingerprint: row.previousFingerprint,
    canonicalText: row.canonicalText,
    revision: row.revision,
    blockers: row.blockers as Blocker[],
    changes: row.changes,
    matrix: matrixSchema.parse(upgradeMatrix(row.snapshot)),
  };
}

function statusOf(status: string): VersionRow["status"] {
  return status === "agreed" || status === "superseded" || status === "withdrawn" ? status : "proposed";
}
