import { createHash } from "node:crypto";
import type { Dictionary, Piece } from "./lexer.server";
import type { Objects } from "./objects.server";

/** Gives one hash for a piece with all that it refers to: the same however the file is packed and its objects are numbered. */
type HashOf = (piece: Piece | undefined) => string;

/** Makes what hashes the pieces of one file; each object is looked at once. */
export function hashing({ resolve, get, unpack }: Objects): HashOf {
  const known = new Map<number, string>();
  const written = (piece: Piece | undefined): string => {
    switch (piece?.kind) {
      case undefined:
        return "null";
      case "number":
        return String(piece.value);
      case "word":
        return piece.word;
      case "name":
        return `/${JSON.stringify(piece.name)}`;
      case "string":
        return JSON.stringify(piece.text);
      case "list":
        return shortened(`[${piece.items.map(written).join(" ")}]`);
      case "dictionary":
        return shortened(dictionary(piece.entries, []));
      case "stream": {
        const kind = get(piece.entries, "Subtype");
        // A picture's own bytes are compared by nobody: how big it is, and where it stands, is part of the page.
        if (kind?.kind === "name" && kind.name === "Image")
          return `picture ${written(get(piece.entries, "Width"))} ${written(get(piece.entries, "Height"))}`;
        return shortened(
          `${dictionary(piece.entries, PACKING)}${createHash("sha256").update(unpack(piece)).digest("hex")}`,
        );
      }
      case "reference": {
        const kept = known.get(piece.number);
        if (kept !== undefined) return kept;
        known.set(piece.number, "within itself");
        const found = written(resolve(piece));
        known.set(piece.number, found);
        return found;
      }
    }
  };
  const dictionary = (entries: Dictionary, without: readonly string[]) =>
    `<${[...entries]
      .filter(([key]) => !without.includes(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${JSON.stringify(key)} ${written(value)}`)
      .join(" ")}>`;
  return written;
}

function shortened(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** How a stream is packed, not what it holds. */
const PACKING = ["Length", "Filter", "DecodeParms", "Length1"];
