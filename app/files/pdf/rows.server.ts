import { HEAD, LINE, type Doc, type Pen, type Style } from "./pen.server";
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
  /** The lines of a text that is broken already. */ lines?: string[];
  /** So many of its lines stand out. */ strong?: number;
  /** How many columns and rows it takes. */ columns?: number;
  rows?: number;
  /** Whether it has no line above or below, since it goes on there. */ open?: "above" | "below";
  /** What the cells it heads call it, and what a cell is headed by. */ id?: string;
  headers?: readonly string[];
};
export type Row = { cells: Cell[]; /** The least height. */ height?: number };
/** The document being written, with the pen and the pages that every drawing function needs. */
export type PdfContext = {
  doc: Doc;
  pen: Pen;
  pages: Pages;
  density: Density;
  /** The heads of tables by what their cells call them. */ heads: Map<string, StructureElement>;
};
/** An element of the document's structure tree, which tells screen readers and the check what belongs where. */
export type StructureElement = PDFKit.PDFStructureElement;

/** The room around the text of a cell, and from line to line as a multiple of the size. */
export type Density = { x: number; y: number; lines: number };

/** From the top of one line of a cell to the top of the next. */
export function lineStep({ density }: Pick<PdfContext, "density">, size: number): number {
  return size * density.lines;
}

/** A row whose texts are broken into lines, with its height. */
export type RowLayout = { cells: (Cell & { lines: string[] })[]; height: number };

/** Breaks the texts of a row into lines. */
export function rowLayout(context: PdfContext, { cells, height: least = 0 }: Row): RowLayout {
  const { pen, density } = context;
  let height = least;
  const withLines = cells.map((cell) => {
    const lines =
      cell.lines ??
      (cell.upright
        ? [cell.text]
        : pen.lines(cell.text, cell.style, cell.width - 2 * density.x + (cell.align === "centre" ? density.x : 0)));
    if (!cell.upright) height = Math.max(height, lines.length * lineStep(context, cell.style.size) + 2 * density.y);
    return { ...cell, lines };
  });
  return { cells: withLines, height };
}

/**
 * Draws a row on this page: fills and lines first, as an artifact, then each cell's text inside its structure element,
 * or as an artifact where the cell has none. Without elements the whole row is an artifact.
 */
export function drawRow(
  context: PdfContext,
  { cells, height }: RowLayout,
  structure: (StructureElement | null)[] | null,
): void {
  const { doc, pages, density } = context;
  const { y, left } = pages;
  doc.markContent("Artifact", { type: "Layout" });
  const edges: number[] = [left];
  let x = left;
  for (const cell of cells) {
    const fill = cell.fill ?? (cell.head === "Column" ? HEAD : undefined);
    if (fill) doc.rect(x, y, cell.width, height).fill(fill);
    if (cell.chip && cell.text !== "") {
      const high = lineStep(context, cell.style.size) + 1;
      const wide = Math.min(cell.width - 3, Math.max(high, context.pen.width(cell.text, cell.style) + 7));
      doc
        .roundedRect(x + (cell.width - wide) / 2, y + density.y - 0.5, wide, high, 1.5)
        .lineWidth(0.8)
        .fillAndStroke(cell.chip.fill, cell.chip.edge);
    }
    x += cell.width;
    edges.push(x);
  }
  doc.lineWidth(0.5).strokeColor(LINE);
  for (const edge of edges) doc.moveTo(edge, y).lineTo(edge, y + height);
  for (const [from, to] of closed(cells, edges, "above")) doc.moveTo(from, y).lineTo(to, y);
  for (const [from, to] of closed(cells, edges, "below")) doc.moveTo(from, y + height).lineTo(to, y + height);
  doc.stroke();
  if (structure) doc.endMarkedContent();
  x = left;
  cells.forEach((cell, i) => {
    const from = x;
    x += cell.width;
    if (cell.lines.length === 0) return;
    const element = structure?.[i];
    const write = () => writeCell(context, cell, { x: from, y, height });
    if (!structure) write();
    else if (element) element.add(write);
    else {
      doc.markContent("Artifact", { type: "Pagination" });
      write();
      doc.endMarkedContent();
    }
  });
  if (!structure) doc.endMarkedContent();
  pages.y = y + height;
}

/** From where to where a row has a line above or below: one, but for cells that go on there. */
function closed(cells: readonly Cell[], edges: readonly number[], side: "above" | "below"): [number, number][] {
  const lines: [number, number][] = [];
  let from: number | null = null;
  cells.forEach(({ open }, i) => {
    const [at = 0, to = 0] = [edges[i], edges[i + 1]];
    if (open === side) from = null;
    else if (from === null) lines.push([(from = at), to]);
    else lines.splice(-1, 1, [from, to]);
  });
  return lines;
}

function writeCell(
  context: PdfContext,
  cell: Cell & { lines: string[] },
  { x, y, height }: { x: number; y: number; height: number },
): void {
  const { doc, pen, density } = context;
  const step = lineStep(context, cell.style.size);
  if (cell.upright) {
    cell.lines.forEach((line, i) => {
      const [cx, cy] = [x + (cell.width - cell.lines.length * step) / 2 + i * step, y + height - density.x];
      doc.save().rotate(-90, { origin: [cx, cy] });
      pen.line(line, cx, cy, cell.style);
      doc.restore();
    });
    return;
  }
  cell.lines.forEach((line, i) =>
    pen.line(
      line,
      cell.align === "centre" ? x + (cell.width - pen.width(line.trimEnd(), cell.style)) / 2 : x + density.x,
      y + density.y + i * step,
      i < (cell.strong ?? 0) ? { ...cell.style, face: "bold" } : cell.style,
      cell.align === "centre" ? undefined : cell.width - 2 * density.x,
    ),
  );
}
