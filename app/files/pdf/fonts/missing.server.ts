import type { PlacedText } from "~/domain/pack/placed-texts";
import { drawsScripts, type WriterNumber } from "~/domain/version/writer";
import { losesCharacters } from "../typefaces.server";
import { isMissing, isPlain, orderedText } from "./characters.server";

/** Whether a writer draws a box in place of a character of a text. */
export function drawsBoxes(text: string, writer: WriterNumber): boolean {
  return drawsScripts(writer) ? missingCharacters(text).length > 0 : losesCharacters(text);
}

/**
 * The characters of a text that no typeface has, each once, in the order of the text. What is drawn together is drawn
 * character by character where no font has all of it, so that each is asked for by itself. `known` says of characters
 * whether they are missing, for several texts.
 */
function missingCharacters(text: string, known = new Map<string, boolean>()): string[] {
  if (isPlain(text)) return [];
  return [...new Set(orderedText(text))].filter((character) => {
    const missing = known.get(character) ?? (!isPlain(character) && isMissing(character));
    known.set(character, missing);
    return missing;
  });
}

/** The most places that a screen names. */
const MOST_PLACES = 20;

/** Where texts have characters that no typeface of a PDF has, and which, in words; empty where every typeface is there. */
export function charactersWithoutFont(texts: readonly PlacedText[]): string[] {
  const places = new Map<string, Set<string>>();
  const known = new Map<string, boolean>();
  for (const { place, text } of texts) {
    const characters = missingCharacters(text, known);
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
