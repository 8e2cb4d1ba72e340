import type { Chapter } from "~/domain/blocks";
import { drawFlows, LOOKS, textFlow, type Flow } from "./flow.server";
import type { PdfContext, StructureElement } from "./rows.server";

/** The title that stands over a chapter, and what its headings are numbered by, where they are. */
type ChapterHead = { title: string; series: Chapter["series"]; number: number | null };
/** What a chapter holds: headings, which are numbered and listed among the bookmarks, and everything else as it flows. */
export type ChapterItem = { heading: string; rank: 1 | 2 } | Flow;

/**
 * Draws a chapter under its title, with a bookmark for the title and for each heading, and returns where it begins. Its
 * title stays with what comes first.
 */
export function drawChapter(
  context: PdfContext,
  parent: StructureElement,
  { title, series, number }: ChapterHead,
  items: readonly ChapterItem[],
): { page: number; y: number } {
  const { doc, pages } = context;
  const place = { page: 0, y: 0 };
  const bookmark = (within: PDFKit.PDFOutline, words: string, y: number) =>
    // A bookmark counts from the right edge and the top of the page.
    within.addItem(words, { expanded: false, ...{ left: doc.page.width, top: Math.max(0, y - 8) } });
  let entry: PDFKit.PDFOutline | null = null;
  const annex = series === "annex";
  const head = textFlow(
    context,
    "H1",
    title,
    annex ? LOOKS.annex : LOOKS.h1,
    { before: 12, after: annex ? 10 : 5, leads: true },
    (y) => {
      Object.assign(place, { page: pages.index, y });
      entry = bookmark(doc.outline, title, y);
    },
  );
  let headings = 0;
  const flows = items.map((item): Flow => {
    if (!("heading" in item)) return item;
    const second = item.rank === 2;
    if (!second) headings += 1;
    const words = number === null || second ? item.heading : `${number}.${headings} ${item.heading}`;
    return textFlow(
      context,
      second ? "H3" : "H2",
      words,
      second ? LOOKS.h3 : LOOKS.h2,
      { before: second ? 4 : 8, after: second ? 3 : 5, leads: true },
      (y) => entry && void bookmark(entry, item.heading, y),
    );
  });
  drawFlows(parent, [head, ...flows]);
  return place;
}
