import { oncePer } from "~/domain/cache";
import type { Style } from "exceljs";

/** The highest row that the format has is 409 points. */
export const HIGHEST_ROW = 400;
/** A pixel, of which programs make rows, in points. */
const PIXEL = 0.75;
/** How many pixels a character of a column's width takes, and how many of a column no text gets. */
const PER_CHARACTER = 7;
const BESIDE_TEXT = 7;
/** The space above and below the lines of a cell, in points. */
const PADDING = 5;

/** The widths of the characters of Calibri, in which cells are written, from the space on, in thousandths of its size. */
const WIDTHS = [
  "226 326 401 498 507 715 682 221 303 303 498 498 250 306 252 386 507 507 507",
  "507 507 507 507 507 507 507 268 268 498 498 498 463 894 579 544 533 615 488",
  "459 631 623 252 319 520 420 855 646 662 517 673 543 459 487 642 567 890 519",
  "487 468 307 386 307 498 498 291 479 525 423 525 498 305 471 525 230 239 455",
  "230 799 525 527 525 525 349 391 335 525 452 715 433 453 395 314 460 314 498",
].flatMap((row) => row.split(" ").map(Number));
const FIRST = 32;
const OTHER_WIDTH = 550;
const WIDE_WIDTH = 950;
/** Scripts whose characters are as wide as they are high, and pictures. */
const WIDE =
  /[\u1100-\u11FF\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F000}-\u{1FAFF}\u{20000}-\u{3FFFF}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Characters that Calibri has no shapes for. The typefaces in their place have higher lines. */
const BORROWED = /[\u0590-\u1DFF\u2E80-\uA4CF\uA840-\uD7FF\uF900-\uFFFD\u{10000}-\u{3FFFF}]/u;

/**
 * How much wider a text is counted than its letters are. Excel rounds each letter to pixels, and a program that lacks
 * Calibri takes a wider typeface, whose lines are lower.
 */
const SLACK = 1.13;
const BOLD = 1.04;
/** The heights of lines in points, by the size of their letters, as Excel rounds them; of others by a multiple of it. */
const LINES = new Map([
  [9, 12],
  [10, 12.75],
  [11, 15],
]);
const LINE = 1.33;
const BORROWED_LINE = 1.55;

type Type = { size: number; bold: boolean };

/** The size and weight of the letters of a style. */
function typeOf({ font }: Partial<Style>): Type {
  return { size: font?.size ?? 11, bold: font?.bold ?? false };
}

/** A text in a column whose width is in characters, or in several columns that are merged. */
export type MeasuredCell = { text: string; width: number; style: Partial<Style> };

/** The width in points that a column of so many characters takes on paper. */
export function columnPoints(width: number): number {
  return Math.round(width * PER_CHARACTER) * PIXEL;
}

/** The width in points that a text has in such a column. */
export function columnRoom(width: number): number {
  return (Math.round(width * PER_CHARACTER) - BESIDE_TEXT) * PIXEL;
}

/** The height in points of one line of a text. */
function lineHeight(text: string, { size }: Type): number {
  return BORROWED.test(text) ? size * BORROWED_LINE : (LINES.get(size) ?? size * LINE);
}

function characterWidth(character: string): number {
  const width = WIDTHS[character.charCodeAt(0) - FIRST];
  if (width !== undefined) return width;
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? WIDE_WIDTH : OTHER_WIDTH;
}

/** The width of a text in points, without any line break. */
export function textWidth(text: string, style: Partial<Style>): number {
  const type = typeOf(style);
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return (width * type.size * SLACK * (type.bold ? BOLD : 1)) / 1_000;
}

/**
 * Where the lines of a text begin when it is wrapped, as programs wrap it: after spaces, between wide characters, and
 * inside a word that is longer than a line.
 */
function lineStarts(text: string, width: number, style: Partial<Style>): number[] {
  const type = typeOf(style);
  const room =
    ((Math.round(width * PER_CHARACTER) - BESIDE_TEXT) * PIXEL * 1_000) / (type.size * SLACK * (type.bold ? BOLD : 1));
  const starts = [0];
  // Most texts are short, whichever their letters are.
  if (text.length * WIDE_WIDTH <= room && !text.includes("\n")) return starts;
  /** The last place to break the line, and how wide the text behind it is. */
  let [used, breakAt, sinceBreak, at] = [0, 0, 0, 0];
  const begin = (from: number, width: number) => {
    starts.push(from);
    [used, breakAt, sinceBreak] = [width, from, width];
  };
  for (const character of text) {
    const own = characterWidth(character);
    const next = at + character.length;
    if (character === "\n") begin(next, 0);
    else if (character === " ") {
      // Spaces at the end of a line hang over it.
      [used, breakAt, sinceBreak] = [used + own, next, 0];
    } else {
      if (own === WIDE_WIDTH && at > (starts.at(-1) ?? 0)) [breakAt, sinceBreak] = [at, 0];
      if (used + own <= room || at === starts.at(-1)) [used, sinceBreak] = [used + own, sinceBreak + own];
      else if (breakAt > (starts.at(-1) ?? 0)) begin(breakAt, sinceBreak + own);
      else begin(at, own);
    }
    at = next;
  }
  return starts;
}

/**
 * The height of a row in points in which each of its texts is whole. A row is measured before it is split and when it is
 * written.
 */
export const rowHeight = oncePer((cells: readonly MeasuredCell[]): number => {
  const highest = Math.max(
    ...cells.map(({ text, width, style }) => lineStarts(text, width, style).length * lineHeight(text, typeOf(style))),
  );
  return Math.ceil((highest + PADDING) / PIXEL) * PIXEL;
});

/** A text in pieces, each of which is whole in a row of a certain height. */
export function piecesFor({ text, width, style }: MeasuredCell, height: number): string[] {
  const starts = lineStarts(text, width, style);
  const lines = Math.max(1, Math.floor((height - PADDING) / lineHeight(text, typeOf(style))));
  if (starts.length <= lines) return [text];
  return Array.from({ length: Math.ceil(starts.length / lines) }, (_, i) =>
    text.slice(starts[i * lines], starts[(i + 1) * lines]).replace(/[ \n]$/, ""),
  );
}
