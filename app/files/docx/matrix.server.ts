import { reportCell, rowText, type Report, type ReportColumn, type ReportRow } from "~/domain/pack/report";
import type { Piece } from "./markup.server";
import { letterStyleId, MATRIX_STYLE, partyStyleId, roleStyleId } from "./styles.server";
import { cell, row, table } from "./table.server";

const CODE = 800;
const LEAST_DUTY = 2_600;
const ROLE = { least: 300, most: 600 };
/** A party with one role needs room for its own name over it. */
const ONLY_ROLE = 950;
/** The share of a page's height that both head rows may take. */
const HEAD_SHARE = 0.15;

/** The place of the matrix on the page, in twentieths of a point. */
type MatrixPlace = { width: number; pageHeight: number; label: string | null };

/**
 * The responsibility matrix: two head rows with parties over their roles, which every page repeats, then a row for each
 * domain and each duty.
 */
export function matrixTable(
  report: Report,
  [from, to]: [number, number],
  { width, pageHeight, label }: MatrixPlace,
): Piece {
  const columns = report.columns.slice(from, to);
  const { roles, parties, ...head } = headOf(columns, width, Math.floor(pageHeight * HEAD_SHARE));
  const duty = Math.max(LEAST_DUTY, width - CODE - sum(roles));
  const widths = [CODE, duty, ...roles];
  const within = { duty, roles };
  const rows = report.sections.flatMap(({ domain, rows: duties }) => [
    domainRow(domain.name, widths),
    ...duties.map((line, i) =>
      dutyRow({ ...line, cells: line.cells.slice(from, to) }, columns, within, i === duties.length - 2),
    ),
  ]);
  return table([partyRow(parties, within, head.small), roleRow(columns, within, head), ...rows], widths, {
    style: MATRIX_STYLE,
    label,
  });
}

type Widths = { duty: number; roles: number[] };

/** A party over its columns. */
type PartyHead = { id: string; name: string; kind: ReportColumn["party"]["kind"]; count: number; width: number };

function partiesOf(columns: readonly ReportColumn[], widths: readonly number[]): PartyHead[] {
  const heads: PartyHead[] = [];
  columns.forEach(({ party: { id, name, kind } }, i) => {
    const last = heads.at(-1);
    const width = widths[i] ?? 0;
    if (last?.id === id) Object.assign(last, { count: last.count + 1, width: last.width + width });
    else heads.push({ id, name, kind, count: 1, width });
  });
  return heads;
}

function partyRow(parties: readonly PartyHead[], { duty }: Widths, small: boolean): string {
  const heads = parties.map(({ name, kind, count, width }) =>
    cell(name, partyStyleId(kind, small), width, { span: count, verticalAlign: "center" }),
  );
  return row([cell("", "CellHead", CODE), cell("", "CellHead", duty), ...heads], { head: true });
}

/** How high the row of roles is, and whether their names are written small. */
type HeadLook = { height: number; small: boolean };

function roleRow(columns: ReportColumn[], { duty, roles }: Widths, { height, small }: HeadLook): string {
  const upright = columns.map(({ role: { name }, party }, i) =>
    cell(name, roleStyleId(party.kind, small), roles[i] ?? 0, { upright: true, verticalAlign: "center" }),
  );
  return row(
    [
      cell("Code", "CellHead", CODE, { verticalAlign: "bottom" }),
      cell("Duty", "CellHead", duty, { verticalAlign: "bottom" }),
      ...upright,
    ],
    { head: true, height },
  );
}

/** The room of a letter along a line and of a line, in names of roles and of parties, as they are and small. */
const LETTERS = [
  { small: false, role: { along: 90, line: 200 }, party: { along: 105, line: 235 } },
  { small: true, role: { along: 72, line: 165 }, party: { along: 85, line: 190 } },
] as const;
const CELL_MARGINS = { along: 60, across: 90 };
const LEAST_HEAD = 800;

type Head = HeadLook & { roles: number[]; parties: PartyHead[]; whole: number };

/**
 * The head within a height, with the widths of the columns of roles. A long name has as many lines as it needs, and names
 * are small where they don't fit otherwise. The head is higher than that where even small names would be cut off.
 */
function headOf(columns: readonly ReportColumn[], width: number, most: number): Head {
  const heads = LETTERS.map(({ small, role, party }): Head => {
    const bare = plainWidths(columns, width);
    const partyHeight = (widths: readonly number[]) =>
      Math.max(
        0,
        ...partiesOf(columns, widths).map((one) => {
          const letters = Math.max(1, Math.floor((one.width - CELL_MARGINS.across) / party.along));
          return linesOf(one.name, letters) * party.line + CELL_MARGINS.along;
        }),
      );
    const letters = Math.max(1, Math.floor((most - partyHeight(bare) - CELL_MARGINS.along) / role.along));
    const wide = columns.map(({ role: { name } }, i) =>
      Math.max(bare[i] ?? 0, linesOf(name, letters) * role.line + CELL_MARGINS.across),
    );
    const roles = sum(wide) <= width - CODE - LEAST_DUTY ? wide : bare;
    const heights = columns.map(({ role: { name } }, i) => {
      const lines = Math.max(1, Math.floor(((roles[i] ?? 0) - CELL_MARGINS.across) / role.line));
      return lengthIn(name, lines) * role.along + CELL_MARGINS.along;
    });
    const height = Math.max(LEAST_HEAD, ...heights);
    return { small, height, roles, parties: partiesOf(columns, roles), whole: height + partyHeight(roles) };
  });
  const [plain, small] = heads;
  const chosen = heads.find(({ whole }) => whole <= most) ?? small ?? plain;
  if (!chosen) throw new Error("The matrix has no head.");
  return chosen;
}

/** The widths of the columns of roles, with room for their letters. */
function plainWidths(columns: readonly ReportColumn[], width: number): number[] {
  const alone = columns.map(({ party }) => columns.filter((other) => other.party.id === party.id).length === 1);
  const onlyRoles = alone.filter(Boolean).length;
  const room = (width - CODE - LEAST_DUTY - onlyRoles * ONLY_ROLE) / Math.max(1, columns.length - onlyRoles);
  const role = Math.max(ROLE.least, Math.min(ROLE.most, Math.floor(room)));
  return alone.map((only) => (only ? ONLY_ROLE : role));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, one) => whole + one, 0);
}

/** The number of lines that a name takes which break after so many letters. */
function linesOf(name: string, letters: number): number {
  let [lines, line] = [1, 0];
  for (const { length } of name.split(/\s+/)) {
    if (line > 0 && line + 1 + length > letters) [lines, line] = [lines + 1, length];
    else line += (line > 0 ? 1 : 0) + length;
  }
  return lines;
}

/** The least number of letters that a line must hold, so that a name has room in some lines. */
function lengthIn(name: string, lines: number): number {
  let letters = Math.max(...name.split(/\s+/).map(({ length }) => length));
  while (linesOf(name, letters) > lines) letters += 1;
  return letters;
}

function domainRow(name: string, widths: number[]): string {
  return row([cell(name, "CellDomain", sum(widths), { span: widths.length })]);
}

function dutyRow(line: ReportRow, columns: ReportColumn[], { duty, roles }: Widths, keepNext: boolean): string {
  const { code, cells, struck } = line;
  const letters = columns.map(({ party }, i) => {
    const held = cells[i] ?? [];
    return cell(reportCell(held, line), letterStyleId(struck ? [] : held, party.kind), roles[i] ?? 0, { keepNext });
  });
  return row([
    cell(code, "CellCode", CODE, { keepNext }),
    cell(rowText(line), "CellText", duty, { keepNext }),
    ...letters,
  ]);
}
