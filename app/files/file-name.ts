import { beginningOf, bytesOf } from "~/domain/beginning";
import { normalised } from "~/domain/text";

/** What every file system keeps, with room for what a browser adds to it and for the folders of a path (Windows: 260 in all). */
const MOST_BYTES = 200;
const MOST_LETTERS = 120;

/** Letters and digits with their marks, of any script, that show something. */
const SHOWN = /(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}](?:(?!\p{Default_Ignorable_Code_Point})\p{M})*)+/gu;

/**
 * A file name from words: letters and digits of any script, the rest as hyphens, never a path or a device. `names` are what
 * people wrote, of which the longest are shortened until all fits; `end` is what tells this file from its relatives, and stays whole.
 */
export function fileName(names: readonly string[], end: readonly string[], extension: string): string {
  const plain = names.map((name) => beginningOf(hyphened(name), MOST_BYTES));
  const last = end.map(hyphened);
  const sharing = (share: number) => {
    const words = [...plain.map((name) => beginningOf(name, share).replace(/-$/, "")), ...last].filter(
      (word) => word !== "",
    );
    return `${words.length === 0 ? "matrix" : words.join("-")}.${extension}`;
  };
  let [fits, beyond] = [0, MOST_BYTES + 1];
  while (beyond - fits > 1) {
    const share = Math.floor((fits + beyond) / 2);
    const name = sharing(share);
    if (bytesOf(name) <= MOST_BYTES && name.length <= MOST_LETTERS) fits = share;
    else beyond = share;
  }
  return sharing(fits);
}

function hyphened(word: string): string {
  return normalised((normalised(word, "NFC").match(SHOWN) ?? []).join("-").toLowerCase(), "NFC");
}
