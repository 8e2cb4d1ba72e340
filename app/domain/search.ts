import { normalised } from "./text";

/**
 * How texts are compared when somebody searches: the same everywhere, in the browser and on the server. What is typed and
 * what is stored may differ in accents, case, width and composition, and in signs that look alike.
 */

/** Marks above and below letters, but those that make another kana of a kana; and signs that nobody sees. */
const MARKS = /(?![\u3099\u309A])\p{M}|\p{Cf}/gu;
/** Letters that no decomposition takes apart, and signs that keyboards have one of. */
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
const TAKEN = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "gu");
const PLAIN = /^[\x20-\x7E]*$/;

/** A text as searches compare it: without case, marks or width. Two texts that a reader takes for the same words fold to the same. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // By way of capitals, which the small letters of one word share: ß and SS, the dotless ı and I.
  const folded = normalised(text, "NFKD").replace(MARKS, "").toLowerCase().toUpperCase().toLowerCase();
  return folded.replace(TAKEN, (sign) => ALIKE[sign] ?? sign);
}

/** The words of a query, folded; none where it says nothing. */
function wordsOf(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

/** Whether a text holds every word of a query, anywhere in it. A query without words fits every text. */
export function searchFor(query: string): (text: string) => boolean {
  const words = wordsOf(query);
  if (words.length === 0) return () => true;
  return (text) => {
    const folded = fold(text);
    return words.every((word) => folded.includes(word));
  };
}

/** A search among values that don't change: what each says of itself is folded once and kept as long as the value is. */
export function searchAmong<T extends object>(says: (value: T) => string): (query: string) => (value: T) => boolean {
  const kept = new WeakMap<T, string>();
  return (query) => {
    const words = wordsOf(query);
    if (words.length === 0) return () => true;
    return (value) => {
      let folded = kept.get(value);
      if (folded === undefined) kept.set(value, (folded = fold(says(value))));
      return words.every((word) => folded.includes(word));
    };
  };
}
