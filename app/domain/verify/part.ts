/** One row that a file shows, as texts by column; an empty text is an empty cell. */
export type ShownRow = {
  cells: readonly string[];
  /** Columns that are meant to be filled in by hand, such as those of a signature block. */
  open: readonly number[];
  hidden: boolean;
};

/** A sheet, or the like in another format: the neutral form in which what a file shows is compared. */
export type ShownPart = {
  name: string;
  rows: readonly ShownRow[];
  hidden: boolean;
  hiddenColumns: readonly number[];
};

/** One thing in which a file differs from the text it should show. */
export type Difference = {
  kind: "altered" | "added" | "missing" | "moved" | "covered";
  /** The sheet or section it is in; empty where it is about the file as a whole. */
  part: string;
  /** The duty or line it is about, in words. */
  subject: string;
  /** The role or field; empty where it is about the whole line. */
  field: string;
  /** What the version says; null where that is not for this file to learn. */
  kept: string | null;
  shown: string | null;
};

/** How two lists of parts differ, and what was done to them without changing what they say. */
export type PartsCompared = { differences: Difference[]; notes: string[] };

/** A part's rows that say anything. Lines end as Demarc writes them, and what trails after the last text is nothing. */
export function spokenRows(part: ShownPart): ShownRow[] {
  return part.rows.flatMap((row) => {
    const cells = row.cells.map((text) => text.replace(/\r\n?/g, "\n"));
    const last = cells.findLastIndex((text) => text !== "");
    return last < 0 ? [] : [{ ...row, cells: cells.slice(0, last + 1) }];
  });
}

/** The text of a row's cell; empty where there is none. */
export function cellAt(row: Pick<ShownRow, "cells"> | undefined, column: number): string {
  return row?.cells[column] ?? "";
}
