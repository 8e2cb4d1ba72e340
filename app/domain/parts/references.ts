import type { Matrix } from "../matrix/matrix";
import { reject, ok, type Result } from "../result";
import type { AnyThing, Thing } from "./part";
import type { Problem } from "./problem";
import { PART_LIST } from "./registry";

/** The collections that some kind refers to. Deletions in other collections need no search for references. */
const REFERENCED_COLLECTIONS = new Set(PART_LIST.flatMap(({ references }) => references.map(({ to }) => to)));

/**
 * The matrix after an edit, without references to things that the edit deleted. Each reference's description says
 * whether it refuses the deletion, is removed, or removes the thing that refers.
 */
export function withoutLostReferences(before: Matrix, after: Matrix): Result<Matrix> {
  let matrix = after;
  for (const { name: to, one } of PART_LIST) {
    const deletedIds = REFERENCED_COLLECTIONS.has(to) ? missingIds(before[to], matrix[to]) : [];
    if (deletedIds.length === 0) continue;
    for (const part of PART_LIST) {
      for (const reference of part.references) {
        if (reference.to !== to) continue;
        const things: readonly AnyThing[] = matrix[part.name];
        const referring = things.filter((thing) => reference.ids(thing).some((id) => deletedIds.includes(id)));
        if (referring.length === 0) continue;
        if (reference.gone === "refuse")
          return reject(
            `${one}-used`,
            `That ${one} is still named by ${referring.length} ${referring.length === 1 ? part.one : part.many}. Change ${referring.length === 1 ? "it" : "them"} first.`,
          );
        const { gone: withoutReference } = reference;
        matrix = {
          ...matrix,
          [part.name]: things.flatMap((thing) =>
            referring.includes(thing)
              ? (deletedIds.reduce<AnyThing | null>(
                  (remaining, id) => remaining && withoutReference(remaining, id),
                  thing,
                ) ?? [])
              : [thing],
          ),
        };
      }
    }
  }
  return ok(matrix);
}

/** The ids that are in the first list but not in the second. */
function missingIds(before: readonly Thing[], after: readonly Thing[]): string[] {
  if (before === after) return [];
  const afterIds = new Set(after.map(({ id }) => id));
  return before.flatMap(({ id }) => (afterIds.has(id) ? [] : [id]));
}

/** A problem for each reference to a thing that the matrix doesn't contain. */
export function* lostReferences(matrix: Matrix): Generator<Problem> {
  const ids = new Map(PART_LIST.map(({ name }) => [name, new Set(matrix[name].map(({ id }) => id))]));
  for (const part of PART_LIST) {
    if (part.references.length === 0) continue;
    const things: readonly AnyThing[] = matrix[part.name];
    for (const [i, thing] of things.entries()) {
      for (const { to, ids: referencedIds } of part.references) {
        if (referencedIds(thing).some((id) => !ids.get(to)?.has(id)))
          yield {
            path: `${part.name}[${i}]`,
            message: `${part.title(thing, matrix)} names something of the ${to} that isn't there.`,
          };
      }
    }
  }
}
