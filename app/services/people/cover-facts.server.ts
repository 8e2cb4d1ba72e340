import { read, type Reader } from "~/db/client.server";
import { behindRoles } from "~/db/people-store.server";
import { cacheOf } from "~/domain/cache";
import type { CoverFacts } from "~/domain/escalation/week/cover-facts";
import { findCover } from "~/domain/escalation/week/find-cover.server";
import { hashText } from "~/domain/hash";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

/** The parts of a matrix that its cover is made of. An edit of anything else leaves them the same values. */
const PARTS = [
  "parties",
  "roles",
  "hours",
  "offDuties",
  "paths",
  "authorities",
  "containments",
] as const satisfies readonly (keyof Matrix)[];

/** What was found, and from what: an edit makes other values of a part, a change of people another text of them. */
type Kept = { matrix: Matrix; behind: string; hour: number; facts: CoverFacts };

const kept = cacheOf<Kept>(64);
const HOUR_MS = 60 * 60_000;

/** What is found in the cover of the draft's paths; null where it has none. */
export async function coverFacts(actor: Actor, matrixId: string, now: Date): Promise<CoverFacts | null> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "read");
  return matrix.paths.length === 0 ? null : coverFactsOf(read, { engagementId, matrixId }, matrix, now);
}

/** What is found in the cover of a matrix by the people that are stored, from the present hour on. It is kept until one of them changes. */
export async function coverFactsOf(
  db: Reader,
  ids: { engagementId: string; matrixId: string },
  matrix: Matrix,
  now: Date,
): Promise<CoverFacts> {
  const behind = await behindRoles(db, ids);
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const text = hashText(JSON.stringify(behind));
  const known = kept.get(ids.matrixId);
  const same = known && PARTS.every((part) => known.matrix[part] === matrix[part]);
  if (same && known.behind === text && known.hour === hour) return known.facts;
  const facts = findCover(matrix, behind, hour * HOUR_MS);
  kept.set(ids.matrixId, { matrix, behind: text, hour, facts });
  return facts;
}
