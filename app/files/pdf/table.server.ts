import { CONTINUED } from "~/domain/long-text";
import {
  drawRow,
  lineStep,
  rowLayout,
  type PdfContext,
  type Row,
  type RowLayout,
  type StructureElement,
} from "./rows.server";
import { cellElement, tableElement } from "./tags.server";

/** A row of a table. A `heading` stands over the rows until the next one. */
export type TableRow = Row & { heading?: boolean };
export type Table = {
  /** What a screen reader says of it before it reads it. */ summary: string;
  head: readonly Row[];
  rows: readonly TableRow[];
  /** It stays on one page where it takes at most this share of one. */ together?: number;
};

/** A row that takes more of a page than this is split rather than moved to the next. */
const SPLIT_FROM = 0.4;
/** Rows that take less of a page than this aren't left alone at the end of a table or group. */
const SMALL = 0.25;
/** A table that takes less of a page than this is never parted. */
const TOGETHER = 0.2;
/** A longer text in a first cell isn't repeated. */
const LONGEST_CODE = 24;
/** So many lines of a split row stand on a page at least. */
const LEAST_LINES = 2;

/** The rows of a table with their heights. They are measured when they are needed and kept until they are drawn. */
type Measured = {
  context: PdfContext;
  rows: readonly TableRow[];
  at: (i: number) => RowLayout;
  drop: (i: number) => void;
  room: number;
};

/** What is measured of a table before it is drawn serves for drawing it. */
const measuredTables = new WeakMap<Table, Measured>();

function measured(context: PdfContext, table: Table, room: number): Measured {
  const { rows } = table;
  const before = measuredTables.get(table);
  if (before?.room === room) return before;
  const layouts = new Map<number, RowLayout>();
  const body: Measured = {
    context,
    rows,
    room,
    at: (i) => {
      const layout = layouts.get(i) ?? rowLayout(context, rows[i] ?? { cells: [] });
      layouts.set(i, layout);
      return layout;
    },
    drop: (i) => void layouts.delete(i),
  };
  measuredTables.set(table, body);
  return body;
}

/** The height from a row on that must stand on one page: a heading with its first row, the last two rows of a group. */
function keptFrom(body: Measured, i: number): number {
  const { rows, at, room } = body;
  if (!rows[i]) return 0;
  const row = at(i);
  if (rows[i].heading) return row.height + keptFrom(body, i + 1);
  if (row.height > room * SPLIT_FROM) return leastOf(body.context, row);
  const endsAfterNext = rows[i + 1] && !rows[i + 1]?.heading && (!rows[i + 2] || rows[i + 2]?.heading);
  if (!endsAfterNext || row.height > room * SMALL || at(i + 1).height > room * SMALL) return row.height;
  return row.height + at(i + 1).height;
}

/** The least height of a part of a split row. */
function leastOf(context: PdfContext, { cells, height }: RowLayout): number {
  const lines = cells.map((cell) => Math.min(cell.lines.length, LEAST_LINES) * lineStep(context, cell.style.size));
  return Math.min(height, Math.max(...lines) + 2 * context.density.y);
}

/** The height of a table's beginning that must stand on one page with what is over it. */
export function leadOfTable(context: PdfContext, table: Table): number {
  const { pages } = context;
  const head = heightOf(table.head.map((row) => rowLayout(context, row)));
  const body = measured(context, table, pages.room - head);
  const most = pages.room * (table.together ?? TOGETHER);
  let all = head;
  for (let i = 0; i < table.rows.length && all <= most; i++) all += body.at(i).height;
  return all <= most ? all : head + keptFrom(body, 0);
}

/**
 * Draws a table and repeats its head on every page, with the heading of the group that goes on. What is repeated is an
 * artifact, so that a screen reader reads it once.
 */
export function drawTable(context: PdfContext, parent: StructureElement, table: Table): void {
  const { doc, pages } = context;
  const element = tableElement(doc, table.summary);
  parent.add(element);
  const heads = table.head.map((row) => rowLayout(context, row));
  const headHeight = heightOf(heads);
  pages.need(Math.min(pages.room, leadOfTable(context, table)));
  const body = measured(context, table, pages.room - headHeight);
  const addRow = (to: StructureElement, row: RowLayout, draw: (cells: (StructureElement | null)[]) => void) => {
    const line = doc.struct("TR");
    to.add(line);
    // A cell that goes on from the row above has its element there.
    const cells = row.cells.map((cell) => (cell.open === "above" ? null : cellElement(context, cell)));
    for (const cell of cells) if (cell) line.add(cell);
    draw(cells);
    line.end();
  };
  if (heads.length > 0) {
    const top = doc.struct("THead");
    element.add(top);
    for (const row of heads) addRow(top, row, (cells) => drawRow(context, row, cells));
    top.end();
  }
  let group: RowLayout | null = null;
  let code = "";
  let part: StructureElement | null = null;
  const turn = () => {
    pages.next();
    for (const row of heads) drawRow(context, row, null);
    if (group) drawRow(context, continued(context, group), null);
  };
  for (const [i, row] of table.rows.entries()) {
    const layout = body.at(i);
    const heading = row.heading === true;
    if (heading) group = null;
    const kept = keptFrom(body, i);
    const mayTurn = pages.y > pages.bottom - pages.room + headHeight + (group ? heightOf([group]) : 0) + 1;
    const turned = mayTurn && kept > pages.bottom - pages.y;
    if (turned) turn();
    if (!part || heading) {
      part?.end();
      part = doc.struct("TBody");
      element.add(part);
    }
    const first = row.cells[0]?.text ?? "";
    const repeated = first === "" && code !== "" && turned ? code : null;
    if (first !== "") code = first.length > LONGEST_CODE ? "" : first;
    addRow(part, layout, (cells) => drawOverPages(context, layout, { cells, repeated, code, turn }));
    if (heading) group = layout;
    body.drop(i);
  }
  part?.end();
  element.end();
}

function heightOf(rows: readonly RowLayout[]): number {
  return rows.reduce((sum, { height }) => sum + height, 0);
}

/** The heading of a group on the next page. */
function continued(context: PdfContext, { cells }: RowLayout): RowLayout {
  return rowLayout(context, {
    cells: cells.map(({ lines: _, ...cell }, i) => (i === 0 ? { ...cell, text: `${cell.text} ${CONTINUED}` } : cell)),
  });
}

type Split = {
  cells: readonly (StructureElement | null)[];
  /** What stands in its first cell on this page, where that is empty and belongs to a row before. */
  repeated: string | null;
  /** What stands in its first cell where it goes on. */ code: string;
  turn: () => void;
};

/** Draws a row, and splits it between lines where it is higher than the page has room for. */
function drawOverPages(context: PdfContext, row: RowLayout, { cells, repeated, code, turn }: Split): void {
  const { pages } = context;
  let rest = repeated === null ? row : namedBy(context, row, repeated);
  let elements: (StructureElement | null)[] = repeated === null ? [...cells] : [null, ...cells.slice(1)];
  while (rest.height > pages.bottom - pages.y) {
    const room = pages.bottom - pages.y - 2 * context.density.y;
    const fits = rest.cells.map(({ lines, style }) => {
      const most = Math.max(1, Math.floor(room / lineStep(context, style.size)));
      return lines.length - most === 1 && most > LEAST_LINES ? most - 1 : most;
    });
    drawRow(
      context,
      {
        height: pages.bottom - pages.y,
        cells: rest.cells.map((cell, i) => ({ ...cell, lines: cell.lines.slice(0, fits[i]) })),
      },
      elements,
    );
    const left = rest.cells.map((cell, i) => ({
      ...cell,
      lines: cell.lines.slice(fits[i]),
      strong: Math.max(0, (cell.strong ?? 0) - (fits[i] ?? 0)),
    }));
    const named = code !== "" && left[0]?.lines.length === 0;
    rest = namedBy(
      context,
      {
        cells: left,
        height:
          Math.max(...left.map(({ lines, style }) => lines.length * lineStep(context, style.size))) +
          2 * context.density.y,
      },
      named ? code : "",
    );
    elements = named ? [null, ...cells.slice(1)] : [...cells];
    turn();
  }
  drawRow(context, rest, elements);
}

/** A part of a row whose first cell says which row it belongs to. */
function namedBy(context: PdfContext, { cells, height }: RowLayout, code: string): RowLayout {
  const [first, ...others] = cells;
  if (!first || code === "" || others.length === 0) return { cells, height };
  const lines = context.pen.lines(
    code.endsWith(CONTINUED) ? code : `${code} ${CONTINUED}`,
    first.style,
    first.width - 2 * context.density.x,
  );
  return {
    cells: [{ ...first, lines }, ...others],
    height: Math.max(height, lines.length * lineStep(context, first.style.size) + 2 * context.density.y),
  };
}
