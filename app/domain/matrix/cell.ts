import { inOrder } from "./letters";
import type { Letter } from "./shapes";
import { normalised } from "../text";

/**
 * What pressing a letter's key makes of a cell: again takes it away, A and R stand side by side, and every other letter
 * takes the place of what was there, since who does or answers is not also asked or told.
 */
export function typedCell(before: readonly Letter[], letter: Letter): Letter[] {
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

/** Capitals of other alphabets that look like ours, as found in real spreadsheets. */
const LOOKALIKES: Record<string, string> = { А: "A", С: "C", І: "I", Ѕ: "S", Α: "A", Ι: "I", Ϲ: "C" };

/** Five words with what stands between and around them are far shorter. */
const LONGEST = 200;

const BLANK = new Set(["", "-", "–", "—", ".", "·"]);

/** The letters a spreadsheet's cell means: `A/R`, `R, A`, `ra`, `Accountable`; an empty list for a blank; null for anything else. */
export function parseCell(text: string): Letter[] | null {
  if (text.length > LONGEST) return null;
  const plain = [...normalised(text, "NFKC").trim().toUpperCase()]
    .map((character) => LOOKALIKES[character] ?? character)
    .join("");
  if (BLANK.has(plain)) return [];
  const letters: Letter[] = [];
  for (const part of plain.split(/[\s/\\,;:+&|.()-]+/).filter(Boolean)) {
    const word = Object.hasOwn(WORDS, part) ? WORDS[part] : undefined;
    const found = word ? [word] : /^[ARSCI]{1,5}$/.test(part) ? [...part] : null;
    if (!found) return null;
    for (const letter of found) letters.push(asLetter(letter));
  }
  return letters.length === 0 || new Set(letters).size < letters.length ? null : inOrder(letters);
}

function asLetter(letter: string): Letter {
  return letter === "A" || letter === "R" || letter === "S" || letter === "C" ? letter : "I";
}
