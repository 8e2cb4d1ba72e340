import bidiFactory from "bidi-js";
import { RIGHT_TO_LEFT_LETTER } from "~/domain/direction";

const bidi = bidiFactory();
const RIGHT_TO_LEFT_TYPES = ["R", "AL"];
/** Marks the beginning and the end of a part whose order is its own (UAX #9, 2.4). */
const [ISOLATED, ENDED] = ["\u2068", "\u2069"];
/** Stands for a name in a sentence, without any direction. */
const ANY_NAME = "\uFFFC";

/** The direction of a line. */
export type Direction = "ltr" | "rtl";

/** Whether a character is a letter of a script that runs from right to left. */
export function isRightToLeft(character: string): boolean {
  return RIGHT_TO_LEFT_TYPES.includes(bidi.getBidiCharTypeName(character));
}

/** Whether a text has such a letter, or the mark that stands for one. */
function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT_LETTER.test(text) || text.includes("\u200F");
}

/** The sign that stands for another one in text from right to left: brackets open to the other side there. */
export function mirrored(character: string): string {
  return bidi.getMirroredCharacter(character) ?? character;
}

/** How the names of a document, which stand in sentences of another language, order what is around them. */
export type Order = {
  directionOf: (paragraph: string) => Direction;
  /** The level of each part of a line, odd where it runs from right to left; null where all of it runs from left to right. */
  levelsOf: (line: string, direction: Direction) => readonly number[] | null;
};

/**
 * The order of the texts of a document. A paragraph takes its direction from its first letter that has one (UAX #9, P2),
 * but from none of a name that a sentence begins with; and a name changes the order of nothing around it.
 */
export function orderWith(names: readonly string[]): Order {
  const known = [...new Set(names.map((name) => name.trim()))]
    .filter((name) => name.length > 1)
    .sort((one, other) => other.length - one.length);
  const anyName = anyOf(known);
  // A number after a name in Latin letters belongs to it, as in “Site 3”.
  const backwardsName = anyOf(known.filter(hasRightToLeft));
  return {
    directionOf: (paragraph) => {
      if (!hasRightToLeft(paragraph)) return "ltr";
      const sentence = anyName ? firstDirection(paragraph.replace(anyName, ANY_NAME)) : null;
      return sentence ?? firstDirection(paragraph) ?? "ltr";
    },
    levelsOf: (line, direction) => {
      if (direction === "ltr" && !hasRightToLeft(line)) return null;
      const text = backwardsName ? line.replace(backwardsName, (name) => `${ISOLATED}${name}${ENDED}`) : line;
      const { levels } = bidi.getEmbeddingLevels(text, direction);
      return [...levels].filter((_, i) => text[i] !== ISOLATED && text[i] !== ENDED);
    },
  };
}

function firstDirection(text: string): Direction | null {
  for (const character of text) {
    const type = bidi.getBidiCharTypeName(character);
    if (type === "L") return "ltr";
    if (RIGHT_TO_LEFT_TYPES.includes(type)) return "rtl";
  }
  return null;
}

function anyOf(names: readonly string[]): RegExp | null {
  const patterns = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return patterns.length === 0 ? null : new RegExp(patterns.join("|"), "g");
}
