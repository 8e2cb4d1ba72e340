import { cellAt, type ShownRow } from "./part";

type Collate = (a: string, b: string) => number;

const COLLATORS: Collate[] = [
  new Intl.Collator("en", { sensitivity: "base" }).compare,
  new Intl.Collator("en").compare,
  (a, b) => (a < b ? -1 : a > b ? 1 : 0),
];

/**
 * The column that rows were sorted by, or null where no sorting explains their order. `order` holds the place each shown
 * row had before. Empty cells stand last, as spreadsheets put them; rows that tie keep their order or were sorted before.
 */
export function sortedBy(rows: readonly ShownRow[], order: readonly number[], columns: number): number | null {
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
  let begun = from;
  for (let i = from + 1; i <= to; i++) {
    const step = i === to ? -1 : compare(cellAt(rows[i - 1], column), cellAt(rows[i], column), direction, collate);
    if (step > 0) return false;
    if (step === 0) continue;
    const tie = { from: begun, to: i };
    // A column that says the same all the way down explains no order.
    const told = again && tie.to - tie.from < to - from;
    if (!keepsOrder(order, tie) && !(told && sortedWithin(rows, order, tie, sort))) return false;
    begun = i;
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

/** Below nought: the first stands rightly before the second; nought: they tie; above: they don't. */
function compare(before: string, after: string, direction: number, collate: Collate): number {
  if (before === "" || after === "") return before === after ? 0 : before === "" ? 1 : -1;
  return collate(before, after) * direction;
}

function keepsOrder(order: readonly number[], { from, to }: { from: number; to: number }): boolean {
  for (let i = from + 1; i < to; i++) if ((order[i] ?? 0) < (order[i - 1] ?? 0)) return false;
  return true;
}
