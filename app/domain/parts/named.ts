import type { Matrix } from "../matrix/matrix";
import { reject, type Result } from "../result";
import { agreed, type Field } from "./field";
import type { Reference, Thing } from "./part";

/** The kinds of thing that duties and domains name, and how a thing of each is called in sentences. */
const NAMED = {
  paths: { other: "another path", gone: "That escalation path was deleted. Choose another one." },
  authorities: { other: "another authority", gone: "That authority was deleted. Choose another one." },
} as const;
type NamedKind = keyof typeof NAMED;

/** A field that names a thing of a kind that came later; null where it names none. */
export function namingField(label: string, to: NamedKind): Field<string | null> {
  return agreed<string | null>({
    label,
    since: 3,
    assumed: null,
    words: (namedId, matrix) => {
      const things: readonly { id: string; name: string }[] = matrix[to];
      return namedId === null ? "" : (things.find(({ id }) => id === namedId)?.name ?? NAMED[to].other);
    },
  });
}

/** A thing that goes leaves whatever named it in this field without one. */
export function namingReference<Name extends string, T extends Thing & { [Field in Name]: string | null }>(
  field: Name,
  to: NamedKind,
): Reference<T> {
  return {
    to,
    ids: (thing) => {
      const namedId = thing[field];
      return namedId === null ? [] : [namedId];
    },
    gone: (thing) => ({ ...thing, [field]: null }),
  };
}

/** The rejection of the id of a thing that isn't in the matrix; null where it is, or where there is no id. */
export function checkNamed(matrix: Matrix, to: NamedKind, namedId: string | null): Result<never> | null {
  const things: readonly Thing[] = matrix[to];
  return namedId === null || things.some(({ id }) => id === namedId)
    ? null
    : reject(to === "paths" ? "path-gone" : "authority-gone", NAMED[to].gone);
}
