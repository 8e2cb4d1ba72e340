import { inOrder } from "./letters";
import type { Letter } from "./shapes";
import { normalised } from "../text";

/**
 * The letters of a cell after a letter's key is pressed. Pressing the letter again removes it. A and R may stand
 * together; any other letter replaces what the cell held, because a role that does or answers for a duty isn't also
 * asked or told.
 */
export function cellAfterKey(before: readonly Letter[], letter: Letter): Letter[] {
  if (before.includes(letter)) return before.filter((other) => other !== letter);
  if (letter !== "A" && letter !== "R") return [letter];
  return inOrder([...before.filter((other) => other === "A" || other === "R"), letter]);
}

const WORDS: Record<string, Letter> = {
  RESPONSIBLE: "R",
  ACCOUNTABLE: "A",
  SUPPORT: "S",
  SUPPORTS: "S",
  SUPPORTIVE: "S",
  CONSULTED: "C",
  CONSULT: "C",
  INFORMED: "I",
  INFORM: "I",
};

/** Cyrillic and Greek capitals that look like Latin ones. They occur in real spreadsheets. */
const LOOKALIKES: Record<string, string> = { А: "A", С: "C", І: "I", Ѕ: "S", Α: "A", Ι: "I", Ϲ: "C" };

/** The longest cell text that is parsed, in UTF-16 code units. Five words with separators are far shorter. */
const MAX_LENGTH = 200;

const BLANK = new Set(["", "-", "–", "—", ".", "·"]);

/**
 * Parses the text of a spreadsheet cell, such as `A/R`, `R, A`, `ra` or `Accountable`, into letters in the order A R S
 * C I. A blank cell gives an empty list; a text that names no letters, or repeats one, gives null.
 */
export function parseCell(text: string): Letter[] | null {
  if (text.length > MAX_LENGTH) return null;
  const plain = [...normalised(text, "NFKC").trim().toUpperCase()]
    .map((character) => LOOKALIKES[character] ?? character)
    .join("");
  if (BLANK.has(plain)) return [];
  const letters: Letter[] = [];
  for (const part of plain.split(/[\s/\\,;:+&|.()-]+/).filter(Boolean)) {
    const word = Object.hasOwn(WORDS, part) ? WORDS[part] : undefined;
    const partLetters = word ? [word] : /^[ARSCI]{1,5}$/.test(part) ? [...part] : null;
    if (!partLetters) return null;
    for (const letter of partLetters) letters.push(asLetter(letter));
  }
  return letters.length === 0 || new Set(letters).size < letters.length ? null : inOrder(letters);
}

function asLetter(letter: string): Letter {
  return letter === "A" || letter === "R" || letter === "S" || letter === "C" ? letter : "I";
}
