import { LIMITS } from "~/domain/limits";
import type { ShownPart, ShownRow } from "~/domain/verify/part";
import { malformed, type Dictionary, type Piece } from "./lexer.server";
import type { Objects } from "./objects.server";
import type { PageText } from "./page-text.server";

/** A page's words, found by the number of its object. */
type PageTexts = ReadonlyMap<number, PageText>;
/** A drawn signature: whose it is, and how big the picture. */
export type DrawnPicture = { name: string; width: number; height: number };

export type Structure = {
  parts: ShownPart[];
  drawn: DrawnPicture[];
  /** Whether something is read aloud as other words than stand there. */ spoken: boolean;
};

const BEGINNING = "Beginning";
/** Here a line's label and what it says are one element. */
const SIGNATURES = "Signatures";

type Reading = {
  objects: Objects;
  pages: PageTexts;
  seen: Set<Piece>;
  found: Structure;
  rows: ShownRow[];
  part: string;
};

/** Chapters, paragraphs and tables as the document's own structure tells them: each chapter is a part, each paragraph or table row a row. */
export function readStructure(objects: Objects, catalogue: Dictionary, pages: PageTexts): Structure {
  const reading: Reading = {
    objects,
    pages,
    seen: new Set(),
    found: { parts: [], drawn: [], spoken: false },
    rows: [],
    part: BEGINNING,
  };
  const root = objects.get(catalogue, "StructTreeRoot");
  if (root?.kind === "dictionary") for (const kid of kids(root.entries, objects)) walk(reading, kid, 0);
  finishPart(reading, "");
  return reading.found;
}

function finishPart(reading: Reading, next: string): void {
  reading.found.parts.push({ name: reading.part, rows: reading.rows, hidden: false, hiddenColumns: [] });
  [reading.part, reading.rows] = [next, []];
}

function walk(reading: Reading, element: Piece | undefined, depth: number): void {
  const { objects, seen, found } = reading;
  if (element?.kind !== "dictionary") return;
  if (depth > LIMITS.checkedDepth || seen.has(element)) throw malformed();
  seen.add(element);
  const { entries } = element;
  if (entries.has("ActualText") || entries.has("E")) found.spoken = true;
  const kind = objects.get(entries, "S");
  const add = (...cells: string[]) => reading.rows.push({ cells, open: [], hidden: false });
  switch (kind?.kind === "name" ? kind.name : "") {
    case "H1":
      return finishPart(reading, textOf(reading, entries).replace(/^\d+\. /, ""));
    case "H2":
      return void add(textOf(reading, entries).replace(/^\d+\.\d+ /, ""));
    case "P":
      return void (reading.part === SIGNATURES
        ? add(...linesOf(reading, entries).map((line) => line.trimEnd()))
        : add(textOf(reading, entries)));
    case "LBody":
      return void add(textOf(reading, entries));
    case "TR":
      return void add(
        ...kids(entries, objects).map((cell) => (cell?.kind === "dictionary" ? textOf(reading, cell.entries) : "")),
      );
    case "Figure": {
      const alt = objects.get(entries, "Alt");
      for (const mark of marksOf(reading, entries)) {
        const picture = reading.pages.get(mark.page)?.pictures.get(mark.mark);
        if (picture)
          found.drawn.push({
            name: alt?.kind === "string" ? textString(alt.text).replace(/^Signature of /, "") : "",
            ...picture,
          });
      }
      return;
    }
    default:
      for (const kid of kids(entries, objects)) walk(reading, kid, depth + 1);
  }
}

function kids(entries: Dictionary, { get, resolve }: Objects): (Piece | undefined)[] {
  const inside = get(entries, "K");
  return inside?.kind === "list" ? inside.items.map(resolve) : [inside];
}

type Mark = { page: number; mark: number };

/** The marks of an element and of those in it, in their order. */
function marksOf(reading: Reading, entries: Dictionary, depth = 0): Mark[] {
  if (depth > LIMITS.checkedDepth) throw malformed();
  const pageOf = (of: Dictionary) => {
    const page = of.get("Pg") ?? entries.get("Pg");
    return page?.kind === "reference" ? page.number : -1;
  };
  return kids(entries, reading.objects).flatMap((kid): Mark[] => {
    if (kid?.kind === "number") return [{ page: pageOf(entries), mark: kid.value }];
    if (kid?.kind !== "dictionary") return [];
    const mark = kid.entries.get("MCID");
    return mark?.kind === "number"
      ? [{ page: pageOf(kid.entries), mark: mark.value }]
      : marksOf(reading, kid.entries, depth + 1);
  });
}

function linesOf(reading: Reading, entries: Dictionary): string[] {
  return marksOf(reading, entries).flatMap(({ page, mark }) => reading.pages.get(page)?.marked.get(mark) ?? []);
}

/** A text put together from its lines: one that was broken at a space ends with it, and one that ended there with two. */
function textOf(reading: Reading, entries: Dictionary): string {
  const lines = linesOf(reading, entries);
  return lines
    .map((line, i) => (i < lines.length - 1 && line.endsWith("  ") ? `${line.slice(0, -2)}\n` : line))
    .join("");
}

/** A text string of a PDF: UTF-16 with a byte order mark, else one byte a character. */
export function textString(text: string): string {
  return text.startsWith("\u00fe\u00ff")
    ? Buffer.from(text.slice(2, text.length - (text.length % 2)), "latin1")
        .swap16()
        .toString("utf16le")
    : text;
}
