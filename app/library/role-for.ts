import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";

/** A role of the library, and the side whose lead stands in for it where a matrix has no such role. */
const LIBRARY_ROLES = {
  desk: ["service-desk", "provider"],
  engineer: ["engineer", "provider"],
  security: ["security-operations", "provider"],
  vcio: ["vcio", "provider"],
  itTeam: ["it-team", "client"],
  itLead: ["it-lead", "client"],
  leadership: ["leadership", "client"],
} as const satisfies Record<string, readonly [roleId: string, side: "client" | "provider"]>;

export type LibraryRole = keyof typeof LIBRARY_ROLES;

/**
 * The role of a matrix that stands for one of the library: the same role where the matrix still has it on that side,
 * otherwise the side's lead; null where there is neither.
 */
export function roleFor(matrix: Matrix, called: LibraryRole): string | null {
  const [roleId, side] = LIBRARY_ROLES[called];
  const index = indexOf(matrix);
  const party = index[side];
  if (!party) return null;
  if (index.role.get(roleId)?.partyId === party.id) return roleId;
  return matrix.roles.find(({ partyId, lead }) => lead && partyId === party.id)?.id ?? null;
}
