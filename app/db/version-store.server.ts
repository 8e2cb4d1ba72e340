import { cacheOf } from "~/domain/cache";
import type { Blocker } from "~/domain/findings/blockers";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { VERSION_STATUSES, type VersionStatus } from "~/domain/signing/sign-off";
import { upgradeMatrix } from "~/domain/version/upgrade";
import type { Reader, Writer } from "./client.server";

/** Where a version stands, which changes while what it says does not. Moments are ISO 8601. */
type VersionStanding = {
  status: VersionStatus;
  agreedAt: string | null;
  /** The number of the agreed version that took its place. */
  supersededBy: number | null;
  supersededAt: string | null;
  /** Who withdrew it or declined to sign it, and why. */
  withdrawnBy: string | null;
  withdrawnReason: string | null;
  withdrawnAt: string | null;
};

/** A published version as stored: `canonicalText` is the exact text that was hashed, `matrix` the snapshot it was made from. */
export type VersionRow = VersionStanding & {
  id: string;
  number: number;
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

/** A version that is published now; where it stands follows from that. */
export type NewVersion = Omit<VersionRow, "id" | keyof VersionStanding>;

/** What the list of versions shows, without the snapshots. `signed` of `asked` have signed; null before it was sent. */
export type VersionSummary = Omit<
  VersionRow,
  "id" | "canonicalText" | "matrix" | "blockers" | "revision" | "authorId"
> & {
  effectiveDate: string | null;
  reviewDate: string | null;
  blockers: number;
  signing: Signing | null;
};

/** How far a version out for signing has come. */
export type Signing = { signed: number; asked: number; dueDate: string | null; outcome: string | null };

/** What versions say by version id. It never changes. */
const versions = cacheOf<Omit<VersionRow, keyof VersionStanding>>(32);

/** A blocker as it was stored before other things than duties had any. */
type DutyBlocker = { code: string; dutyId: string; dutyCode: string; text: string; sentence: string };

/** The blockers stored with a version, in whichever form. */
export function blockersIn(stored: unknown): Blocker[] {
  return (stored as (Blocker | DutyBlocker)[]).map((blocker) =>
    "part" in blocker
      ? blocker
      : { part: "duties", id: blocker.dutyId, code: blocker.dutyCode, title: blocker.text, sentence: blocker.sentence },
  );
}

type Row = Awaited<ReturnType<Reader["version"]["findMany"]>>[number] & {
  text: { canonicalText: string; snapshot: unknown } | null;
};

/** The newest version of a matrix, or null before the first. */
export async function lastVersion(db: Reader, matrixId: string): Promise<VersionRow | null> {
  const newest = await db.version.findFirst({
    where: { matrixId },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  return newest ? findVersion(db, matrixId, newest.number) : null;
}

/** The newest version that both sides have signed, or null before the first. */
export async function lastSigned(db: Reader, matrixId: string): Promise<VersionRow | null> {
  const newest = await db.version.findFirst({
    where: { matrixId, agreedAt: { not: null } },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  return newest ? findVersion(db, matrixId, newest.number) : null;
}

/** One version by its number, or null. */
export async function findVersion(db: Reader, matrixId: string, number: number): Promise<VersionRow | null> {
  const stands = await db.version.findUnique({
    where: { matrixId_number: { matrixId, number } },
    select: { id: true, ...STANDING },
  });
  if (!stands) return null;
  const row =
    versions.get(stands.id) ??
    versions.set(
      stands.id,
      fromRow(await db.version.findUniqueOrThrow({ where: { id: stands.id }, include: { text: true } })),
    );
  return { ...row, ...standingOf(stands) };
}

const STANDING = {
  status: true,
  agreedAt: true,
  supersededBy: true,
  supersededAt: true,
  withdrawnByName: true,
  withdrawnReason: true,
  withdrawnAt: true,
} as const;

function standingOf(row: Pick<Row, keyof typeof STANDING>): VersionStanding {
  const moment = (at: Date | null) => at?.toISOString() ?? null;
  return {
    status: statusOf(row.status),
    agreedAt: moment(row.agreedAt),
    supersededBy: row.supersededBy,
    supersededAt: moment(row.supersededAt),
    withdrawnBy: row.withdrawnByName,
    withdrawnReason: row.withdrawnReason,
    withdrawnAt: moment(row.withdrawnAt),
  };
}

/** A matrix's versions without their snapshots, newest first. */
export async function listVersionSummaries(db: Reader, matrixId: string): Promise<VersionSummary[]> {
  const rows = await db.version.findMany({
    where: { matrixId },
    orderBy: { number: "desc" },
    select: {
      ...STANDING,
      number: true,
      reason: true,
      authorName: true,
      createdAt: true,
      fingerprint: true,
      previousFingerprint: true,
      changes: true,
      effectiveDate: true,
      reviewDate: true,
      blockers: true,
      round: { select: ROUND },
    },
  });
  return rows.map((row) => {
    const {
      number,
      reason,
      authorName,
      createdAt,
      fingerprint,
      previousFingerprint,
      changes,
      effectiveDate,
      reviewDate,
      blockers,
      round,
    } = row;
    return {
      ...standingOf(row),
      number,
      reason,
      authorName,
      publishedAt: createdAt.toISOString(),
      fingerprint,
      previousFingerprint,
      changes,
      effectiveDate,
      reviewDate,
      blockers: blockersIn(blockers).length,
      signing: round && signingOf(round),
    };
  });
}

const ROUND = { dueDate: true, outcome: true, signatories: { select: { state: true } } } as const;

function signingOf({
  dueDate,
  outcome,
  signatories,
}: {
  dueDate: string | null;
  outcome: string | null;
  signatories: { state: string }[];
}): Signing {
  const asked = signatories.filter(({ state }) => state !== "removed");
  return { dueDate, outcome, asked: asked.length, signed: asked.filter(({ state }) => state === "signed").length };
}

/** How far a version has come with its signatures; null before it was sent. */
export async function signingOfVersion(db: Reader, versionId: string): Promise<Signing | null> {
  const round = await db.signRound.findUnique({ where: { versionId }, select: ROUND });
  return round && signingOf(round);
}

/** Stores a new version. A number already taken fails on its unique index. */
export async function insertVersion(tx: Writer, matrixId: string, version: NewVersion): Promise<void> {
  const { matrix, canonicalText, publishedAt, blockers, ...facts } = version;
  await tx.version.create({
    data: {
      ...facts,
      status: "proposed",
      id: crypto.randomUUID(),
      matrixId,
      schema: matrix.schema,
      createdAt: new Date(publishedAt),
      text: { create: { canonicalText, snapshot: matrix } },
      blockers,
      effectiveDate: matrix.terms.effectiveDate,
      reviewDate: matrix.terms.reviewDate,
    },
  });
}

function fromRow(row: Row): Omit<VersionRow, keyof VersionStanding> {
  return {
    id: row.id,
    number: row.number,
    reason: row.reason,
    authorId: row.authorId,
    authorName: row.authorName,
    publishedAt: row.createdAt.toISOString(),
    fingerprint: row.fingerprint,
    previousFingerprint: row.previousFingerprint,
    canonicalText: row.text?.canonicalText ?? "",
    revision: row.revision,
    blockers: blockersIn(row.blockers),
    changes: row.changes,
    matrix: matrixSchema.parse(upgradeMatrix(row.text?.snapshot)),
  };
}

function statusOf(status: string): VersionStatus {
  return VERSION_STATUSES.find((known) => known === status) ?? "proposed";
}
