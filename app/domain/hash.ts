import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * The first 128 bits of a text's SHA-256, as 32 hex digits. That is long enough that nobody can find a second text with
 * the same hash.
 */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 16));
}

/** JSON without spaces and with sorted keys, so that equal values always give the same text. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, nested]) => `${JSON.stringify(key)}:${sortedJson(nested)}`).join(",")}}`;
}
