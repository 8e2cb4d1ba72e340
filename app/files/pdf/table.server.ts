import { HEAD, leading, LINE, type Doc, type Pen, type Style } from "./pen.server";
import type { Pages } from "./pages.server";

/** A cell: `chip` stands behind the text of a letter, `upright` text runs from bottom to top. */
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
  /** How much of what follows must stand on the same page. */ with?: number;
};
/** What a document is drawn with. */
export type Desk = { doc: Doc; pen: Pen; pages: Pages };
/** Where in the document's structure something belongs. */
export type Place = PDFKit.PDFStructureElement;

const PAD = { x: 4, y: 3 };

/** Draws a table whose head stands at the top of every page it runs over; there it is furniture, and read once. */
export function drawTable(
  desk: Desk,
  place: Place,
  { head, rows, label }: { head: Row[]; rows: readonly Row[]; label: string },
): void {
  const { doc, pages } = desk;
  const table = doc.struct("Table", { alt: label });
  place.add(table);
  const heads = head.map((row) => laid(desk, row));
  const headHeight = heads.reduce((sum, { height }) => sum + height, 0);
  const first = rows[0] ? laid(desk, rows[0]).height + (rows[0].with ?? 0) : 0;
  pages.need(Math.min(pages.room, headHeight + first));
  const within = (row: Laid, draw: (cells: Place[]) => void) => {
    const { row: element, cells } = structRow(doc, table, row);
    draw(cells);
    element.end();
  };
  for (const row of heads) within(row, (cells) => drawRow(desk, row, cells));
  for (const row of rows) {
    const next = laid(desk, row);
    const room = pages.bottom - pages.y;
    if (next.height + (row.with ?? 0) > room && (next.height <= pages.room - headHeight || room < pages.room / 4)) {
      pages.next();
      for (const repeated of heads) drawRow(desk, repeated, null);
    }
    within(next, (cells) => drawOver(desk, next, cells, heads));
  }
  table.end();
}

type Laid = { cells: (Cell & { lines: string[] })[]; height: number };

function laid({ pen }: Desk, { cells, height: least = 0 }: Row): Laid {
  let height = least;
  const set = cells.map((cell) => {
    const lines = cell.upright
      ? [cell.text]
      : pen.lines(cell.text, cell.style, cell.width - 2 * PAD.x + (cell.align === "centre" ? PAD.x : 0));
    if (!cell.upright) height = Math.max(height, lines.length * leading(cell.style.size) + 2 * PAD.y);
    return { ...cell, lines };
  });
  return { cells: set, height };
}

function structRow(doc: Doc, table: Place, { cells }: Laid): { row: Place; cells: Place[] } {
  const row = doc.struct("TR");
  table.add(row);
  const made = cells.map(({ head }) => {
    // `scope` is not in the package's types; a property that is makes room for it.
    const scoped = { scope: head, title: undefined };
    const cell = head ? doc.struct("TH", scoped) : doc.struct("TD");
    row.add(cell);
    return cell;
  });
  return { row, cells: made };
}

/** Draws a row, over several pages where it is higher than one. */
function drawOver(desk: Desk, row: Laid, structure: Place[], heads: Laid[]): void {
  const { pages } = desk;
  let rest = row;
  while (rest.height > pages.bottom - pages.y) {
    const room = pages.bottom - pages.y - 2 * PAD.y;
    const fits = rest.cells.map(({ style }) => Math.max(1, Math.floor(room / leading(style.size))));
    drawRow(
      desk,
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
    for (const repeated of heads) drawRow(desk, repeated, null);
  }
  drawRow(desk, rest, structure);
}

/** Draws what fits on this page: fills and lines first, as furniture, then each cell's text under its place in the structure; without one all of it is furniture. */
function drawRow({ doc, pen, pages }: Desk, { cells, height }: Laid, structure: Place[] | null): void {
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
