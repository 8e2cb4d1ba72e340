import type { Style, Worksheet } from "exceljs";

/** The longest text a cell of a workbook holds. */
const CELL_LIMIT = 32_767;

/**
 * Text as a workbook's cell holds it. A string cell is never a formula, whatever it starts with; but spreadsheets read
 * `_x0041_` inside one as the character it names, so the underscore of such a run is written by its own name.
 */
export function plain(text: string): string {
  const safe = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  return safe.length > CELL_LIMIT ? `${safe.slice(0, CELL_LIMIT - 1)}…` : safe;
}

/** Writes a text and a style. Style objects are shared between cells: the writer looks each one up by reference. */
export function put(sheet: Worksheet, row: number, column: number, text: string, style: Partial<Style>): void {
  const cell = sheet.getCell(row, column);
  if (text !== "") cell.value = plain(text);
  cell.style = style;
}

/** Roughly how many lines a text takes in a column of a width in characters. */
export function linesOf(text: string, width: number): number {
  return text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / Math.max(1, width))), 0);
}

/** Column widths count characters of the workbook's 11-point font; texts here are 9 or 10, also after a word is wrapped whole. */
const CHARACTERS_PER_WIDTH = 1.15;

/** The height in points of a row whose texts wrap in columns of the given widths: readers do not grow rows by themselves. */
export function heightFor(...cells: readonly (readonly [text: string, width: number])[]): number {
  return 13 * Math.max(1, ...cells.map(([text, width]) => linesOf(text, width * CHARACTERS_PER_WIDTH))) + 5;
}
