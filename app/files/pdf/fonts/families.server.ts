import type { Font, GlyphRun } from "fontkit";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cacheOf } from "~/domain/cache";
import type { Face } from "../typefaces.server";
import { fontOf, oneFont, withOwnCodePoints } from "./font.server";
import { trueTypeOf } from "./woff2.server";

/** The typefaces beside the document's own one, by what they are for. */
export const FAMILIES = ["sc", "tc", "jp", "kr", "arabic", "hebrew", "thai", "devanagari", "emoji"] as const;
export type Family = (typeof FAMILIES)[number];

/** The families that have Chinese characters. */
export const HAN_FAMILIES = ["sc", "tc", "jp", "kr"] as const satisfies readonly Family[];
export type HanFamily = (typeof HAN_FAMILIES)[number];

/** A font that is loaded, with a cache of what is laid out in it. `file` is the whole font, as TrueType. */
export type OpenedFont = { name: string; font: Font; file: Buffer; words: Map<string, Laid>; glyphCount: number };
type Laid = Pick<GlyphRun, "glyphs" | "positions">;

/**
 * How many fonts stay loaded, each of a megabyte or less. A schedule in Chinese asks for a hundred slices in two weights;
 * with fewer places each line would load them anew.
 */
const LOADED_FONTS = 256;
/** How many glyphs the cache of one font holds, at about 60 bytes each. */
const MAX_CACHED_GLYPHS = 20_000;
/** The document's bold is a semibold, so that of other scripts is one, too. */
const WEIGHTS: Record<Face, number> = { regular: 400, bold: 600, italic: 400 };

const EMOJI_FILE = "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf";

const loaded = cacheOf<OpenedFont>(LOADED_FONTS);
const slices = new Map<Family, ReadonlyMap<number, string>>();
const { resolve } = createRequire(import.meta.url);

/** The font of a family that has all of the characters; null where there is none. Nothing is loaded before a text needs it. */
export function fontWith(family: Family, face: Face, points: readonly number[]): OpenedFont | null {
  const slice = sliceWith(family, points);
  return slice === null ? null : openedFont(family, slice, WEIGHTS[family === "emoji" ? "regular" : face]);
}

/** Whether one font of a family has all of the characters. */
export function hasFont(family: Family, points: readonly number[]): boolean {
  return sliceWith(family, points) !== null;
}

function sliceWith(family: Family, points: readonly number[]): string | null {
  const slice = family === "emoji" ? "" : slicesOf(family).get(points[0] ?? 0);
  if (slice === undefined) return null;
  const covered = coverageOf(family, slice);
  return points.every((point) => covered.has(point)) ? slice : null;
}

/**
 * The characters of each slice that was asked for. They stay when their font goes: a text in Chinese asks for more slices
 * than fonts are kept, so that whether a character is there would load a font for each.
 */
const coverage = new Map<string, ReadonlySet<number>>();

function coverageOf(family: Family, slice: string): ReadonlySet<number> {
  const key = `${family} ${slice}`;
  const known = coverage.get(key);
  if (known) return known;
  const font = fontOf(fileOf(family, slice));
  const covered = new Set(font.characterSet.filter((point) => font.hasGlyphForCodePoint(point)));
  coverage.set(key, covered);
  return covered;
}

/** Whether the list of a family has a character, which tells without loading a font. */
export function isListed(family: HanFamily, point: number): boolean {
  return slicesOf(family).has(point);
}

/** Which slice of a family has which character: the large families come in a hundred files each. */
function slicesOf(family: Exclude<Family, "emoji">): ReadonlyMap<number, string> {
  const known = slices.get(family);
  if (known) return known;
  const ranges: Record<string, string> = JSON.parse(readFileSync(resolve(`${packageOf(family)}/unicode.json`), "utf8"));
  const found = new Map<number, string>();
  for (const [name, list] of Object.entries(ranges)) {
    // The Latin, Greek and Cyrillic letters of a family don't go with those of the document.
    if (!name.startsWith("[") && name !== family) continue;
    const slice = name.replace(/[[\]]/g, "");
    for (const range of list.split(",")) {
      const [from = 0, to = from] = range
        .slice(2)
        .split("-")
        .map((code) => Number.parseInt(code, 16));
      for (let point = from; point <= to; point++) found.set(point, slice);
    }
  }
  slices.set(family, found);
  return found;
}

function packageOf(family: Exclude<Family, "emoji">): string {
  return `@fontsource-variable/noto-sans-${family}`;
}

function openedFont(family: Family, slice: string, weight: number): OpenedFont {
  const name = `NotoSans-${family}-${slice}-${weight}`;
  return (
    loaded.get(name) ?? loaded.set(name, { name, ...loadFont(family, slice, weight), words: new Map(), glyphCount: 0 })
  );
}

function loadFont(family: Family, slice: string, weight: number): Pick<OpenedFont, "font" | "file"> {
  const file = fileOf(family, slice);
  const font = family === "emoji" ? fontOf(file) : oneFont(fontOf(file).getVariation({ wght: weight }));
  return { file, font: withOwnCodePoints(font) };
}

/** The whole font of a slice, as TrueType. */
function fileOf(family: Family, slice: string): Buffer {
  if (family === "emoji") return readFileSync(resolve(EMOJI_FILE));
  return trueTypeOf(readFileSync(resolve(`${packageOf(family)}/files/noto-sans-${family}-${slice}-wght-normal.woff2`)));
}

/** A text laid out in a font, from left to right as it is drawn. Whoever gets it only reads it. */
export function laidOut(opened: OpenedFont, text: string, direction: "ltr" | "rtl"): Laid {
  const key = `${direction} ${text}`;
  const known = opened.words.get(key);
  if (known) return known;
  const { glyphs, positions } = opened.font.layout(inShapingOrder(text), undefined, undefined, undefined, direction);
  const laid = { glyphs, positions };
  if (opened.glyphCount > MAX_CACHED_GLYPHS) {
    opened.words.clear();
    opened.glyphCount = 0;
  }
  opened.words.set(key, laid);
  opened.glyphCount += glyphs.length;
  return laid;
}

/**
 * Points of Hebrew and vowel signs of Arabic in the order in which fonts stack them on their letter. Unicode's own order
 * puts a vowel below the sign of a doubled letter. HarfBuzz orders them alike.
 */
const STACKED = [
  "\u05C1\u05C2\u05BC\u05BF\u05B9\u05BA\u05B1\u05B2\u05B3\u05B5\u05B6\u05B7\u05B8\u05C7\u05B0\u05B4\u05BB\u05BD",
  "\u0651\u064B\u064C\u064D\u064E\u064F\u0650\u0652",
].join("");
const SEVERAL_STACKED = new RegExp(`[${STACKED}]{2,}`, "g");

/**
 * A tone mark and the Thai vowel am after it, whose ring stands below the tone. fontkit doesn't part the vowel into its
 * ring, which comes first, and the letter behind the tone.
 */
const TONE_AND_AM = /([\u0E48-\u0E4B])\u0E33/g;

/** A text as fontkit has to get it to lay it out right. */
function inShapingOrder(text: string): string {
  return text
    .replace(SEVERAL_STACKED, (marks) =>
      [...marks].sort((one, other) => STACKED.indexOf(one) - STACKED.indexOf(other)).join(""),
    )
    .replace(TONE_AND_AM, "\u0E4D$1\u0E32");
}
