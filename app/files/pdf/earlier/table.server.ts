import type { Doc } from "../pen.server";
import {
  drawRow,
  lineStep,
  rowLayout,
  type PdfContext,
  type Row,
  type RowLayout,
  type StructureElement,
} from "../rows.server";

/** A row, with the height that must follow on the same page. */
export type EarlierRow = Row & { with?: number };

/**
 * Draws a table and repeats its head on every page. The repeated heads are artifacts, so a screen reader reads the head
 * once.
 */
export function drawTable(
  context: PdfContext,
  parent: StructureElement,
  { head, rows, label }: { head: Row[]; rows: readonly EarlierRow[]; label: string },
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
    const room = pages.bottom - pages.y - 2 * context.density.y;
    const fits = rest.cells.map(({ style }) => Math.max(1, Math.floor(room / lineStep(context, style.size))));
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
      height:
        Math.max(...cells.map(({ lines, style }) => lines.length * lineStep(context, style.size))) +
        2 * context.density.y,
    };
    pages.next();
    for (const repeated of heads) drawRow(context, repeated, null);
  }
  drawRow(context, rest, structure);
}
