import { describeLetters } from "../matrix/letter-words";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { coverSentence, standingWords } from "../parts/duties";
import { isStruck } from "./agreement";

type Structure = Pick<Matrix, "parties" | "roles">;

/**
 * Who does a duty and answers for it, in sentences. Of a duty that is struck from who does what, what its letters say
 * once it applies again.
 */
export function whoDoesIt(matrix: Structure, duty: Duty): string {
  const letters = Object.keys(duty.letters).length === 0 ? "" : describeLetters(matrix, duty);
  if (!isStruck(duty)) return letters === "" ? "Nobody yet" : letters;
  return letters === "" ? "Nobody does it meanwhile" : `Nobody does it meanwhile. Once it applies: ${letters}`;
}

/**
 * What changes who does a duty for a while, as sentences: its standing with the reason and until when, and who covers
 * it from when to when. A cover that ended before `today` is left out.
 */
export function whileWords(matrix: Pick<Matrix, "parties">, { standing, coverPeriod }: Duty, today?: string): string[] {
  const covered = coverPeriod && (today === undefined || today <= coverPeriod.to);
  return [standingWords(standing), covered ? coverSentence(coverPeriod, matrix) : ""].filter(Boolean);
}
