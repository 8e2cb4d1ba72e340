import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import type { PartyKind } from "~/domain/matrix/shapes";

type Candidate = readonly [roleId: string, kind: PartyKind];
type Side = "client" | "provider";

/**
 * The roles of the library by what they do, each with the role that does it where a deal gives it to somebody else. The
 * first one says whose lead stands in where a matrix has none of them.
 */
const LIBRARY_ROLES = {
  desk: [
    ["service-desk", "provider"],
    ["it-support", "client"],
  ],
  engineer: [
    ["engineer", "provider"],
    ["it-systems", "client"],
  ],
  security: [
    ["security-operations", "provider"],
    ["monitoring-desk", "third-party"],
  ],
  vcio: [
    ["vcio", "provider"],
    ["account-manager", "provider"],
  ],
  itTeam: [
    ["it-team", "client"],
    ["it-support", "client"],
  ],
  systems: [
    ["it-systems", "client"],
    ["it-team", "client"],
  ],
  itLead: [["it-lead", "client"]],
  leadership: [["leadership", "client"]],
} as const satisfies Record<string, readonly [readonly [roleId: string, kind: Side], ...Candidate[]]>;

export type LibraryRole = keyof typeof LIBRARY_ROLES;

/** Whether a word names a role of the library. */
export function isLibraryRole(word: string): word is LibraryRole {
  return Object.hasOwn(LIBRARY_ROLES, word);
}

/**
 * The role of a matrix that stands for one of the library: the same role, or the one that does its work, otherwise the
 * side's lead; null where there is none of them.
 */
export function roleFor(matrix: Matrix, called: LibraryRole): string | null {
  return roleAmong(matrix, LIBRARY_ROLES[called], sideOf(called));
}

/** The role of the same side that stands for one of the library, whoever does its work. */
export function roleOfSide(matrix: Matrix, called: LibraryRole): string | null {
  const side = sideOf(called);
  const candidates: readonly Candidate[] = LIBRARY_ROLES[called];
  return roleAmong(
    matrix,
    candidates.filter(([, kind]) => kind === side),
    side,
  );
}

/** The side whose role a role of the library is, whoever does its work. */
export function sideOf(called: LibraryRole): Side {
  return LIBRARY_ROLES[called][0][1];
}

function roleAmong(matrix: Matrix, candidates: readonly Candidate[], side: Side): string | null {
  const index = indexOf(matrix);
  for (const [roleId, kind] of candidates) {
    const found = index.role.get(roleId);
    if (found && index.party.get(found.partyId)?.kind === kind) return roleId;
  }
  return matrix.roles.find(({ partyId, lead }) => lead && partyId === index[side]?.id)?.id ?? null;
}
