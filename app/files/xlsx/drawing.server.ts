import type { Workbook, Worksheet } from "exceljs";
import { pngSize } from "../picture.server";

const LARGEST = { width: 200, height: 60 };

/** How high a row is in which a drawn signature stands. */
export const DRAWING_HEIGHT = LARGEST.height;

/** Puts a drawn signature over a cell, no larger than the cell is high. */
export function addDrawing(
  workbook: Workbook,
  sheet: Worksheet,
  png: Uint8Array,
  { column, row }: { column: number; row: number },
): void {
  const size = pngSize(png);
  if (!size) return;
  const scale = Math.min(1, LARGEST.width / size.width, LARGEST.height / size.height);
  const image = workbook.addImage({ base64: Buffer.from(png).toString("base64"), extension: "png" });
  sheet.addImage(image, {
    tl: { col: column - 1 + 0.05, row: row - 1 + 0.1 },
    ext: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
  });
}
