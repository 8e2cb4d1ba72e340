import type { Workbook, Worksheet } from "exceljs";
import type { Report } from "~/domain/pack/report";
import type { Sheet, SheetId } from "~/domain/pack/sheets";
import { addDrawing, DRAWING_HEIGHT } from "./drawing.server";
import { heightFor, put } from "./cells.server";
import { setUpPage } from "./page.server";
import { STYLES } from "./styles.server";

type Block = Exclude<Sheet["blocks"][number], { kind: "matrix" }>;
type Table = Extract<Block, { kind: "table" }>;

/** The look of a sheet, independent of its content. */
type Look = {
  /** The widths of the columns in characters; "fitted" are those of its widest table, and facts reach across them. */
  widths: readonly number[] | "fitted";
  landscape: boolean;
  /** Whether the head of its table is frozen and printed on every page, or printed on every page alone. */ head?:
    "frozen" | "repeated";
  /** Whether a list has its numbers in a column of their own. */ numbered?: boolean;
  /** The columns in quiet type, counted from 0. */ quiet?: readonly number[];
  /** Whether headings have the default height of a row. */ lowHeadings?: boolean;
};

const SENTENCES: Look = { widths: [5, 92], landscape: false, numbered: true, lowHeadings: true };
const LOOKS: Record<Exclude<SheetId, "matrix">, Look> = {
  "by-party": { widths: [9, 42, 18, 34, 14, 46], landscape: true, head: "repeated", quiet: [0, 3, 4] },
  boundaries: { widths: [9, 42, 80], landscape: true, head: "frozen" },
  terms: { widths: [9, 42, 20, 62], landscape: true, head: "frozen" },
  chapter: { widths: "fitted", landscape: true },
  disputes: { widths: [9, 42, 24, 62], landscape: true },
  "accepted-warnings": { widths: [28, 38, 46, 22], landscape: true, head: "frozen" },
  definitions: { widths: [24, 72], landscape: false, lowHeadings: true },
  changes: SENTENCES,
  amendment: { widths: [9, 36, 20, 18, 38, 38], landscape: true, head: "frozen" },
  certificate: { widths: [26, 72], landscape: false },
  "to-settle": SENTENCES,
  contacts: { widths: [20, 22, 20, 24, 30, 24, 20], landscape: true, head: "frozen" },
  frameworks: { widths: [9, 62, 24, 24], landscape: true, head: "frozen" },
};
const HEADING_HEIGHT = 24;
const OTHER_WIDTH = 30;
/** The width of a sheet whose columns are fitted, in characters, and the most that labels of facts take of it. */
const FITTED = { whole: 140, label: 42 };

/** Writes the blocks of a sheet one below the other. */
export async function writeTextSheet(
  workbook: Workbook,
  report: Report,
  { id, name, blocks }: { id: Exclude<SheetId, "matrix">; name: string; blocks: readonly Block[] },
): Promise<void> {
  const look = LOOKS[id];
  const sheet = workbook.addWorksheet(sheetName(name));
  const columns = Math.max(2, ...blocks.map((block) => (block.kind === "table" ? block.columns.length : 2)));
  const given = look.widths === "fitted" ? fittedWidths(blocks) : look.widths;
  const widths = Array.from({ length: columns }, (_, i) => given[i] ?? OTHER_WIDTH);
  sheet.columns = widths.map((width) => ({ width }));
  let row = 1;
  let head: number | null = null;
  for (const [i, block] of blocks.entries()) {
    const followsFacts = block.kind === "table" && blocks[i - 1]?.kind === "facts";
    if ((block.kind === "heading" && row > 1) || (followsFacts && look.widths === "fitted")) row += 1;
    if (block.kind === "table") head ??= row;
    row = writeBlock(workbook, sheet, block, { row, widths, look });
  }
  const frozen = look.head === "frozen" && head !== null;
  sheet.views = [{ showGridLines: false, ...(frozen ? { state: "frozen" as const, ySplit: head ?? 0 } : {}) }];
  const titleRows = look.head && head !== null ? `${head}:${head}` : undefined;
  await setUpPage(sheet, report, { landscape: look.landscape, titleRows });
}

/** The widths that the table with the most columns asks for. */
function fittedWidths(blocks: readonly Block[]): number[] {
  const tables = blocks.filter((block) => block.kind === "table");
  const [widest] = tables.toSorted((a, b) => b.columns.length - a.columns.length);
  const shares = widest?.columns.map(({ share }) => share) ?? [27, 73];
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const [first = 0, ...others] = shares.map((share) => Math.round((share * FITTED.whole) / whole));
  const hasFacts = blocks.some(({ kind }) => kind === "facts");
  return [hasFacts ? Math.min(first, FITTED.label) : first, ...others];
}

type Position = { row: number; widths: readonly number[]; look: Look };

/** Writes a block from a row on and returns the row after it. */
function writeBlock(workbook: Workbook, sheet: Worksheet, block: Block, { row, widths, look }: Position): number {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const across = (text: string, style: (typeof STYLES)[keyof typeof STYLES], at: number) => {
    put(sheet, at, 1, text, style);
    sheet.mergeCells(at, 1, at, widths.length);
    sheet.getRow(at).height = heightFor([text, whole]);
  };
  switch (block.kind) {
    case "heading":
      put(sheet, row, 1, block.text, STYLES.heading);
      if (!look.lowHeadings) sheet.getRow(row).height = HEADING_HEIGHT;
      return row + 1;
    case "paragraph":
      across(block.text, STYLES.value, row);
      return row + 1;
    case "list":
      if (block.items.length === 0 && block.none) put(sheet, row, 2, block.none, STYLES.value);
      block.items.forEach((item, i) => {
        if (!look.numbered) return across(item, STYLES.cell, row + i);
        put(sheet, row + i, 1, String(i + 1), STYLES.quiet);
        put(sheet, row + i, 2, item, STYLES.cell);
        sheet.getRow(row + i).height = heightFor([item, widths[1] ?? OTHER_WIDTH]);
      });
      return row + Math.max(block.items.length, block.none ? 1 : 0);
    case "facts":
      block.facts.forEach(({ label, value }, i) => {
        put(sheet, row + i, 1, label, STYLES.columnHead);
        put(sheet, row + i, 2, value, STYLES.cell);
        const reaches = look.widths === "fitted" ? widths.length : 2;
        const width = widths.slice(1, reaches).reduce((sum, one) => sum + one, 0);
        if (reaches > 2) sheet.mergeCells(row + i, 2, row + i, reaches);
        sheet.getRow(row + i).height = heightFor([label, widths[0] ?? OTHER_WIDTH], [value, width]);
      });
      return row + block.facts.length;
    case "table":
      return writeTable(sheet, block, { row, widths, look });
    case "drawing":
      sheet.getRow(row).height = DRAWING_HEIGHT;
      addDrawing(workbook, sheet, block.png, { column: 2, row });
      return row + 1;
  }
}

function writeTable(sheet: Worksheet, { columns, rows, none }: Table, { row, widths, look }: Position): number {
  columns.forEach(({ title }, i) => put(sheet, row, i + 1, title, STYLES.columnHead));
  const first = row + 1;
  if (rows.length === 0 && none) {
    put(sheet, first, 2, none, STYLES.value);
    return first + 1;
  }
  rows.forEach((texts, r) => {
    texts.forEach((text, c) =>
      put(sheet, first + r, c + 1, text, look.quiet?.includes(c) ? STYLES.quiet : STYLES.cell),
    );
    sheet.getRow(first + r).height = heightFor(...texts.map((text, c) => [text, widths[c] ?? OTHER_WIDTH] as const));
  });
  return first + rows.length;
}

/** A sheet's name has at most 31 characters and none of those that name cells and files. */
function sheetName(title: string): string {
  return title.replace(/[\\/?*[\]:]/g, " ").slice(0, 31);
}
