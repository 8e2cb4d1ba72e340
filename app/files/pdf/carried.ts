/** The name of the file inside a PDF that carries the canonical text. */
export const CARRIED_FILE = "demarc-version.json";
/** The name of the one that carries what stands beside the text. */
export const BESIDE_FILE = "demarc-writer.json";

/** What stands at the beginning where a character of the text can't be drawn. */
export const BOXES =
  "Some characters are not in the typeface of this document and stand as □. The text attached to it has them.";
