import { FACES, shown, typeface, type Face } from "./typefaces.server";

export type Doc = PDFKit.PDFDocument;
export type Style = { face: Face; size: number; color: string };

/** Measures and writes text on the pages of one document. Widths of words are kept: most words come again and again. */
export type Pen = {
  width: (text: string, style: Style) => number;
  /**
   * A text broken into lines of at most a width; a word longer than a line is broken too. A line that was broken at a space
   * ends with it, and one that ends where the text has a line's end ends with two: so the text can be read back from the page.
   */
  lines: (text: string, style: Style, width: number) => string[];
  /** Writes one line with its top at y. */
  line: (text: string, x: number, y: number, style: Style) => void;
};

export const INK = "#1B1D21";
export const QUIET = "#62676F";
export const LINE = "#CFCFC9";
export const ALERT = "#B0234A";
export const HEAD = "#EEEEEA";

/** From the top of one line to the top of the next. */
export function leading(size: number): number {
  return size * 1.34;
}

export function createPen(doc: Doc): Pen {
  for (const face of FACES) doc.registerFont(face, typeface(face));
  const widths: Record<Face, Map<string, number>> = { regular: new Map(), bold: new Map(), italic: new Map() };

  const width = (text: string, { face, size }: Style) => {
    let kept = widths[face].get(text);
    if (kept === undefined) {
      kept = doc.font(face, 1_000).widthOfString(text);
      widths[face].set(text, kept);
    }
    return (kept * size) / 1_000;
  };
  const broken = (word: string, style: Style, room: number): string[] => {
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
    const found: string[] = [];
    const paragraphs = shown(text).split("\n");
    for (const [i, paragraph] of paragraphs.entries()) {
      let line = "";
      let used = 0;
      for (const word of paragraph.split(" ")) {
        const wide = width(word, style);
        if (line !== "" && used + space + wide <= room) {
          line += ` ${word}`;
          used += space + wide;
          continue;
        }
        if (line !== "") found.push(`${line} `);
        const parts = wide > room ? broken(word, style, room) : [word];
        found.push(...parts.slice(0, -1));
        line = parts.at(-1) ?? "";
        used = width(line, style);
      }
      found.push(i < paragraphs.length - 1 ? `${line}  ` : line);
    }
    return found;
  };
  return {
    width,
    lines,
    line: (text, x, y, style) =>
      void (
        text !== "" &&
        doc
          .font(style.face, style.size)
          .fillColor(style.color)
          .text(text, x, y + style.size * 0.06, { lineBreak: false })
      ),
  };
}
