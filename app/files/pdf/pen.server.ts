import { FACES, drawableText, typeface, type Face } from "./typefaces.server";

export type Doc = PDFKit.PDFDocument;
export type Style = { face: Face; size: number; color: string };

/** Measures and writes text on the pages of one document. It caches the widths of words, since most words recur. */
export type Pen = {
  width: (text: string, style: Style) => number;
  /**
   * Breaks a text into lines of at most a width, and words that are longer than a line, too. A line that is broken at a
   * space ends with that space; a line that ends at a line break of the text ends with two. So the check of a file can
   * read the text back from the page.
   */
  lines: (text: string, style: Style, width: number) => string[];
  /** Writes one line with its top at y. One from right to left ends at the right edge of the room, where that is said. */
  line: (text: string, x: number, y: number, style: Style, room?: number) => void;
  /** The text with what the pen draws in place of characters that it can't draw. */
  drawable: (text: string) => string;
};

export const INK = "#1B1D21";
export const QUIET = "#62676F";
export const LINE = "#CFCFC9";
export const ALERT = "#B0234A";
export const HEAD = "#EEEEEA";

/** PDFKit's `text` measures each line twice, for links and for what would follow on it. A line here has neither. */
const NOTHING_FOLLOWS = { textWidth: 0, wordCount: 1 };

/** From the top of one line to the top of the next. */
export function leading(size: number): number {
  return size * 1.34;
}

/** A pen that knows the typeface of documents alone. */
export function createPlainPen(doc: Doc): Pen {
  for (const face of FACES) doc.registerFont(face, typeface(face));
  const widths: Record<Face, Map<string, number>> = { regular: new Map(), bold: new Map(), italic: new Map() };

  const drawFragment: (text: string, x: number, y: number, options: typeof NOTHING_FOLLOWS) => void = Reflect.get(
    doc,
    "_fragment",
  ).bind(doc);

  const width = (text: string, { face, size }: Style) => {
    let measured = widths[face].get(text);
    if (measured === undefined) {
      measured = doc.font(face, 1_000).widthOfString(text);
      widths[face].set(text, measured);
    }
    return (measured * size) / 1_000;
  };
  const splitWord = (word: string, style: Style, room: number): string[] => {
    const parts: string[] = [];
    let part = "";
    for (const character of word) {
      if (part !== "" && width(part + character, style) > room) {
        parts.push(part);
        part = "";
      }
      part += character;
    }
    return part === "" ? parts : [...parts, part];
  };
  const lines = (text: string, style: Style, room: number): string[] => {
    if (text === "") return [];
    const space = width(" ", style);
    const finished: string[] = [];
    const paragraphs = drawableText(text).split("\n");
    for (const [i, paragraph] of paragraphs.entries()) {
      let line = "";
      let usedWidth = 0;
      for (const word of paragraph.split(" ")) {
        const wordWidth = width(word, style);
        if (line !== "" && usedWidth + space + wordWidth <= room) {
          line += ` ${word}`;
          usedWidth += space + wordWidth;
          continue;
        }
        if (line !== "") finished.push(`${line} `);
        const parts = wordWidth > room ? splitWord(word, style, room) : [word];
        finished.push(...parts.slice(0, -1));
        line = parts.at(-1) ?? "";
        usedWidth = width(line, style);
      }
      finished.push(i < paragraphs.length - 1 ? `${line}  ` : line);
    }
    return finished;
  };
  return {
    width,
    lines,
    drawable: drawableText,
    line: (text, x, y, style) => {
      if (text === "") return;
      doc.font(style.face, style.size).fillColor(style.color);
      drawFragment(text, x, y + style.size * 0.06, NOTHING_FOLLOWS);
    },
  };
}
