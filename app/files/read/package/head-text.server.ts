import { contrastOf, LEAST_CONTRAST } from "~/domain/verify/harmless/colour";
import { isTypeface } from "~/domain/verify/harmless/rules";

/** The words of a header or footer by its three places, and what in it may show or hide something else. */
type HeadText = { words: string[]; remark: string | null };

/** Codes that stand for words which a program puts there, such as the number of the page. */
const FIELDS: Record<string, string> = {
  P: "{page}",
  N: "{pages}",
  D: "{day}",
  T: "{time}",
  A: "{sheet}",
  F: "{file}",
  Z: "{folder}",
};
const PLACES = ["L", "C", "R"];

/**
 * Reads the text of a header or footer of a sheet: words, mixed with codes that begin with an ampersand. Codes for looks
 * are left out, except those that may hide words.
 */
export function headText(written: string): HeadText {
  // Some programs write an underscore before what looks like an escape as an escape.
  const text = written.replace(/_x005F_(?=x[0-9A-Fa-f]{4}_)/g, "_");
  const places = new Map<string, string>();
  let place = "C";
  let remark: string | null = null;
  const note = (what: string) => (remark ??= `its header or footer ${what}`);
  const add = (words: string) => places.set(place, (places.get(place) ?? "") + words);
  for (const [, word, look, colour, size, code] of text.matchAll(
    /([^&]+)|&"([^"]*)"|&K([0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&(\d{1,3})|&([^])?/g,
  )) {
    if (word !== undefined) add(word);
    else if (look !== undefined) {
      const [typeface = ""] = look.split(",");
      if (typeface !== "-" && !isTypeface(typeface)) note("uses a typeface that may show other signs than the words");
    } else if (colour !== undefined) {
      if (!/^[0-9A-Fa-f]{6}$/.test(colour) || contrastOf(colour, "FFFFFF") < LEAST_CONTRAST)
        note("has words that can hardly be told from the paper");
    } else if (size !== undefined) {
      if (Number(size) < 6 || Number(size) > 60) note("has words in a size that can't be read");
    } else if (code === "&") add("&");
    else if (code !== undefined && PLACES.includes(code)) place = code;
    else if (code !== undefined && code in FIELDS) add(FIELDS[code] ?? "");
    else if (code === undefined || !"BIU".includes(code))
      note(`has a code (&${code ?? ""}) that may hide words or show a picture`);
  }
  const words = PLACES.map((one) => (places.get(one) ?? "").trim());
  return { words: words.every((one) => one === "") ? [] : words, remark };
}
