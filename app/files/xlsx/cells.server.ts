import type { Style, Worksheet } from "exceljs";
import { oncePer } from "~/domain/cache";
import { beginsRightToLeft } from "~/domain/direction";

/** The longest text that a cell can hold. */
const CELL_LIMIT = 32_767;

/**
 * A text in the form of a string cell, which is never evaluated as a formula. Spreadsheets decode `_x0041_` inside a
 * cell as the character with that number, so the underscore of such a run is escaped.
 */
function cellValue(text: string): string {
  const escaped = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  return escaped.length > CELL_LIMIT ? `${escaped.slice(0, CELL_LIMIT - 1)}…` : escaped;
}

/**
 * Writes a text and a style into a cell. Cells share style objects, since the library looks styles up by reference. A
 * text in a script that runs from right to left gets that direction.
 */
export function put(sheet: Worksheet, row: number, column: number, text: string, style: Partial<Style>): void {
  const cell = sheet.getCell(row, column);
  if (text !== "") cell.value = cellValue(text);
  cell.style = beginsRightToLeft(text) ? rightToLeft(style) : style;
}

/** The same style for such a text, one object for each style. */
const rightToLeft = oncePer((style: Partial<Style>): Partial<Style> => ({
  ...style,
  alignment: { ...style.alignment, readingOrder: "rtl" },
}));

/** The approximate number of lines that a text takes in a column, whose width is in characters. */
export function linesOf(text: string, width: number): number {
  return text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / Math.max(1, width))), 0);
}

/**
 * Column widths count characters of the 11-point default font. Texts have 9 or 10 points, so more characters fit even
 * after wrapping at words.
 */
const CHARACTERS_PER_WIDTH = 1.15;

/**
 * The height in points of a row with wrapped texts in columns of certain widths. Programs don't adjust row heights on
 * opening.
 */
export function heightFor(...cells: readonly (readonly [text: string, width: number])[]): number {
  return 13 * Math.max(1, ...cells.map(([text, width]) => linesOf(text, width * CHARACTERS_PER_WIDTH))) + 5;
}
