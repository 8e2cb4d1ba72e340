import { normalised } from "./text";

/**
 * Text comparison for searches. The browser and the server use the same one. It ignores differences in accents, case,
 * character width and Unicode composition, and treats similar signs as equal.
 */

/** Combining marks and invisible format characters, except the two marks that turn one Japanese kana into another. */
const MARKS = /(?![\u3099\u309A])\p{M}|\p{Cf}/gu;
/** Letters that Unicode doesn't decompose into a base letter, and typographic signs, each with its plain equivalent. */
const ALIKE: Readonly<Record<string, string>> = {
  ς: "σ",
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  þ: "th",
  æ: "ae",
  œ: "oe",
  "‘": "'",
  "’": "'",
  ʼ: "'",
  "′": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‐": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "−": "-",
};
const ALIKE_SIGNS = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "gu");
const PLAIN = /^[\x20-\x7E]*$/;

/**
 * The folded form of a text: without case, marks and differences in width. Texts that a reader takes for the same words
 * have the same folded form.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // Converting to upper case first unifies lower-case variants: ß becomes SS, and the dotless ı becomes I.
  const folded = normalised(text, "NFKD").replace(MARKS, "").toLowerCase().toUpperCase().toLowerCase();
  return folded.replace(ALIKE_SIGNS, (sign) => ALIKE[sign] ?? sign);
}

/** The folded words of a query; an empty list when it has none. */
function wordsOf(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

/** A test whether a text contains every word of a query. A query without words matches every text. */
export function searchFor(query: string): (text: string) => boolean {
  const words = wordsOf(query);
  if (words.length === 0) return () => true;
  return (text) => {
    const folded = fold(text);
    return words.every((word) => folded.includes(word));
  };
}

/**
 * A search among immutable values. `says` gives the text of a value; its folded form is cached as long as the value
 * exists.
 */
export function searchAmong<T extends object>(textOf: (value: T) => string): (query: string) => (value: T) => boolean {
  const foldedTexts = new WeakMap<T, string>();
  return (query) => {
    const words = wordsOf(query);
    if (words.length === 0) return () => true;
    return (value) => {
      let folded = foldedTexts.get(value);
      if (folded === undefined) foldedTexts.set(value, (folded = fold(textOf(value))));
      return words.every((word) => folded.includes(word));
    };
  };
}
