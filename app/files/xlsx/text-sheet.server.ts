import type { Workbook, Worksheet } from "exceljs";
import { CONTINUED } from "~/domain/long-text";
import { isSchedule, type Report } from "~/domain/pack/report";
import type { Sheet, SheetId } from "~/domain/pack/sheets";
import { addDrawing, DRAWING_HEIGHT } from "./drawing.server";
import { balancedWidths } from "./balance.server";
import { heightFor, put } from "./cells.server";
import { rowHeight, textWidth, type MeasuredCell } from "./measure.server";
import { printedRoom, setUpPage } from "./page.server";
import { EMPTY_ROW, placeRows, textRow, wholeRows, withoutLastAlone, type Paging, type SheetRow } from "./rows.server";
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
  /** Whether facts reach across all columns. */ reach?: boolean;
  /** Whether its columns take room from each other, so that rows are low. */ balanced?: boolean;
  /** Whether what stands under a heading stays on one page. */ together?: boolean;
  /** Whether headings have the default height of a row. */ lowHeadings?: boolean;
};

const SENTENCES: Look = { widths: [5, 92], landscape: false, numbered: true, lowHeadings: true };
const LOOKS: Record<Exclude<SheetId, "matrix">, Look> = {
  clauses: { widths: [24, 34, 38], landscape: false, reach: true },
  duties: { widths: [10, 26, 12, 16, 22, 22, 10, 26, 23, 23], landscape: true, head: "frozen", balanced: true },
  "by-party": { widths: [9, 42, 18, 34, 14, 46], landscape: true, head: "repeated", quiet: [0, 3, 4] },
  boundaries: { widths: [9, 42, 80], landscape: true, head: "frozen" },
  terms: { widths: [9, 42, 20, 62], landscape: true, head: "frozen" },
  chapter: { widths: "fitted", landscape: true },
  disputes: { widths: [9, 42, 24, 62], landscape: true },
  "accepted-warnings": { widths: [28, 38, 46, 22], landscape: true, head: "frozen" },
  definitions: { widths: [24, 72], landscape: false, lowHeadings: true },
  changes: SENTENCES,
  amendment: { widths: [9, 36, 20, 18, 38, 38], landscape: true, head: "frozen" },
  certificate: { widths: [26, 72], landscape: false, together: true },
  "to-settle": SENTENCES,
  contacts: { widths: [20, 22, 20, 24, 30, 24, 20], landscape: true, head: "frozen" },
  frameworks: { widths: [9, 50, 20, 18, 9, 24], landscape: true, head: "frozen" },
};
const HEADING_HEIGHT = 24;
const OTHER_WIDTH = 30;
/** What describes a drawn signature, above which the name stands. */
const DRAWING = "The signature, drawn by hand";
/** The width of a sheet whose columns are fitted, in characters, and the most that labels of facts take of it. */
const FITTED = { whole: 140, label: 42 };

/** What a sheet's blocks are written with. `paging` is null for the first two writers, who left pages to programs. */
type Frame = { workbook: Workbook; sheet: Worksheet; widths: readonly number[]; look: Look; paging: Paging | null };
type CellStyle = (typeof STYLES)[keyof typeof STYLES];

/** Writes the blocks of a sheet one below the other. */
export async function writeTextSheet(
  workbook: Workbook,
  report: Report,
  { id, name, blocks }: { id: Exclude<SheetId, "matrix">; name: string; blocks: readonly Block[] },
): Promise<void> {
  const look = LOOKS[id];
  const sheet = workbook.addWorksheet(sheetName(name, workbook));
  const columns = Math.max(2, ...blocks.map((block) => (block.kind === "table" ? block.columns.length : 2)));
  const all = look.widths === "fitted" ? fittedWidths(blocks) : look.widths;
  const given = look.balanced
    ? balancedWidths(
        all,
        blocks.flatMap((block) => (block.kind === "table" ? block.rows : [])),
        STYLES.cell,
      )
    : all;
  const widths = Array.from({ length: columns }, (_, i) => given[i] ?? OTHER_WIDTH);
  sheet.columns = widths.map((width) => ({ width }));
  const tables = blocks.filter((block) => block.kind === "table");
  const schedule = isSchedule(report.writer);
  // The head of a table that a sheet ends with stands on top of each page. Others are written anew where a page begins.
  const repeated = schedule ? tables.length === 1 && blocks.at(-1)?.kind === "table" : look.head !== undefined;
  const { room } = printedRoom(report, { landscape: look.landscape, widths });
  const [table] = tables;
  const titles = repeated && table ? heightsOfHead({ widths, look }, table) : 0;
  const frame: Frame = { workbook, sheet, widths, look, paging: schedule ? { room, titles } : null };
  let head: number | null = null;
  const rows = blocks.flatMap((block, i) => {
    const followsFacts = block.kind === "table" && blocks[i - 1]?.kind === "facts";
    const apart = (block.kind === "heading" && i > 0) || (followsFacts && look.widths === "fitted");
    const written = rowsOf(block, frame, { repeated, begins: (row) => (head ??= row) });
    const ends = i === blocks.length - 1 || blocks[i + 1]?.kind === "heading";
    const own = look.together ? together(written, ends) : written;
    return apart ? [EMPTY_ROW, ...own] : own;
  });
  placeRows(sheet, rows, frame.paging);
  const frozen = look.head === "frozen" && head !== null;
  sheet.views = [{ showGridLines: false, ...(frozen ? { state: "frozen" as const, ySplit: head ?? 0 } : {}) }];
  const titleRows = repeated && head !== null ? `${head}:${head}` : undefined;
  await setUpPage(sheet, report, { landscape: look.landscape, titleRows });
}

/** Rows that stay on one page, and with the row after them unless they end what belongs together. */
function together(rows: readonly SheetRow[], ends: boolean): SheetRow[] {
  return rows.map((row, i) => (ends && i === rows.length - 1 ? row : { ...row, withNext: true }));
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

/** The rows of a block. `begins` is told where the head of a table comes to stand. */
function rowsOf(
  block: Block,
  frame: Frame,
  { repeated, begins }: { repeated: boolean; begins: (row: number) => void },
): SheetRow[] {
  const { workbook, sheet } = frame;
  switch (block.kind) {
    case "heading":
      return [headingRow(block.text, frame)];
    case "paragraph":
      return across(block.text, STYLES.value, frame);
    case "list":
      return listRows(block, frame);
    case "facts":
      return factRows(block, frame);
    case "table": {
      const { head, rows } = tableRows(block, frame, repeated);
      const told: SheetRow = {
        ...head,
        write: (row) => {
          begins(row);
          head.write(row);
        },
      };
      return [told, ...rows];
    }
    case "drawing":
      return [
        {
          height: DRAWING_HEIGHT,
          write: (row) => addDrawing(workbook, sheet, block.png, { column: 2, row, description: DRAWING }),
        },
      ];
  }
}

function headingRow(text: string, { sheet, widths, look, paging }: Frame): SheetRow {
  const style = STYLES.heading;
  const [first = OTHER_WIDTH] = widths;
  const whole = widths.reduce((sum, width) => sum + width, 0);
  if (!paging)
    return {
      height: look.lowHeadings ? null : HEADING_HEIGHT,
      write: (row) => put(sheet, row, 1, text, style),
    };
  const isLong = textWidth(text, style) > first * 5;
  return {
    height: Math.max(HEADING_HEIGHT, rowHeight([{ text, width: whole, style: STYLES.wrappedHeading }])),
    withNext: true,
    write: (row) => {
      put(sheet, row, 1, text, isLong ? STYLES.wrappedHeading : style);
      if (isLong) sheet.mergeCells(row, 1, row, widths.length);
    },
  };
}

/** Rows of a text over the whole width: one, or as many as it takes. */
function across(text: string, style: CellStyle, { sheet, widths, paging }: Frame): SheetRow[] {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const written = (cells: readonly MeasuredCell[], height: number): SheetRow => ({
    height,
    write: (row) => {
      put(sheet, row, 1, cells[0]?.text ?? "", style);
      sheet.mergeCells(row, 1, row, widths.length);
    },
  });
  const cell = { text, width: whole, style };
  if (!paging) return [written([cell], heightFor([text, whole]))];
  return wholeRows([cell], paging).map((cells) => written(cells, rowHeight(cells)));
}

/** Rows of cells, of which long ones are several where the sheet has pages. */
function cellRows(cells: readonly MeasuredCell[], { sheet, paging }: Frame): SheetRow[] {
  return (paging ? wholeRows(cells, paging) : [cells]).map((one) => textRow(sheet, one, { whole: paging !== null }));
}

function listRows({ items, none }: Extract<Block, { kind: "list" }>, frame: Frame): SheetRow[] {
  const { sheet, look, widths } = frame;
  if (items.length === 0) return none ? [{ height: null, write: (row) => put(sheet, row, 2, none, STYLES.value) }] : [];
  const rows = items.flatMap((item, i) =>
    look.numbered
      ? cellRows(
          [
            { text: String(i + 1), width: widths[0] ?? OTHER_WIDTH, style: STYLES.quiet },
            { text: item, width: widths[1] ?? OTHER_WIDTH, style: STYLES.cell },
          ],
          frame,
        )
      : across(item, STYLES.cell, frame),
  );
  return withoutLastAlone(rows);
}

function factRows({ facts }: Extract<Block, { kind: "facts" }>, frame: Frame): SheetRow[] {
  const { sheet, look, widths } = frame;
  const reaches = look.widths === "fitted" || look.reach ? widths.length : 2;
  const width = widths.slice(1, reaches).reduce((sum, one) => sum + one, 0);
  const rows = facts.flatMap(({ label, value }) =>
    cellRows(
      [
        { text: label, width: widths[0] ?? OTHER_WIDTH, style: STYLES.columnHead },
        { text: value, width, style: STYLES.cell },
      ],
      frame,
    ).map((one): SheetRow => ({
      ...one,
      write: (row) => {
        one.write(row);
        if (reaches > 2) sheet.mergeCells(row, 2, row, reaches);
      },
    })),
  );
  return withoutLastAlone(rows);
}

function headCells({ widths }: Pick<Frame, "widths">, { columns }: Table): MeasuredCell[] {
  return columns.map(({ title }, i) => ({ text: title, width: widths[i] ?? OTHER_WIDTH, style: STYLES.columnHead }));
}

function heightsOfHead(frame: Pick<Frame, "widths" | "look">, table: Table): number {
  return rowHeight(headCells(frame, table));
}

/**
 * The rows of a table. Its head stays with its first row, and the last row isn't alone on a page. A page that begins
 * within a group of rows has the group's title once more, and the head where the sheet doesn't repeat it itself.
 */
function tableRows(table: Table, frame: Frame, repeated: boolean): { head: SheetRow; rows: SheetRow[] } {
  const { columns, rows, groups = [], none } = table;
  const { sheet, widths, look, paging } = frame;
  const head: SheetRow = {
    ...textRow(sheet, headCells(frame, table), { whole: true }),
    ...(paging ? {} : { height: null }),
    withNext: true,
  };
  if (rows.length === 0 && none)
    return { head, rows: [{ height: null, write: (row) => put(sheet, row, 2, none, STYLES.value) }] };
  const onTop = repeated ? [] : [head];
  let group: string | null = null;
  let code = "";
  const written = rows.flatMap((texts, r) => {
    const begun = groups.find(({ at }) => at === r)?.title;
    if (begun !== undefined) group = begun;
    const again = group === null ? [] : [groupRow(`${group} ${CONTINUED}`, columns.length, sheet)];
    const cells = texts.map((text, c): MeasuredCell => ({
      text,
      width: widths[c] ?? OTHER_WIDTH,
      style: look.quiet?.includes(c) ? STYLES.quiet : STYLES.cell,
    }));
    code = texts[0] || code;
    const coded = cells.map((cell, c) => (c === 0 ? { ...cell, text: `${code} ${CONTINUED}` } : cell));
    const goesOn = paging !== null && texts[0] === "" && code !== "";
    const own = cellRows(cells, frame).map((one, n): SheetRow => ({
      ...one,
      repeats: [...onTop, ...again],
      ...(goesOn && n === 0 ? { onTop: textRow(sheet, coded, { whole: true }) } : {}),
    }));
    return begun === undefined ? own : [{ ...groupRow(begun, columns.length, sheet), repeats: onTop }, ...own];
  });
  return { head, rows: withoutLastAlone(written) };
}

function groupRow(title: string, columns: number, sheet: Worksheet): SheetRow {
  return {
    height: 20,
    withNext: true,
    write: (row) => {
      for (let column = 1; column <= columns; column++)
        put(sheet, row, column, column === 1 ? title : "", STYLES.section);
    },
  };
}

/**
 * A sheet's name has at most 31 characters and none of those that name cells and files, doesn't begin or end with an
 * apostrophe, and no other sheet has it.
 */
function sheetName(title: string, { worksheets }: Workbook): string {
  const allowed =
    title
      .replace(/[\\/?*[\]:]/g, " ")
      .replace(/^'+|'+$/g, " ")
      .trim() || "Sheet";
  const taken = new Set(worksheets.map(({ name }) => name.toLowerCase()));
  // A pair of surrogates isn't parted.
  const cut = (length: number) =>
    allowed
      .slice(0, length)
      .replace(/[\uD800-\uDBFF]$/, "")
      .trim();
  let name = cut(NAME_LIMIT);
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${cut(NAME_LIMIT - 4)} ${number}`;
  return name;
}

const NAME_LIMIT = 31;
