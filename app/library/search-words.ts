import type { Duty } from "~/domain/matrix/shapes";
import { fold } from "~/domain/search";
import entries from "./search-words.json";

/** Where a text of the library has the name of a party or role. */
const NAME = /\{[a-z]+\}/;

/** By id and by text: a duty of the library keeps its id where a matrix began with it, and its text where it was added later. */
const WORDS = new Map(
  entries.flatMap(({ id, text, formerly = [], words }) => [
    [id, words],
    ...[text, ...formerly].map((one): [string, string] => [fold(one), words]),
  ]),
);

/** The texts that hold names, which differ from one matrix to the next. */
const NAMED = entries.flatMap(({ text, words }) => {
  const parts = fold(text).split(NAME);
  const pattern = parts.map((part) => part.replace(/[.*+?^$()|[\]\\/{}]/g, "\\$&")).join(".+");
  return parts.length > 1 ? [{ pattern: new RegExp(`^${pattern}$`), words }] : [];
});

/** What people say who mean a duty of the library: phrases, with commas between. Empty for any other duty. */
export function librarySearchWords({ id, text }: Pick<Duty, "id" | "text">): string {
  const folded = fold(text);
  return WORDS.get(id) ?? WORDS.get(folded) ?? NAMED.find(({ pattern }) => pattern.test(folded))?.words ?? "";
}
