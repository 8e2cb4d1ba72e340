import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain, Duty } from "~/domain/matrix/shapes";
import type { GridRow } from "../matrix-view";

/** Where dragged duties would land: in a domain, before a duty, after one, or at its end. */
export type Landing = {
  domain: Domain;
  where: { before: string } | { behind: string } | "end";
  /** The index of the row at whose top edge the line is drawn; the number of rows for the end of the last row. */
  row: number;
  /** Whether the row is the heading of a domain that shows no duties, so that the drop is into the domain. */
  into: boolean;
};

/** Where a drop on a row would land: at the nearer edge of a duty, or in the domain of a heading. */
export function landingAt(
  rows: readonly GridRow[],
  domains: ReadonlyMap<string, Domain>,
  index: number,
  lower: boolean,
): Landing | null {
  const row = rows[index];
  if (!row) return null;
  if (row.kind === "domain") {
    const [first] = row.duties;
    if (row.folded || !first) return { domain: row.domain, where: "end", row: index, into: true };
    // The upper half of a heading still belongs to the domain that ends above it.
    const above = rows[index - 1];
    if (!lower && above?.kind === "duty") return landingAt(rows, domains, index - 1, true);
    return { domain: row.domain, where: { before: first.id }, row: index + 1, into: false };
  }
  const domain = domains.get(row.duty.domainId);
  if (!domain) return null;
  return {
    domain,
    where: lower ? { behind: row.id } : { before: row.id },
    row: lower ? index + 1 : index,
    into: false,
  };
}

export function sameLanding(a: Landing | null, b: Landing | null): boolean {
  return a === b || (a !== null && b !== null && a.row === b.row && a.into === b.into && a.domain.id === b.domain.id);
}

/** The commands that move duties to where they were dropped, in matrix order; none if nothing changes. */
export function moveCommands(
  { duties }: Pick<Matrix, "duties">,
  dutyIds: readonly string[],
  { domain, where }: Landing,
): MatrixCommand[] {
  const carried = new Set(dutyIds);
  const from = placeIn(duties, where);
  const next = duties.slice(from).find(({ id }) => !carried.has(id));
  const moves = duties.filter(({ id }) => carried.has(id));
  // Duties side by side on screen may be apart in the list, so only the order inside the domain is compared.
  const others = duties.filter(({ id, domainId }) => domainId === domain.id && !carried.has(id));
  const behind = duties.slice(from).filter(({ id, domainId }) => domainId === domain.id && !carried.has(id)).length;
  const wanted = [...others.slice(0, others.length - behind), ...moves, ...others.slice(others.length - behind)];
  const now = duties.filter(({ id, domainId }) => domainId === domain.id || carried.has(id));
  const stays = moves.every(({ domainId }) => domainId === domain.id) && wanted.every(({ id }, i) => id === now[i]?.id);
  return stays
    ? []
    : moves.map(({ id }) => ({ type: "duty.move", dutyId: id, domainId: domain.id, beforeId: next?.id ?? null }));
}

/** The index of a landing in the list of duties; its end if the duty beside it was deleted meanwhile. */
function placeIn(duties: readonly Duty[], where: Landing["where"]): number {
  if (where === "end") return duties.length;
  const at = duties.findIndex(({ id }) => id === ("before" in where ? where.before : where.behind));
  return at < 0 ? duties.length : "before" in where ? at : at + 1;
}

/** What the toast says of a drop: "IAM-03 moved to Network", "3 duties moved within Network". */
export function movedWords(
  { duties }: Pick<Matrix, "duties">,
  dutyIds: readonly string[],
  { domain }: Landing,
): string {
  const carried = new Set(dutyIds);
  const moved = duties.filter(({ id }) => carried.has(id));
  const what = moved.length === 1 ? (moved[0]?.code ?? "") : `${moved.length} duties`;
  return moved.every(({ domainId }) => domainId === domain.id)
    ? `${what} moved within ${domain.name}`
    : `${what} moved to ${domain.name}`;
}
