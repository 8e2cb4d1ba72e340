import type { Matrix } from "../matrix/matrix";
import type { Domain, Duty } from "../matrix/shapes";
import { synonymsOf } from "./synonyms";
import { isSilent, piecesOf, slipsAllowed, slipsBetween, stemOf } from "./words";

/**
 * Finds the duty that somebody means who doesn't know its words: by the starts of words, small slips and words that mean
 * the same, in what the duty is called, in its search words, its domain and its notes. Rare words weigh more than common ones.
 */

/** What a word weighs by where it stands. */
const WEIGHTS = { called: 1, words: 0.9, domain: 0.5, notes: 0.3 } as const;
/** What a match is worth by how it came about. */
const WORTH = { whole: 1, stem: 0.95, start: 0.8, inside: 0.8, synonym: 0.65, slips: [1, 0.65, 0.45] } as const;
/** What each further time adds that a duty says a word. */
const AGAIN = 0.2;
/** A duty with less of the query's weight in it than this may not be what is meant. */
const ENOUGH = 0.5;
/** One that fits so much worse than the best is left out. */
const WORSE = 0.2;
/** What a word weighs that no duty has, beside one that a single duty has. */
const UNKNOWN = 0.75;

/** What one duty says: each word with its weight, and its phrases, each between bars. */
type Said = { words: ReadonlyMap<string, number>; phrases: string };
type Posting = { at: number; weight: number };
type Term = { word: string; stem: string; postings: Posting[] };

/** A matrix's duties, prepared to be looked up. */
export type LookUpIndex = {
  duties: readonly Duty[];
  domains: readonly Domain[];
  said: readonly Said[];
  terms: ReadonlyMap<string, Term>;
  stems: ReadonlyMap<string, readonly Term[]>;
};

/** Search words that a duty has besides its own: phrases, with commas between. They are the same for as long as the duty is. */
type WordsOf = (duty: Duty) => string;

const kept = new WeakMap<WordsOf, WeakMap<Duty, Said>>();

/** Prepares a matrix. What a duty says is worked out once for each value of it, so that an edit costs one duty. */
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

/** A text as its words, without those that say nothing. */
function phraseOf(text: string): string {
  const words = piecesOf(text).map(({ joined }) => joined);
  const telling = words.filter((word) => !isSilent(word));
  return (telling.length > 0 ? telling : words).join(" ");
}

/** Duties in the order of how well they fit. Where even the first has little of the query, the answer isn't `sure`. */
type LookUpAnswer = { duties: Duty[]; sure: boolean };
const NOTHING: LookUpAnswer = { duties: [], sure: false };

/** The duties that a few words mean. Words in capitals, such as ISP, stand for themselves alone, unless nothing has them. */
export function lookUp(index: LookUpIndex, query: string): LookUpAnswer {
  const asked = query.slice(0, LONGEST).split(/\s+/);
  const strict = ranked(index, asked, true);
  return strict.duties.length > 0 || !asked.some(isAcronym) ? strict : ranked(index, asked, false);
}

/** What stands behind so many characters isn't looked for: somebody pasted a page. */
const LONGEST = 200;

function isAcronym(raw: string): boolean {
  return /^[^\p{L}\p{N}]*[\p{Lu}\p{N}]{2,5}[^\p{L}\p{N}]*$/u.test(raw) && /\p{Lu}/u.test(raw);
}

type Asked = {
  word: string;
  whole: boolean;
  last: boolean;
  /** Made of this word and its neighbour, as "log in" is "login". */ pairs: string[];
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

/** The words of a query that tell something; all of them where none does. What a sign joins is one word where that is known, else its parts. */
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

/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The terms that a word may mean, each with what the match is worth; slips count only where nothing else fits. */
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
