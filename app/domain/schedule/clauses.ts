import type { Matrix } from "../matrix/matrix";
import { filledIn } from "../parts/wording/fields";

/** A clause of the schedule with its words as they are printed; a struck one keeps its number and title. */
export type PrintedClause = { title: string; paragraphs: readonly string[]; struck: boolean };

/** What stands in place of the words of a struck clause. */
export const STRUCK = "Struck.";

/** The clauses of the schedule in their order, with the parties' own names and terms filled in. */
export function printedClauses(matrix: Matrix): PrintedClause[] {
  return matrix.clauses.map(({ title, text, struck }) => ({
    title: filledIn(title, matrix),
    paragraphs: struck ? [STRUCK] : paragraphsOf(filledIn(text, matrix)),
    struck,
  }));
}

/** The words that the schedule defines, in their order: a term and what it means here. */
export function printedDefinitions(matrix: Matrix): { term: string; meaning: string }[] {
  return matrix.definitions.map(({ term, meaning }) => ({ term, meaning: filledIn(meaning, matrix) }));
}

/** Each line of a text that says something. */
export function paragraphsOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
