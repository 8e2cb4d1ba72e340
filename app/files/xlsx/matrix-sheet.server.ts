import type { Workbook, Worksheet } from "exceljs";
import { CONTINUED } from "~/domain/long-text";
import {
  isSchedule,
  reportCell,
  rowStanding,
  STANDING_COLUMN,
  type Report,
  type ReportRow,
} from "~/domain/pack/report";
import { heightFor, put } from "./cells.server";
import { columnPoints, rowHeight, textWidth, type MeasuredCell } from "./measure.server";
import { printedRoom, setUpPage } from "./page.server";
import { placeRows, wholeRows, withoutLastAlone, type Paging, type SheetRow } from "./rows.server";
import { letterStyle, PARTY_HEAD, ROLE_HEAD, STYLES } from "./styles.server";

/** Columns before the roles: the hidden row id, the code, the duty. */
const LEAD = 3;
const HEAD_ROWS = 2;
const CODE_WIDTH = 9;
const DUTY_WIDTH = 44;
const ROLE_WIDTH = 6;
/** A party with one role needs room for its own name over it. */
const ONLY_ROLE_WIDTH = 11;
/** The heights of the head's rows for the first two writers, and for the others the least that names need. */
const EARLIER_HEAD = { parties: 30, roles: 96 };
const LEAST_HEAD = { parties: 20, roles: 30 };
/** The head takes at most so much of a page's height. */
const HEAD_SHARE = 0.15;
/** A sheet lies across the paper where it would be printed smaller than this on upright paper. */
const LEAST_UPRIGHT = 0.75;
/** A party's name has at most so many lines. */
const PARTY_LINES = 3;
const SECTION_HEIGHT = 20;
/** The width of a column of which no duty says anything. */
const EMPTY_WIDTH = 12;
type TailColumn = { title: string; width: number; quiet: boolean; text(row: ReportRow): string };
const STANDING: TailColumn = { title: STANDING_COLUMN, width: 36, quiet: false, text: rowStanding };
const TAIL: readonly TailColumn[] = [
  { title: "Boundary note", width: 44, quiet: false, text: ({ boundary }) => boundary },
  { title: "Done when", width: 34, quiet: true, text: ({ doneWhen }) => doneWhen },
];

/** The columns after the roles. A schedule says the rest of a duty on a sheet of its own. */
function tailOf({ writer, sections }: Report): readonly TailColumn[] {
  if (!isSchedule(writer)) return TAIL;
  const isEmpty = sections.every(({ rows }) => rows.every((row) => rowStanding(row) === ""));
  return [{ ...STANDING, width: isEmpty ? EMPTY_WIDTH : STANDING.width }];
}

/** The columns of the grid with their widths, and the heights of the two rows of its head. */
type Grid = {
  sheet: Worksheet;
  report: Report;
  roleWidths: number[];
  tail: readonly TailColumn[];
  heights: { parties: number; roles: number };
  landscape: boolean;
  paging: Paging | null;
};

/** Writes the responsibility matrix: parties over roles, domains as sections, one row for each duty. */
export async function writeMatrixSheet(workbook: Workbook, report: Report, name: string): Promise<void> {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: "frozen", xSplit: LEAD, ySplit: HEAD_ROWS, showGridLines: false }],
  });
  const grid = gridOf(sheet, report);
  const { roleWidths, tail } = grid;
  const columns = LEAD + roleWidths.length + tail.length;
  sheet.columns = [
    { width: 4, hidden: true },
    { width: CODE_WIDTH },
    { width: DUTY_WIDTH },
    ...roleWidths.map((width) => ({ width })),
    ...tail.map(({ width }) => ({ width })),
  ];
  const rows = report.sections.flatMap(({ domain, rows: duties }) => [
    sectionRow(domain.name, columns, sheet),
    ...withoutLastAlone(
      duties.flatMap((duty) => dutyRows(duty, grid, sectionRow(`${domain.name} ${CONTINUED}`, columns, sheet))),
    ),
  ]);
  const next = placeRows(sheet, [...headRows(grid), ...rows], grid.paging);
  sheet.autoFilter = {
    from: { row: HEAD_ROWS, column: 2 },
    to: { row: Math.max(HEAD_ROWS, next - 1), column: columns },
  };
  await setUpPage(sheet, report, { landscape: grid.landscape, titleRows: `1:${HEAD_ROWS}` });
}

function gridOf(sheet: Worksheet, report: Report): Grid {
  const tail = tailOf(report);
  const earlier = report.columns.map(({ party }) => (rolesOf(report, party.id) > 1 ? ROLE_WIDTH : ONLY_ROLE_WIDTH));
  if (!isSchedule(report.writer))
    return { sheet, report, roleWidths: earlier, tail, heights: EARLIER_HEAD, landscape: true, paging: null };
  const withNames = report.columns.map(({ party }, i) =>
    Math.max(earlier[i] ?? ROLE_WIDTH, Math.ceil(widthForParty(party.name) / rolesOf(report, party.id))),
  );
  const widthsOf = (roles: readonly number[]) => [CODE_WIDTH, DUTY_WIDTH, ...roles, ...tail.map(({ width }) => width)];
  const landscape = printedRoom(report, { landscape: false, widths: widthsOf(withNames) }).scale < LEAST_UPRIGHT;
  const { scale, paperHeight } = printedRoom(report, { landscape, widths: widthsOf(withNames) });
  const parties = Math.max(
    LEAST_HEAD.parties,
    ...report.columns.map(({ party }) =>
      rowHeight([{ text: party.name, width: partyWidth(report, withNames, party.id), style: PARTY_HEAD[party.kind] }]),
    ),
  );
  // Names of roles stand upright. One that is longer than the head may be high has several lines.
  const lengths = report.columns.map(({ role, party }) => textWidth(role.name, ROLE_HEAD[party.kind]) + UPRIGHT.margin);
  const most = Math.max(LEAST_HEAD.roles, (paperHeight * HEAD_SHARE) / scale - parties);
  const roles = Math.min(most, Math.max(LEAST_HEAD.roles, ...lengths));
  const roleWidths = withNames.map((width, i) => {
    const lines = Math.ceil((lengths[i] ?? 0) / roles);
    const needed = lines === 1 ? 0 : (lines + 1) * UPRIGHT.line;
    return Math.max(width, Math.ceil(needed / columnPoints(1)));
  });
  const { room } = printedRoom(report, { landscape, widths: widthsOf(roleWidths) });
  return {
    sheet,
    report,
    roleWidths,
    tail,
    heights: { parties, roles: Math.ceil(roles) },
    landscape,
    paging: { room, titles: parties + Math.ceil(roles) },
  };
}

/** The room of upright names in points: the height of a line, and what is left free at both ends. */
const UPRIGHT = { line: 13, margin: 8 };

function rolesOf({ columns }: Report, partyId: string): number {
  return columns.filter(({ party }) => party.id === partyId).length;
}

function partyWidth({ columns }: Report, widths: readonly number[], partyId: string): number {
  return columns.reduce((sum, { party }, i) => sum + (party.id === partyId ? (widths[i] ?? 0) : 0), 0);
}

/** The width in characters in which a party's name has no more lines than it may have. */
function widthForParty(name: string): number {
  const style = PARTY_HEAD.client;
  const most = rowHeight([{ text: "x\n".repeat(PARTY_LINES - 1), width: DUTY_WIDTH, style }]);
  let width = ROLE_WIDTH;
  while (width < DUTY_WIDTH && rowHeight([{ text: name, width, style }]) > most) width += 1;
  return width;
}

function sectionRow(title: string, columns: number, sheet: Worksheet): SheetRow {
  return {
    height: SECTION_HEIGHT,
    withNext: true,
    write: (row) => {
      for (let column = 1; column <= columns; column++)
        put(sheet, row, column, column === 2 ? title : "", STYLES.section);
    },
  };
}

function headRows({ sheet, report, tail, heights }: Grid): SheetRow[] {
  const { columns } = report;
  const write = (row: number, titles: readonly string[]) => {
    for (const [i, title] of titles.entries()) put(sheet, row, i + 2, title, STYLES.columnHead);
  };
  const parties = (row: number) => {
    put(sheet, row, 1, "Row id", STYLES.hidden);
    write(row, ["", ""]);
    let from = LEAD + 1;
    columns.forEach(({ party }, i) => {
      const column = LEAD + 1 + i;
      put(sheet, row, column, column === from ? party.name : "", PARTY_HEAD[party.kind]);
      if (columns[i + 1]?.party.id !== party.id) {
        if (column > from) sheet.mergeCells(row, from, row, column);
        from = column + 1;
      }
    });
    tail.forEach((_, i) => put(sheet, row, LEAD + columns.length + 1 + i, "", STYLES.columnHead));
  };
  const roles = (row: number) => {
    write(row, ["Code", "Duty"]);
    columns.forEach(({ role, party }, i) => put(sheet, row, LEAD + 1 + i, role.name, ROLE_HEAD[party.kind]));
    tail.forEach(({ title }, i) => put(sheet, row, LEAD + columns.length + 1 + i, title, STYLES.columnHead));
  };
  return [
    { height: heights.parties, withNext: true, write: parties },
    { height: heights.roles, withNext: true, write: roles },
  ];
}

/** The row of a duty, or rows where its texts are long: its letters stand in the first. */
function dutyRows(duty: ReportRow, { sheet, report, tail, paging }: Grid, section: SheetRow): SheetRow[] {
  const texts: MeasuredCell[] = [
    { text: duty.code, width: CODE_WIDTH, style: STYLES.quiet },
    { text: duty.text, width: DUTY_WIDTH, style: STYLES.cell },
    ...tail.map(({ width, quiet, text }) => ({
      text: text(duty),
      width,
      style: quiet ? STYLES.quiet : STYLES.cell,
    })),
  ];
  return (paging ? wholeRows(texts, paging) : [texts]).map((cells, n): SheetRow => ({
    height: paging ? rowHeight(cells) : heightFor(...cells.slice(1).map(({ text, width }) => [text, width] as const)),
    repeats: [section],
    write: (row) => {
      put(sheet, row, 1, n === 0 ? duty.dutyId : "", STYLES.hidden);
      cells.forEach(({ text, style }, i) =>
        put(sheet, row, i < LEAD - 1 ? i + 2 : report.columns.length + i + 2, text, style),
      );
      report.columns.forEach(({ party }, i) => {
        const letters = n === 0 ? (duty.cells[i] ?? []) : [];
        put(
          sheet,
          row,
          LEAD + 1 + i,
          n === 0 ? reportCell(letters, duty) : "",
          letterStyle(duty.struck ? [] : letters, party.kind),
        );
      });
    },
  }));
}
