import { kindWords } from "../matrix/kinds";
import type { Matrix } from "../matrix/matrix";
import type { Domain, Duty } from "../matrix/shapes";
import { synonymsOf } from "./synonyms";
import { isStopWord, piecesOf, slipsAllowed, slipsBetween, stemOf } from "./words";

/**
 * A full-text search for duties, made for people who don't know a duty's exact words. It matches beginnings of words,
 * typing errors and synonyms, in the duty's text, search words, domain and notes. Rare words weigh more than common
 * ones.
 */

/** The weight of a word by the text that contains it. */
const WEIGHTS = { called: 1, words: 0.9, domain: 0.5, notes: 0.3 } as const;
/** The factor of a match by its kind. `slips` is indexed by the number of typing errors. */
const WORTH = { whole: 1, stem: 0.95, start: 0.8, inside: 0.8, synonym: 0.65, slips: [1, 0.65, 0.45] } as const;
/** The share of a word's weight that each repetition within a duty adds. */
const REPETITION = 0.2;
/** The answer is `sure` only if the best duty covers at least this share of the query's weight. */
const MIN_COVERAGE = 0.5;
/** Duties with less than this share of the best score are left out. */
const MIN_SCORE_SHARE = 0.2;
/** The weight of a query word that no duty contains, relative to a word that only one duty contains. */
const UNKNOWN_WORD = 0.75;

/** The indexed text of one duty: its words with their weights, and its phrases, separated by vertical bars. */
type IndexedText = { words: ReadonlyMap<string, number>; phrases: string };
type Posting = { at: number; weight: number };
type Term = { word: string; stem: string; postings: Posting[] };

/** The search index of a matrix's duties. `postings` refer to duties by their position. */
export type LookUpIndex = {
  duties: readonly Duty[];
  domains: readonly Domain[];
  texts: readonly IndexedText[];
  terms: ReadonlyMap<string, Term>;
  stems: ReadonlyMap<string, readonly Term[]>;
};

/**
 * Returns additional search words of a duty: phrases, separated by commas. The same duty must always give the same
 * words, because they are cached.
 */
type SearchWordsOf = (duty: Duty) => string;

const textCache = new WeakMap<SearchWordsOf, WeakMap<Duty, IndexedText>>();

/**
 * Builds the search index of a matrix. The indexed text of a duty is cached by the duty's value, so that after an edit
 * only the edited duty is processed again.
 */
export function lookUpIndex(
  { duties, domains }: Pick<Matrix, "duties" | "domains">,
  wordsOf: SearchWordsOf,
): LookUpIndex {
  const cachedTexts = textCache.get(wordsOf) ?? new WeakMap<Duty, IndexedText>();
  textCache.set(wordsOf, cachedTexts);
  const domainWords = new Map(domains.map(({ id, name }) => [id, new Set(wordsIn(name))]));
  const terms = new Map<string, Term>();
  const addPosting = (word: string, at: number, weight: number) => {
    let term = terms.get(word);
    if (!term) terms.set(word, (term = { word, stem: stemOf(word), postings: [] }));
    term.postings.push({ at, weight });
  };
  const texts = duties.map((duty, at) => {
    const text = cachedTexts.get(duty) ?? indexedText(duty, wordsOf(duty));
    cachedTexts.set(duty, text);
    for (const [word, weight] of text.words) addPosting(word, at, weight);
    for (const word of domainWords.get(duty.domainId) ?? [])
      if (!text.words.has(word)) addPosting(word, at, WEIGHTS.domain);
    return text;
  });
  const stems = new Map<string, Term[]>();
  for (const term of terms.values()) {
    const same = stems.get(term.stem);
    if (same) same.push(term);
    else stems.set(term.stem, [term]);
  }
  return { duties, domains, texts: texts, terms, stems };
}

function indexedText(duty: Duty, words: string): IndexedText {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const word of wordsIn(text))
      weights.set(word, weights.has(word) ? (weights.get(word) ?? 0) + weight * REPETITION : weight);
  };
  add(`${duty.code} ${duty.text}`, WEIGHTS.called);
  add(duty.searchWords, WEIGHTS.words);
  add(words, WEIGHTS.words);
  add(`${duty.description} ${duty.boundary} ${duty.doneWhen} ${duty.tools} ${kindWords(duty)}`, WEIGHTS.notes);
  return {
    words: weights,
    phrases: `|${[duty.text, ...duty.searchWords.split(","), ...words.split(",")].map(phraseOf).join("|")}|`,
  };
}

function wordsIn(text: string): string[] {
  return piecesOf(text)
    .flatMap(({ joined, parts }) => (parts.length > 1 ? [joined, ...parts] : parts))
    .filter((word) => !isStopWord(word));
}

/** The words of a text without stop words, joined by spaces. A text of stop words alone keeps them. */
function phraseOf(text: string): string {
  const words = piecesOf(text).map(({ joined }) => joined);
  const contentWords = words.filter((word) => !isStopWord(word));
  return (contentWords.length > 0 ? contentWords : words).join(" ");
}

/** The matching duties, the best first. `sure` is false when even the best one covers little of the query. */
type LookUpAnswer = { duties: Duty[]; sure: boolean };
const NOTHING: LookUpAnswer = { duties: [], sure: false };

/** The duties that best match a query. Acronyms such as ISP match whole words only, unless that finds nothing. */
export function lookUp(index: LookUpIndex, query: string): LookUpAnswer {
  const queryWords = query.slice(0, MAX_QUERY).split(/\s+/);
  const strict = ranked(index, queryWords, true);
  return strict.duties.length > 0 || !queryWords.some(isAcronym) ? strict : ranked(index, queryWords, false);
}

/** The rest of a query beyond this length is ignored, since it is probably a pasted page. */
const MAX_QUERY = 200;

function isAcronym(raw: string): boolean {
  return /^[^\p{L}\p{N}]*[\p{Lu}\p{N}]{2,5}[^\p{L}\p{N}]*$/u.test(raw) && /\p{Lu}/u.test(raw);
}

type QueryWord = {
  word: string;
  whole: boolean;
  last: boolean;
  /** The word joined with its neighbours, since "log in" may mean "login". */
  pairs: string[];
};

function ranked(index: LookUpIndex, raw: readonly string[], strict: boolean): LookUpAnswer {
  const queryWords = queryWordsOf(index, raw, strict);
  if (queryWords.length === 0) return NOTHING;
  const scores = new Float64Array(index.duties.length);
  const covered = new Float64Array(index.duties.length);
  let totalWeight = 0;
  for (const one of queryWords) {
    const best = new Map<number, number>();
    let weight = 0;
    for (const [term, worth] of matching(index, one)) {
      const rarity = Math.log(1 + index.duties.length / term.postings.length) * worth;
      weight = Math.max(weight, rarity);
      for (const posting of term.postings)
        best.set(posting.at, Math.max(best.get(posting.at) ?? 0, rarity * posting.weight));
    }
    totalWeight += weight || UNKNOWN_WORD * Math.log(1 + index.duties.length);
    for (const [at, score] of best) {
      scores[at] = (scores[at] ?? 0) + score;
      covered[at] = (covered[at] ?? 0) + weight;
    }
  }
  const phrase = phraseOf(raw.join(" "));
  const fits = index.duties.flatMap((duty, at) => {
    const share = (covered[at] ?? 0) / totalWeight;
    if (share === 0) return [];
    const phrases = index.texts[at]?.phrases ?? "";
    const bonus = phrases.includes(`|${phrase}|`) ? 1.6 : queryWords.length > 1 && phrases.includes(phrase) ? 1.25 : 1;
    return [{ duty, share, score: (scores[at] ?? 0) * share * bonus }];
  });
  fits.sort((a, b) => b.score - a.score);
  const [best] = fits;
  return {
    duties: fits.filter(({ score }) => score >= (best?.score ?? 0) * MIN_SCORE_SHARE).map(({ duty }) => duty),
    sure: (best?.share ?? 0) >= MIN_COVERAGE,
  };
}

/**
 * The words of a query without stop words, or all of them if there are no others. A hyphenated word is looked up as one
 * word if that is known, otherwise as its parts.
 */
function queryWordsOf({ stems }: LookUpIndex, raw: readonly string[], strict: boolean): QueryWord[] {
  const isKnown = (word: string) => stems.has(stemOf(word)) || synonymsOf(word).size > 0;
  const words = raw.flatMap((one) => {
    const whole = strict && isAcronym(one);
    return piecesOf(one).flatMap(({ joined, parts }) =>
      (isKnown(joined) ? [joined] : parts).map((word) => ({ word, whole })),
    );
  });
  const all = words.map(({ word, whole }, i): QueryWord => {
    const [before, after] = [words[i - 1]?.word, words[i + 1]?.word];
    return {
      word,
      whole,
      last: i === words.length - 1,
      pairs: [...(before ? [before + word] : []), ...(after ? [word + after] : [])],
    };
  });
  const contentWords = all.filter(({ word }) => !isStopWord(word));
  return contentWords.length > 0 ? contentWords : all;
}

/** Scripts that write words without spaces between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The terms that match a query word, each with the factor of the match. Typing errors are considered only when nothing
 * else matches.
 */
function matching({ terms, stems }: LookUpIndex, { word, whole, last, pairs }: QueryWord): Map<Term, number> {
  const matches = new Map<Term, number>();
  const addMatch = (term: Term, worth: number) => matches.set(term, Math.max(matches.get(term) ?? 0, worth));
  const exact = terms.get(word);
  if (exact) addMatch(exact, WORTH.whole);
  const stem = stemOf(word);
  for (const term of stems.get(stem) ?? []) addMatch(term, WORTH.stem);
  for (const pair of pairs) for (const term of stems.get(stemOf(pair)) ?? []) addMatch(term, WORTH.stem);
  for (const other of [...synonymsOf(word), ...pairs.flatMap((pair) => [...synonymsOf(pair)])])
    for (const term of stems.get(other) ?? []) addMatch(term, WORTH.synonym);
  if (whole) return matches;
  const start = stem.length >= 4 ? stem : word;
  const minLength = last ? 2 : 3;
  const unspaced = UNSPACED.test(word);
  for (const term of terms.values()) {
    if (word.length >= minLength && term.word.startsWith(start))
      addMatch(term, WORTH.start * (start.length / term.word.length) ** 0.5);
    else if (unspaced && term.word.includes(word)) addMatch(term, WORTH.inside);
  }
  if (matches.size > 0) return matches;
  const maxSlips = slipsAllowed(word);
  if (maxSlips > 0) {
    for (const term of terms.values()) {
      const slips = slipsBetween(word, term.word, maxSlips);
      if (slips <= maxSlips) addMatch(term, WORTH.slips[slips] ?? 0);
    }
  }
  return matches;
}
