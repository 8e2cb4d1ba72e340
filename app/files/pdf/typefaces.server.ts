import { create, type Font, type Glyph, type GlyphRun } from "fontkit";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { normalised } from "~/domain/text";

/** The weights a document is set in. All have the same characters. */
export const FACES = ["regular", "bold", "italic"] as const;
export type Face = (typeof FACES)[number];

const FILES: Record<Face, string> = {
  regular: "400Regular/Inter_400Regular.ttf",
  bold: "600SemiBold/Inter_600SemiBold.ttf",
  italic: "400Regular_Italic/Inter_400Regular_Italic.ttf",
};

/** Stands for a character that the typeface doesn't have. It has this one. */
const BOX = "□";

/** A typeface and the words that were set in it: reading its tables takes as long as a short document, and documents share most of their words. */
type Opened = { font: Font; words: Map<string, Word>; kept: number };
type Word = Pick<GlyphRun, "glyphs" | "positions">;

/** How many glyphs in words a typeface keeps, some 60 bytes each. The parts of a word that is broken over lines are words too. */
const MAX_KEPT = 200_000;

const opened = new Map<Face, Opened>();

function open(face: Face): Opened {
  const kept = opened.get(face) ?? {
    font: exact(
      fontOf(readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${FILES[face]}`))),
    ),
    words: new Map<string, Word>(),
    kept: 0,
  };
  opened.set(face, kept);
  return kept;
}

/** fontkit gives a glyph the characters it was first asked for, whoever asks later; this one gives those it is asked for. */
function exact(font: Font): Font {
  const remembered = font.getGlyph.bind(font);
  const glyphs = new Map<string, Glyph>();
  font.getGlyph = (id, characters = []) => {
    const key = `${id} ${characters.join(" ")}`;
    const known = glyphs.get(key);
    if (known) return known;
    const glyph = remembered(id, characters);
    const own: Glyph =
      glyph.codePoints.join() === characters.join()
        ? glyph
        : Object.create(glyph, { codePoints: { value: characters } });
    glyphs.set(key, own);
    return own;
  };
  return font;
}

/** A typeface for one document: PDFKit takes an opened one too, which its types leave out. Nothing of one document shows in another. */
export function typeface(face: Face): PDFKit.Mixins.PDFFontSource {
  const of = open(face);
  // In a document a glyph stands for the characters it is first met with: one that looks the same is read back as that.
  const met = new Map<number, Glyph>();
  const first = (glyph: Glyph) => {
    const known = met.get(glyph.id) ?? glyph;
    met.set(glyph.id, known);
    return known;
  };
  const layout = (text: string) => {
    const { glyphs, positions } = of.words.get(text) ?? setWord(of, text);
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
  const own: PDFKit.Mixins.PDFFontSource = Object.create(of.font, { layout: { value: layout } });
  return own;
}

function setWord(of: Opened, text: string): Word {
  const { glyphs, positions } = of.font.layout(text);
  const word = { glyphs, positions };
  if (of.kept > MAX_KEPT) {
    of.words.clear();
    of.kept = 0;
  }
  of.words.set(text, word);
  of.kept += glyphs.length;
  return word;
}

const covered = new Map<number, boolean>();

function has(point: number): boolean {
  const known = covered.get(point);
  if (known !== undefined) return known;
  const there = open("regular").font.hasGlyphForCodePoint(point);
  covered.set(point, there);
  return there;
}

function fontOf(bytes: Buffer): Font {
  const font = create(bytes);
  if (!("hasGlyphForCodePoint" in font)) throw new Error("The typeface is a collection, not one font.");
  return font;
}

/** What joins or selects forms of the character before it: without that one it shows nothing. */
const INVISIBLE = /[\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFE00-\uFE0F\uFEFF]/gu;

/** A text as the typeface can show it: a box stands where it has no character, never nothing. */
export function shown(text: string): string {
  if (/^[\x20-\x7E\n]*$/.test(text)) return text;
  const plain = normalised(text, "NFC").replaceAll("\r\n", "\n").replaceAll("\t", " ").replace(INVISIBLE, "");
  let written = "";
  for (const character of plain) written += character === "\n" || has(character.codePointAt(0) ?? 0) ? character : BOX;
  return written;
}

/** Whether some character of a text can't be shown as it is. */
export function losesCharacters(text: string): boolean {
  const plain = normalised(text, "NFC").replace(INVISIBLE, "");
  for (const character of plain)
    if (character !== "\n" && character !== "\r" && character !== "\t" && !has(character.codePointAt(0) ?? 0))
      return true;
  return false;
}
