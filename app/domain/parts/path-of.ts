import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";

/** The escalation path that applies to a duty: its own, else that of its domain; null where neither names one. */
export function appliedPathId(
  { domains }: Pick<Matrix, "domains">,
  { pathId, domainId }: Pick<Duty, "pathId" | "domainId">,
): string | null {
  return pathId ?? domains.find(({ id }) => id === domainId)?.pathId ?? null;
}
