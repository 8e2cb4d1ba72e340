import { normalised } from "~/domain/text";

const LONGEST = 120;

/** A file name from words people wrote: letters and digits of any script, the rest as hyphens, never a path or a device. */
export function fileName(words: readonly string[], extension: string): string {
  const name = words
    .map((word) => normalised(word, "NFC").replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, ""))
    .filter((word) => word !== "")
    .join("-")
    .toLowerCase();
  const short = [...name].slice(0, LONGEST).join("").replace(/-+$/, "");
  return `${short === "" ? "matrix" : short}.${extension}`;
}
