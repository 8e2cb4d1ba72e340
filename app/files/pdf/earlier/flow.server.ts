import type { Fact, TextBlock, TextTable } from "~/domain/blocks";
import type { WriterNumber } from "~/domain/version/writer";
import { ALERT, INK, leading, QUIET, type Style } from "../pen.server";
import type { PdfContext, Row, StructureElement } from "../rows.server";
import { drawTable } from "./table.server";

export const LOOKS = {
  plain: { face: "regular", size: 9.5, color: INK },
  quiet: { face: "regular", size: 8.5, color: QUIET },
  alert: { face: "bold", size: 10, color: ALERT },
  title: { face: "bold", size: 21, color: INK },
  subtitle: { face: "regular", size: 13, color: INK },
  h1: { face: "bold", size: 14, color: INK },
  h2: { face: "bold", size: 10.5, color: INK },
  cell: { face: "regular", size: 8, color: INK },
  label: { face: "bold", size: 8, color: INK },
  code: { face: "regular", size: 7.5, color: QUIET },
} as const satisfies Record<string, Style>;

type Spaced = {
  before?: number;
  after?: number;
  /** The height that must follow on the same page. */ with?: number;
  indent?: number;
};

/** Writes a text as one structure element, over as many pages as it needs. */
export function drawText(
  { doc, pen, pages }: PdfContext,
  parent: StructureElement,
  tag: string,
  text: string,
  style: Style,
  { before = 0, after = 6, with: follows = 0, indent = 0 }: Spaced = {},
): void {
  const lines = pen.lines(text, style, pages.width - indent);
  const step = leading(style.size);
  if (pages.y + before + Math.min(lines.length, 3) * step + follows > pages.bottom) pages.next();
  else pages.y += before;
  const element = doc.struct(tag);
  parent.add(element);
  for (let from = 0; from < lines.length;) {
    const fits = Math.max(1, Math.floor((pages.bottom - pages.y) / step));
    const part = lines.slice(from, from + fits);
    const top = pages.y;
    element.add(() => part.forEach((line, i) => pen.line(line, pages.left + indent, top + i * step, style)));
    pages.y += part.length * step;
    from += part.length;
    if (from < lines.length) pages.next();
  }
  element.end();
  pages.y += after;
}

/** Writes a block of text; headings are numbered by whoever writes the chapter. */
export function drawTextBlock(
  context: PdfContext,
  parent: StructureElement,
  block: Exclude<TextBlock, { kind: "heading" }>,
  writer: WriterNumber,
): void {
  switch (block.kind) {
    case "paragraph":
      return drawText(context, parent, "P", block.text, LOOKS[block.look]);
    case "list":
      return drawList(context, parent, block.items);
    case "facts":
      return drawFacts(context, parent, block.label, block.facts);
    case "table":
      return drawTextTable(context, parent, block, writer);
  }
}

/** Writes numbered points. */
function drawList(context: PdfContext, parent: StructureElement, items: readonly string[]): void {
  const { doc, pen, pages } = context;
  const list = doc.struct("L");
  parent.add(list);
  items.forEach((item, i) => {
    const entry = doc.struct("LI");
    list.add(entry);
    pages.need(leading(LOOKS.plain.size) * Math.min(3, pen.lines(item, LOOKS.plain, pages.width - 24).length));
    const label = doc.struct("Lbl");
    entry.add(label);
    label.add(() => pen.line(`${i + 1}.`, pages.left, pages.y, LOOKS.plain));
    label.end();
    drawText(context, entry, "LBody", item, LOOKS.plain, { indent: 24, after: 3 });
    entry.end();
  });
  list.end();
  pages.y += 6;
}

/** Writes a table of texts over the whole width. */
function drawTextTable(
  context: PdfContext,
  parent: StructureElement,
  { label, columns, rows }: TextTable,
  writer: WriterNumber,
): void {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (context.pages.width * share) / whole);
  // The first writer drew what a fact is about as it draws codes, and its files are drawn so again to be checked.
  const quiet = writer === 1 ? ["Code", "What"] : ["Code"];
  const style = (i: number) => (quiet.includes(columns[i]?.title ?? "") ? LOOKS.code : LOOKS.cell);
  const head: Row = {
    cells: columns.map(({ title }, i) => ({ text: title, width: widths[i] ?? 0, style: LOOKS.label, head: "Column" })),
  };
  drawTable(context, parent, {
    label,
    head: [head],
    rows: rows.map((row) => ({
      cells: columns.map((_, i) => ({ text: row[i] ?? "", width: widths[i] ?? 0, style: style(i) })),
    })),
  });
  context.pages.y += 10;
}

/** Writes facts as a table of two columns: labels and values. */
export function drawFacts(context: PdfContext, parent: StructureElement, label: string, facts: readonly Fact[]): void {
  const width = context.pages.width;
  const rows = facts.map(({ label: name, value }): Row => ({
    cells: [
      { text: name, width: width * 0.27, style: LOOKS.label, head: "Row" },
      { text: value, width: width * 0.73, style: LOOKS.cell },
    ],
  }));
  drawTable(context, parent, { label, head: [], rows });
  context.pages.y += 10;
}
