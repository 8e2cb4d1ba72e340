/** What something is called in a document, and what is said of it. */
export type Fact = { label: string; value: string };

/** A table of texts. `share` is a column's part of the width; a row's first cells are empty where they repeat the row above. */
export type TextTable = {
  kind: "table";
  /** What it lists, for readers who can't see it. */ label: string;
  columns: { title: string; share: number }[];
  rows: string[][];
  /** What a sheet says in place of rows where there are none. */ none?: string;
};

/** A piece of text that every format renders, in no format. */
export type TextBlock =
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string; look: "plain" | "alert" | "quiet" }
  | { kind: "list"; items: string[]; /** What a sheet says where there are no items. */ none?: string }
  | { kind: "facts"; label: string; facts: Fact[] }
  | TextTable;

/** A piece of a document that is read from front to back. */
export type Block =
  | TextBlock
  | {
      kind: "matrix";
      /** Which of the report's columns: from the first up to, not including, the second. */ columns: [
        from: number,
        to: number,
      ];
    }
  | { kind: "signatures" }
  | { kind: "certificate" };

/** A numbered chapter. The one with the matrix lies across the paper; `own` begins on a page of its own. */
export type Chapter = { title: string; landscape: boolean; own: boolean; blocks: Block[] };
