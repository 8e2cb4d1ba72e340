import type { Font, Glyph, GlyphRun } from "fontkit";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { normalised } from "~/domain/text";
import { fontOf, withOwnCodePoints } from "./fonts/font.server";

/** The weights that a document uses. All have the same characters. */
export const FACES = ["regular", "bold", "italic"] as const;
export type Face = (typeof FACES)[number];

const FILES: Record<Face, string> = {
  regular: "400Regular/Inter_400Regular.ttf",
  bold: "600SemiBold/Inter_600SemiBold.ttf",
  italic: "400Regular_Italic/Inter_400Regular_Italic.ttf",
};

/** Replaces a character that the typeface lacks. The typeface has this one. */
const BOX = "□";

/**
 * A loaded typeface with a cache of words that are laid out: parsing its tables takes as long as a short document, and
 * documents share most of their words.
 */
type OpenedTypeface = { font: Font; words: Map<string, Word>; glyphCount: number };
type Word = Pick<GlyphRun, "glyphs" | "positions">;

/**
 * How many glyphs the cache of a typeface holds, at about 60 bytes each. A word that is broken over lines adds its
 * parts, too.
 */
const MAX_CACHED_GLYPHS = 200_000;

const openedTypefaces = new Map<Face, OpenedTypeface>();

function openedTypeface(face: Face): OpenedTypeface {
  const loaded = openedTypefaces.get(face) ?? {
    font: withOwnCodePoints(
      fontOf(readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${FILES[face]}`))),
    ),
    words: new Map<string, Word>(),
    glyphCount: 0,
  };
  openedTypefaces.set(face, loaded);
  return loaded;
}

/**
 * The typeface of one document, as PDFKit accepts it, although its types don't list a loaded font. Documents share the
 * cache of words and nothing else.
 */
export function typeface(face: Face): PDFKit.Mixins.PDFFontSource {
  const opened = openedTypeface(face);
  // Within a document a glyph keeps the characters it is first used for, so a lookalike reads back as those.
  const firstGlyphs = new Map<number, Glyph>();
  const first = (glyph: Glyph) => {
    const firstGlyph = firstGlyphs.get(glyph.id) ?? glyph;
    firstGlyphs.set(glyph.id, firstGlyph);
    return firstGlyph;
  };
  const layout = (text: string) => {
    const { glyphs, positions } = opened.words.get(text) ?? setWord(opened, text);
    // PDFKit scales the positions in place.
    const placed = positions.map((position) => ({ ...position }));
    return {
      glyphs: glyphs.map(first),
      positions: placed,
      get advanceWidth() {
        return placed.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
      },
    };
  };
  const own: PDFKit.Mixins.PDFFontSource = Object.create(opened.font, { layout: { value: layout } });
  return own;
}

function setWord(opened: OpenedTypeface, text: string): Word {
  const { glyphs, positions } = opened.font.layout(text);
  const word = { glyphs, positions };
  if (opened.glyphCount > MAX_CACHED_GLYPHS) {
    opened.words.clear();
    opened.glyphCount = 0;
  }
  opened.words.set(text, word);
  opened.glyphCount += glyphs.length;
  return word;
}

/** How far the typeface reaches above the line that letters stand on, at a size of one. */
export function ascent(face: Face): number {
  const { font } = openedTypeface(face);
  return font.ascent / font.unitsPerEm;
}

const coverage = new Map<number, boolean>();

/** Whether the typeface of documents has a character. */
export function hasCharacter(point: number): boolean {
  const cached = coverage.get(point);
  if (cached !== undefined) return cached;
  const present = openedTypeface("regular").font.hasGlyphForCodePoint(point);
  coverage.set(point, present);
  return present;
}

/** Characters that join others or select a form of them. Alone they show nothing. */
const INVISIBLE = /[\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFE00-\uFE0F\uFEFF]/gu;

/** A text with a box in place of each character that the typeface lacks. */
export function drawableText(text: string): string {
  if (/^[\x20-\x7E\n]*$/.test(text)) return text;
  const plain = normalised(text, "NFC").replaceAll("\r\n", "\n").replaceAll("\t", " ").replace(INVISIBLE, "");
  let written = "";
  for (const character of plain)
    written += character === "\n" || hasCharacter(character.codePointAt(0) ?? 0) ? character : BOX;
  return written;
}

/** Whether the typeface lacks a character of a text. */
export function losesCharacters(text: string): boolean {
  const plain = normalised(text, "NFC").replace(INVISIBLE, "");
  for (const character of plain)
    if (character !== "\n" && character !== "\r" && character !== "\t" && !hasCharacter(character.codePointAt(0) ?? 0))
      return true;
  return false;
}
