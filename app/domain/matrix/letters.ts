import type { Duty, Letter } from "./shapes";

/** The order in which letters are stored and displayed. */
export const LETTER_ORDER: readonly Letter[] = ["A", "R", "S", "C", "I"];

/** The meaning of each letter. Screens, tooltips and exports all use these words. */
export const LETTER_WORDS: Record<Letter, { verb: string; meaning: string }> = {
  A: {
    verb: "answers",
    meaning: "Answers for the duty being done, decides about it, and is the one to ask. Exactly one role per duty.",
  },
  R: { verb: "does", meaning: "Does the work. At least one role per duty." },
  S: { verb: "supports", meaning: "Helps who does it, with hands or knowledge." },
  C: { verb: "is asked", meaning: "Is asked before it is done or decided; the answer is waited for." },
  I: { verb: "is told", meaning: "Is told afterwards, without having to answer." },
};

const NONE: readonly Letter[] = [];

/** The letters a role holds on a duty; an empty list when it holds none. */
export function lettersOf(duty: Pick<Duty, "letters">, roleId: string): readonly Letter[] {
  return Object.hasOwn(duty.letters, roleId) ? (duty.letters[roleId] ?? NONE) : NONE;
}

/** Whether a role holds a letter on a duty. */
export function holdsLetter(duty: Pick<Duty, "letters">, roleId: string, letter: Letter): boolean {
  return lettersOf(duty, roleId).includes(letter);
}

/** The ids of the roles that hold a letter on a duty. */
export function holdersOf(duty: Pick<Duty, "letters">, letter: Letter): string[] {
  return Object.keys(duty.letters).filter((roleId) => holdsLetter(duty, roleId, letter));
}

/** The letters without duplicates, in the order A R S C I. */
export function inOrder(letters: Iterable<Letter>): Letter[] {
  const set = new Set(letters);
  return LETTER_ORDER.filter((letter) => set.has(letter));
}

/** The text of a cell: "A/R", "C", or "" when it is empty. */
export function cellText(letters: readonly Letter[]): string {
  return letters.join("/");
}

/**
 * A duty's letters with one role's cell replaced. An empty cell removes the role, since the record holds no empty
 * lists.
 */
export function withCell(letters: Duty["letters"], roleId: string, cell: Iterable<Letter>): Duty["letters"] {
  const ordered = inOrder(cell);
  const { [roleId]: _replaced, ...others } = letters;
  return ordered.length === 0 ? others : { ...others, [roleId]: ordered };
}
