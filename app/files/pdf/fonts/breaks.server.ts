import { clustersOf, isEmoji } from "./characters.server";

/** A part of a paragraph that stays on one line, and whether a space stands before it. */
export type Piece = { text: string; spaced: boolean };

/** Letters and signs between which a line may end, since their scripts put no spaces between words. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u2E80-\u2FDF\u3000-\u30FF\u31F0-\u33FF\uFE30-\uFE4F\uFF01-\uFF65\uFFE0-\uFFE6]/u;
const THAI = /[\u0E00-\u0E7F]/;
const ZERO_WIDTH_SPACE = "\u200B";
/** A line doesn't begin with these: closing brackets, stops, small kana, and marks of repetition or length. */
const NOT_FIRST =
  /^[\p{Pe}\p{Pf}"'%,.!?:;\u2026\u2025\u00B0\u2030\u2032\u2033\u3001\u3002\u3005\u3009\u300B\u300D\u300F\u3011\u3015\u3017\u3019\u301B\u301E\u301F\u303B\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308E\u3095\u3096\u309B-\u309E\u30A0\u30A1\u30A3\u30A5\u30A7\u30A9\u30C3\u30E3\u30E5\u30E7\u30EE\u30F5\u30F6\u30FB-\u30FE\u31F0-\u31FF\uFF01\uFF05\uFF09\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F\uFF3D\uFF5D\uFF60\uFF61\uFF63-\uFF65\u0E2F\u0E46]/u;
/** A line doesn't end with these: opening brackets and signs of currency. */
const NOT_LAST =
  /[\p{Ps}\p{Pi}"'$\u20AC\u00A3\u00A5\u3008\u300A\u300C\u300E\u3010\u3014\u3016\u3018\u301A\u301D\uFF04\uFF08\uFF3B\uFF5B\uFF5F\uFF62\uFFE1\uFFE5]$/u;
/** Spaces and joiners that no line is broken at. */
const KEPT_TOGETHER = /[\u00A0\u2007\u202F\u2060\uFEFF]/;

const thaiWords = new Intl.Segmenter("th", { granularity: "word" });

/** The parts of a paragraph that stay on one line each: words, characters of scripts without spaces, and words of Thai. */
export function piecesOf(paragraph: string): Piece[] {
  return paragraph
    .split(" ")
    .flatMap((word, i) => partsOf(word).map((text, j) => ({ text, spaced: i > 0 && j === 0 })));
}

function partsOf(word: string): string[] {
  if (!WIDE.test(word) && !THAI.test(word) && !isEmoji(word) && !word.includes(ZERO_WIDTH_SPACE)) return [word];
  const thaiStarts = THAI.test(word) ? wordStarts(word) : new Set<number>();
  const parts: string[] = [];
  let part = "";
  let before = "";
  let at = 0;
  for (const cluster of clustersOf(word)) {
    if (part !== "" && mayPart(before, cluster, thaiStarts.has(at))) {
      parts.push(part);
      part = "";
    }
    part += cluster;
    before = cluster;
    at += cluster.length;
  }
  return [...parts, part];
}

function wordStarts(text: string): Set<number> {
  return new Set(Array.from(thaiWords.segment(text), ({ index }) => index));
}

function mayPart(before: string, after: string, wordStarts: boolean): boolean {
  if (before === ZERO_WIDTH_SPACE) return true;
  if (after === ZERO_WIDTH_SPACE || KEPT_TOGETHER.test(before + after)) return false;
  if (NOT_FIRST.test(after) || NOT_LAST.test(before)) return false;
  if (THAI.test(before) || THAI.test(after)) return wordStarts;
  return [before, after].some((cluster) => WIDE.test(cluster) || isEmoji(cluster));
}
