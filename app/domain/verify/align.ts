import { cellAt, type ShownRow } from "./part";

/** Two matching rows by their index, or a row that only one list contains. */
export type Pair = { expected: number | null; shown: number | null };

/** The largest number of comparisons for finding equal rows. Larger lists are paired without that step. */
const MAX_COMPARISONS = 4_000_000;

/**
 * Aligns two lists of rows, as a text diff does. Equal rows are paired first; between them, rows whose first two cells
 * are equal; then, if as many rows are left on both sides, the rest one by one.
 */
export function alignRows(expected: readonly ShownRow[], shown: readonly ShownRow[]): Pair[] {
  const left = expected.map(textOf);
  const right = shown.map(textOf);
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let [endLeft, endRight] = [left.length, right.length];
  while (endLeft > start && endRight > start && left[endLeft - 1] === right[endRight - 1]) {
    endLeft -= 1;
    endRight -= 1;
  }
  const equal = [
    ...Array.from({ length: start }, (_, i) => [i, i] as const),
    ...commonPairs(left.slice(start, endLeft), right.slice(start, endRight)).map(
      ([l, r]) => [l + start, r + start] as const,
    ),
    ...Array.from({ length: left.length - endLeft }, (_, i) => [endLeft + i, endRight + i] as const),
  ];
  const pairs: Pair[] = [];
  let [l, r] = [0, 0];
  for (const [nextLeft, nextRight] of [...equal, [left.length, right.length] as const]) {
    for (const pair of pairGap({ expected, from: l, to: nextLeft }, { shown, from: r, to: nextRight }))
      pairs.push(pair);
    if (nextLeft < left.length) pairs.push({ expected: nextLeft, shown: nextRight });
    [l, r] = [nextLeft + 1, nextRight + 1];
  }
  return pairs;
}

function textOf({ cells }: ShownRow): string {
  return cells.join("\u0000");
}

/** The longest common subsequence of two lists, as pairs of indexes. */
function commonPairs(left: readonly string[], right: readonly string[]): [number, number][] {
  if (left.length * right.length > MAX_COMPARISONS) return [];
  const width = right.length + 1;
  const longest = new Uint32Array((left.length + 1) * width);
  for (let l = left.length - 1; l >= 0; l--) {
    for (let r = right.length - 1; r >= 0; r--) {
      longest[l * width + r] =
        left[l] === right[r]
          ? (longest[(l + 1) * width + r + 1] ?? 0) + 1
          : Math.max(longest[(l + 1) * width + r] ?? 0, longest[l * width + r + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    if (left[l] === right[r]) pairs.push([l++, r++]);
    else if ((longest[(l + 1) * width + r] ?? 0) >= (longest[l * width + r + 1] ?? 0)) l += 1;
    else r += 1;
  }
  return pairs;
}

/**
 * Pairs the rows between two equal ones: first by their first two cells, then, if as many are left on both sides, one
 * by one.
 */
function pairGap(
  { expected, from, to }: { expected: readonly ShownRow[]; from: number; to: number },
  right: { shown: readonly ShownRow[]; from: number; to: number },
): Pair[] {
  const free = new Set(range(right.from, right.to));
  const pairs: Pair[] = [];
  for (const l of range(from, to)) {
    const row = expected[l];
    const same = row && [...free].find((r) => beginning(right.shown[r]) === beginning(row) && beginning(row) !== "");
    if (same !== undefined) free.delete(same);
    pairs.push({ expected: l, shown: same ?? null });
  }
  const alone = pairs.filter(({ shown }) => shown === null);
  const rest = [...free];
  const match = alone.length === rest.length;
  alone.forEach((pair, i) => {
    if (match) pair.shown = rest[i] ?? null;
  });
  return match ? pairs : [...pairs, ...rest.map((r) => ({ expected: null, shown: r }))];
}

function beginning(row: ShownRow | undefined): string {
  return `${cellAt(row, 0)}\u0000${cellAt(row, 1)}`.replace(/^\u0000$/, "");
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
