import { holdersOf } from "./letters";
import type { Matrix } from "./matrix";
import type { Duty, Party, PartyKind, Role } from "./shapes";

/** The two views of the board: by the party that does a duty, or by the party that answers for it. */
export type Lens = "does" | "answers";
export const LENSES: readonly Lens[] = ["does", "answers"];

/** The column that a duty belongs to or is dropped on: a party's, or one of the two columns without a party. */
export type Target = "unassigned" | "shared" | { partyId: string };

/** A column of the board. `key` is the party's id, "unassigned" or "shared". It is stable and may be used in a URL. */
export type Column = { key: string; target: Target; label: string; party: Party | null };

/** An index of parties and roles. Rules need these lookups often, so they are built once for each value of a matrix. */
type MatrixIndex = {
  role: Map<string, Role>;
  party: Map<string, Party>;
  rolesOf: Map<string, Role[]>;
  client: Party | null;
  provider: Party | null;
};

type Structure = Pick<Matrix, "parties" | "roles">;

const indexes = new WeakMap<Matrix["roles"], { parties: Matrix["parties"]; index: MatrixIndex }>();

/** The index of a matrix. It is cached: the same arrays of parties and roles give the same index. */
export function indexOf(matrix: Structure): MatrixIndex {
  const cached = indexes.get(matrix.roles);
  if (cached && cached.parties === matrix.parties) return cached.index;
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

/** The parties with at least one role that holds a letter on a duty, in the matrix's order. */
export function partiesHolding(matrix: Structure, duty: Pick<Duty, "letters">, letter: "A" | "R"): Party[] {
  const partyIds = new Set(holdersOf(duty, letter).map((roleId) => indexOf(matrix).role.get(roleId)?.partyId));
  return matrix.parties.filter((party) => partyIds.has(party.id));
}

/**
 * The owner of a duty: the client or provider whose role holds the only A. Null when no role or several roles hold A,
 * or when a third party does, since then nobody is bound to the duty.
 */
export function ownerOf(matrix: Structure, duty: Pick<Duty, "letters">): Party | null {
  const answering = holdersOf(duty, "A");
  if (answering.length !== 1) return null;
  const party = partyOfRole(matrix, answering[0] ?? "");
  return party && party.kind !== "third-party" ? party : null;
}

/** The columns of a lens, always in this order: unassigned, client, shared, provider, third parties. */
export function lensColumns(matrix: Structure, lens: Lens): Column[] {
  const { client, provider } = indexOf(matrix);
  const column = (party: Party): Column => ({ key: party.id, target: { partyId: party.id }, label: party.name, party });
  const columns: Column[] = [{ key: "unassigned", target: "unassigned", label: "Unassigned", party: null }];
  if (client) columns.push(column(client));
  if (lens === "does") columns.push({ key: "shared", target: "shared", label: "Shared", party: null });
  if (provider) columns.push(column(provider));
  if (lens === "does") columns.push(...matrix.parties.filter((party) => party.kind === "third-party").map(column));
  return columns;
}

/** The key of a duty's column in a lens. It is derived from the letters and never stored. */
export function columnKeyOf(matrix: Structure, duty: Pick<Duty, "letters">, lens: Lens): string {
  if (lens === "answers") return ownerOf(matrix, duty)?.id ?? "unassigned";
  const doing = partiesHolding(matrix, duty, "R");
  if (doing.length > 1) return "shared";
  return doing[0]?.id ?? "unassigned";
}

/** Whether roles of two or more parties do a duty. A shared duty needs a boundary note. */
export function isShared(matrix: Structure, duty: Pick<Duty, "letters">): boolean {
  return partiesHolding(matrix, duty, "R").length > 1;
}

/**
 * The kind of a column, which gives it its colour: the kind of its party, or "shared" or "none" for a column without a
 * party.
 */
type ColumnKind = PartyKind | "shared" | "none";

/** The kind of a column, from its party or its target. */
export function columnKind({ party, target }: Pick<Column, "party" | "target">): ColumnKind {
  return party?.kind ?? (target === "shared" ? "shared" : "none");
}

/** The number of duties in one column. */
export type BalancePart = { key: string; label: string; kind: ColumnKind; count: number };

/**
 * The number of duties in each column of a lens, in the order of the columns, including empty ones. It counts all
 * duties of the matrix unless a list is given.
 */
export function balanceOf(
  matrix: Matrix,
  lens: Lens,
  duties: readonly Pick<Duty, "letters">[] = matrix.duties,
): BalancePart[] {
  const counts = new Map<string, number>();
  for (const duty of duties) {
    const key = columnKeyOf(matrix, duty, lens);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return lensColumns(matrix, lens).map((column) => ({
    key: column.key,
    label: column.label,
    kind: columnKind(column),
    count: counts.get(column.key) ?? 0,
  }));
}

/** A balance in words, such as "Northwind 49, Shared 26, Harbour IT 76". Columns without duties are left out. */
export function balanceWords(parts: readonly BalancePart[]): string {
  const words = parts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${count}`);
  return words.length > 0 ? words.join(", ") : "No duties";
}
