import { cellAt, type ShownRow } from "./part";

/** Code → the duty's code and words. */
export type Named = ReadonlyMap<string, string>;

/** What a row is about: its duty, the duty of the row it goes on from, or its first words. */
export function subjectOf(rows: readonly ShownRow[], place: number, duties: Named): string {
  for (let i = place; i >= 0; i--) {
    const row = rows[i];
    const duty = row?.cells
      .slice(0, 2)
      .map((text) => duties.get(text))
      .find((words) => words !== undefined);
    if (duty) return duty;
    // A row without words at its beginning goes on with what the row above is about.
    if (row?.cells[0] || row?.cells[1])
      return isLine(row) ? blockOf(rows, i) : (row.cells.find((text) => text !== "") ?? "");
  }
  return "";
}

/** Whether a row is a label with what it says, as on the cover. */
function isLine(row: ShownRow): boolean {
  return row.open.length > 0;
}

/** The heading above lines that are filled in by hand: whose signature they are for. */
function blockOf(rows: readonly ShownRow[], place: number): string {
  for (let i = place; i >= 0; i--)
    if ((rows[i]?.open.length ?? 0) === 0) return rows[i]?.cells.find((text) => text !== "") ?? "";
  return "";
}

/** What a cell is called: the title of its column where the part has titles, otherwise its row's label. */
export function fieldOf(rows: readonly ShownRow[], place: number, column: number): string {
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
