import type { Margins } from "../pages.server";
import type { Density } from "../rows.server";
import { ALERT, QUIET, type Doc, type Pen, type Style } from "../pen.server";
import { drawableText } from "../typefaces.server";

/** The margins of the first two writers. */
export const EARLIER_MARGINS: Margins = { side: 48, top: 58, bottom: 50 };
/** How dense their tables are. */
export const EARLIER_DENSITY: Density = { x: 4, y: 3, lines: 1.34 };
const SIDE = EARLIER_MARGINS.side;
const SMALL: Style = { face: "regular", size: 8, color: QUIET };
const MARK: Style = { face: "bold", size: 10.5, color: ALERT };

/** What stands at the head and foot of each page. */
type Running = { names: string; edition: string; mark: string; foot: string };

/** Writes head and foot of every page. It comes last, since the foot states the number of pages. */
export function writeEarlierHeads(doc: Doc, pen: Pen, { names, edition, mark, foot }: Running): void {
  const { start, count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i);
    const { width, height } = doc.page;
    const right = (text: string, y: number) => pen.line(text, width - SIDE - pen.width(text, SMALL), y, SMALL);
    doc.markContent("Artifact", { type: "Pagination" });
    right(shortened(pen, edition, width * 0.3), 28);
    pen.line(shortened(pen, names, width * 0.38), SIDE, 28, SMALL);
    if (mark) pen.line(mark, (width - pen.width(mark, MARK)) / 2, 26, MARK);
    pen.line(shortened(pen, foot, width * 0.6), SIDE, height - 34, SMALL);
    right(`Page ${i + 1} of ${count}`, height - 34);
    doc.endMarkedContent();
  }
}

function shortened(pen: Pen, text: string, room: number): string {
  const characters = [...drawableText(text).replace(/\s+/g, " ")];
  if (pen.width(characters.join(""), SMALL) <= room) return characters.join("");
  while (characters.length > 1 && pen.width(`${characters.join("")}…`, SMALL) > room) characters.pop();
  return `${characters.join("")}…`;
}
