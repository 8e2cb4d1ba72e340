import type { Matrix } from "../matrix/matrix";
import { alignRows, type Pair } from "./align";
import { cellAt, spokenRows, type PartsCompared, type ShownPart, type ShownRow } from "./part";
import { cellName, rowSubject, type DutyTitles } from "./place-words";
import { compareOrder } from "./matrix-order";

/** The title of the hidden column with the id of each row's duty. */
const ROW_IDS = "Row id";

/**
 * Compares the content of a file with what its canonical text would give when written in the same format. Every cell is
 * compared. Changes that don't alter what the file says, such as sorted rows, become notes.
 */
export function compareParts(
  expected: readonly ShownPart[],
  shown: readonly ShownPart[],
  matrix: Matrix,
): PartsCompared {
  const compared: PartsCompared = { differences: [], notes: [] };
  const duties = new Map(matrix.duties.map(({ code, text }) => [code, `${code} ${text}`]));
  const shownByName = new Map(shown.map((part) => [part.name, part]));
  for (const part of expected) {
    const other = shownByName.get(part.name);
    if (!other)
      compared.differences.push({ kind: "missing", part: part.name, subject: "", field: "", kept: null, shown: null });
    else comparePart(part, other, duties, compared);
  }
  const names = new Set(expected.map(({ name }) => name));
  for (const { name } of shown)
    if (!names.has(name))
      compared.differences.push({ kind: "added", part: name, subject: "", field: "", kept: null, shown: null });
  return compared;
}

function comparePart(part: ShownPart, other: ShownPart, duties: DutyTitles, compared: PartsCompared): void {
  const expected = spokenRows(part);
  const keyed = cellAt(expected[0], 0) === ROW_IDS;
  const shown = keyed ? withRowIds(expected, spokenRows(other), compared) : spokenRows(other);
  const pairs = keyed ? pairByKey(expected, shown) : alignRows(expected, shown);
  compareHidden(part, other, expected, compared);
  for (const pair of pairs) comparePair(pair, { part: part.name, expected, shown, duties }, compared);
  if (keyed) compareOrder({ part: part.name, expected, shown, pairs, duties }, compared);
}

type Rows = { part: string; expected: readonly ShownRow[]; shown: readonly ShownRow[]; duties: DutyTitles };

function comparePair(pair: Pair, { part, expected, shown, duties }: Rows, compared: PartsCompared): void {
  const left = pair.expected === null ? undefined : expected[pair.expected];
  const right = pair.shown === null ? undefined : shown[pair.shown];
  if (pair.expected === null || !left) {
    if (pair.shown !== null)
      compared.differences.push({
        kind: "added",
        part,
        subject: rowSubject(shown, pair.shown, duties),
        field: "",
        kept: null,
        shown: rowText(right),
      });
    return;
  }
  const subject = rowSubject(expected, pair.expected, duties);
  if (!right) {
    compared.differences.push({ kind: "missing", part, subject, field: "", kept: rowText(left), shown: null });
    return;
  }
  for (let column = 0; column < Math.max(left.cells.length, right.cells.length); column++) {
    const [keptText, shownText] = [cellAt(left, column), cellAt(right, column)];
    if (keptText === shownText) continue;
    const field = cellName(expected, pair.expected, column);
    if (left.open.includes(column) && keptText === "")
      compared.notes.push(
        `Filled in by hand, which Demarc can't check: ${subject ? `${subject}, ` : ""}${field}: “${shownText}”.`,
      );
    else
      compared.differences.push({
        kind: "altered",
        part,
        subject: field === subject ? "" : subject,
        field,
        kept: keptText,
        shown: shownText,
      });
  }
}

function rowText(row: ShownRow | undefined): string {
  return row ? row.cells.filter((text) => text !== "").join(" · ") : "";
}

/** Pairs the rows of the matrix by id, independent of their order. The second row with the same id has no partner. */
function pairByKey(expected: readonly ShownRow[], shown: readonly ShownRow[]): Pair[] {
  const places = new Map<string, number[]>();
  shown.forEach((row, i) => places.set(keyOf(row), [...(places.get(keyOf(row)) ?? []), i]));
  const pairs: Pair[] = expected.map((row, i) => ({ expected: i, shown: places.get(keyOf(row))?.shift() ?? null }));
  return [...pairs, ...[...places.values()].flat().map((i) => ({ expected: null, shown: i }))];
}

function keyOf({ cells }: ShownRow): string {
  return cells[0] || `\u0000${cells[1] ?? ""}`;
}

/**
 * Adds the ids of the rows by their codes when the file has lost its hidden column of ids, which readers don't see
 * anyway.
 */
function withRowIds(expected: readonly ShownRow[], shown: ShownRow[], compared: PartsCompared): ShownRow[] {
  const head = expected.findIndex((row) => cellAt(row, 1) === "Code");
  const isIdColumnLost = shown.some((row) => cellAt(row, 0) === "Code") && cellAt(expected[head], 0) === "";
  if (!isIdColumnLost) return shown;
  compared.notes.push("The hidden column with the ids of the rows was removed; rows were recognised by their codes.");
  const ids = new Map(expected.map((row) => [cellAt(row, 1), cellAt(row, 0)]));
  return shown.map((row, i) => ({
    ...row,
    cells: [i === 0 ? ROW_IDS : (ids.get(cellAt(row, 0)) ?? ""), ...row.cells],
  }));
}

/** What of a sheet is hidden: its words are compared, but nobody sees them on the screen or on paper. */
function compareHidden(
  part: ShownPart,
  other: ShownPart,
  expected: readonly ShownRow[],
  compared: PartsCompared,
): void {
  const add = (subject: string, field: string) =>
    compared.differences.push({ kind: "covered", part: part.name, subject, field, kept: null, shown: null });
  if (other.hidden && !part.hidden) add("The sheet", "is hidden");
  const rows = other.rows.filter(({ hidden }) => hidden).length - part.rows.filter(({ hidden }) => hidden).length;
  if (rows > 0)
    add(rows === 1 ? "1 row" : `${rows} rows`, `${rows === 1 ? "is" : "are"} hidden, by a filter or by hand`);
  const heads = expected.findIndex((row) => row.cells.includes("Code"));
  const columns = other.hiddenColumns.filter(
    (column) => !part.hiddenColumns.includes(column) && expected.some((row) => cellAt(row, column) !== ""),
  );
  for (const column of columns) add(`The column ${cellAt(expected[heads], column) || String(column + 1)}`, "is hidden");
}
