import { LIMITS } from "~/domain/limits";
import type { ShownPart, ShownRow } from "~/domain/verify/part";
import { malformed, type Dictionary, type Piece } from "./lexer.server";
import type { Objects } from "./objects.server";
import type { PageText } from "./page-text.server";
import { textString } from "./text-string.server";

/** The texts of pages by the object number of the page. */
type TextsByPage = ReadonlyMap<number, PageText>;
/** A drawn signature: the name of the signatory, and the size of the picture. */
export type DrawnPicture = { name: string; width: number; height: number };

export type Structure = {
  parts: ShownPart[];
  drawn: DrawnPicture[];
  /** Whether an element has a replacement text, which screen readers read aloud in place of its words. */ spoken: boolean;
};

const BEGINNING = "Beginning";
/** The chapter in which an element holds a label and its value. */
const SIGNATURES = "Signatures";

type StructureReader = {
  objects: Objects;
  pages: TextsByPage;
  visited: Set<Piece>;
  structure: Structure;
  rows: ShownRow[];
  part: string;
  /** The cells of the row before that reach into this one, each at its place. */ above: (string | null)[];
};

/**
 * Reads chapters, paragraphs and tables from the structure tree: each chapter becomes a part, each paragraph or table
 * row becomes a row.
 */
export function readStructure(objects: Objects, catalogue: Dictionary, pages: TextsByPage): Structure {
  const reader: StructureReader = {
    objects,
    pages,
    visited: new Set(),
    structure: { parts: [], drawn: [], spoken: false },
    rows: [],
    part: BEGINNING,
    above: [],
  };
  const root = objects.get(catalogue, "StructTreeRoot");
  if (root?.kind === "dictionary") for (const kid of kids(root.entries, objects)) walk(reader, kid, 0);
  finishPart(reader, "");
  return reader.structure;
}

function finishPart(reader: StructureReader, next: string): void {
  reader.structure.parts.push({ name: reader.part, rows: reader.rows, hidden: false, hiddenColumns: [] });
  [reader.part, reader.rows] = [next, []];
}

function walk(reader: StructureReader, element: Piece | undefined, depth: number): void {
  const { objects, visited, structure } = reader;
  if (element?.kind !== "dictionary") return;
  if (depth > LIMITS.checkedDepth || visited.has(element)) throw malformed();
  visited.add(element);
  const { entries } = element;
  if (entries.has("ActualText") || entries.has("E")) structure.spoken = true;
  const kind = objects.get(entries, "S");
  const add = (...cells: string[]) => reader.rows.push({ cells, open: [], hidden: false });
  switch (kind?.kind === "name" ? kind.name : "") {
    case "H1":
      return finishPart(reader, textOf(reader, entries).replace(/^(?:Annex )?\d+\. /, ""));
    case "H2":
      return void add(textOf(reader, entries).replace(/^\d+\.\d+ /, ""));
    case "H3":
      return void add(textOf(reader, entries));
    case "TOCI": {
      const lines = linesOf(reader, entries);
      return void add(lines.slice(0, -1).join("").trimEnd(), lines.at(-1) ?? "");
    }
    case "Title":
    case "P":
      return void (reader.part === SIGNATURES
        ? add(...linesOf(reader, entries).map((line) => line.trimEnd()))
        : add(textOf(reader, entries)));
    case "LBody":
      return void add(textOf(reader, entries));
    case "TR":
      return void add(...cellsOf(reader, entries));
    case "Figure": {
      const alt = objects.get(entries, "Alt");
      for (const mark of marksOf(reader, entries)) {
        const picture = reader.pages.get(mark.page)?.pictures.get(mark.mark);
        if (picture)
          structure.drawn.push({
            name: alt?.kind === "string" ? textString(alt.text).replace(/^Signature of /, "") : "",
            ...picture,
          });
      }
      return;
    }
    default:
      for (const kid of kids(entries, objects)) walk(reader, kid, depth + 1);
  }
}

/** The texts of a row's cells. A cell that reaches down from the row before stands in both. */
function cellsOf(reader: StructureReader, row: Dictionary): string[] {
  const { objects } = reader;
  const cells = kids(row, objects).flatMap((cell) =>
    cell?.kind === "dictionary"
      ? [{ text: textOf(reader, cell.entries), reaches: rowSpanOf(objects, cell.entries) > 1 }]
      : [],
  );
  const above = reader.above;
  reader.above = cells.map(({ text, reaches }) => (reaches ? text : null));
  const texts = cells.map(({ text }) => text);
  above.forEach((text, i) => text !== null && texts.splice(i, 0, text));
  return texts;
}

function rowSpanOf({ get }: Objects, cell: Dictionary): number {
  const attributes = get(cell, "A");
  const span = attributes?.kind === "dictionary" ? get(attributes.entries, "RowSpan") : undefined;
  return span?.kind === "number" ? span.value : 1;
}

function kids(entries: Dictionary, { get, resolve }: Objects): (Piece | undefined)[] {
  const inside = get(entries, "K");
  return inside?.kind === "list" ? inside.items.map(resolve) : [inside];
}

type Mark = { page: number; mark: number };

/** The marked-content ids of an element and of its descendants, in their order. */
function marksOf(reader: StructureReader, entries: Dictionary, depth = 0): Mark[] {
  if (depth > LIMITS.checkedDepth) throw malformed();
  const pageOf = (of: Dictionary) => {
    const page = of.get("Pg") ?? entries.get("Pg");
    return page?.kind === "reference" ? page.number : -1;
  };
  return kids(entries, reader.objects).flatMap((kid): Mark[] => {
    if (kid?.kind === "number") return [{ page: pageOf(entries), mark: kid.value }];
    if (kid?.kind !== "dictionary") return [];
    const mark = kid.entries.get("MCID");
    return mark?.kind === "number"
      ? [{ page: pageOf(kid.entries), mark: mark.value }]
      : marksOf(reader, kid.entries, depth + 1);
  });
}

function linesOf(reader: StructureReader, entries: Dictionary): string[] {
  return marksOf(reader, entries).flatMap(({ page, mark }) => reader.pages.get(page)?.marked.get(mark) ?? []);
}

/**
 * Joins the lines of a text. The writer ends a line with one space where it broke the line at a space, and with two
 * where the text has a line break.
 */
function textOf(reader: StructureReader, entries: Dictionary): string {
  const lines = linesOf(reader, entries);
  return lines
    .map((line, i) => (i < lines.length - 1 && line.endsWith("  ") ? `${line.slice(0, -2)}\n` : line))
    .join("");
}
