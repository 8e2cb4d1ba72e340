import { Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from "docx";
import type { TextTable } from "~/domain/outline";
import type { Fact } from "~/domain/report";
import { readable } from "../package.server";
import { FACT_STYLE, TABLE_STYLE } from "./styles.server";

/** A text with its line breaks, in a style. */
export function styled(text: string, style: string): Paragraph {
  const lines = readable(text).split("\n");
  if (lines.length === 1) return new Paragraph({ style, children: [new TextRun(lines[0] ?? "")] });
  return new Paragraph({ style, children: lines.map((line, i) => new TextRun({ text: line, break: i === 0 ? 0 : 1 })) });
}

export function cell(text: string, style: string, width: number): TableCell {
  return new TableCell({ children: [styled(text, style)], width: { size: width, type: WidthType.DXA } });
}

/** A table of fixed widths whose first rows stand at the top of every page it runs over. */
export function table(rows: TableRow[], widths: number[], style = TABLE_STYLE): Table {
  return new Table({
    rows,
    columnWidths: widths,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    style,
    tableLook: { firstRow: style === TABLE_STYLE, noHBand: true, noVBand: true, firstColumn: false, lastColumn: false, lastRow: false },
  });
}

/** A table of texts over the whole width. */
export function textTable({ columns, rows }: TextTable, width: number): Table {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / whole));
  const style = (i: number) => (columns[i]?.title === "Code" ? "CellCode" : columns[i]?.title === "What" ? "CellLabel" : "CellText");
  const head = new TableRow({ tableHeader: true, cantSplit: true, children: columns.map(({ title }, i) => cell(title, "CellHead", widths[i] ?? 0)) });
  return table([head, ...rows.map((row) => new TableRow({ cantSplit: true, children: columns.map((_, i) => cell(row[i] ?? "", style(i), widths[i] ?? 0)) }))], widths);
}

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** Names with what they stand for. */
export function factTable(facts: readonly Fact[], width: number): Table {
  const widths = [Math.floor(width * 0.27), Math.floor(width * 0.73)];
  const rows = facts.map(({ label, value }) => new TableRow({ cantSplit: true, children: [cell(label, "CellHead", widths[0] ?? 0), cell(value, FINGERPRINT.test(value) ? "CellFingerprint" : "CellText", widths[1] ?? 0)] }));
  return table(rows, widths, FACT_STYLE);
}
