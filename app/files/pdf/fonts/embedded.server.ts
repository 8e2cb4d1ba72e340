import type { Font, Glyph, GlyphPosition } from "fontkit";
import { laidOut, type OpenedFont } from "./families.server";
import { sfntOf, shorts, tableOf } from "./sfnt.server";

/** A glyph as a document has it: with the characters that it stands for there. */
type Drawn = { glyph: Glyph; codePoints: readonly number[] };
/** A run laid out for one document. `text` is what the glyphs stand for, from left to right. */
type DrawnRun = { glyphs: Drawn[]; positions: GlyphPosition[]; width: number };

/** The mark before a text that runs from right to left; no text has it, since it can't be stored. */
export const RIGHT_TO_LEFT = "\u2067";
/** The mark before a text that runs from left to right although it begins with a letter that doesn't. */
export const LEFT_TO_RIGHT = "\u2066";

/**
 * A loaded font as PDFKit takes one for a document. Each glyph is embedded once for every text that it stands for, so
 * that each can be read back: in Arabic, one shape serves many letters, and dots beside it tell them apart.
 */
export function embeddedFont(opened: OpenedFont): PDFKit.Mixins.PDFFontSource {
  const numbers = new Map<string, number>();
  const drawn: Glyph[] = [];
  const numbered = ({ glyph, codePoints }: Drawn) => {
    const key = `${glyph.id} ${codePoints.join(" ")}`;
    const number = numbers.get(key) ?? drawn.length;
    if (number === drawn.length) {
      numbers.set(key, number);
      drawn.push(glyph);
    }
    return { id: number, advanceWidth: glyph.advanceWidth, codePoints };
  };
  numbered({ glyph: opened.font.getGlyph(0), codePoints: [] });
  const layout = (marked: string) => {
    const { glyphs, positions, width } = drawnRun(opened, marked);
    return { glyphs: glyphs.map(numbered), positions, advanceWidth: width };
  };
  const own: PDFKit.Mixins.PDFFontSource = Object.create(opened.font, {
    // PDFKit takes fonts of the same name for one font.
    postscriptName: { value: opened.name },
    layout: { value: layout },
    createSubset: { value: () => subsetOf(opened, drawn) },
  });
  return own;
}

/** Lays out a text, which a mark before it may say to run from right to left. */
export function drawnRun(opened: OpenedFont, marked: string): DrawnRun {
  const backwards = marked.startsWith(RIGHT_TO_LEFT);
  const text = backwards ? marked.slice(1) : marked;
  const { glyphs, positions } = laidOut(opened, text, backwards ? "rtl" : "ltr");
  const run: DrawnRun = { glyphs: [], positions: [], width: 0 };
  glyphs.forEach((glyph, i) => {
    const position = positions[i];
    // fontkit puts a space without any width in place of a character that only joins or parts others.
    if (!position || (position.xAdvance === 0 && glyph.codePoints.join() === "32")) return;
    run.glyphs.push({ glyph, codePoints: glyph.codePoints });
    // PDFKit scales the positions in place.
    run.positions.push({ ...position });
    run.width += position.xAdvance;
  });
  if (text.includes(AM)) rejoinAm(run.glyphs);
  return run;
}

const [AM, RING, AA] = ["\u0E33", 0x0e4d, 0x0e32];

/** Gives the letter of a Thai vowel am, whose ring stands before the tone, the characters of the whole vowel. */
function rejoinAm(glyphs: Drawn[]): void {
  glyphs.forEach((glyph, i) => {
    const letter = glyphs[i + 2];
    if (glyph.codePoints.join() !== String(RING) || letter?.codePoints.join() !== String(AA)) return;
    glyph.codePoints = [];
    letter.codePoints = [AM.charCodeAt(0)];
  });
}

type Subset = { includeGlyph: (number: number) => number; encode: () => Buffer };

/** The glyphs that a document draws, as a font of their own. */
function subsetOf({ file, font }: OpenedFont, drawn: readonly Glyph[]): Subset {
  const places = new Map<number, number>([[0, 0]]);
  return {
    includeGlyph: (number) => {
      const place = places.get(number) ?? places.size;
      places.set(number, place);
      return place;
    },
    encode: () => {
      const glyphs = [...places.keys()].flatMap((number) => drawn[number] ?? []);
      const outlines = glyphs.map((glyph) => outlineOf(glyph, font));
      const offsets = Buffer.alloc(4 * (outlines.length + 1));
      outlines.reduce(
        (offset, { bytes }, i) => offsets.writeUInt32BE(offset + bytes.length, 4 * i + 4) && offset + bytes.length,
        0,
      );
      const [head, hhea, maxp] = ["head", "hhea", "maxp"].map((tag) => Buffer.from(tableOf(file, tag)));
      if (!head || !hhea || !maxp) throw new Error("The font lacks a table.");
      head.writeInt16BE(1, 50);
      hhea.writeUInt16BE(outlines.length, 34);
      // Every outline is a simple one without instructions.
      maxp.fill(0, 4);
      maxp.writeUInt16BE(outlines.length, 4);
      maxp.writeUInt16BE(Math.max(0, ...outlines.map(({ points }) => points)), 6);
      maxp.writeUInt16BE(Math.max(0, ...outlines.map(({ contours }) => contours)), 8);
      maxp.writeUInt16BE(2, 14);
      const metrics = glyphs.flatMap((glyph, i) => [Math.round(glyph.advanceWidth), outlines[i]?.left ?? 0]);
      return sfntOf(
        0x00010000,
        new Map([
          ["glyf", Buffer.concat(outlines.map(({ bytes }) => bytes))],
          ["head", head],
          ["hhea", hhea],
          ["hmtx", shorts(metrics)],
          ["loca", offsets],
          ["maxp", maxp],
        ]),
      );
    },
  };
}

type Point = { x: number; y: number; on: boolean };
type Outline = { bytes: Buffer; left: number; points: number; contours: number };

/** The outline of a glyph in the weight of its font, as a simple TrueType glyph. */
function outlineOf({ id }: Glyph, font: Font): Outline {
  const contours = contoursOf(font.getGlyph(id));
  const points = contours.flat();
  if (points.length === 0) return { bytes: Buffer.alloc(0), left: 0, points: 0, contours: 0 };
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const steps = (places: number[]) => shorts(places.map((place, i) => place - (places[i - 1] ?? 0)));
  let end = -1;
  const bytes = Buffer.concat([
    shorts([contours.length, left, Math.min(...ys), right, Math.max(...ys)]),
    shorts(contours.map((contour) => (end += contour.length))),
    shorts([0]),
    Buffer.from(points.map(({ on }) => (on ? 1 : 0))),
    steps(xs),
    steps(ys),
  ]);
  const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  return { bytes: padded, left, points: points.length, contours: contours.length };
}

function contoursOf({ path }: Glyph): Point[][] {
  const contours: Point[][] = [];
  const add = (x: number, y: number, on: boolean) =>
    void contours.at(-1)?.push({ x: Math.round(x), y: Math.round(y), on });
  for (const { command, args } of path.commands) {
    const [x = 0, y = 0, endX = 0, endY = 0] = args;
    if (command === "moveTo") contours.push([]);
    if (command === "moveTo" || command === "lineTo") add(x, y, true);
    if (command === "quadraticCurveTo") {
      add(x, y, false);
      add(endX, endY, true);
    }
  }
  for (const contour of contours) {
    const [first, last] = [contour[0], contour.at(-1)];
    // A contour closes by itself.
    if (contour.length > 1 && first && last?.on && last.x === first.x && last.y === first.y) contour.pop();
  }
  return contours.filter((contour) => contour.length > 2);
}
