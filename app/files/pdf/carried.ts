/** The name of the attachment that carries the canonical text. */
export const CARRIED_FILE = "demarc-version.json";
/** The name of the attachment that carries the facts of a file which are not in the canonical text. */
export const BESIDE_FILE = "demarc-writer.json";

/** The note on the first page where the typeface lacks a character of the text. */
export const BOXES =
  "Some characters are not in the typeface of this document and stand as □. The text attached to it has them.";
