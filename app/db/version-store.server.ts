import { cacheOf } from "~/domain/cache";
import type { Blocker } from "~/domain/findings/blockers";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { VERSION_STATUSES, type VersionStatus } from "~/domain/signing/sign-off";
import { upgradeMatrix } from "~/domain/version/upgrade";
import type { Reader, Transaction } from "./client.server";

/** The status of a version, which changes, while its content doesn't. Moments are ISO 8601. */
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

/**
 * A published version as stored: `canonicalText` is the exact text that was hashed, `matrix` the snapshot it was made
 * from.
 */
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

/** A version to be published. It begins as proposed. */
export type NewVersion = Omit<VersionRow, "id" | keyof VersionStanding>;

/** A row of the list of versions, without the snapshot. `signing` is null before the version was sent. */
export type VersionSummary = Omit<
  VersionRow,
  "id" | "canonicalText" | "matrix" | "blockers" | "revision" | "authorId"
> & {
  effectiveDate: string | null;
  reviewDate: string | null;
  blockers: number;
  signing: SigningProgress | null;
};

/** How far the signing of a version has come: `signed` of `asked` signatories have signed. */
export type SigningProgress = { signed: number; asked: number; dueDate: string | null; outcome: string | null };

/** A cache of the content of versions by version id. The content never changes, so an entry stays valid. */
const versions = cacheOf<Omit<VersionRow, keyof VersionStanding>>(32);

/** A blocker as earlier releases stored it, when only duties could have any. */
type DutyBlocker = { code: string; dutyId: string; dutyCode: string; text: string; sentence: string };

/** The blockers stored with a version, in the current form. */
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
  const state = await db.version.findUnique({
    where: { matrixId_number: { matrixId, number } },
    select: { id: true, ...STANDING },
  });
  if (!state) return null;
  const row =
    versions.get(state.id) ??
    versions.set(
      state.id,
      fromRow(await db.version.findUniqueOrThrow({ where: { id: state.id }, include: { text: true } })),
    );
  return { ...row, ...standingOf(state) };
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
}): SigningProgress {
  const current = signatories.filter(({ state }) => state !== "removed");
  return { dueDate, outcome, asked: current.length, signed: current.filter(({ state }) => state === "signed").length };
}

/** How far the signing of a version has come; null before it was sent. */
export async function signingProgressOf(db: Reader, versionId: string): Promise<SigningProgress | null> {
  const round = await db.signRound.findUnique({ where: { versionId }, select: ROUND });
  return round && signingOf(round);
}

/** Stores a new version. Throws where the matrix has a version with this number, by the unique index. */
export async function insertVersion(tx: Transaction, matrixId: string, version: NewVersion): Promise<void> {
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
  return VERSION_STATUSES.find((name) => name === status) ?? "proposed";
}
