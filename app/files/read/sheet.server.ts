import { LIMITS } from "~/domain/limits";
import type { Difference, ShownPart, ShownRow } from "~/domain/verify/part";
import { Unreadable } from "./unreadable";
import { unescaped, type CellStyle } from "./workbook.server";
import { readXml } from "./xml.server";

/** More columns than any sheet of Demarc's has. */
const COLUMNS = 500;

type Reading = {
  name: string;
  hidden: boolean;
  texts: readonly string[];
  styles: readonly CellStyle[];
  /** Counts cells over all sheets. */ count: { cells: number };
};
type Cell = {
  place: string;
  column: number;
  type: string;
  style: CellStyle | undefined;
  value: string;
  formula: boolean;
};
type Row = { number: number; cells: string[]; open: number[]; hidden: boolean; last: number };

/** What a sheet shows, cell by cell, and where something else than a cell's text may be seen. */
export async function readSheet(
  bytes: Uint8Array,
  { name, hidden, texts, styles, count }: Reading,
): Promise<{ part: ShownPart; covered: Difference[] }> {
  const rows: Row[] = [];
  const covered: Difference[] = [];
  const hiddenColumns: number[] = [];
  const merged: string[] = [];
  let spans = 0;
  const at: { row: Row | null; cell: Cell | null; within: string; sounds: boolean } = {
    row: null,
    cell: null,
    within: "",
    sounds: false,
  };
  await readXml(bytes, {
    open(tag, attributes) {
      at.within = tag;
      if (tag === "rPh") at.sounds = true;
      else if (tag === "col") {
        spans += 1;
        hiddenColumns.push(...hiddenBy(attributes));
      } else if (tag === "row")
        at.row = {
          number: next(rows.at(-1)?.number ?? 0, attributes.r),
          cells: [],
          open: [],
          hidden: isTrue(attributes.hidden) || attributes.ht === "0",
          last: 0,
        };
      else if (tag === "c" && at.row) {
        count.cells += 1;
        if (count.cells > LIMITS.checkedCells)
          throw new Unreadable(
            "too-many-cells",
            `The workbook has more than ${LIMITS.checkedCells.toLocaleString("en")} cells. Demarc writes far fewer; it was not read further.`,
          );
        at.row.last = next(at.row.last, attributes.r === undefined ? undefined : String(columnOf(attributes.r)));
        at.cell = {
          place: attributes.r ?? "",
          column: at.row.last - 1,
          type: attributes.t ?? "",
          style: styles[Number(attributes.s ?? 0)],
          value: "",
          formula: false,
        };
      } else if (tag === "f" && at.cell) at.cell.formula = true;
      else if (tag === "mergeCell") merged.push(attributes.ref ?? "");
      // Each of them may lie over the whole sheet.
      if (Math.max(spans, merged.length) > LIMITS.checkedSpans)
        throw new Unreadable(
          "too-many-cells",
          `The sheet ${name} has more columns or merged cells than any program writes. It was not read further.`,
        );
    },
    close(tag) {
      at.within = "";
      if (tag === "rPh") at.sounds = false;
      else if (tag === "c" && at.cell && at.row) {
        for (const one of finish(at.row, at.cell, texts, name)) covered.push(one);
        at.cell = null;
      } else if (tag === "row" && at.row) {
        rows.push(at.row);
        at.row = null;
      }
    },
    text(said) {
      if (at.cell && !at.sounds && (at.within === "v" || at.within === "t")) at.cell.value += said;
    },
  });
  const shown = rows.map(({ cells, open, hidden: gone }): ShownRow => ({ cells, open, hidden: gone }));
  return {
    part: { name, rows: shown, hidden, hiddenColumns },
    covered: [...covered, ...underMerges(merged, rows, name)],
  };
}

/** The place after the last one, or the one that is told; a place that was passed already would be read differently by others. */
function next(last: number, told: string | undefined): number {
  const place = told === undefined ? last + 1 : Number(told);
  if (!Number.isInteger(place) || place <= last)
    throw new Unreadable(
      "malformed",
      "The workbook names one cell twice, so that programs may show different things. Demarc never writes such a file.",
    );
  return place;
}

/** Puts a cell's text into its row; what may show instead of the text is told. */
function finish(
  row: Row,
  { place, column, type, style, value, formula }: Cell,
  texts: readonly string[],
  part: string,
): Difference[] {
  const text =
    type === "s"
      ? (texts[Number(value)] ?? "")
      : type === "inlineStr" || type === "str"
        ? unescaped(value)
        : type === "b"
          ? value === "1"
            ? "TRUE"
            : "FALSE"
          : value;
  if (style?.open) row.open.push(column);
  if (text === "" && !formula) return [];
  if (column >= COLUMNS)
    throw new Unreadable(
      "too-wide",
      `The sheet ${part} has words in cell ${place}, far outside what Demarc writes. It was not read further.`,
    );
  while (row.cells.length < column) row.cells.push("");
  row.cells[column] = text;
  if (formula) return [coveredBy(part, place, text, "a formula stands where there should be words")];
  return style?.formatted
    ? [coveredBy(part, place, text, "a number format may show something else than the cell holds")]
    : [];
}

function coveredBy(part: string, place: string, shown: string, how: string): Difference {
  return { kind: "covered", part, subject: `Cell ${place}`, field: how, kept: null, shown };
}

/** Words in cells that a merged cell lies over: they are in the file, and nobody sees them. */
function underMerges(merged: readonly string[], rows: readonly Row[], part: string): Difference[] {
  return merged.flatMap((ref) => {
    const [from = "", to = from] = ref.split(":");
    const [left, right, top, bottom] = [columnOf(from), columnOf(to), rowOf(from), rowOf(to)];
    return rows
      .filter(({ number }) => number >= top && number <= bottom)
      .flatMap(({ number, cells }) =>
        cells.flatMap((text, i) =>
          text !== "" && i + 1 >= left && i + 1 <= right && !(number === top && i + 1 === left)
            ? [coveredBy(part, ref, text, "merged cells lie over words")]
            : [],
        ),
      );
  });
}

/** A cell's column from 1, as its name says: A1 is 1, AA1 is 27. */
function columnOf(place: string): number {
  const [letters = ""] = /^[A-Z]{1,3}/.exec(place) ?? [];
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function rowOf(place: string): number {
  return Number(/\d+$/.exec(place)?.[0] ?? 0);
}

function hiddenBy({ min, max, hidden, width }: Record<string, string>): number[] {
  if (!isTrue(hidden) && width !== "0") return [];
  const [from, to] = [Number(min), Math.min(Number(max), COLUMNS)];
  return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, i) => from - 1 + i);
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
