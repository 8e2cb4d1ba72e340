import { HEAD, leading, LINE, type Doc, type Pen, type Style } from "./pen.server";
import type { Pages } from "./pages.server";

/** A cell of a table. `chip` is the coloured shape behind a letter; `upright` text runs from bottom to top. */
export type Cell = {
  text: string;
  width: number;
  style: Style;
  head?: "Column" | "Row";
  align?: "left" | "centre";
  fill?: string;
  chip?: { fill: string; edge: string };
  upright?: boolean;
  span?: number;
};
export type Row = {
  cells: Cell[];
  /** The least height. */ height?: number;
  /** The height that must follow on the same page. */ with?: number;
};
/** The document being written, with the pen and the pages that every drawing function needs. */
export type PdfContext = { doc: Doc; pen: Pen; pages: Pages };
/** An element of the document's structure tree, which tells screen readers and the check what belongs where. */
export type StructureElement = PDFKit.PDFStructureElement;

const PAD = { x: 4, y: 3 };

/**
 * Draws a table and repeats its head on every page. The repeated heads are artifacts, so a screen reader reads the head
 * once.
 */
export function drawTable(
  context: PdfContext,
  parent: StructureElement,
  { head, rows, label }: { head: Row[]; rows: readonly Row[]; label: string },
): void {
  const { doc, pages } = context;
  const table = doc.struct("Table", { alt: label });
  parent.add(table);
  const heads = head.map((row) => rowLayout(context, row));
  const headHeight = heads.reduce((sum, { height }) => sum + height, 0);
  const first = rows[0] ? rowLayout(context, rows[0]).height + (rows[0].with ?? 0) : 0;
  pages.need(Math.min(pages.room, headHeight + first));
  const within = (row: RowLayout, draw: (cells: StructureElement[]) => void) => {
    const { row: element, cells } = rowElements(doc, table, row);
    draw(cells);
    element.end();
  };
  for (const row of heads) within(row, (cells) => drawRow(context, row, cells));
  for (const row of rows) {
    const next = rowLayout(context, row);
    const room = pages.bottom - pages.y;
    if (next.height + (row.with ?? 0) > room && (next.height <= pages.room - headHeight || room < pages.room / 4)) {
      pages.next();
      for (const repeated of heads) drawRow(context, repeated, null);
    }
    within(next, (cells) => drawRowOverPages(context, next, cells, heads));
  }
  table.end();
}

type RowLayout = { cells: (Cell & { lines: string[] })[]; height: number };

function rowLayout({ pen }: PdfContext, { cells, height: least = 0 }: Row): RowLayout {
  let height = least;
  const withLines = cells.map((cell) => {
    const lines = cell.upright
      ? [cell.text]
      : pen.lines(cell.text, cell.style, cell.width - 2 * PAD.x + (cell.align === "centre" ? PAD.x : 0));
    if (!cell.upright) height = Math.max(height, lines.length * leading(cell.style.size) + 2 * PAD.y);
    return { ...cell, lines };
  });
  return { cells: withLines, height };
}

function rowElements(
  doc: Doc,
  table: StructureElement,
  { cells }: RowLayout,
): { row: StructureElement; cells: StructureElement[] } {
  const row = doc.struct("TR");
  table.add(row);
  const cellElements = cells.map(({ head }) => {
    // The package's types lack `scope`; with a property that they have, `title`, the object is accepted.
    const scoped = { scope: head, title: undefined };
    const cell = head ? doc.struct("TH", scoped) : doc.struct("TD");
    row.add(cell);
    return cell;
  });
  return { row, cells: cellElements };
}

/** Draws a row, and splits it over several pages where it is higher than one. */
function drawRowOverPages(
  context: PdfContext,
  row: RowLayout,
  structure: StructureElement[],
  heads: RowLayout[],
): void {
  const { pages } = context;
  let rest = row;
  while (rest.height > pages.bottom - pages.y) {
    const room = pages.bottom - pages.y - 2 * PAD.y;
    const fits = rest.cells.map(({ style }) => Math.max(1, Math.floor(room / leading(style.size))));
    drawRow(
      context,
      {
        height: pages.bottom - pages.y,
        cells: rest.cells.map((cell, i) => ({ ...cell, lines: cell.lines.slice(0, fits[i]) })),
      },
      structure,
    );
    const cells = rest.cells.map((cell, i) => ({ ...cell, lines: cell.lines.slice(fits[i]) }));
    rest = {
      cells,
      height: Math.max(...cells.map(({ lines, style }) => lines.length * leading(style.size))) + 2 * PAD.y,
    };
    pages.next();
    for (const repeated of heads) drawRow(context, repeated, null);
  }
  drawRow(context, rest, structure);
}

/**
 * Draws a row on this page: fills and lines first, as an artifact, then each cell's text inside its structure element.
 * Without elements the whole row is an artifact.
 */
function drawRow(
  { doc, pen, pages }: PdfContext,
  { cells, height }: RowLayout,
  structure: StructureElement[] | null,
): void {
  const { y, left } = pages;
  doc.markContent("Artifact", { type: "Layout" });
  const edges: number[] = [left];
  let x = left;
  for (const cell of cells) {
    const fill = cell.fill ?? (cell.head === "Column" ? HEAD : undefined);
    if (fill) doc.rect(x, y, cell.width, height).fill(fill);
    if (cell.chip && cell.text !== "") {
      const high = leading(cell.style.size) + 1;
      const wide = Math.min(cell.width - 3, Math.max(high, pen.width(cell.text, cell.style) + 7));
      doc
        .roundedRect(x + (cell.width - wide) / 2, y + PAD.y - 0.5, wide, high, 1.5)
        .lineWidth(0.8)
        .fillAndStroke(cell.chip.fill, cell.chip.edge);
    }
    x += cell.width;
    edges.push(x);
  }
  doc.lineWidth(0.5).strokeColor(LINE);
  for (const edge of edges) doc.moveTo(edge, y).lineTo(edge, y + height);
  doc
    .moveTo(left, y)
    .lineTo(x, y)
    .moveTo(left, y + height)
    .lineTo(x, y + height)
    .stroke();
  if (structure) doc.endMarkedContent();
  x = left;
  cells.forEach((cell, i) => {
    const from = x;
    x += cell.width;
    const element = structure?.[i];
    if (cell.lines.length > 0) {
      if (element) element.add(() => writeCell(doc, pen, cell, { x: from, y, height }));
      else writeCell(doc, pen, cell, { x: from, y, height });
    }
  });
  if (!structure) doc.endMarkedContent();
  pages.y = y + height;
}

function writeCell(
  doc: Doc,
  pen: Pen,
  cell: Cell & { lines: string[] },
  { x, y, height }: { x: number; y: number; height: number },
): void {
  const step = leading(cell.style.size);
  if (cell.upright) {
    const [line = ""] = cell.lines;
    const [cx, cy] = [x + (cell.width - step) / 2, y + height - PAD.x];
    doc.save().rotate(-90, { origin: [cx, cy] });
    pen.line(line, cx, cy, cell.style);
    doc.restore();
    return;
  }
  cell.lines.forEach((line, i) =>
    pen.line(
      line,
      cell.align === "centre" ? x + (cell.width - pen.width(line.trimEnd(), cell.style)) / 2 : x + PAD.x,
      y + PAD.y + i * step,
      cell.style,
    ),
  );
}
