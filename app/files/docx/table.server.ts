import type { Fact, TextTable } from "~/domain/blocks";
import { readable } from "../package.server";
import { cellParagraphs, escaped, type Piece } from "./markup.server";
import { FACT_STYLE, TABLE_STYLE } from "./styles.server";

/** The look of a cell: how many columns it spans, the direction of its text and its vertical alignment. */
type CellLook = { span?: number; upright?: boolean; verticalAlign?: "center" | "bottom"; keepNext?: boolean };

export function cell(
  text: string,
  style: string,
  width: number,
  { span, upright, verticalAlign, keepNext = false }: CellLook = {},
): string {
  return rawCell(cellParagraphs(text, style, keepNext), width, { span, upright, verticalAlign });
}

/** A cell of paragraphs. */
export function rawCell(paragraphs: string, width: number, { span, upright, verticalAlign }: CellLook = {}): string {
  const look = `${span === undefined || span === 1 ? "" : `<w:gridSpan w:val="${span}"/>`}${upright ? '<w:textDirection w:val="btLr"/>' : ""}${verticalAlign ? `<w:vAlign w:val="${verticalAlign}"/>` : ""}`;
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${look}</w:tcPr>${paragraphs}</w:tc>`;
}

/** A row that is never split over pages. A head is repeated on every page; a height is exact. */
export function row(
  cells: readonly string[],
  { head = false, height }: { head?: boolean; height?: number } = {},
): string {
  return `<w:tr><w:trPr><w:cantSplit/>${height === undefined ? "" : `<w:trHeight w:val="${height}" w:hRule="exact"/>`}${head ? "<w:tblHeader/>" : ""}</w:trPr>${cells.join("")}</w:tr>`;
}

/** The style of a table, and what it is for those who can't see it; without a label it is described nowhere. */
type TableLook = { style?: string; label?: string | null };

/** A table with columns of fixed widths. */
export function table(
  rows: readonly string[],
  widths: readonly number[],
  { style = TABLE_STYLE, label = null }: TableLook = {},
): Piece {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const isHeaded = style !== FACT_STYLE;
  const look = `<w:tblLook w:val="${isHeaded ? "0620" : "0600"}" w:firstRow="${isHeaded ? 1 : 0}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`;
  const words = label === null ? "" : `<w:tblCaption w:val="${escaped(readable(label).replaceAll("\n", " "))}"/>`;
  const columns = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  return {
    kind: "table",
    xml: `<w:tbl><w:tblPr><w:tblStyle w:val="${style}"/><w:tblW w:w="${whole}" w:type="dxa"/><w:tblLayout w:type="fixed"/>${look}${words}</w:tblPr><w:tblGrid>${columns}</w:tblGrid>${rows.join("")}</w:tbl>`,
  };
}

/** Widths by shares of a width. */
export function sharedWidths(shares: readonly number[], width: number): number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => Math.floor((width * share) / whole));
}

const CODE = "Code";
/** The room of a letter of a code in twentieths of a point, and of the margins beside it. */
const CODE_ROOM = { letter: 92, margins: 170 };

/** The widths of a table's columns. A column of codes has room for its longest word, which the others give it. */
function columnWidths({ columns, rows }: TextTable, width: number): number[] {
  const shares = columns.map(({ share }) => share);
  const at = columns.findIndex(({ title }) => title === CODE);
  const longest = Math.max(0, ...rows.flatMap((texts) => (texts[at] ?? "").split(/\s+/).map((word) => word.length)));
  const least = Math.min(longest * CODE_ROOM.letter + CODE_ROOM.margins, Math.floor(width / 4));
  const widths = sharedWidths(shares, width);
  if (at < 0 || (widths[at] ?? 0) >= least) return widths;
  const others = sharedWidths(
    shares.map((share, i) => (i === at ? 0 : share)),
    width - least,
  );
  return others.map((one, i) => (i === at ? least : one));
}

/** A table of texts over the whole width. The row before the last stays with it, so that no last row stands alone. */
export function textTable(block: TextTable, width: number, isLabelled: boolean): Piece {
  const { columns, rows, groups = [], label } = block;
  const widths = columnWidths(block, width);
  const style = (i: number) => (columns[i]?.title === CODE ? "CellCode" : "CellText");
  const head = row(
    columns.map(({ title }, i) => cell(title, "CellHead", widths[i] ?? 0)),
    { head: true },
  );
  const whole = widths.reduce((sum, one) => sum + one, 0);
  const titles = new Map(groups.map(({ at, title }) => [at, title]));
  const isLastOfGroup = (i: number) => i === rows.length - 1 || titles.has(i + 1);
  const lines = rows.flatMap((texts, i) => {
    const title = titles.get(i);
    const keepNext = !isLastOfGroup(i) && isLastOfGroup(i + 1);
    return [
      ...(title === undefined ? [] : [row([cell(title, "CellDomain", whole, { span: columns.length })])]),
      row(columns.map((_, at) => cell(texts[at] ?? "", style(at), widths[at] ?? 0, { keepNext }))),
    ];
  });
  return table([head, ...lines], widths, { label: isLabelled ? label : null });
}

const FINGERPRINT = /^[0-9a-f]{64}$/;
/** The heads of a table of facts, by its label. */
const FACT_HEADS: Record<string, readonly [string, string]> = { Definitions: ["Word", "Meaning"] };

/** Facts as a table of two columns: labels and values. With `headed` it has a head that every page repeats. */
export function factTable(
  facts: readonly Fact[],
  width: number,
  { label, headed }: { label: string; headed: boolean },
): Piece {
  const widths = sharedWidths([27, 73], width);
  const [what, value] = FACT_HEADS[label] ?? ["What", "Value"];
  const head = row([cell(what, "CellHead", widths[0] ?? 0), cell(value, "CellHead", widths[1] ?? 0)], { head: true });
  const rows = facts.map((fact, i) => {
    const keepNext = i === facts.length - 2;
    return row([
      cell(fact.label, "CellLabel", widths[0] ?? 0, { keepNext }),
      cell(fact.value, FINGERPRINT.test(fact.value) ? "CellFingerprint" : "CellText", widths[1] ?? 0, { keepNext }),
    ]);
  });
  return table(headed ? [head, ...rows] : rows, widths, {
    style: headed ? TABLE_STYLE : FACT_STYLE,
    label: headed ? label : null,
  });
}
