import { cellAt, type ShownRow } from "./part";

/** The code and text of each duty, by code. */
export type DutyTitles = ReadonlyMap<string, string>;

/** The subject of a row: its duty, the duty of the row that it continues, or its first text. */
export function rowSubject(rows: readonly ShownRow[], place: number, duties: DutyTitles): string {
  for (let i = place; i >= 0; i--) {
    const row = rows[i];
    const duty = row?.cells
      .slice(0, 2)
      .map((text) => duties.get(text))
      .find((words) => words !== undefined);
    if (duty) return duty;
    // A row whose first two cells are empty continues the row above.
    if (row?.cells[0] || row?.cells[1])
      return isFillInRow(row) ? headingAbove(rows, i) : (row.cells.find((text) => text !== "") ?? "");
  }
  return "";
}

/** Whether a row is a label with a value to fill in by hand. */
function isFillInRow(row: ShownRow): boolean {
  return row.open.length > 0;
}

/** The heading above rows that are filled in by hand; it names the signatory. */
function headingAbove(rows: readonly ShownRow[], place: number): string {
  for (let i = place; i >= 0; i--)
    if ((rows[i]?.open.length ?? 0) === 0) return rows[i]?.cells.find((text) => text !== "") ?? "";
  return "";
}

/** The name of a cell: the title of its column, or the label of its row in a part without column titles. */
export function cellName(rows: readonly ShownRow[], place: number, column: number): string {
  for (let i = place - 1; i >= 0; i--) {
    const row = rows[i];
    if (!row || !isHead(row)) continue;
    return cellAt(row, column) || cellAt(rows[0], column);
  }
  return column === 0 ? "" : cellAt(rows[place], 0);
}

const HEADS = [
  ["Code", "Duty"],
  ["Warning", "About"],
];

function isHead({ cells }: ShownRow): boolean {
  return HEADS.some((titles) => titles.every((title) => cells.includes(title)));
}
