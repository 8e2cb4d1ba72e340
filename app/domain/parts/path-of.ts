import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { agreed, type Field } from "./field";
import type { Reference, Thing } from "./part";

/** The field that names the escalation path of a duty, or of the duties of a domain. */
export function pathField(label: string): Field<string | null> {
  return agreed<string | null>({
    label,
    since: 3,
    assumed: null,
    words: (pathId, { paths }) =>
      pathId === null ? "" : (paths.find(({ id }) => id === pathId)?.name ?? "another path"),
  });
}

/** A path that goes leaves whatever named it without one. */
export function pathReference<T extends Thing & { pathId: string | null }>(): Reference<T> {
  return {
    to: "paths",
    ids: ({ pathId }) => (pathId ? [pathId] : []),
    gone: (thing) => ({ ...thing, pathId: null }),
  };
}

/** The escalation path that applies to a duty: its own, else that of its domain; null where neither names one. */
export function appliedPathId(
  { domains }: Pick<Matrix, "domains">,
  { pathId, domainId }: Pick<Duty, "pathId" | "domainId">,
): string | null {
  return pathId ?? domains.find(({ id }) => id === domainId)?.pathId ?? null;
}
