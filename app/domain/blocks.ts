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
  columns: {
    title: string;
    share: number;
    /** Whether the first line of each cell says what the row is about, and stands out where a format can show it. */
    named?: boolean;
  }[];
  rows: string[][];
  /** Headings between the rows, in ascending order. Each stands before the row `at` and belongs to the rows until the next. */
  groups?: readonly { at: number; title: string }[];
  /** What a sheet says in place of rows where there are none. */ none?: string;
};

/** A block of text without any formatting. Each file format renders it in its own way. */
export type TextBlock =
  | { kind: "heading"; text: string; /** The second rank stands below a heading of the first. */ rank?: 1 | 2 }
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
  | { kind: "certificate" }
  /** The titles of all chapters with the pages that they begin on. */
  | { kind: "contents" };

/** How a chapter is numbered: as a clause of what is signed, as an annex to it, or not at all. */
export type Series = "clause" | "annex" | null;

/**
 * A chapter. A `landscape` chapter is printed across the paper, as the matrix is; an `own` chapter starts on a new page.
 */
export type Chapter = {
  title: string;
  series: Series;
  /** The number of an annex that keeps it where others are left out; without it, chapters of a series are counted. */
  number?: number;
  landscape: boolean;
  own: boolean;
  blocks: Block[];
};

/** The titles of chapters with their numbers: "1. Parties", "Annex 1. Responsibility matrix", "Certificate". */
export function numberedTitles(chapters: readonly Pick<Chapter, "title" | "series" | "number">[]): string[] {
  const counts = { clause: 0, annex: 0 };
  return chapters.map(({ title, series, number }) => {
    if (series === null) return title;
    counts[series] = number ?? counts[series] + 1;
    return series === "clause" ? `${counts.clause}. ${title}` : `Annex ${counts.annex}. ${title}`;
  });
}

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
