import { holdersOf, LETTER_ORDER } from "./letters";
import type { Matrix } from "./matrix";
import { nameList } from "../name-list";
import type { Duty, Letter } from "./shapes";

/**
 * A duty's letters in words: "IT lead answers, Service desk does, vCIO is asked". A role that alone both answers and
 * does is named once.
 */
export function describeLetters(matrix: Pick<Matrix, "roles">, duty: Pick<Duty, "letters">): string {
  const words: Record<Letter, [string, string]> = {
    A: ["answers", "answer"],
    R: ["does", "do"],
    S: ["supports", "support"],
    C: ["is asked", "are asked"],
    I: ["is told", "are told"],
  };
  const [doing, answering] = [holdersOf(duty, "R"), holdersOf(duty, "A")];
  const same = answering.length === 1 && doing.length === 1 && answering[0] === doing[0];
  const parts = LETTER_ORDER.flatMap((letter) => {
    if (same && letter === "R") return [];
    const ids = new Set(holdersOf(duty, letter));
    const names = matrix.roles.filter(({ id }) => ids.has(id)).map((role) => role.name);
    if (same && letter === "A") return [`${nameList(names)} answers and does`];
    return names.length === 0 ? [] : [`${nameList(names)} ${words[letter][names.length === 1 ? 0 : 1]}`];
  });
  return parts.length > 0 ? parts.join(", ") : "Nobody yet";
}
