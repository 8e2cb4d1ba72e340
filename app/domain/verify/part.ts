/** A row of a file as texts by column. An empty cell is an empty text. */
export type ShownRow = {
  cells: readonly string[];
  /** The columns to be filled in by hand, such as those of a signature block. */
  open: readonly number[];
  hidden: boolean;
};

/** A sheet of a workbook, or a section of another format. Files of all formats are compared in this form. */
export type ShownPart = {
  name: string;
  rows: readonly ShownRow[];
  hidden: boolean;
  hiddenColumns: readonly number[];
};

/** A difference between a file and its canonical text. */
export type Difference = {
  kind: "altered" | "added" | "missing" | "moved" | "covered";
  /** The sheet or section; empty when the difference is about the whole file. */
  part: string;
  /** The duty or line, in words. */
  subject: string;
  /** The role or field; empty when the difference is about the whole line. */
  field: string;
  /** The version's value; null when it must not be disclosed or doesn't exist. */
  kept: string | null;
  shown: string | null;
};

/** The differences between two lists of parts, and notes about changes that don't alter what they say. */
export type PartsCompared = { differences: Difference[]; notes: string[] };

/** The non-empty rows of a part, without empty cells at the end and with line feeds as line breaks. */
export function spokenRows(part: ShownPart): ShownRow[] {
  return part.rows.flatMap((row) => {
    const cells = row.cells.map((text) => text.replace(/\r\n?/g, "\n"));
    const last = cells.findLastIndex((text) => text !== "");
    return last < 0 ? [] : [{ ...row, cells: cells.slice(0, last + 1) }];
  });
}

/** The text of a cell; empty when the row or cell doesn't exist. */
export function cellAt(row: Pick<ShownRow, "cells"> | undefined, column: number): string {
  return row?.cells[column] ?? "";
}
