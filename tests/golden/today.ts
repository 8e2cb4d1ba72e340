import { withoutLater } from "./later";
import { inflateSync } from "node:zlib";
import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import path from "node:path";

/** A file of what this release answers, which `vitest -u` writes anew. */
export function todayFile(...name: string[]): string {
  return path.join(import.meta.dirname, "today", ...name);
}

/** JSON that can be read by eye and compared line by line. Keys stand in the alphabet's order, since theirs says nothing. */
export function readable(value: unknown): string {
  return `${JSON.stringify(sorted(withoutLater(value)), null, 1)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, nested]) => [key, sorted(nested)]),
  );
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The hashes of a package's parts by their names, in the order in which they stand in it, and of the whole. */
export function hashesOfPackage(bytes: Uint8Array): Record<string, string> {
  return {
    "": sha256(bytes),
    ...Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, sha256(part)])),
  };
}

/**
 * The hash of a PDF without what depends on where it was written: streams are unpacked, since another release of Node packs
 * them otherwise, and what the key of an installation signs is left out, with the lengths and places that follow from both.
 */
export function hashOfPdf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  const unpacked = text.replace(
    /(\/Filter \/FlateDecode[^]*?\nstream\r?\n)([^]*?)(\nendstream)/g,
    (_, head: string, stream: string, tail: string) =>
      `${head}${inflateSync(Buffer.from(stream, "latin1")).toString("latin1")}${tail}`,
  );
  const bare = unpacked
    .replace(/\/Length \d+/g, "/Length")
    .replace(/\/ByteRange \[[^\]]*\]/, "")
    .replace(/\/Contents <[0-9a-f]{200,}>/, "")
    .replace(/\nxref\n[^]*$/, "");
  return sha256(Buffer.from(bare, "latin1"));
}
