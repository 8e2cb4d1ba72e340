import type { Matrix } from "../matrix/matrix";
import type { Domain, Duty } from "../matrix/shapes";
import { synonymsOf } from "./synonyms";
import { isSilent, piecesOf, slipsAllowed, slipsBetween, stemOf } from "./words";

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
const AGAIN = 0.2;
/** The answer is `sure` only if the best duty covers at least this share of the query's weight. */
const ENOUGH = 0.5;
/** Duties with less than this share of the best score are left out. */
const WORSE = 0.2;
/** The weight of a query word that no duty contains, relative to a word that only one duty contains. */
const UNKNOWN = 0.75;

/** The indexed text of one duty: its words with their weights, and its phrases, separated by vertical bars. */
type Said = { words: ReadonlyMap<string, number>; phrases: string };
type Posting = { at: number; weight: number };
type Term = { word: string; stem: string; postings: Posting[] };

/** The search index of a matrix's duties. `postings` refer to duties by their position. */
export type LookUpIndex = {
  duties: readonly Duty[];
  domains: readonly Domain[];
  said: readonly Said[];
  terms: ReadonlyMap<string, Term>;
  stems: ReadonlyMap<string, readonly Term[]>;
};

/**
 * Returns additional search words of a duty: phrases, separated by commas. The same duty must always give the same
 * words, because they are cached.
 */
type WordsOf = (duty: Duty) => string;

const kept = new WeakMap<WordsOf, WeakMap<Duty, Said>>();

/**
 * Builds the search index of a matrix. The indexed text of a duty is cached by the duty's value, so that after an edit
 * only the edited duty is processed again.
 */
export function lookUpIndex({ duties, domains }: Pick<Matrix, "duties" | "domains">, wordsOf: WordsOf): LookUpIndex {
  const known = kept.get(wordsOf) ?? new WeakMap<Duty, Said>();
  kept.set(wordsOf, known);
  const called = new Map(domains.map(({ id, name }) => [id, new Set(wordsIn(name))]));
  const terms = new Map<string, Term>();
  const post = (word: string, at: number, weight: number) => {
    let term = terms.get(word);
    if (!term) terms.set(word, (term = { word, stem: stemOf(word), postings: [] }));
    term.postings.push({ at, weight });
  };
  const said = duties.map((duty, at) => {
    const own = known.get(duty) ?? saidBy(duty, wordsOf(duty));
    known.set(duty, own);
    for (const [word, weight] of own.words) post(word, at, weight);
    for (const word of called.get(duty.domainId) ?? []) if (!own.words.has(word)) post(word, at, WEIGHTS.domain);
    return own;
  });
  const stems = new Map<string, Term[]>();
  for (const term of terms.values()) {
    const same = stems.get(term.stem);
    if (same) same.push(term);
    else stems.set(term.stem, [term]);
  }
  return { duties, domains, said, terms, stems };
}

function saidBy(duty: Duty, words: string): Said {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number) => {
    for (const word of wordsIn(text))
      weights.set(word, weights.has(word) ? (weights.get(word) ?? 0) + weight * AGAIN : weight);
  };
  add(`${duty.code} ${duty.text}`, WEIGHTS.called);
  add(duty.searchWords, WEIGHTS.words);
  add(words, WEIGHTS.words);
  add(`${duty.description} ${duty.boundary} ${duty.doneWhen} ${duty.tools}`, WEIGHTS.notes);
  return {
    words: weights,
    phrases: `|${[duty.text, ...duty.searchWords.split(","), ...words.split(",")].map(phraseOf).join("|")}|`,
  };
}

function wordsIn(text: string): string[] {
  return piecesOf(text)
    .flatMap(({ joined, parts }) => (parts.length > 1 ? [joined, ...parts] : parts))
    .filter((word) => !isSilent(word));
}

/** The words of a text without stop words, joined by spaces. A text of stop words alone keeps them. */
function phraseOf(text: string): string {
  const words = piecesOf(text).map(({ joined }) => joined);
  const telling = words.filter((word) => !isSilent(word));
  return (telling.length > 0 ? telling : words).join(" ");
}

/** The matching duties, the best first. `sure` is false when even the best one covers little of the query. */
type LookUpAnswer = { duties: Duty[]; sure: boolean };
const NOTHING: LookUpAnswer = { duties: [], sure: false };

/** The duties that best match a query. Acronyms such as ISP match whole words only, unless that finds nothing. */
export function lookUp(index: LookUpIndex, query: string): LookUpAnswer {
  const asked = query.slice(0, LONGEST).split(/\s+/);
  const strict = ranked(index, asked, true);
  return strict.duties.length > 0 || !asked.some(isAcronym) ? strict : ranked(index, asked, false);
}

/** The rest of a query beyond this length is ignored, since it is probably a pasted page. */
const LONGEST = 200;

function isAcronym(raw: string): boolean {
  return /^[^\p{L}\p{N}]*[\p{Lu}\p{N}]{2,5}[^\p{L}\p{N}]*$/u.test(raw) && /\p{Lu}/u.test(raw);
}

type Asked = {
  word: string;
  whole: boolean;
  last: boolean;
  /** The word joined with its neighbours, since "log in" may mean "login". */
  pairs: string[];
};

function ranked(index: LookUpIndex, raw: readonly string[], strict: boolean): LookUpAnswer {
  const asked = askedIn(index, raw, strict);
  if (asked.length === 0) return NOTHING;
  const scores = new Float64Array(index.duties.length);
  const covered = new Float64Array(index.duties.length);
  let whole = 0;
  for (const one of asked) {
    const best = new Map<number, number>();
    let weight = 0;
    for (const [term, worth] of matching(index, one)) {
      const rarity = Math.log(1 + index.duties.length / term.postings.length) * worth;
      weight = Math.max(weight, rarity);
      for (const posting of term.postings)
        best.set(posting.at, Math.max(best.get(posting.at) ?? 0, rarity * posting.weight));
    }
    whole += weight || UNKNOWN * Math.log(1 + index.duties.length);
    for (const [at, score] of best) {
      scores[at] = (scores[at] ?? 0) + score;
      covered[at] = (covered[at] ?? 0) + weight;
    }
  }
  const phrase = phraseOf(raw.join(" "));
  const fits = index.duties.flatMap((duty, at) => {
    const share = (covered[at] ?? 0) / whole;
    if (share === 0) return [];
    const phrases = index.said[at]?.phrases ?? "";
    const bonus = phrases.includes(`|${phrase}|`) ? 1.6 : asked.length > 1 && phrases.includes(phrase) ? 1.25 : 1;
    return [{ duty, share, score: (scores[at] ?? 0) * share * bonus }];
  });
  fits.sort((a, b) => b.score - a.score);
  const [best] = fits;
  return {
    duties: fits.filter(({ score }) => score >= (best?.score ?? 0) * WORSE).map(({ duty }) => duty),
    sure: (best?.share ?? 0) >= ENOUGH,
  };
}

/**
 * The words of a query without stop words, or all of them if there are no others. A hyphenated word is looked up as one
 * word if that is known, otherwise as its parts.
 */
function askedIn({ stems }: LookUpIndex, raw: readonly string[], strict: boolean): Asked[] {
  const known = (word: string) => stems.has(stemOf(word)) || synonymsOf(word).size > 0;
  const words = raw.flatMap((one) => {
    const whole = strict && isAcronym(one);
    return piecesOf(one).flatMap(({ joined, parts }) =>
      (known(joined) ? [joined] : parts).map((word) => ({ word, whole })),
    );
  });
  const all = words.map(({ word, whole }, i): Asked => {
    const [before, after] = [words[i - 1]?.word, words[i + 1]?.word];
    return {
      word,
      whole,
      last: i === words.length - 1,
      pairs: [...(before ? [before + word] : []), ...(after ? [word + after] : [])],
    };
  });
  const telling = all.filter(({ word }) => !isSilent(word));
  return telling.length > 0 ? telling : all;
}

/** Scripts that write words without spaces between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The terms that match a query word, each with the factor of the match. Typing errors are considered only when nothing
 * else matches.
 */
function matching({ terms, stems }: LookUpIndex, { word, whole, last, pairs }: Asked): Map<Term, number> {
  const found = new Map<Term, number>();
  const take = (term: Term, worth: number) => found.set(term, Math.max(found.get(term) ?? 0, worth));
  const exact = terms.get(word);
  if (exact) take(exact, WORTH.whole);
  const stem = stemOf(word);
  for (const term of stems.get(stem) ?? []) take(term, WORTH.stem);
  for (const pair of pairs) for (const term of stems.get(stemOf(pair)) ?? []) take(term, WORTH.stem);
  for (const other of [...synonymsOf(word), ...pairs.flatMap((pair) => [...synonymsOf(pair)])])
    for (const term of stems.get(other) ?? []) take(term, WORTH.synonym);
  if (whole) return found;
  const start = stem.length >= 4 ? stem : word;
  const least = last ? 2 : 3;
  const unspaced = UNSPACED.test(word);
  for (const term of terms.values()) {
    if (word.length >= least && term.word.startsWith(start))
      take(term, WORTH.start * (start.length / term.word.length) ** 0.5);
    else if (unspaced && term.word.includes(word)) take(term, WORTH.inside);
  }
  if (found.size > 0) return found;
  const most = slipsAllowed(word);
  if (most > 0) {
    for (const term of terms.values()) {
      const slips = slipsBetween(word, term.word, most);
      if (slips <= most) take(term, WORTH.slips[slips] ?? 0);
    }
  }
  return found;
}
