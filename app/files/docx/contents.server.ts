import { numberedTitles, type Chapter } from "~/domain/blocks";
import { field, runsOf, styledParagraph, TAB, type Piece } from "./markup.server";

/** The bookmark round the title of a chapter, by its place among the chapters. */
export function bookmarked(runs: string, place: number): string {
  return `<w:bookmarkStart w:id="${place}" w:name="${bookmarkName(place)}"/>${runs}<w:bookmarkEnd w:id="${place}"/>`;
}

/** Names of this form are those of a program's own contents, which it lists nowhere else. */
function bookmarkName(place: number): string {
  return `_Toc${String(place + 1).padStart(8, "0")}`;
}

/**
 * The titles of the chapters after the one at `place`, each a link to it with a field for its page. The field holds no
 * number until a program has counted: a number from another layout would be wrong as soon as a typeface differs.
 */
export function contentsPieces(chapters: readonly Chapter[], place: number): Piece[] {
  const entries = numberedTitles(chapters).flatMap((title, i): Piece[] => {
    if (i <= place) return [];
    const name = bookmarkName(i);
    return [
      {
        kind: "paragraph",
        style: "TOC1",
        runs: `<w:hyperlink w:anchor="${name}" w:history="1">${runsOf(title)}</w:hyperlink>${TAB}${field(`PAGEREF ${name} \\h`)}`,
      },
    ];
  });
  return entries.length === 0 ? [] : [styledParagraph("Contents", "ScheduleContents"), ...entries];
}
