import type { Paper } from "~/domain/pack/report-parts";
import { ALERT, QUIET, type Doc, type Pen, type Style } from "./pen.server";
import { drawableText } from "./typefaces.server";

/** The sizes of the papers in points. */
export const SIZES: Record<Paper, [width: number, height: number]> = { A4: [595.28, 841.89], Letter: [612, 792] };
const SIDE = 48;
const TOP = 58;
const BOTTOM = 50;
const SMALL: Style = { face: "regular", size: 8, color: QUIET };
const MARK: Style = { face: "bold", size: 10.5, color: ALERT };

/** The current page: where the next text starts, and how much room there is. */
export type Pages = {
  y: number;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  /** The height of an empty page. */
  readonly room: number;
  /** Begins a page in landscape or portrait format. */
  turn: (landscape: boolean) => void;
  /** Begins a page of the same format. */
  next: () => void;
  /** Begins a page unless the height still fits on this one. */
  need: (height: number) => void;
  /** Writes head and foot of every page. It comes last, since the foot states the number of pages. */
  finish: () => void;
};

/** The paper of a document, and what stands at the head and foot of each of its pages. */
export type Running = { paper: Paper; names: string; edition: string; mark: string; foot: string };

export function createPages(doc: Doc, pen: Pen, running: Running): Pages {
  let lyingAcross = false;
  const size = () => (lyingAcross ? [SIZES[running.paper][1], SIZES[running.paper][0]] : SIZES[running.paper]);
  const pages: Pages = {
    y: TOP,
    left: SIDE,
    get width() {
      return (size()[0] ?? 0) - 2 * SIDE;
    },
    get bottom() {
      return (size()[1] ?? 0) - BOTTOM;
    },
    get room() {
      return pages.bottom - TOP;
    },
    turn: (landscape) => {
      lyingAcross = landscape;
      pages.next();
    },
    next: () => {
      if (doc.bufferedPageRange().count > 0) mergeContent(doc.page);
      doc.addPage({ size: [size()[0] ?? 0, size()[1] ?? 0], margin: 0 });
      pages.y = TOP;
    },
    need: (height) => void (pages.y + height > pages.bottom && pages.next()),
    finish: () => writeHeadsAndFeet(doc, pen, running),
  };
  return pages;
}

/**
 * Joins the content of a page into one buffer. PDFKit holds thousands of small buffers for each page until the document
 * ends, and each takes more memory than the few bytes in it.
 */
function mergeContent(page: PDFKit.PDFPage): void {
  const { content } = page;
  if ("buffer" in content && Array.isArray(content.buffer)) content.buffer = [Buffer.concat(content.buffer)];
}

function writeHeadsAndFeet(doc: Doc, pen: Pen, { names, edition, mark, foot }: Running): void {
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
