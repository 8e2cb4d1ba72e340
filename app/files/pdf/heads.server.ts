import { ALERT, leading, QUIET, type Doc, type Pen, type Style } from "./pen.server";
import type { Margins } from "./pages.server";
import type { Density } from "./rows.server";

/** The margins of a page that has a head and a foot. */
export const MARGINS: Margins = { side: 45, top: 48, bottom: 44 };
/** How dense its tables are. */
export const DENSITY: Density = { x: 4, y: 2.1, lines: 1.23 };
const SMALL: Style = { face: "regular", size: 8, color: QUIET };
const MARK: Style = { face: "bold", size: 10, color: ALERT };
/** Where the head stands, and the room below the foot. */
const [HEAD_AT, FOOT_AT] = [25, 20];
/** The foot is whole: it takes a second line rather than lose its end. */
const FOOT_LINES = 2;

/** What stands at the head and foot of each page. */
type Running = { names: string; edition: string; mark: string; foot: string };

/** Writes head and foot of every page. It comes last, since the foot states the number of pages. */
export function writeHeadsAndFeet(doc: Doc, pen: Pen, { names, edition, mark, foot }: Running): void {
  const { start, count } = doc.bufferedPageRange();
  const { side } = MARGINS;
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i);
    const { width, height } = doc.page;
    const right = (text: string, y: number) => pen.line(text, width - side - pen.width(text, SMALL), y, SMALL);
    const number = `Page ${i + 1} of ${count}`;
    const room = width - 2 * side;
    const lines = cut(pen, foot, room - pen.width(number, SMALL) - 24, FOOT_LINES);
    const at = height - FOOT_AT - lines.length * leading(SMALL.size);
    doc.markContent("Artifact", { type: "Pagination" });
    for (const line of cut(pen, names, room * 0.4, 1)) pen.line(line, side, HEAD_AT, SMALL);
    if (mark) pen.line(mark, (width - pen.width(mark, MARK)) / 2, HEAD_AT - 2, MARK);
    for (const line of cut(pen, edition, room * 0.32, 1)) right(line, HEAD_AT);
    lines.forEach((line, below) => pen.line(line, side, at + below * leading(SMALL.size), SMALL));
    right(number, at);
    doc.endMarkedContent();
  }
}

/** A text in at most so many lines, with an ellipsis where it is longer. */
function cut(pen: Pen, text: string, room: number, most: number): string[] {
  const lines = pen.lines(text.replace(/\s+/g, " "), SMALL, room).map((line) => line.trimEnd());
  if (lines.length <= most) return lines;
  const last = [...lines.slice(most - 1).join(" ")];
  while (last.length > 1 && pen.width(`${last.join("")}…`, SMALL) > room) last.pop();
  return [...lines.slice(0, most - 1), `${last.join("").trimEnd()}…`];
}
