import type { HarmlessLine } from "./rules";

/** Entries of a PDF that may differ from what Demarc writes. Everything else must be equal, object by object. */
export const PDF_ENTRIES: Record<"root" | "info" | "streams" | "seal", HarmlessLine> = {
  root: {
    what: "Of the catalogue: the tree of pages, whose pages are compared one by one, and the version of the format",
    names: ["Pages", "Version", "Extensions"],
  },
  info: { what: "Of the properties: the program that wrote the file anew, and when", names: ["Producer", "ModDate"] },
  streams: { what: "Of a stream: how it is packed", names: ["Length", "Length1", "Filter", "DecodeParms"] },
  seal: {
    what: "Of the digital signature: the signature itself and what it covers, which are checked for fitting the file",
    names: ["Contents", "ByteRange"],
  },
};

/** Entries of a page that draw nothing. They are compared as objects; all others as what the page draws. */
export const PAGE_ENTRIES = ["StructParents", "Tabs", "Annots"];
