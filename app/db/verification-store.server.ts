import type { Blocker } from "~/domain/findings/blockers";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { upgradeMatrix } from "~/domain/version/upgrade";
import type { Reader } from "./client.server";
import { blockersIn } from "./version-store.server";

/** The facts of a version that checking a file needs. `matrix` parses the snapshot when it is called. */
export type VersionForVerifying = {
  id: string;
  matrixId: string;
  number: number;
  fingerprint: string;
  status: string;
  reason: string;
  authorName: string;
  publishedAt: string;
  effectiveDate: string | null;
  blockers: Blocker[];
  agreedAt: string | null;
  supersededBy: number | null;
  supersededAt: string | null;
  matrix: () => Matrix;
};

/**
 * The most versions looked up for a fingerprint. A text is seldom published twice, and whoever publishes it often on
 * purpose can't make a check take long.
 */
const MOST = 20;

/** The versions, of any matrix, that have one of these fingerprints, oldest first. */
export async function versionsByFingerprint(
  db: Reader,
  fingerprints: readonly string[],
): Promise<VersionForVerifying[]> {
  const rows = await db.version.findMany({
    where: { fingerprint: { in: [...fingerprints] } },
    orderBy: { createdAt: "asc" },
    take: MOST,
    select: {
      id: true,
      matrixId: true,
      number: true,
      fingerprint: true,
      status: true,
      reason: true,
      authorName: true,
      createdAt: true,
      effectiveDate: true,
      blockers: true,
      text: { select: { snapshot: true } },
      agreedAt: true,
      supersededBy: true,
      supersededAt: true,
    },
  });
  return rows.map(({ createdAt, blockers, text, agreedAt, supersededAt, ...facts }) => ({
    ...facts,
    publishedAt: createdAt.toISOString(),
    blockers: blockersIn(blockers),
    agreedAt: agreedAt?.toISOString() ?? null,
    supersededAt: supersededAt?.toISOString() ?? null,
    matrix: () => matrixSchema.parse(upgradeMatrix(text?.snapshot)),
  }));
}
