import { FileChild, Paragraph, TextRun } from "docx";
import type { Fact, TextTable } from "~/domain/blocks";
import { readable } from "../package.server";
import { FACT_STYLE, TABLE_STYLE } from "./styles.server";

/** A text with its line breaks, in a style. */
export function styled(text: string, style: string): Paragraph {
  const lines = readable(text).split("\n");
  if (lines.length === 1) return new Paragraph({ style, children: [new TextRun(lines[0] ?? "")] });
  return new Paragraph({
    style,
    children: lines.map((line, i) => new TextRun({ text: line, break: i === 0 ? 0 : 1 })),
  });
}

/** No element of a document, so that nothing else can be written like it. */
const PLACE = "demarc:table";

/**
 * Where a table stands. The library makes some twenty objects of every cell and holds those of the whole document at
 * once, a gigabyte for the largest matrix; so it is given a mark in the table's place, and the rows are written as the
 * text they become.
 */
export class PlacedTable extends FileChild {
  constructor(readonly xml: string) {
    super(PLACE);
  }
}

/** The text of a document with its tables where they stand. */
export function withTables(xml: string, children: readonly unknown[]): string {
  const tables = children.flatMap((child) => (child instanceof PlacedTable ? [child.xml] : []));
  const between = xml.split(`<${PLACE}/>`);
  if (between.length !== tables.length + 1)
    throw new Error(`The document has ${between.length - 1} places for ${tables.length} tables.`);
  return between.map((text, i) => text + (tables[i] ?? "")).join("");
}

/** What a cell is beside its text: how many columns it takes, which way its text runs and where it stands. */
type CellLook = { span?: number; upright?: boolean; stands?: "center" | "bottom" };

export function cell(text: string, style: string, width: number, { span, upright, stands }: CellLook = {}): string {
  const look = `${span === undefined ? "" : `<w:gridSpan w:val="${span}"/>`}${upright ? '<w:textDirection w:val="btLr"/>' : ""}${stands ? `<w:vAlign w:val="${stands}"/>` : ""}`;
  const runs = readable(text)
    .split("\n")
    .map((line, i) => `<w:r>${i === 0 ? "" : "<w:br/>"}<w:t xml:space="preserve">${escaped(line)}</w:t></w:r>`);
  return `<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="${width}"/>${look}</w:tcPr><w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs.join("")}</w:p></w:tc>`;
}

/** A row that no page divides; a head stands at the top of every page, as high as it is told. */
export function row(
  cells: readonly string[],
  { head = false, height }: { head?: boolean; height?: number } = {},
): string {
  return `<w:tr><w:trPr><w:cantSplit/>${head ? "<w:tblHeader/>" : ""}${height === undefined ? "" : `<w:trHeight w:val="${height}" w:hRule="exact"/>`}</w:trPr>${cells.join("")}</w:tr>`;
}

/** A table of fixed widths whose first rows stand at the top of every page it runs over. */
export function table(rows: readonly string[], widths: readonly number[], style = TABLE_STYLE): PlacedTable {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const look = `<w:tblLook w:firstRow="${style === TABLE_STYLE}" w:lastRow="false" w:firstColumn="false" w:lastColumn="false" w:noHBand="true" w:noVBand="true"/>`;
  const columns = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  return new PlacedTable(
    `<w:tbl><w:tblPr><w:tblStyle w:val="${style}"/><w:tblW w:type="dxa" w:w="${whole}"/><w:tblLayout w:type="fixed"/>${look}</w:tblPr><w:tblGrid>${columns}</w:tblGrid>${rows.join("")}</w:tbl>`,
  );
}

/** A table of texts over the whole width. */
export function textTable({ columns, rows }: TextTable, width: number): PlacedTable {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / whole));
  const style = (i: number) =>
    columns[i]?.title === "Code" ? "CellCode" : columns[i]?.title === "What" ? "CellLabel" : "CellText";
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

/** Names with what they stand for. */
export function factTable(facts: readonly Fact[], width: number): PlacedTable {
  const widths = [Math.floor(width * 0.27), Math.floor(width * 0.73)];
  const rows = facts.map(({ label, value }) =>
    row([
      cell(label, "CellHead", widths[0] ?? 0),
      cell(value, FINGERPRINT.test(value) ? "CellFingerprint" : "CellText", widths[1] ?? 0),
    ]),
  );
  return table(rows, widths, FACT_STYLE);
}

/** Text inside the document, with the same signs escaped as the library escapes. */
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
