import { matchesTerms } from "../agreement/agreement";
import { swapFields, withFields } from "./diff";
import type { FieldChanges } from "./diff-schema";
import { DUTIES } from "../parts/duties";
import { isSignedPath } from "../parts/signed";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Mark } from "../matrix/shapes";

/** One logged step on a duty, with its author and time (ISO 8601). */
type TermStep = { actorName: string; at: string; fields: FieldChanges };
/** A term that differs from the terms a mark refers to: its value then and now, and the last person who changed it. */
type TermChange = { path: string; before: unknown; after: unknown; actorName: string; at: string };

/** Whether a path of a duty's field belongs to its terms. */
export function isTermPath(path: string): boolean {
  return isSignedPath(DUTIES.fields, path);
}

/**
 * The changes of a duty's terms since a mark was last valid. The steps, newest first, are undone one by one until the
 * terms match the mark's hash. A term that was changed and changed back isn't listed. Null when the steps don't go back
 * far enough.
 */
export function termChangesSince(
  matrix: Pick<Matrix, "parties" | "roles">,
  duty: Duty,
  mark: Mark,
  steps: readonly TermStep[],
): TermChange[] | null {
  let earlierDuty: Duty = duty;
  const changes = new Map<string, TermChange>();
  for (const { fields, actorName, at } of steps) {
    const terms = Object.entries(fields).filter(([path]) => isTermPath(path));
    for (const [path, { before, after }] of terms) {
      const later = changes.get(path);
      changes.set(path, later ? { ...later, before } : { path, before, after, actorName, at });
    }
    if (terms.length === 0) continue;
    earlierDuty = withFields(earlierDuty, swapFields(Object.fromEntries(terms)), DUTIES.fields);
    if (matchesTerms(matrix, earlierDuty, mark.terms))
      return [...changes.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  }
  return null;
}
