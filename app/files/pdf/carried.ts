/** The name of the file inside a PDF that carries the canonical text. */
export const CARRIED_FILE = "demarc-version.json";
