import type { Block, Fact, TextBlock, TextTable } from "~/domain/blocks";
import { CONTINUED } from "~/domain/long-text";
import { ALERT, HEAD, INK, leading, QUIET, type Style } from "./pen.server";
import type { Cell, PdfContext, Row, StructureElement } from "./rows.server";
import { drawTable, leadOfTable, type Table, type TableRow } from "./table.server";
import { elementOf } from "./tags.server";

export const LOOKS = {
  plain: { face: "regular", size: 9.5, color: INK },
  quiet: { face: "regular", size: 8.5, color: QUIET },
  alert: { face: "bold", size: 9.5, color: ALERT },
  title: { face: "bold", size: 22, color: INK },
  subtitle: { face: "regular", size: 13, color: INK },
  annex: { face: "bold", size: 15, color: INK },
  h1: { face: "bold", size: 12, color: INK },
  h2: { face: "bold", size: 10, color: INK },
  h3: { face: "bold", size: 9, color: QUIET },
  cell: { face: "regular", size: 8, color: INK },
  label: { face: "bold", size: 8, color: INK },
  code: { face: "regular", size: 8, color: QUIET },
} as const satisfies Record<string, Style>;

/** Something that is drawn from top to bottom, over as many pages as it needs. */
export type Flow = {
  /** The height of its beginning that must stand on one page. */ lead: () => number;
  /** Whether what comes next must begin on the same page. */ leads: boolean;
  /** Draws it; `follows` is the height that must still stand on its last page. */
  draw: (parent: StructureElement, follows: number) => void;
};

/** Draws one after the other, so that none is parted from what it leads. */
export function drawFlows(parent: StructureElement, flows: readonly Flow[]): void {
  const leadFrom = (i: number): number => {
    const flow = flows[i];
    return flow ? flow.lead() + (flow.leads ? leadFrom(i + 1) : 0) : 0;
  };
  flows.forEach((flow, i) => flow.draw(parent, flow.leads ? leadFrom(i + 1) : 0));
}

type Spaced = { before?: number; after?: number; indent?: number; leads?: boolean };
/** So many lines of a paragraph stand together on either page. */
const TOGETHER = 2;

/** A text as one element of the structure tree. `drawn` is told where it begins. */
export function textFlow(
  context: PdfContext,
  tag: string,
  text: string,
  style: Style,
  { before = 0, after = 6, indent = 0, leads = false }: Spaced = {},
  drawn: (at: number) => void = () => undefined,
): Flow {
  const { doc, pen, pages } = context;
  const step = leading(style.size);
  let broken: { width: number; lines: string[] } | null = null;
  const lines = () => {
    if (broken?.width !== pages.width)
      broken = { width: pages.width, lines: pen.lines(text, style, pages.width - indent) };
    return broken.lines;
  };
  const firstOf = (count: number) => (count <= 2 * TOGETHER - 1 ? count : TOGETHER);
  return {
    leads,
    lead: () => {
      const count = lines().length;
      return before + (leads ? count * step + after : firstOf(count) * step);
    },
    draw: (parent, follows) => {
      const all = lines();
      const kept = follows > 0 ? all.length * step + after + follows : firstOf(all.length) * step;
      if (!pages.fresh && pages.y + before + Math.min(kept, pages.room) > pages.bottom) pages.next();
      else if (!pages.fresh) pages.y += before;
      const element = doc.struct(tag);
      parent.add(element);
      drawn(pages.y);
      for (let from = 0; from < all.length;) {
        const fits = Math.max(1, Math.floor((pages.bottom - pages.y) / step));
        const left = all.length - from;
        const taken = left > fits && left - fits < TOGETHER && fits > TOGETHER ? left - TOGETHER : fits;
        const part = all.slice(from, from + taken);
        const top = pages.y;
        element.add(() =>
          part.forEach((line, i) => pen.line(line, pages.left + indent, top + i * step, style, pages.width - indent)),
        );
        pages.y += part.length * step;
        from += part.length;
        if (from < all.length) pages.next();
      }
      element.end();
      pages.y += after;
    },
  };
}

/**
 * A block of text other than a heading, which is numbered by whoever writes the chapter. A paragraph stays with what it
 * introduces.
 */
export function textBlockFlow(
  context: PdfContext,
  block: Exclude<TextBlock, { kind: "heading" }>,
  next: Block | undefined,
): Flow {
  switch (block.kind) {
    case "paragraph":
      return textFlow(context, "P", block.text, LOOKS[block.look], {
        leads: next !== undefined && next.kind !== "paragraph" && next.kind !== "heading",
      });
    case "list":
      return listFlow(context, block.items);
    case "facts":
      return tableFlow(context, () => factsTable(context, block.label, block.facts));
    case "table":
      return tableFlow(context, () => textTable(context, block));
  }
}

const LABEL_WIDTH = 24;

/** Numbered points. */
function listFlow(context: PdfContext, items: readonly string[]): Flow {
  const { doc, pen, pages } = context;
  const bodies = items.map((item) => textFlow(context, "LBody", item, LOOKS.plain, { indent: LABEL_WIDTH, after: 3 }));
  return {
    leads: false,
    lead: () => bodies[0]?.lead() ?? 0,
    draw: (parent) => {
      const list = elementOf(doc, "L", { A: { O: "List", ListNumbering: "Decimal" } });
      parent.add(list);
      bodies.forEach((body, i) => {
        pages.need(body.lead());
        const entry = doc.struct("LI");
        list.add(entry);
        const label = doc.struct("Lbl");
        entry.add(label);
        label.add(() => pen.line(`${i + 1}.`, pages.left, pages.y, LOOKS.plain));
        label.end();
        body.draw(entry, 0);
        entry.end();
      });
      list.end();
      pages.y += 5;
    },
  };
}

/** A table, which is made when it is first needed. */
export function tableFlow(context: PdfContext, make: () => Table): Flow {
  let made: Table | null = null;
  const table = () => (made ??= make());
  return {
    leads: false,
    lead: () => leadOfTable(context, table()),
    draw: (parent) => {
      drawTable(context, parent, table());
      made = null;
      context.pages.y += 10;
    },
  };
}

/** A table of texts over the whole width. */
function textTable(context: PdfContext, { label, columns, rows, groups = [] }: TextTable): Table {
  const { pages } = context;
  const widths = suitingWidths(context, columns, rows);
  const cell = (text: string, i: number) => ({
    text,
    width: widths[i] ?? 0,
    style: columns[i]?.title === "Code" ? LOOKS.code : LOOKS.cell,
  });
  const head: Row = {
    cells: columns.map(({ title }, i) => ({ ...cell(title, i), style: LOOKS.label, head: "Column" })),
  };
  const heading = (title: string): TableRow => ({
    heading: true,
    cells: [{ text: title, width: pages.width, style: LOOKS.label, head: "Row", columns: columns.length, fill: HEAD }],
  });
  const lineOf = (row: readonly string[]): TableRow => ({
    cells: columns.map(({ named }, i) => {
      const plain = cell(row[i] ?? "", i);
      return named && !row[0]?.endsWith(CONTINUED) ? withStrongLine(context, plain) : plain;
    }),
  });
  return {
    summary: label,
    head: [head],
    rows: rows.flatMap((row, i) => [
      ...groups.filter(({ at }) => at === i).map(({ title }) => heading(title)),
      lineOf(row),
    ]),
  };
}

/** A cell whose first line stands out, on as many lines as it takes. */
function withStrongLine({ pen, density }: PdfContext, cell: Cell): Cell {
  const [first = "", ...rest] = cell.text.split("\n");
  const room = cell.width - 2 * density.x;
  const strong = pen.lines(rest.length > 0 ? `${first}\n` : first, { ...cell.style, face: "bold" }, room);
  // A line break is followed by an empty line.
  const lines = rest.length > 0 ? strong.slice(0, -1) : strong;
  return { ...cell, lines: [...lines, ...pen.lines(rest.join("\n"), cell.style, room)], strong: lines.length };
}

/** So many rows decide on the widths of a long table; short tables keep the shares that they are given. */
const [LONG, SAMPLE] = [24, 20];
/** So many percent of the width move between the two widest columns, where that makes a table shorter. */
const SHIFTS = [0, 4, 8, -4, -8];

/** The widths of the columns by their shares. In a long table the two widest columns share their room so that it is short. */
function suitingWidths(context: PdfContext, columns: TextTable["columns"], rows: TextTable["rows"]): number[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (context.pages.width * share) / whole);
  if (rows.length < LONG || columns.length < 3) return widths;
  const [widest = 0, second = 0] = columns.map((_, i) => i).sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
  const sample = rows.filter((_, i) => i % Math.ceil(rows.length / SAMPLE) === 0);
  const tried = SHIFTS.map((shift) => {
    const moved = (context.pages.width * shift) / 100;
    const shifted = widths.map((width, i) => (i === widest ? width + moved : i === second ? width - moved : width));
    const lines = (row: string[], i: number) =>
      context.pen.lines(row[i] ?? "", LOOKS.cell, (shifted[i] ?? 0) - 2 * context.density.x).length;
    const height = sample.reduce((sum, row) => sum + Math.max(lines(row, widest), lines(row, second)), 0);
    return { shifted, height };
  });
  return tried.reduce((best, one) => (one.height < best.height ? one : best)).shifted;
}

/** Facts are of one thing, and stay on one page up to this share of it. */
const FACTS_TOGETHER = 0.3;

/** Facts as a table of two columns: labels and values. */
export function factsTable({ pages }: PdfContext, label: string, facts: readonly Fact[]): Table {
  return {
    summary: label,
    head: [],
    together: FACTS_TOGETHER,
    rows: facts.map(({ label: name, value }) => ({
      cells: [
        { text: name, width: pages.width * 0.27, style: LOOKS.label, head: "Row" },
        { text: value, width: pages.width * 0.73, style: LOOKS.cell },
      ],
    })),
  };
}
