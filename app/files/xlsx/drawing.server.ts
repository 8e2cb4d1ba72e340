import type { Workbook, Worksheet } from "exceljs";
import { pngSize } from "../picture.server";

const LARGEST = { width: 200, height: 60 };

/** How high a row is in which a drawn signature stands. */
export const DRAWING_HEIGHT = LARGEST.height;

/** What describes the drawings of a workbook to somebody who can't see them, in their order. */
const DESCRIPTIONS = new WeakMap<Workbook, string[]>();

/** The descriptions of the drawings of a workbook, in their order: the writer of its parts puts them in. */
export function descriptionsOf(workbook: Workbook): string[] {
  return DESCRIPTIONS.get(workbook) ?? [];
}

/** Puts a drawn signature over a cell, no larger than the cell is high. */
export function addDrawing(
  workbook: Workbook,
  sheet: Worksheet,
  png: Uint8Array,
  { column, row, description }: { column: number; row: number; description: string },
): void {
  const size = pngSize(png);
  if (!size) return;
  const scale = Math.min(1, LARGEST.width / size.width, LARGEST.height / size.height);
  DESCRIPTIONS.set(workbook, [...descriptionsOf(workbook), description]);
  const image = workbook.addImage({ base64: Buffer.from(png).toString("base64"), extension: "png" });
  sheet.addImage(image, {
    tl: { col: column - 1 + 0.05, row: row - 1 + 0.1 },
    ext: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
  });
}
