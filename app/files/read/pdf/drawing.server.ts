import { createHash } from "node:crypto";
import type { Dictionary, Piece } from "./lexer.server";
import type { Objects } from "./objects.server";

/** Computes a hash of a piece and of everything it refers to. Neither packing nor object numbers change it. */
type HashOf = (piece: Piece | undefined) => string;

/** Creates the hash function for the pieces of one file. It caches the hash of each object. */
export function createPieceHash({ resolve, get, unpack }: Objects): HashOf {
  const hashes = new Map<number, string>();
  const hashOf = (piece: Piece | undefined): string => {
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
        return sha256(`[${piece.items.map(hashOf).join(" ")}]`);
      case "dictionary":
        return sha256(dictionary(piece.entries, []));
      case "stream": {
        const kind = get(piece.entries, "Subtype");
        // The check of a page ignores the bytes of a picture; the hash covers its size and its position on the page.
        if (kind?.kind === "name" && kind.name === "Image")
          return `picture ${hashOf(get(piece.entries, "Width"))} ${hashOf(get(piece.entries, "Height"))}`;
        return sha256(
          `${dictionary(piece.entries, PACKING)}${createHash("sha256").update(unpack(piece)).digest("hex")}`,
        );
      }
      case "reference": {
        const cached = hashes.get(piece.number);
        if (cached !== undefined) return cached;
        hashes.set(piece.number, "within itself");
        const hash = hashOf(resolve(piece));
        hashes.set(piece.number, hash);
        return hash;
      }
    }
  };
  const dictionary = (entries: Dictionary, without: readonly string[]) =>
    `<${[...entries]
      .filter(([key]) => !without.includes(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${JSON.stringify(key)} ${hashOf(value)}`)
      .join(" ")}>`;
  return hashOf;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Entries that describe how a stream is packed. Its content is the same without them. */
const PACKING = ["Length", "Filter", "DecodeParms", "Length1"];
