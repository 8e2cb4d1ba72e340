import { termsHash } from "./agreement";
import { swapFields, withFields } from "./diff";
import type { FieldChanges } from "./diff-schema";
import type { Duty, Mark } from "./matrix";

/** One logged step on a duty, with who made it and when. */
export type TermStep = { actorName: string; at: string; fields: FieldChanges };
/** A term that differs from what a mark held to: what it was and is, and who touched it last. */
export type TermChange = { path: string; before: unknown; after: unknown; actorName: string; at: string };

const TERMS = /^(letters\/|decisions\/|boundary$)/;

/**
 * What changed in a duty's terms since a mark last held: its steps are walked back, newest first, until the terms are
 * those the mark names. What was changed and put back in between is no difference. Null where the steps don't reach it.
 */
export function changesSince(duty: Duty, mark: Mark, steps: readonly TermStep[]): TermChange[] | null {
  let then = { letters: duty.letters, boundary: duty.boundary, decisions: duty.decisions };
  const touched = new Map<string, TermChange>();
  for (const { fields, actorName, at } of steps) {
    const terms = Object.entries(fields).filter(([path]) => TERMS.test(path));
    for (const [path, { before, after }] of terms) {
      const later = touched.get(path);
      touched.set(path, later ? { ...later, before } : { path, before, after, actorName, at });
    }
    if (terms.length === 0) continue;
    then = withFields(then, swapFields(Object.fromEntries(terms)));
    if (termsHash(then) === mark.terms) return [...touched.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  }
  return null;
}
