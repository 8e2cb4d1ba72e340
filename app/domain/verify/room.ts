import type { Difference } from "./part";

/** A row whose height doesn't grow with its words, with the height in the unit of its format. */
export type FixedRow = { text: string; height: number };

/** The room that a sheet gives to words, in points for rows and in characters for columns. */
export type SheetRoom = {
  name: string;
  rows: FixedRow[];
  columns: { number: number; width: number }[];
  merged: string[];
  /** On how many pages below each other it is printed at most; 0 for as many as it takes. */ pages: number;
};

/** The room that words have in sheets, and in a document in rows with a fixed height, in tables and on its pages. */
export type Room = {
  sheets: SheetRoom[];
  rows: FixedRow[];
  /** The width of each table. */ tables: number[];
  /** The width and height of the pages of each section. */ pages: [width: number, height: number][];
};

/** No room to tell of, as in formats that are compared in other ways. */
export const NO_ROOM: Room = { sheets: [], rows: [], tables: [], pages: [] };

/** How much of the room that words have in a row of a document they must have in a file. Programs round it a little. */
const LEAST_SHARE = 0.75;
/**
 * How much of the height of a row and of the width of a column a sheet may lack: programs round them, and words that
 * take several lines would lose the last with more.
 */
const LACKING = { share: 0.04, height: 2, width: 0.8 };
/** How much wider than in the version a table may be, and how much other a page, in twentieths of a point. */
const SLACK = 150;
/** The width of a column that has none, in characters. */
const PLAIN_WIDTH = 8.43;
/** The least height in points of a row whose words the version doesn't have as a row. */
const LEAST_HEIGHT = 10;

/** Words that have less room than in the version, so that they may not be seen whole. */
export function roomDifferences(expected: Room, shown: Room): Difference[] {
  const sheets = shown.sheets.flatMap((sheet) => {
    const other = expected.sheets.find(({ name }) => name === sheet.name);
    return other ? sheetDifferences(other, sheet) : [];
  });
  const heights = leastHeights(expected.rows);
  const rows = shown.rows.flatMap(({ text, height }) => {
    const least = heights.get(text);
    return least !== undefined && height >= least * LEAST_SHARE
      ? []
      : [covered("", `The row “${beginning(text)}”`, "has a fixed height, so that words may not be seen")];
  });
  const tables = shown.tables.some((width, i) => width > (expected.tables[i] ?? 0) + SLACK)
    ? [covered("", "A table", "is wider than in the version, so that it may reach beyond the paper")]
    : [];
  const otherPages =
    shown.pages.length !== expected.pages.length ||
    shown.pages.some((page, i) => page.some((side, at) => Math.abs(side - (expected.pages[i]?.[at] ?? 0)) > SLACK));
  return [
    ...sheets,
    ...rows,
    ...tables,
    ...(otherPages ? [covered("", "A page", "has another size than in the version")] : []),
  ];
}

function sheetDifferences(expected: SheetRoom, { name, rows, columns, merged, pages }: SheetRoom): Difference[] {
  const heights = leastHeights(expected.rows);
  const low = rows.flatMap(({ text, height }) =>
    text.trim() === "" || height >= least(heights.get(text), LACKING.height)
      ? []
      : [covered(name, `The row “${beginning(text)}”`, "is too low for its words")],
  );
  const widths = new Map(columns.map(({ number, width }) => [number, width]));
  const narrow = expected.columns.flatMap(({ number, width }) =>
    (widths.get(number) ?? PLAIN_WIDTH) >= least(width, LACKING.width)
      ? []
      : [covered(name, `Column ${number}`, "is too narrow for its words")],
  );
  const crowded =
    pages !== 0 && (expected.pages === 0 || pages < expected.pages)
      ? [covered(name, "The sheet", "is printed on fewer pages than the version, so that its words may be too small")]
      : [];
  const [before, after] = [new Set(expected.merged), new Set(merged)];
  const changed = [
    ...expected.merged.filter((range) => !after.has(range)),
    ...merged.filter((range) => !before.has(range)),
  ];
  return [
    ...low,
    ...narrow,
    ...crowded,
    ...changed.map((range) => covered(name, `Cells ${range}`, "are merged otherwise than in the version")),
  ];
}

/** What a row or column must have of the room that it has in the version. */
function least(room: number | undefined, rounded: number): number {
  return room === undefined ? LEAST_HEIGHT : room * (1 - LACKING.share) - rounded;
}

function leastHeights(rows: readonly FixedRow[]): Map<string, number> {
  const heights = new Map<string, number>();
  for (const { text, height } of rows) heights.set(text, Math.min(height, heights.get(text) ?? height));
  return heights;
}

function beginning(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 60);
}

function covered(part: string, subject: string, field: string): Difference {
  return { kind: "covered", part, subject, field, kept: null, shown: null };
}
