import { cellAt, type ShownRow } from "./part";

type Collate = (a: string, b: string) => number;

const COLLATORS: Collate[] = [
  new Intl.Collator("en", { sensitivity: "base" }).compare,
  new Intl.Collator("en").compare,
  (a, b) => (a < b ? -1 : a > b ? 1 : 0),
];

/**
 * The column by which the rows were sorted; null when no column explains their order. `order` holds the original index
 * of each shown row. Empty cells come last, as in spreadsheet programs. Rows with equal cells keep their original order
 * or are sorted by another column.
 */
export function sortColumnOf(rows: readonly ShownRow[], order: readonly number[], columns: number): number | null {
  for (const collate of COLLATORS) {
    for (let column = 0; column < columns; column++) {
      if (
        [1, -1].some((direction) =>
          isSorted(rows, order, { from: 0, to: rows.length }, { column, direction, collate, columns, again: true }),
        )
      )
        return column;
    }
  }
  return null;
}

type Sort = { column: number; direction: number; collate: Collate; columns: number; again: boolean };

function isSorted(
  rows: readonly ShownRow[],
  order: readonly number[],
  { from, to }: { from: number; to: number },
  sort: Sort,
): boolean {
  const { column, direction, collate, again } = sort;
  let tieStart = from;
  for (let i = from + 1; i <= to; i++) {
    const step = i === to ? -1 : compare(cellAt(rows[i - 1], column), cellAt(rows[i], column), direction, collate);
    if (step > 0) return false;
    if (step === 0) continue;
    const tie = { from: tieStart, to: i };
    // A column whose cells are all equal explains no order.
    const mayBeSorted = again && tie.to - tie.from < to - from;
    if (!keepsOrder(order, tie) && !(mayBeSorted && sortedWithin(rows, order, tie, sort))) return false;
    tieStart = i;
  }
  return true;
}

function sortedWithin(
  rows: readonly ShownRow[],
  order: readonly number[],
  tie: { from: number; to: number },
  { columns, collate }: Sort,
): boolean {
  for (let column = 0; column < columns; column++) {
    if ([1, -1].some((direction) => isSorted(rows, order, tie, { column, direction, collate, columns, again: false })))
      return true;
  }
  return false;
}

/** Negative if the cells are in order, 0 if they are equal, positive otherwise. */
function compare(before: string, after: string, direction: number, collate: Collate): number {
  if (before === "" || after === "") return before === after ? 0 : before === "" ? 1 : -1;
  return collate(before, after) * direction;
}

function keepsOrder(order: readonly number[], { from, to }: { from: number; to: number }): boolean {
  for (let i = from + 1; i < to; i++) if ((order[i] ?? 0) < (order[i - 1] ?? 0)) return false;
  return true;
}
