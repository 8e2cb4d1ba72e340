import type { Workbook, Worksheet } from "exceljs";
import {
  reportCell,
  rowStanding,
  showsStanding,
  STANDING_COLUMN,
  type Report,
  type ReportRow,
} from "~/domain/pack/report";
import { heightFor, put } from "./cells.server";
import { setUpPage } from "./page.server";
import { letterStyle, PARTY_HEAD, ROLE_HEAD, STYLES } from "./styles.server";

/** Columns before the roles: the hidden row id, the code, the duty. */
const LEAD = 3;
const HEAD_ROWS = 2;
const DUTY_WIDTH = 44;
const ROLE_WIDTH = 6;
/** A party with one role needs room for its own name over it. */
const ONLY_ROLE_WIDTH = 11;
type TailColumn = { title: string; width: number; quiet: boolean; text(row: ReportRow): string };
const STANDING: TailColumn = { title: STANDING_COLUMN, width: 36, quiet: false, text: rowStanding };
const TAIL: readonly TailColumn[] = [
  { title: "Boundary note", width: 44, quiet: false, text: ({ boundary }) => boundary },
  { title: "Done when", width: 34, quiet: true, text: ({ doneWhen }) => doneWhen },
];

/** The columns after the roles. */
function tailOf({ writer }: Report): readonly TailColumn[] {
  return showsStanding(writer) ? [STANDING, ...TAIL] : TAIL;
}

/** Writes the responsibility matrix: parties over roles, domains as sections, one row for each duty. */
export async function writeMatrixSheet(workbook: Workbook, report: Report, name: string): Promise<void> {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: "frozen", xSplit: LEAD, ySplit: HEAD_ROWS, showGridLines: false }],
  });
  const roles = report.columns.length;
  const tail = tailOf(report);
  sheet.columns = [
    { width: 4, hidden: true },
    { width: 9 },
    { width: DUTY_WIDTH },
    ...report.columns.map(({ party }) => ({
      width: report.columns.filter((other) => other.party.id === party.id).length > 1 ? ROLE_WIDTH : ONLY_ROLE_WIDTH,
    })),
    ...tail.map(({ width }) => ({ width })),
  ];
  writeHead(sheet, report);
  let row = HEAD_ROWS + 1;
  for (const { domain, rows } of report.sections) {
    for (let column = 1; column <= LEAD + roles + tail.length; column++)
      put(sheet, row, column, column === 2 ? domain.name : "", STYLES.section);
    sheet.getRow(row).height = 20;
    row += 1;
    for (const duty of rows) writeDuty(sheet, row++, duty, report);
  }
  sheet.autoFilter = {
    from: { row: HEAD_ROWS, column: 2 },
    to: { row: Math.max(HEAD_ROWS, row - 1), column: LEAD + roles + tail.length },
  };
  await setUpPage(sheet, report, { landscape: true, titleRows: `1:${HEAD_ROWS}` });
}

function writeHead(sheet: Worksheet, report: Report): void {
  const { columns } = report;
  put(sheet, 1, 1, "Row id", STYLES.hidden);
  for (const [i, title] of ["Code", "Duty"].entries()) {
    put(sheet, 1, i + 2, "", STYLES.columnHead);
    put(sheet, HEAD_ROWS, i + 2, title, STYLES.columnHead);
  }
  let from = LEAD + 1;
  columns.forEach(({ role, party }, i) => {
    const column = LEAD + 1 + i;
    put(sheet, HEAD_ROWS, column, role.name, ROLE_HEAD[party.kind]);
    put(sheet, 1, column, column === from ? party.name : "", PARTY_HEAD[party.kind]);
    if (columns[i + 1]?.party.id !== party.id) {
      if (column > from) sheet.mergeCells(1, from, 1, column);
      from = column + 1;
    }
  });
  tailOf(report).forEach(({ title }, i) => {
    put(sheet, 1, LEAD + columns.length + 1 + i, "", STYLES.columnHead);
    put(sheet, HEAD_ROWS, LEAD + columns.length + 1 + i, title, STYLES.columnHead);
  });
  sheet.getRow(1).height = 30;
  sheet.getRow(HEAD_ROWS).height = 96;
}

function writeDuty(sheet: Worksheet, row: number, duty: ReportRow, report: Report): void {
  const { columns } = report;
  const tail = tailOf(report);
  put(sheet, row, 1, duty.dutyId, STYLES.hidden);
  put(sheet, row, 2, duty.code, STYLES.quiet);
  put(sheet, row, 3, duty.text, STYLES.cell);
  columns.forEach(({ party }, i) => {
    const letters = duty.cells[i] ?? [];
    put(sheet, row, LEAD + 1 + i, reportCell(letters, duty), letterStyle(duty.struck ? [] : letters, party.kind));
  });
  tail.forEach(({ quiet, text }, i) =>
    put(sheet, row, LEAD + columns.length + 1 + i, text(duty), quiet ? STYLES.quiet : STYLES.cell),
  );
  sheet.getRow(row).height = heightFor(
    [duty.text, DUTY_WIDTH],
    ...tail.map(({ text, width }) => [text(duty), width] as const),
  );
}
