import { create, type Font } from "fontkit";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The weights a document is set in. All have the same characters. */
export const FACES = ["regular", "bold", "italic"] as const;
export type Face = (typeof FACES)[number];

const FILES: Record<Face, string> = { regular: "400Regular/Inter_400Regular.ttf", bold: "600SemiBold/Inter_600SemiBold.ttf", italic: "400Regular_Italic/Inter_400Regular_Italic.ttf" };

/** Stands for a character that the typeface doesn't have. It has this one. */
const BOX = "□";

const read = new Map<Face, Buffer>();

/** A typeface's file, read once. */
export function typeface(face: Face): Buffer {
  const kept = read.get(face) ?? readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${FILES[face]}`));
  read.set(face, kept);
  return kept;
}

let coverage: Font | null = null;
const covered = new Map<number, boolean>();

function has(point: number): boolean {
  const known = covered.get(point);
  if (known !== undefined) return known;
  coverage ??= fontOf(typeface("regular"));
  const there = coverage.hasGlyphForCodePoint(point);
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
  // eslint-disable-next-line no-control-regex
  if (/^[\x20-\x7E\n]*$/.test(text)) return text;
  const plain = text.normalize("NFC").replaceAll("\r\n", "\n").replaceAll("\t", " ").replace(INVISIBLE, "");
  let written = "";
  for (const character of plain) written += character === "\n" || has(character.codePointAt(0) ?? 0) ? character : BOX;
  return written;
}

/** Whether some character of a text can't be shown as it is. */
export function losesCharacters(text: string): boolean {
  const plain = text.normalize("NFC").replace(INVISIBLE, "");
  for (const character of plain) if (character !== "\n" && character !== "\r" && character !== "\t" && !has(character.codePointAt(0) ?? 0)) return true;
  return false;
}
