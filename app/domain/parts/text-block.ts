/** A label with what it says. */
export type Fact = { label: string; value: string };

/** A table of texts. `share` is a column's part of the width; a row's first cells are empty where they repeat the row above. */
export type TextTable = { kind: "table"; /** What it lists, for readers who can't see it. */ label: string; columns: { title: string; share: number }[]; rows: string[][] };

/** A piece of text that every format renders: what stands in a chapter, in no format. */
export type TextBlock =
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string; look: "plain" | "alert" | "quiet" }
  | { kind: "list"; items: string[] }
  | { kind: "facts"; label: string; facts: Fact[] }
  | TextTable;
