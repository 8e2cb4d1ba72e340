/** A label and its value in a document. */
export type Fact = { label: string; value: string };

/**
 * A table of texts. `share` is the column's share of the width in percent. The first cells of a row are empty when they
 * would repeat the row above.
 */
export type TextTable = {
  kind: "table";
  /** A description of the table for people who use a screen reader. */
  label: string;
  columns: { title: string; share: number }[];
  rows: string[][];
  /** What a sheet says in place of rows where there are none. */ none?: string;
};

/** A block of text without any formatting. Each file format renders it in its own way. */
export type TextBlock =
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string; look: "plain" | "alert" | "quiet" }
  | { kind: "list"; items: string[]; /** What a sheet says where there are no items. */ none?: string }
  | { kind: "facts"; label: string; facts: Fact[] }
  | TextTable;

/** A block of a document such as DOCX or PDF. */
export type Block =
  | TextBlock
  | {
      kind: "matrix";
      /** The range of the report's columns; `to` is exclusive. */
      columns: [from: number, to: number];
    }
  | { kind: "signatures" }
  | { kind: "certificate" };

/**
 * A numbered chapter. A `landscape` chapter is printed across the paper, as the matrix is; an `own` chapter starts on a
 * new page.
 */
export type Chapter = { title: string; landscape: boolean; own: boolean; blocks: Block[] };

/**
 * A document of text alone, independent of its format. It is plain data, so that a worker thread can write it. The same
 * document gives the same bytes.
 */
export type TextDocument = {
  title: string;
  subtitle: string;
  /** What it is, in a word or two, and what stands at the head and foot of each page beside the page's number. */
  subject: string;
  names: string;
  foot: string;
  paper: "A4" | "Letter";
  /** The moment that it says it was written, in ISO 8601. */
  at: string;
  chapters: { title: string; blocks: TextBlock[] }[];
};
