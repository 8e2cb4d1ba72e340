import type { Duty } from "~/domain/matrix/shapes";
import { fold } from "~/domain/search";
import entries from "./search-words.json";

/** By id and by text: a duty of the library keeps its id where a matrix began with it, and its text where it was added later. */
const WORDS = new Map(
  entries.flatMap(({ id, text, words }) => [
    [id, words],
    [fold(text), words],
  ]),
);

/** What people say who mean a duty of the library: phrases, with commas between. Empty for any other duty. */
export function librarySearchWords({ id, text }: Pick<Duty, "id" | "text">): string {
  return WORDS.get(id) ?? WORDS.get(fold(text)) ?? "";
}
