import { holdersOf } from "./letters";
import type { Matrix } from "./matrix";
import type { Duty, Party, PartyKind, Role } from "./shapes";

/** The two ways of reading the same letters on the board. */
export type Lens = "does" | "answers";
export const LENSES: readonly Lens[] = ["does", "answers"];

/** Where a duty can stand or be dropped: a party's column, or one of the two that belong to nobody. */
export type Target = "unassigned" | "shared" | { partyId: string };

/** A column of the board. `key` is the party's id, or "unassigned" or "shared"; it is stable and usable in a URL. */
export type Column = { key: string; target: Target; label: string; party: Party | null };

/** Lookups over a matrix that the rules need again and again, built once per matrix value. */
type MatrixIndex = {
  role: Map<string, Role>;
  party: Map<string, Party>;
  rolesOf: Map<string, Role[]>;
  client: Party | null;
  provider: Party | null;
};

type Structure = Pick<Matrix, "parties" | "roles">;

const indexes = new WeakMap<Matrix["roles"], { parties: Matrix["parties"]; index: MatrixIndex }>();

/** The lookups of a matrix. Kept per value: the same parties and roles give the same index. */
export function indexOf(matrix: Structure): MatrixIndex {
  const kept = indexes.get(matrix.roles);
  if (kept && kept.parties === matrix.parties) return kept.index;
  const rolesOf = new Map<string, Role[]>(matrix.parties.map((party) => [party.id, []]));
  for (const role of matrix.roles) rolesOf.get(role.partyId)?.push(role);
  const index: MatrixIndex = {
    role: new Map(matrix.roles.map((role) => [role.id, role])),
    party: new Map(matrix.parties.map((party) => [party.id, party])),
    rolesOf,
    client: matrix.parties.find((party) => party.kind === "client") ?? null,
    provider: matrix.parties.find((party) => party.kind === "provider") ?? null,
  };
  indexes.set(matrix.roles, { parties: matrix.parties, index });
  return index;
}

/** The party a role belongs to, or null for a role the matrix does not have. */
export function partyOfRole(matrix: Structure, roleId: string): Party | null {
  const index = indexOf(matrix);
  const role = index.role.get(roleId);
  return role ? (index.party.get(role.partyId) ?? null) : null;
}

/** The parties whose roles hold a letter on a duty, each once, in the matrix's order. */
export function partiesHolding(matrix: Structure, duty: Pick<Duty, "letters">, letter: "A" | "R"): Party[] {
  const held = new Set(holdersOf(duty, letter).map((roleId) => indexOf(matrix).role.get(roleId)?.partyId));
  return matrix.parties.filter((party) => held.has(party.id));
}

/**
 * The owner: the client or provider whose role holds the one A.
 * Null when no role, several roles or a third party answers: then nobody is bound to it.
 */
export function ownerOf(matrix: Structure, duty: Pick<Duty, "letters">): Party | null {
  const answering = holdersOf(duty, "A");
  if (answering.length !== 1) return null;
  const party = partyOfRole(matrix, answering[0] ?? "");
  return party && party.kind !== "third-party" ? party : null;
}

/** The columns of a lens, in the order shown everywhere: unassigned, client, shared, provider, third parties. */
export function columnsOf(matrix: Structure, lens: Lens): Column[] {
  const { client, provider } = indexOf(matrix);
  const column = (party: Party): Column => ({ key: party.id, target: { partyId: party.id }, label: party.name, party });
  const columns: Column[] = [{ key: "unassigned", target: "unassigned", label: "Unassigned", party: null }];
  if (client) columns.push(column(client));
  if (lens === "does") columns.push({ key: "shared", target: "shared", label: "Shared", party: null });
  if (provider) columns.push(column(provider));
  if (lens === "does") columns.push(...matrix.parties.filter((party) => party.kind === "third-party").map(column));
  return columns;
}

/** The key of the column a duty stands in through a lens. Derived from the letters, never stored. */
export function columnOf(matrix: Structure, duty: Pick<Duty, "letters">, lens: Lens): string {
  if (lens === "answers") return ownerOf(matrix, duty)?.id ?? "unassigned";
  const doing = partiesHolding(matrix, duty, "R");
  if (doing.length > 1) return "shared";
  return doing[0]?.id ?? "unassigned";
}

/** Whether client and provider (or any two parties) both do a duty, so that a boundary note is owed. */
export function isShared(matrix: Structure, duty: Pick<Duty, "letters">): boolean {
  return partiesHolding(matrix, duty, "R").length > 1;
}

/** What a column is coloured by: the kind of its party, or what it is where it has none. */
type ColumnKind = PartyKind | "shared" | "none";

/** The kind of a column. */
export function columnKind({ party, target }: Pick<Column, "party" | "target">): ColumnKind {
  return party?.kind ?? (target === "shared" ? "shared" : "none");
}

/** How many duties stand in one column. */
export type BalancePart = { key: string; label: string; kind: ColumnKind; count: number };

/** How duties divide between the columns of a lens, in their order, every column included. Without a list it is all of the matrix's. */
export function balanceOf(
  matrix: Matrix,
  lens: Lens,
  duties: readonly Pick<Duty, "letters">[] = matrix.duties,
): BalancePart[] {
  const counts = new Map<string, number>();
  for (const duty of duties) {
    const key = columnOf(matrix, duty, lens);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return columnsOf(matrix, lens).map((column) => ({
    key: column.key,
    label: column.label,
    kind: columnKind(column),
    count: counts.get(column.key) ?? 0,
  }));
}

/** "Northwind 49, Shared 26, Harbour IT 76" */
export function balanceWords(parts: readonly BalancePart[]): string {
  const words = parts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${count}`);
  return words.length > 0 ? words.join(", ") : "No duties";
}
