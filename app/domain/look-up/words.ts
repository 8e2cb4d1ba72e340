import { fold } from "../search";

/** Stop words: frequent words that don't help to find a duty. */
const STOP_WORDS = new Set(
  "a about all am an and another any anybody anyone are as at be been but by can cannot come comes could did do does doesn don for from get gets getting go got had has have he help her here him his how i if in into is isn it its just ll m may me must my need needs no nobody not of on or our out please s she should so some somebody someone t than that the their them there these they this those to today too up us ve very want wants was wasn we were what when where which who whom whose why will with without won would you your".split(
    " ",
  ),
);

/** Whether a word is a stop word. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** The pattern of a word, for any script and for ASCII. The ASCII one is several times as fast. */
const PIECES = [/[\p{L}\p{N}]+(?:[-'.][\p{L}\p{N}]+)*/gu, /[a-z0-9]+(?:[-'.][a-z0-9]+)*/g] as const;
const JOINTS = /[-'.]/;

/** English endings after an apostrophe, as in leaver's, they've or can't. */
const ENDINGS = /'(?:d|ll|m|re|s|t|ve)(?![\p{L}\p{N}])/gu;

/**
 * The folded words of a text, in order. A word with a hyphen or another joint, such as Wi-Fi, is given as one word
 * (`joined`) and as its parts.
 */
export function piecesOf(text: string): { joined: string; parts: string[] }[] {
  const folded = fold(text).replace(ENDINGS, "");
  return (folded.match(/^[\x20-\x7E]*$/.test(folded) ? PIECES[1] : PIECES[0]) ?? []).map((piece) => {
    if (!JOINTS.test(piece)) return { joined: piece, parts: [piece] };
    const parts = piece.split(JOINTS);
    return { joined: parts.join(""), parts };
  });
}

/**
 * The stem of an English word: "clicked", "clicks" and "clicking" have the same one. Short words keep their endings.
 */
export function stemOf(word: string): string {
  const plural =
    word.length > 4 && word.endsWith("ies")
      ? `${word.slice(0, -3)}y`
      : word.length > 3 && /[^siu]s$/.test(word)
        ? word.slice(0, -1)
        : word;
  const cut =
    plural.length > 5 && plural.endsWith("ing")
      ? plural.slice(0, -3)
      : plural.length > 4 && plural.endsWith("ed")
        ? plural.slice(0, -2)
        : plural;
  const single = cut !== plural ? cut.replace(/([^aeiouls])\1$/, "$1") : cut;
  return single.length > 3 && single.endsWith("e") ? single.slice(0, -1) : single;
}

/** The number of typing errors that are allowed in a word of this length. */
export function slipsAllowed({ length }: string): number {
  return length >= 8 ? 2 : length >= 5 ? 1 : 0;
}

/**
 * The edit distance of two words: the number of letters left out, added, replaced, or swapped with a neighbour
 * (Damerau-Levenshtein). Above `most` it returns `most + 1`.
 */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}
