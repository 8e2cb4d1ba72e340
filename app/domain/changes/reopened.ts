import { isOfTerms } from "../agreement/agreement";
import { swapFields, withFields } from "./diff";
import type { FieldChanges } from "./diff-schema";
import { DUTIES } from "../parts/duties";
import { isSignedPath } from "../parts/signed";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Mark } from "../matrix/shapes";

/** One logged step on a duty, with who made it and when. */
type TermStep = { actorName: string; at: string; fields: FieldChanges };
/** A term that differs from what a mark held to: what it was and is, and who touched it last. */
type TermChange = { path: string; before: unknown; after: unknown; actorName: string; at: string };

/** Whether a field path of a duty belongs to its terms. */
export function isTerm(path: string): boolean {
  return isSignedPath(DUTIES.fields, path);
}

/**
 * What changed in a duty's terms since a mark last held: its steps are walked back, newest first, until the terms are
 * those the mark names. What was changed and put back in between is no difference. Null where the steps don't reach it.
 */
export function changesSince(
  matrix: Pick<Matrix, "parties" | "roles">,
  duty: Duty,
  mark: Mark,
  steps: readonly TermStep[],
): TermChange[] | null {
  let then: Duty = duty;
  const touched = new Map<string, TermChange>();
  for (const { fields, actorName, at } of steps) {
    const terms = Object.entries(fields).filter(([path]) => isTerm(path));
    for (const [path, { before, after }] of terms) {
      const later = touched.get(path);
      touched.set(path, later ? { ...later, before } : { path, before, after, actorName, at });
    }
    if (terms.length === 0) continue;
    then = withFields(then, swapFields(Object.fromEntries(terms)), DUTIES.fields);
    if (isOfTerms(matrix, then, mark.terms))
      return [...touched.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  }
  return null;
}
