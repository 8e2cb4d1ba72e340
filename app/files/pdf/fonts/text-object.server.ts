import type { Doc, Style } from "../pen.server";
import { ascent } from "../typefaces.server";
import type { GlyphPosition } from "fontkit";
import { RIGHT_TO_LEFT } from "./embedded.server";
import type { OpenedFont } from "./families.server";

/** A run with its left edge. */
export type PlacedRun = {
  text: string;
  font: OpenedFont | null;
  /** Whether it is laid out from right to left. */ backwards: boolean;
  /** What it reads as where its glyphs don't tell. */ said: string | null;
  level: number;
  width: number;
  x: number;
};

/** Members of PDFKit that its types leave out. */
type EmbeddedFont = {
  id: string;
  ref: () => unknown;
  encode: (text: string, features?: readonly string[]) => [codes: string[], positions: Placed[]];
};
type Placed = GlyphPosition & { advanceWidth: number };

/**
 * Draws the runs of a line as one text object, which PDFKit can't: a run from right to left is marked as such (ISO
 * 32000-1, 14.8.2.3.3), and one whose glyphs don't read as its text has that text beside it (14.9.4). Both marks have to
 * stand inside the text object, or programs take its words from another place.
 */
export function drawRuns(
  doc: Doc,
  runs: readonly PlacedRun[],
  { face, size, color }: Style,
  top: number,
  nameOf: (font: OpenedFont | null) => string,
): void {
  const { height } = doc.page;
  // All runs stand on the line of the document's own typeface.
  const y = height - top - size * 0.06 - ascent(face) * size;
  doc.fillColor(color).save().transform(1, 0, 0, -1, 0, height);
  const write = (operators: string) => doc.addContent(operators);
  write("BT");
  for (const { text, font, backwards, said, x } of runs) {
    doc.font(nameOf(font), size);
    const embedded: EmbeddedFont = Reflect.get(doc, "_font");
    const fonts = Reflect.get(doc.page, "fonts");
    fonts[embedded.id] ??= embedded.ref();
    write(`/${embedded.id} ${decimal(size)} Tf`);
    if (backwards) write("/ReversedChars BMC");
    if (said !== null) write(`/Span <</ActualText <${utf16(said)}>>> BDC`);
    // PDFKit lays out each word by itself without a list of features, and so puts words in the wrong order.
    const [codes, positions] = font
      ? embedded.encode(backwards ? RIGHT_TO_LEFT + text : text, [])
      : embedded.encode(text);
    for (const operator of glyphOperators(codes, positions, size, [x, y])) write(operator);
    if (said !== null) write("EMC");
    if (backwards) write("EMC");
  }
  write("ET");
  doc.restore();
}

/** The operators that show glyphs from a place on: all that stand on the line in one go, and those that are moved by themselves. */
function* glyphOperators(
  codes: readonly string[],
  positions: readonly Placed[],
  size: number,
  [left, y]: readonly [number, number],
): Generator<string> {
  const scale = size / 1_000;
  let x = left;
  let shown = "";
  let moved = true;
  for (const [i, code] of codes.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0, advanceWidth = 0 } = positions[i] ?? {};
    const off = xOffset !== 0 || yOffset !== 0;
    if (off || moved) {
      if (shown !== "") yield `[${shown}] TJ`;
      shown = "";
      yield `1 0 0 1 ${decimal(x + xOffset * scale)} ${decimal(y + yOffset * scale)} Tm`;
    }
    shown += `<${code}>`;
    if (xAdvance !== advanceWidth) shown += decimal(advanceWidth - xAdvance);
    moved = off;
    x += xAdvance * scale;
  }
  if (shown !== "") yield `[${shown}] TJ`;
}

function decimal(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** Small letters, as programs write that write contents of pages anew. */
function utf16(text: string): string {
  return `feff${Buffer.from(text, "utf16le").swap16().toString("hex")}`;
}
