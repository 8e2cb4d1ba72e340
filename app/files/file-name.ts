import { beginningOf, bytesOf } from "~/domain/beginning";
import { normalised } from "~/domain/text";

/**
 * Every file system accepts names of this length, with room for the suffix of a second download and for folders
 * (Windows allows 260 characters for a whole path).
 */
const MOST_BYTES = 200;
const MOST_LETTERS = 120;

/** Runs of visible letters and digits of any script, with their combining marks. */
const VISIBLE = /(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}](?:(?!\p{Default_Ignorable_Code_Point})\p{M})*)+/gu;

/**
 * A file name: letters and digits of any script, everything else as hyphens, so that it is never a path or a device.
 * `names` are written by people; the longest are shortened until the name fits. `end` distinguishes files of one matrix
 * and is never shortened.
 */
export function fileName(names: readonly string[], end: readonly string[], extension: string): string {
  const plain = names.map((name) => beginningOf(hyphened(name), MOST_BYTES));
  const last = end.map(hyphened);
  const nameWithShare = (share: number) => {
    const words = [...plain.map((name) => beginningOf(name, share).replace(/-$/, "")), ...last].filter(
      (word) => word !== "",
    );
    return `${words.length === 0 ? "matrix" : words.join("-")}.${extension}`;
  };
  let [fits, tooLong] = [0, MOST_BYTES + 1];
  while (tooLong - fits > 1) {
    const share = Math.floor((fits + tooLong) / 2);
    const name = nameWithShare(share);
    if (bytesOf(name) <= MOST_BYTES && name.length <= MOST_LETTERS) fits = share;
    else tooLong = share;
  }
  return nameWithShare(fits);
}

function hyphened(word: string): string {
  return normalised((normalised(word, "NFC").match(VISIBLE) ?? []).join("-").toLowerCase(), "NFC");
}
