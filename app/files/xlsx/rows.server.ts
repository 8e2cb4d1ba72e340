import type { Worksheet } from "exceljs";
import { CONTINUED } from "~/domain/long-text";
import { heightFor, put } from "./cells.server";
import { HIGHEST_ROW, piecesFor, rowHeight, type MeasuredCell } from "./measure.server";

/** A row of a sheet before its place is known. */
export type SheetRow = {
  /** In points; null for that of an empty row. */ height: number | null;
  write: (row: number) => void;
  /** Whether it stays on one page with the row below it. */ withNext?: boolean;
  /** Rows that are written once more where a page begins with this row, such as the heading that it stands under. */
  repeats?: readonly SheetRow[];
  /** What is written in its place where a page begins with it: the same with the code of its group. */
  onTop?: Pick<SheetRow, "height" | "write">;
};

/** How much room the pages of a sheet have for rows, in points of rows, and how much of it rows on top of each take. */
export type Paging = { room: number; titles: number };

const EMPTY_HEIGHT = 15;
/** A row with nothing in it. */
export const EMPTY_ROW: SheetRow = { height: null, write: () => {} };

/** A row of texts. Its first cell is in the first column. */
export function textRow(
  sheet: Worksheet,
  cells: readonly MeasuredCell[],
  { whole, least = 0 }: { whole: boolean; least?: number },
): SheetRow {
  const height = whole ? rowHeight(cells) : heightFor(...cells.map(({ text, width }) => [text, width] as const));
  return {
    height: Math.max(least, height),
    write: (row) => cells.forEach(({ text, style }, i) => put(sheet, row, i + 1, text, style)),
  };
}

/**
 * The cells of a row as those of several, none of which is higher than a row may be and a page is. The following ones
 * have the text of the first cell, such as the code of a duty, and say that they go on.
 */
export function wholeRows(cells: readonly MeasuredCell[], { room, titles }: Paging): (readonly MeasuredCell[])[] {
  const most = Math.min(HIGHEST_ROW, room - titles - MOST_REPEATED);
  if (rowHeight(cells) <= most) return [cells];
  const [first] = cells;
  const pieces = cells.map((cell) => piecesFor(cell, most));
  const said = (text: string) => (text === "" || text.includes(CONTINUED) ? text : `${text} ${CONTINUED}`);
  return Array.from({ length: Math.max(...pieces.map(({ length }) => length)) }, (_, n) =>
    cells.map((cell, i) => {
      const text = pieces[i]?.[n] ?? "";
      return { ...cell, text: n > 0 && i === 0 && text === "" ? said(first?.text ?? "") : text };
    }),
  );
}

/** How much of a page headings that are repeated take at most. */
const MOST_REPEATED = 60;

/**
 * Writes rows one below the other, and returns the number of the row after them. Pages end where rows that belong
 * together aren't parted; without paging programs end them anywhere.
 */
export function placeRows(sheet: Worksheet, rows: readonly SheetRow[], paging: Paging | null): number {
  let next = 1;
  let used = 0;
  const write = (one: SheetRow) => {
    one.write(next);
    if (one.height !== null) sheet.getRow(next).height = one.height;
    used += heightOf(one);
    next += 1;
  };
  for (let from = 0; from < rows.length;) {
    const to = endOfBlock(rows, from, paging);
    const block = rows.slice(from, to);
    if (paging && next > 1 && used + heightsOf(block) > paging.room) {
      sheet.getRow(next - 1).addPageBreak();
      used = paging.titles;
      for (const one of block[0]?.repeats ?? []) write(one);
      const [first] = block;
      if (first?.onTop) block[0] = { ...first, ...first.onTop };
    }
    for (const one of block) write(one);
    from = to;
  }
  return next;
}

/** Where the rows end that stay on one page with a row. More of them than a page has room for are parted. */
function endOfBlock(rows: readonly SheetRow[], from: number, paging: Paging | null): number {
  let [to, height] = [from + 1, heightsOf(rows.slice(from, from + 1))];
  while (rows[to - 1]?.withNext && to < rows.length) {
    height += heightsOf(rows.slice(to, to + 1));
    if (paging && height > paging.room - paging.titles - MOST_REPEATED) break;
    to += 1;
  }
  return to;
}

function heightOf({ height }: SheetRow): number {
  return height ?? EMPTY_HEIGHT;
}

function heightsOf(rows: readonly SheetRow[]): number {
  return rows.reduce((sum, row) => sum + heightOf(row), 0);
}

/** Rows of which the last is never alone on a page. */
export function withoutLastAlone(rows: readonly SheetRow[]): SheetRow[] {
  return rows.map((row, i) => (i === rows.length - 2 ? { ...row, withNext: true } : row));
}
