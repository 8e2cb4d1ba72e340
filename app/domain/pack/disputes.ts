import type { Fact } from "../blocks";
import { matchesTerms } from "../agreement/agreement";
import { isConfirmed, type Marked } from "../agreement/marked";
import { thingTerms } from "../agreement/thing-agreement";
import { dayWords } from "../day-words";
import type { Matrix } from "../matrix/matrix";
import { nameList } from "../name-list";
import { MARKED_NAMES } from "../parts/marks";

/** What the parties dispute about a thing, and what was ruled. A thing other than a duty has no code. */
export type DisputeRow = { code: string; text: string; facts: Fact[] };

/**
 * The disputes and the rulings on the present terms: both positions, what was ruled, by whom, when, why, and who
 * confirmed it. They stand in no canonical text, and a file carries them beside it.
 */
export function disputeRows(matrix: Matrix): DisputeRow[] {
  const duties = matrix.duties.map((duty) => ({
    code: duty.code,
    text: duty.text,
    facts: factsOf(matrix, duty, (terms) => matchesTerms(matrix, duty, terms)),
  }));
  const things = MARKED_NAMES.flatMap((part) =>
    matrix[part].map((thing) => {
      const present = thingTerms(matrix, part, thing);
      return { code: "", text: thing.name, facts: factsOf(matrix, thing, (terms) => terms === present) };
    }),
  );
  return [...duties, ...things].filter(({ facts }) => facts.length > 0);
}

function factsOf(matrix: Matrix, { marks, ruling }: Marked, isPresent: (terms: string) => boolean): Fact[] {
  const disputed = matrix.parties.flatMap(({ id, name }): Fact[] => {
    const mark = Object.hasOwn(marks, id) ? marks[id] : undefined;
    return mark?.state === "disputed" && isPresent(mark.terms)
      ? [{ label: `${name} disputes it`, value: mark.position }]
      : [];
  });
  if (!ruling || !isPresent(ruling.terms)) return disputed;
  const names = matrix.parties.filter(({ id }) => ruling.confirmed.includes(id)).map(({ name }) => name);
  const counts = isConfirmed(matrix, ruling) ? "" : ". It counts once both sides confirm it";
  return [
    ...disputed,
    { label: "Ruling", value: ruling.what },
    { label: "Ruled by", value: `${ruling.by}, ${dayWords(ruling.on)}` },
    { label: "Because", value: ruling.why },
    { label: "Confirmed by", value: `${nameList(names) || "Nobody yet"}${counts}` },
  ];
}

/** A dispute in sentences, for comparison and for formats without tables in tables. */
export function disputeSentences({ code, text, facts }: DisputeRow): string[] {
  const name = code === "" ? text : `${code} “${text}”`;
  return facts.map(({ label, value }) => `${name}: ${label}: ${value}`);
}
