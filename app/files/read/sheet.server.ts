import { LIMITS } from "~/domain/limits";
import type { Paper } from "~/domain/pack/report-parts";
import type { Difference, ShownPart, ShownRow } from "~/domain/verify/part";
import { isTurned } from "~/domain/direction";
import { headText } from "./package/head-text.server";
import type { SheetRoom } from "~/domain/verify/room";
import { Unreadable } from "./unreadable";
import type { CellStyle } from "./package/cell-styles.server";
import { unescaped, type SharedText } from "./workbook.server";
import { readXml } from "./xml.server";

/** More columns than any sheet of Demarc's has. */
const COLUMNS = 500;

/** The number by which the format calls Letter paper. */
const LETTER = "1";

type SheetInput = {
  name: string;
  hidden: boolean;
  texts: readonly SharedText[];
  styles: readonly CellStyle[];
  /** The number of cells in all sheets so far. */ count: { cells: number };
};
type Cell = {
  place: string;
  column: number;
  type: string;
  style: CellStyle | undefined;
  value: string;
  formula: boolean;
};
type Row = {
  number: number;
  cells: string[];
  open: number[];
  hidden: boolean;
  last: number;
  height: number | null;
};
/** What a sheet shows in its cells, at the head and foot of its pages, and how much room its words have. */
type ReadSheet = { part: ShownPart; covered: Difference[]; heads: string[]; room: SheetRoom; paper: Paper };

/** Reads the texts of a sheet cell by cell, and finds everything that may make a cell show something else. */
export async function readSheet(
  bytes: Uint8Array,
  { name, hidden, texts, styles, count }: SheetInput,
): Promise<ReadSheet> {
  const rows: Row[] = [];
  const covered: Difference[] = [];
  const hiddenColumns: number[] = [];
  const merged: string[] = [];
  const columns: SheetRoom["columns"] = [];
  const heads = new Map<string, string>();
  let spans = 0;
  let paper: Paper = "A4";
  let [fitted, pages] = [false, 1];
  const state: { row: Row | null; cell: Cell | null; element: string; inPhonetic: boolean } = {
    row: null,
    cell: null,
    element: "",
    inPhonetic: false,
  };
  await readXml(bytes, {
    open(tag, attributes) {
      state.element = tag;
      if (tag === "rPh") state.inPhonetic = true;
      else if (tag === "col") {
        spans += 1;
        hiddenColumns.push(...hiddenBy(attributes));
        columns.push(...widthsOf(attributes));
      } else if (tag === "row")
        state.row = {
          number: nextNumber(rows.at(-1)?.number ?? 0, attributes.r),
          cells: [],
          open: [],
          hidden: isTrue(attributes.hidden) || attributes.ht === "0",
          last: 0,
          height: attributes.ht === undefined ? null : Number(attributes.ht),
        };
      else if (tag === "c" && state.row) {
        count.cells += 1;
        if (count.cells > LIMITS.checkedCells)
          throw new Unreadable(
            "too-many-cells",
            `The workbook has more than ${LIMITS.checkedCells.toLocaleString("en")} cells. Demarc writes far fewer; it was not read further.`,
          );
        state.row.last = nextNumber(
          state.row.last,
          attributes.r === undefined ? undefined : String(columnOf(attributes.r)),
        );
        state.cell = {
          place: attributes.r ?? "",
          column: state.row.last - 1,
          type: attributes.t ?? "",
          style: styles[Number(attributes.s ?? 0)],
          value: "",
          formula: false,
        };
      } else if (tag === "pageSetUpPr") fitted = isTrue(attributes.fitToPage);
      else if (tag === "pageSetup") {
        paper = attributes.paperSize === LETTER ? "Letter" : "A4";
        pages = Number(attributes.fitToHeight ?? 1);
      } else if (tag === "f" && state.cell) state.cell.formula = true;
      else if (tag === "mergeCell") merged.push(attributes.ref ?? "");
      // Each may span the whole sheet, so many of them exhaust memory.
      if (Math.max(spans, merged.length) > LIMITS.checkedSpans)
        throw new Unreadable(
          "too-many-cells",
          `The sheet ${name} has more columns or merged cells than any program writes. It was not read further.`,
        );
    },
    close(tag) {
      state.element = "";
      if (tag === "rPh") state.inPhonetic = false;
      else if (tag === "c" && state.cell && state.row) {
        for (const one of finishCell(state.row, state.cell, texts, name)) covered.push(one);
        state.cell = null;
      } else if (tag === "row" && state.row) {
        rows.push(state.row);
        state.row = null;
      }
    },
    text(text) {
      if (state.cell && !state.inPhonetic && (state.element === "v" || state.element === "t")) state.cell.value += text;
      else if (HEADS.includes(state.element)) heads.set(state.element, (heads.get(state.element) ?? "") + text);
    },
  });
  const shownRows = rows.map(({ cells, open, hidden: gone }): ShownRow => ({ cells, open, hidden: gone }));
  const readHeads = HEADS.map((place) => headText(heads.get(place) ?? ""));
  for (const { remark } of readHeads) if (remark) covered.push(coveredBy(name, "", "", remark));
  return {
    part: { name, rows: shownRows, hidden, hiddenColumns },
    covered: [...covered, ...underMerges(merged, rows, name)],
    paper,
    heads: readHeads.flatMap(({ words }) => words),
    room: {
      name,
      rows: rows.flatMap(({ cells, height }) =>
        height === null || cells.length === 0 ? [] : [{ text: cells.join("\n"), height }],
      ),
      columns,
      merged: [...merged].sort(),
      pages: fitted ? pages : 0,
    },
  };
}

/**
 * The number after the last one, or the one that the file states. A repeated or smaller number is refused, since
 * programs disagree on what it means.
 */
function nextNumber(last: number, stated: string | undefined): number {
  const place = stated === undefined ? last + 1 : Number(stated);
  if (!Number.isInteger(place) || place <= last)
    throw new Unreadable(
      "malformed",
      "The workbook names one cell twice, so that programs may show different things. Demarc never writes such a file.",
    );
  return place;
}

/** Adds a cell's text to its row. Returns what may make the cell show something else. */
function finishCell(
  row: Row,
  { place, column, type, style, value, formula }: Cell,
  texts: readonly SharedText[],
  part: string,
): Difference[] {
  const shared = type === "s" ? texts[Number(value)] : undefined;
  const text =
    type === "s"
      ? (shared?.text ?? "")
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
  if (style?.formatted)
    return [coveredBy(part, place, text, "a number format may show something else than the cell holds")];
  if (style?.turned && isTurned(text))
    return [coveredBy(part, place, text, "words run in the direction of another script")];
  const faint = style?.faint ?? shared?.looks.map((look) => style?.faintWith(look) ?? null).find((one) => one !== null);
  return faint ? [coveredBy(part, place, text, faint)] : [];
}

/** The headers and footers of a sheet, in the order in which they are read. */
const HEADS = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

function widthsOf({ min, max, width }: Record<string, string>): SheetRoom["columns"] {
  if (width === undefined) return [];
  const [from, to] = [Number(min), Math.min(Number(max), COLUMNS)];
  return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, i) => ({
    number: from + i,
    width: Number(width),
  }));
}

function coveredBy(part: string, place: string, shown: string, how: string): Difference {
  return { kind: "covered", part, subject: place && `Cell ${place}`, field: how, kept: null, shown };
}

/** Words in cells under a merged cell: the file contains them, and no program shows them. */
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

/** The column of a cell reference, counted from 1: A1 is in column 1, AA1 in column 27. */
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
