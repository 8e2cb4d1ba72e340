import { FileChild, Paragraph, TextRun } from "docx";
import type { Fact, TextTable } from "~/domain/blocks";
import { readable } from "../package.server";
import { FACT_STYLE, TABLE_STYLE } from "./styles.server";

/** A text with its line breaks, in a style. */
export function styledParagraph(text: string, style: string): Paragraph {
  const lines = readable(text).split("\n");
  if (lines.length === 1) return new Paragraph({ style, children: [new TextRun(lines[0] ?? "")] });
  return new Paragraph({
    style,
    children: lines.map((line, i) => new TextRun({ text: line, break: i === 0 ? 0 : 1 })),
  });
}

/**
 * The tag of a marker that stands in for a table. WordprocessingML has no such element, so no other text can equal it.
 */
const MARKER = "demarc:table";

/**
 * A marker in place of a table, with the XML of the table. The library creates about twenty objects for every cell and
 * holds them for the whole document, which is a gigabyte for the largest matrix. So it writes the marker, and
 * `withTables` replaces the marker with the XML.
 */
export class MarkedTable extends FileChild {
  constructor(readonly xml: string) {
    super(MARKER);
  }
}

/** The XML of a document with each marker replaced by its table. */
export function withTables(xml: string, children: readonly unknown[]): string {
  const tables = children.flatMap((child) => (child instanceof MarkedTable ? [child.xml] : []));
  const pieces = xml.split(`<${MARKER}/>`);
  if (pieces.length !== tables.length + 1)
    throw new Error(`The document has ${pieces.length - 1} places for ${tables.length} tables.`);
  return pieces.map((text, i) => text + (tables[i] ?? "")).join("");
}

/** The look of a cell: how many columns it spans, the direction of its text and its vertical alignment. */
type CellLook = { span?: number; upright?: boolean; verticalAlign?: "center" | "bottom" };

export function cell(
  text: string,
  style: string,
  width: number,
  { span, upright, verticalAlign }: CellLook = {},
): string {
  const look = `${span === undefined ? "" : `<w:gridSpan w:val="${span}"/>`}${upright ? '<w:textDirection w:val="btLr"/>' : ""}${verticalAlign ? `<w:vAlign w:val="${verticalAlign}"/>` : ""}`;
  const runs = readable(text)
    .split("\n")
    .map((line, i) => `<w:r>${i === 0 ? "" : "<w:br/>"}<w:t xml:space="preserve">${escaped(line)}</w:t></w:r>`);
  return `<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="${width}"/>${look}</w:tcPr><w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs.join("")}</w:p></w:tc>`;
}

/** A row that is never split over pages. A head is repeated on every page; a height is exact. */
export function row(
  cells: readonly string[],
  { head = false, height }: { head?: boolean; height?: number } = {},
): string {
  return `<w:tr><w:trPr><w:cantSplit/>${head ? "<w:tblHeader/>" : ""}${height === undefined ? "" : `<w:trHeight w:val="${height}" w:hRule="exact"/>`}</w:trPr>${cells.join("")}</w:tr>`;
}

/** A table with columns of fixed widths. */
export function table(rows: readonly string[], widths: readonly number[], style = TABLE_STYLE): MarkedTable {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const look = `<w:tblLook w:firstRow="${style === TABLE_STYLE}" w:lastRow="false" w:firstColumn="false" w:lastColumn="false" w:noHBand="true" w:noVBand="true"/>`;
  const columns = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  return new MarkedTable(
    `<w:tbl><w:tblPr><w:tblStyle w:val="${style}"/><w:tblW w:type="dxa" w:w="${whole}"/><w:tblLayout w:type="fixed"/>${look}</w:tblPr><w:tblGrid>${columns}</w:tblGrid>${rows.join("")}</w:tbl>`,
  );
}

/** A table of texts over the whole width. */
export function textTable({ columns, rows }: TextTable, width: number): MarkedTable {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / whole));
  const style = (i: number) => (columns[i]?.title === "Code" ? "CellCode" : "CellText");
  const head = row(
    columns.map(({ title }, i) => cell(title, "CellHead", widths[i] ?? 0)),
    { head: true },
  );
  return table(
    [head, ...rows.map((texts) => row(columns.map((_, i) => cell(texts[i] ?? "", style(i), widths[i] ?? 0))))],
    widths,
  );
}

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** Facts as a table of two columns: labels and values. */
export function factTable(facts: readonly Fact[], width: number): MarkedTable {
  const widths = [Math.floor(width * 0.27), Math.floor(width * 0.73)];
  const rows = facts.map(({ label, value }) =>
    row([
      cell(label, "CellHead", widths[0] ?? 0),
      cell(value, FINGERPRINT.test(value) ? "CellFingerprint" : "CellText", widths[1] ?? 0),
    ]),
  );
  return table(rows, widths, FACT_STYLE);
}

/** Text with the characters escaped that the library escapes, too. */
function escaped(text: string): string {
  return /[&<>"']/.test(text)
    ? text
        .replaceAll("&", "&amp;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&apos;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
    : text;
}
