import type { PlacedText } from "~/domain/pack/placed-texts";
import { drawsScripts, type WriterNumber } from "~/domain/version/writer";
import { losesCharacters } from "../typefaces.server";
import { clustersOf, drawingsOf, isPlain, orderedText } from "./characters.server";

/** Whether a writer draws a box in place of a character of a text. */
export function drawsBoxes(text: string, writer: WriterNumber): boolean {
  return drawsScripts(writer) ? missingCharacters(text).length > 0 : losesCharacters(text);
}

/** The characters of a text that no typeface has, each once, in the order of the text. */
function missingCharacters(text: string): string[] {
  if (isPlain(text)) return [];
  const missing = new Set<string>();
  const seen = new Set<string>();
  for (const word of orderedText(text).split(/(?<=[\s"])/)) {
    if (isPlain(word)) continue;
    for (const cluster of clustersOf(word)) {
      if (seen.has(cluster)) continue;
      seen.add(cluster);
      if (drawingsOf(cluster, "regular", "sc").some((drawing) => drawing.missing))
        for (const character of cluster)
          if (drawingsOf(character, "regular", "sc").some((drawing) => drawing.missing)) missing.add(character);
    }
  }
  return [...missing];
}

/** The most places that a screen names. */
const MOST_PLACES = 20;

/** Where texts have characters that no typeface of a PDF has, and which, in words; empty where every typeface is there. */
export function charactersWithoutFont(texts: readonly PlacedText[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const { place, text } of texts) {
    const characters = missingCharacters(text);
    if (characters.length > 0) places.set(place, new Set([...(places.get(place) ?? []), ...characters]));
  }
  const named = Array.from(places, ([place, characters]) => `${place} has ${namedCharacters([...characters])}`);
  const more = named.length - MOST_PLACES;
  return more > 0 ? [...named.slice(0, MOST_PLACES), `${more} more ${more === 1 ? "text" : "texts"}`] : named;
}

/** Why a text that somebody types can't stand in a signed document; null where every typeface that it needs is there. */
export function withoutFontSentence(called: string, text: string): string | null {
  const characters = missingCharacters(text);
  return characters.length === 0
    ? null
    : `${called} has ${namedCharacters(characters)}, which no typeface of the signed document has. Write it without.`;
}

/** The most characters that a sentence names. */
const MOST_NAMED = 5;

/** Characters with their numbers in Unicode, since a screen may have no typeface for them, either. */
function namedCharacters(characters: readonly string[]): string {
  const named = characters
    .slice(0, MOST_NAMED)
    .map((character) => `${/[\p{Co}\p{Cn}\p{Cs}\p{M}]/u.test(character) ? "" : `${character} `}${codeOf(character)}`);
  return named.join(", ") + (characters.length > MOST_NAMED ? ` and ${characters.length - MOST_NAMED} more` : "");
}

function codeOf(character: string): string {
  return `(U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`;
}
