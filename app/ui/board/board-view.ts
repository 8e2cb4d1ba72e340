import { applyCommand } from "~/domain/editing/apply-command";
import type { BlockerCode } from "~/domain/findings/blocker-words";
import { shownBlockers } from "~/domain/findings/duty-blockers";
import { isOfKind } from "~/domain/matrix/kinds";
import { holdersOf, holdsLetter, lettersOf } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain, Duty, Letter, PartyKind } from "~/domain/matrix/shapes";
import { columnKeyOf, lensColumns, indexOf, ownerOf, type Column, type Lens } from "~/domain/matrix/owner";
import { searchAmong } from "~/domain/search";

/** What the URL says about the board. `owner` is a party's id, or "nobody". */
export type BoardFilter = {
  lens: Lens;
  query: string;
  domainId: string;
  owner: string;
  /** A kind or a pressure; `MARKED` lets every duty through. Where it isn't empty, each duty says its own. */ kind: string;
  /** The id of a role that does or answers. */ role: string;
  /** The id of the only party whose roles do the duty. */ only: string;
  /** Restricts the view to these duties. */ among?: ReadonlyMap<string, unknown> | null;
};

/** Shows of each duty what it is for and its pressures, whichever they are. */
export const MARKED = "marked";

/** Whether a choice of kind leaves duties out. */
export function isNarrowed(kind: string): boolean {
  return kind !== "" && kind !== MARKED;
}

type BoardGroup = { domain: Domain; duties: Duty[] };
export type BoardColumn = Column & { count: number; groups: BoardGroup[] };

/** The duties a filter lets through, by column and domain, in the matrix's order. */
export function boardColumns(matrix: Matrix, filter: BoardFilter): BoardColumn[] {
  const columns = new Map(
    lensColumns(matrix, filter.lens).map((column) => [
      column.key,
      { ...column, count: 0, groups: new Map<string, BoardGroup>() },
    ]),
  );
  const domains = new Map(matrix.domains.map((domain) => [domain.id, domain]));
  const fits = dutyFilter(matrix, filter);
  for (const duty of matrix.duties) {
    if (!fits(duty)) continue;
    const column = columns.get(columnKeyOf(matrix, duty, filter.lens));
    const domain = domains.get(duty.domainId);
    if (!column || !domain) continue;
    column.count += 1;
    const group = column.groups.get(domain.id);
    if (group) group.duties.push(duty);
    else column.groups.set(domain.id, { domain, duties: [duty] });
  }
  const order = new Map(matrix.domains.map(({ id }, i) => [id, i]));
  const place = ({ domain }: BoardGroup) => order.get(domain.id) ?? 0;
  return [...columns.values()].map((column) => ({
    ...column,
    groups: [...column.groups.values()].sort((a, b) => place(a) - place(b)),
  }));
}

const searchDuties = searchAmong(
  ({ code, text, description, boundary, searchWords }: Duty) =>
    `${code} ${text} ${description} ${boundary} ${searchWords}`,
);

/** A test for whether a duty is shown: it has every word of the query and the chosen domain, owner, kind and role. */
export function dutyFilter(
  matrix: Matrix,
  { query, domainId, owner, kind, role, only, among }: Omit<BoardFilter, "lens">,
): (duty: Duty) => boolean {
  const says = searchDuties(query);
  return (duty) => {
    if (among && !among.has(duty.id)) return false;
    if (domainId && duty.domainId !== domainId) return false;
    if (owner && (ownerOf(matrix, duty)?.id ?? "nobody") !== owner) return false;
    if (isNarrowed(kind) && !isOfKind(duty, kind)) return false;
    if (role && !holdsLetter(duty, role, "A") && !holdsLetter(duty, role, "R")) return false;
    if (only && columnKeyOf(matrix, duty, "does") !== only) return false;
    return says(duty);
  };
}

/** The ids of a column's duties from top to bottom. */
export function readingOrder(column: BoardColumn): string[] {
  return column.groups.flatMap(({ duties }) => duties.map(({ id }) => id));
}

type CardLine = { roleId: string; name: string; kind: PartyKind; letters: Letter[] };
/**
 * What a card shows of its duty. `halves` are the party kinds of the answerer and of a doer, for the two-coloured edge
 * of a shared duty.
 */
type CardFace = {
  lines: CardLine[];
  owner: string | null;
  answers: string;
  blockers: BlockerCode[];
  shared: boolean;
  halves: { top: PartyKind | "none"; bottom: PartyKind | "none" };
};

/** The roles that do or answer, who answers in words, and what stops signing; `draft` unless it is a version or a link. */
export function cardFace(matrix: Pick<Matrix, "parties" | "roles" | "settings">, duty: Duty, draft: boolean): CardFace {
  const { party } = indexOf(matrix);
  const lines = matrix.roles.flatMap((role): CardLine[] => {
    const letters = lettersOf(duty, role.id).filter((letter) => letter === "A" || letter === "R");
    return letters.length === 0
      ? []
      : [{ roleId: role.id, name: role.name, kind: party.get(role.partyId)?.kind ?? "client", letters }];
  });
  const owner = ownerOf(matrix, duty);
  const answering = holdersOf(duty, "A").length;
  const shared = columnKeyOf(matrix, duty, "does") === "shared";
  const other = lines.find(({ kind, letters }) => letters.includes("R") && kind !== owner?.kind)?.kind;
  return {
    lines,
    owner: owner?.name ?? null,
    answers: owner
      ? "answers"
      : answering > 1
        ? "Several answer"
        : answering === 1
          ? "A third party answers"
          : "Nobody answers",
    blockers: shownBlockers(matrix, duty, draft),
    shared,
    halves: { top: owner?.kind ?? "none", bottom: other ?? owner?.kind ?? "none" },
  };
}

/** What dropping a duty on a column would do, in the words of the slot: "Service desk answers and does". */
export function dropResult(matrix: Matrix, dutyId: string, lens: Lens, column: Column): string {
  const result = applyCommand(matrix, { type: "duty.assign", dutyId, lens, to: column.target });
  if (!result.ok) return result.rejection.message;
  const duty = result.value.duties.find(({ id }) => id === dutyId);
  if (!duty) return "";
  const { lines } = cardFace(result.value, duty, true);
  const words = lines.map(
    ({ name, letters }) =>
      `${name} ${letters.length > 1 ? "answers and does" : letters[0] === "A" ? "answers" : "does"}`,
  );
  return words.length > 0 ? words.join(" · ") : "Nobody yet";
}

/** "Give to Harbour IT", "Share", "Leave unassigned" */
export function dropTitle(column: Column, lens: Lens): string {
  if (column.target === "unassigned") return lens === "does" ? "Nobody does it" : "Nobody answers";
  if (column.target === "shared") return "Share between both";
  return lens === "does" ? `Give to ${column.label}` : `${column.label} answers`;
}

export function duties(count: number): string {
  return `${count} ${count === 1 ? "duty" : "duties"}`;
}
