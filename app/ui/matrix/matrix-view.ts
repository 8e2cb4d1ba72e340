import { isStruck } from "~/domain/agreement/agreement";
import { parseCell, cellAfterKey } from "~/domain/matrix/cell";
import type { MatrixCommand } from "~/domain/editing/commands";
import { cellText, holdersOf, lettersOf, LETTER_WORDS } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain, Duty, Letter, Party, Role } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import { widthOf, type Block } from "./paste/clipboard";

/** A row of the grid: a domain's heading, or a duty. `id` is unique among all rows. */
export type GridRow =
  | { kind: "domain"; id: string; domain: Domain; duties: Duty[]; folded: boolean }
  | { kind: "duty"; id: string; duty: Duty };
export type GridColumn = {
  role: Role;
  party: Party;
  /** Whether it is the last role of its party, after which a line is drawn. */ edge: boolean;
};
/** A cell of the grid: a row and a column. Column -1 is the duty itself. */
export type CellPosition = { rowId: string; column: number };
/** Rows and columns from first to last, both included. */
export type Area = { top: number; bottom: number; left: number; right: number };

/** The roles as columns, party by party. */
export function gridColumns(matrix: Pick<Matrix, "parties" | "roles">): GridColumn[] {
  const { rolesOf } = indexOf(matrix);
  return matrix.parties.flatMap((party) => {
    const roles = rolesOf.get(party.id) ?? [];
    return roles.map((role, i) => ({ role, party, edge: i === roles.length - 1 }));
  });
}

/** The rows that match a filter, domain by domain. A filter leaves out domains without a match. */
export function gridRows(
  matrix: Matrix,
  fits: ((duty: Duty) => boolean) | null,
  folded: ReadonlySet<string>,
): GridRow[] {
  const byDomain = new Map<string, Duty[]>(matrix.domains.map(({ id }) => [id, []]));
  for (const duty of matrix.duties) if (!fits || fits(duty)) byDomain.get(duty.domainId)?.push(duty);
  return matrix.domains.flatMap((domain): GridRow[] => {
    const duties = byDomain.get(domain.id) ?? [];
    if (duties.length === 0 && fits) return [];
    const isFolded = folded.has(domain.id);
    const heading: GridRow = { kind: "domain", id: `domain:${domain.id}`, domain, duties, folded: isFolded };
    return isFolded ? [heading] : [heading, ...duties.map((duty): GridRow => ({ kind: "duty", id: duty.id, duty }))];
  });
}

export type Load = { answers: number; does: number };

/** How many of these duties each role answers for and does, by role id; those that are struck from who does what count for nobody. */
export function loadOf(matrix: Pick<Matrix, "roles">, duties: readonly Duty[]): Map<string, Load> {
  const loads = new Map(matrix.roles.map(({ id }) => [id, { answers: 0, does: 0 }]));
  for (const duty of duties) {
    if (isStruck(duty)) continue;
    for (const [roleId, letters] of Object.entries(duty.letters)) {
      const load = loads.get(roleId);
      if (!load) continue;
      if (letters.includes("A")) load.answers += 1;
      if (letters.includes("R")) load.does += 1;
    }
  }
  return loads;
}

/** The rectangle between two cells, over the roles only. */
export function areaBetween(rows: ReadonlyMap<string, number>, anchor: CellPosition, active: CellPosition): Area {
  const [a, b] = [rows.get(anchor.rowId) ?? 0, rows.get(active.rowId) ?? 0];
  return {
    top: Math.min(a, b),
    bottom: Math.max(a, b),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

/** The duties in an area, from top to bottom, without the headings of domains. */
export function dutiesIn(rows: readonly GridRow[], area: Area): Duty[] {
  return rows.slice(area.top, area.bottom + 1).flatMap((row) => (row.kind === "duty" ? [row.duty] : []));
}

type Edit = { commands: MatrixCommand[]; said: string };

/** The edit for a letter that is typed into an area: it is set in every cell, or removed if every cell has it. */
export function typeLetter(duties: readonly Duty[], columns: readonly GridColumn[], letter: Letter): Edit | string {
  if (letter === "A" && columns.length > 1)
    return "One role answers for a duty. Choose cells of one column, then press A.";
  const all = duties.every((duty) => columns.every(({ role }) => lettersOf(duty, role.id).includes(letter)));
  const next = (before: readonly Letter[]) =>
    before.includes(letter) === all ? cellAfterKey(before, letter) : [...before];
  const commands = duties.flatMap((duty) =>
    columns.flatMap(({ role }): MatrixCommand[] => {
      const before = lettersOf(duty, role.id);
      const after = next(before);
      return cellText(before) === cellText(after)
        ? []
        : [{ type: "duty.letters", dutyId: duty.id, roleId: role.id, letters: after }];
    }),
  );
  return { commands, said: saidOf(duties, columns, all ? null : letter) };
}

function saidOf(duties: readonly Duty[], columns: readonly GridColumn[], letter: Letter | null): string {
  const [duty] = duties;
  const [column] = columns;
  const what = letter ? LETTER_WORDS[letter].verb : "no longer has that letter";
  if (duties.length > 1 || columns.length > 1 || !duty || !column) return `${duties.length * columns.length} cells set`;
  const moved = letter === "A" ? holdersOf(duty, "A").filter((id) => id !== column.role.id) : [];
  return `${column.role.name} ${what}${moved.length > 0 ? "; A moved here" : ""}: ${duty.code}`;
}

/** The edit that empties every cell of an area. */
export function clearCells(duties: readonly Duty[], columns: readonly GridColumn[]): Edit {
  const commands = duties.flatMap((duty): MatrixCommand[] => {
    const held = columns.filter(({ role }) => lettersOf(duty, role.id).length > 0);
    return held.length === 0
      ? []
      : [{ type: "duty.cells", dutyId: duty.id, cells: Object.fromEntries(held.map(({ role }) => [role.id, []])) }];
  });
  return { commands, said: commands.length === 1 && columns.length === 1 ? "Cell cleared" : "Cells cleared" };
}

/** The edit that copies the first row of an area to every row below it. */
export function fillDown([first, ...below]: readonly Duty[], columns: readonly GridColumn[]): Edit {
  const cells = Object.fromEntries(columns.map(({ role }) => [role.id, first ? [...lettersOf(first, role.id)] : []]));
  return {
    commands: below.map((duty) => ({ type: "duty.cells", dutyId: duty.id, cells })),
    said: `Filled down ${below.length} ${below.length === 1 ? "row" : "rows"}`,
  };
}

/** An area as text, one cell a role, with the duties' words in front where the first column is the duty. */
export function copyBlock(duties: readonly Duty[], columns: readonly GridColumn[], withText: boolean): Block {
  return duties.map((duty) => [
    ...(withText ? [duty.text] : []),
    ...columns.map(({ role }) => cellText(lettersOf(duty, role.id))),
  ]);
}

type PasteProblem = { row: number; column: number; text: string };
/** The plan of a paste: its commands, the cells that are no letters, and the rows and columns that don't fit. */
export type PastePlan = {
  commands: MatrixCommand[];
  cells: number;
  unknown: PasteProblem[];
  rowsOver: number;
  columnsOver: number;
};

/**
 * Plans to paste a block into the grid from a cell on. A single cell fills the whole area. Cells that are no letters
 * are left out.
 */
export function planPaste({
  block,
  duties,
  columns,
  area,
}: {
  block: Block;
  duties: readonly Duty[];
  columns: readonly GridColumn[];
  area: { rows: number; columns: number };
}): PastePlan {
  const height = block.length;
  const width = widthOf(block);
  const fills = height === 1 && width === 1;
  const rows = fills ? duties.slice(0, area.rows) : duties.slice(0, height);
  const across = fills ? columns.slice(0, area.columns) : columns.slice(0, width);
  const plan: PastePlan = {
    commands: [],
    cells: 0,
    unknown: [],
    rowsOver: Math.max(0, height - duties.length),
    columnsOver: Math.max(0, width - columns.length),
  };
  rows.forEach((duty, r) => {
    const cells: Record<string, Letter[]> = {};
    across.forEach(({ role }, c) => {
      const text = fills ? (block[0]?.[0] ?? "") : (block[r]?.[c] ?? "");
      const letters = parseCell(text);
      if (!letters) return plan.unknown.push({ row: r + 1, column: c + 1, text: text.slice(0, 60) });
      cells[role.id] = letters;
      plan.cells += 1;
      return undefined;
    });
    if (Object.keys(cells).length > 0) plan.commands.push({ type: "duty.cells", dutyId: duty.id, cells });
  });
  return plan;
}

/** The label of a cell for screen readers: "Service desk, Harbour IT: does. IAM-03 Remove a leaver's access". */
export function cellName({ role, party }: GridColumn, duty: Duty): string {
  const letters = lettersOf(duty, role.id);
  const said = letters.length > 0 ? letters.map((letter) => LETTER_WORDS[letter].verb).join(" and ") : "nothing";
  return `${role.name}, ${party.name}: ${said}${letters.length > 0 && isStruck(duty) ? ", once it applies" : ""}. ${duty.code} ${duty.text}`;
}
