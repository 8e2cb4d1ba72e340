import { normalised } from "~/domain/text";
import { isRightToLeft } from "./direction.server";
import { hasCharacter, type Face } from "../typefaces.server";
import {
  FAMILIES,
  fontWith,
  HAN_FAMILIES,
  hasFont,
  isListed,
  type Family,
  type HanFamily,
  type OpenedFont,
} from "./families.server";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Stands for a character that no typeface has. The document's own has this one. */
const BOX = "□";
/** Characters that show nothing by themselves: they join or part others, or select a form of them. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
/** Characters without any meaning that all agree on: unassigned ones, and those left to whoever makes a typeface. */
const UNASSIGNED = /[\p{Cn}\p{Co}\p{Cs}]/u;
/** Marks that override the order of what follows. They are never stored; where a text has them all the same, they do nothing. */
const OVERRIDING = /[\u202A-\u202E\u2066-\u2069]/g;

/** The text as a pen of scripts draws it: composed, on lines, and without marks that override its order. */
export function orderedText(text: string): string {
  return normalised(text, "NFC").replaceAll("\r\n", "\n").replaceAll("\t", " ").replace(OVERRIDING, "");
}

/** The characters of a text as readers see them: letters with their marks, and sequences of emoji. */
export function clustersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

const plainCharacters = new Map<string, boolean>();

/** Whether the document's own typeface draws all of a text, character by character from left to right. */
export function isPlain(text: string): boolean {
  if (/^[\x20-\x7E\n]*$/.test(text)) return true;
  for (const character of text) {
    const plain = plainCharacters.get(character) ?? isPlainCharacter(character);
    plainCharacters.set(character, plain);
    if (!plain) return false;
  }
  return true;
}

function isPlainCharacter(character: string): boolean {
  return (
    character === "\n" ||
    (hasCharacter(character.codePointAt(0) ?? 0) &&
      !UNSEEN.test(character) &&
      !UNASSIGNED.test(character) &&
      !isRightToLeft(character) &&
      !isEmoji(character))
  );
}

/** Whether a cluster is shown as a picture and not as a letter. */
export function isEmoji(cluster: string): boolean {
  return /\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Extended_Pictographic}\u200D/u.test(cluster);
}

/** Chinese characters, and the letters and signs that go with them. */
const HAN_CHARACTERS = /\p{Script=Han}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;

/** The family that Japanese or Korean letters ask for; null where a text has none. */
function lettersFamily(text: string): HanFamily | null {
  return KANA.test(text) ? "jp" : HANGUL.test(text) ? "kr" : null;
}

/** The family that the texts of a whole document ask for; null where they have no Chinese characters. */
export function hanFamilyIn(text: string): HanFamily | null {
  return lettersFamily(text) ?? writtenFamily(hanPoints(text));
}

function hanPoints(text: string): number[] {
  return (text.match(HAN_CHARACTERS) ?? []).map((character) => character.codePointAt(0) ?? 0);
}

/**
 * The family for the Chinese characters of a text. The same character is drawn in other ways in China, Taiwan, Japan
 * and Korea, so the letters beside it tell, then those of the whole document, then whether a character is only written
 * so in one of them.
 */
export function hanFamilyOf(text: string, ofDocument: HanFamily | null): HanFamily {
  const own = lettersFamily(text);
  const points = hanPoints(text);
  if (points.length === 0) return own ?? ofDocument ?? "sc";
  const ofLetters = ofDocument === "jp" || ofDocument === "kr" ? ofDocument : null;
  const candidates = [own, ofLetters, writtenFamily(points), ofDocument, ...HAN_FAMILIES].filter(
    (family) => family !== null,
  );
  return candidates.find((family) => points.every((point) => isListed(family, point))) ?? candidates[0] ?? "sc";
}

let traditional: ReadonlySet<number> | null = null;
let simplified: ReadonlySet<number> | null = null;

/** Whether characters are those that only Taiwan's or only China's first national standard has. */
function writtenFamily(points: readonly number[]): HanFamily | null {
  if (points.length === 0) return null;
  traditional ??= charactersOf("big5", [0xa4, 0xf9], [0x40, 0xfe]);
  simplified ??= charactersOf("gbk", [0xb0, 0xf7], [0xa1, 0xfe]);
  for (const point of points)
    if (traditional.has(point) !== simplified.has(point)) return traditional.has(point) ? "tc" : "sc";
  return null;
}

function charactersOf(
  encoding: string,
  [firstRow, lastRow]: readonly [number, number],
  [first, last]: readonly [number, number],
): Set<number> {
  const bytes: number[] = [];
  for (let row = firstRow; row <= lastRow; row++)
    for (let place = first; place <= last; place++) bytes.push(row, place);
  const text = new TextDecoder(encoding).decode(new Uint8Array(bytes));
  return new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0).filter((point) => point > 0x7f));
}

const SCRIPTS: readonly (readonly [RegExp, Family])[] = [
  [/\p{Script_Extensions=Arabic}/u, "arabic"],
  [/\p{Script_Extensions=Hebrew}/u, "hebrew"],
  [/\p{Script_Extensions=Thai}/u, "thai"],
  [/\p{Script_Extensions=Devanagari}/u, "devanagari"],
  [HANGUL, "kr"],
  [KANA, "jp"],
  [/\p{Script=Bopomofo}/u, "tc"],
];

/** What draws a cluster: a font of another script, the document's own typeface (null), or nothing that there is. */
export type Drawing = { text: string; font: OpenedFont | null; missing: boolean };

/** What draws a cluster, in parts where no font has all of it. Chinese characters are looked for in a family first. */
export function drawingsOf(cluster: string, face: Face, han: HanFamily): Drawing[] {
  const points = seenPoints(cluster);
  if (points.length === 0) return [];
  const whole = drawingOf(cluster, points, face, han);
  if (whole) return [whole];
  return [...cluster].flatMap((character) => {
    const [point] = seenPoints(character);
    if (point === undefined) return [];
    return drawingOf(character, [point], face, han) ?? { text: BOX, font: null, missing: true };
  });
}

function seenPoints(cluster: string): number[] {
  return [...cluster].flatMap((character) => (UNSEEN.test(character) ? [] : (character.codePointAt(0) ?? 0)));
}

function drawingOf(text: string, points: readonly number[], face: Face, han: HanFamily): Drawing | null {
  const family = familyOf(text, points, han);
  if (family === null) return null;
  return family === "own"
    ? { text: seenText(text), font: null, missing: false }
    : { text, font: fontWith(family, face, points), missing: false };
}

/** Whether no typeface has a character. Nothing is loaded to draw it. */
export function isMissing(character: string): boolean {
  const points = seenPoints(character);
  return points.length > 0 && familyOf(character, points, "sc") === null;
}

/** What has all of a text's characters: a family, or the document's own typeface; null where nothing has. */
function familyOf(text: string, points: readonly number[], han: HanFamily): Family | "own" | null {
  if (UNASSIGNED.test(text)) return null;
  const emoji = isEmoji(text);
  const own = points.every(hasCharacter);
  if (own && !emoji) return "own";
  const families = new Set<Family>([
    ...(emoji ? (["emoji"] as const) : []),
    ...SCRIPTS.flatMap(([script, family]) => (script.test(text) ? family : [])),
    han,
    ...FAMILIES,
  ]);
  for (const family of families) if (hasFont(family, points)) return family;
  return own ? "own" : null;
}

/** A text without the characters that show nothing by themselves. */
export function seenText(text: string): string {
  return text.replace(new RegExp(UNSEEN, "gu"), "");
}
