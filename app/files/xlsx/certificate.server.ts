import type { Workbook, Worksheet } from "exceljs";
import { signatureFacts, type Certificate } from "~/domain/pack/certificate";
import { momentWords } from "~/domain/day-words";
import type { Report } from "~/domain/pack/report";
import { pngSize } from "../picture.server";
import { heightFor, put } from "./cells.server";
import { setUpPage } from "./page.server";
import { STYLES } from "./styles.server";

const WIDTHS = [26, 72] as const;
const PICTURE = { width: 200, height: 60 };

/** What is kept of every signature, and how the version came to be signed. */
export async function writeCertificate(
  workbook: Workbook,
  report: Report,
  { signatures, history }: Certificate,
): Promise<void> {
  const sheet = workbook.addWorksheet("Certificate", { views: [{ showGridLines: false }] });
  sheet.columns = WIDTHS.map((width) => ({ width }));
  let row = heading(sheet, 1, "The record of the signatures");
  row = fact(sheet, row, "Fingerprint of the text", report.edition.fingerprint);
  signatures.forEach((signature, i) => {
    row = heading(sheet, row + 1, `Signature ${i + 1}: ${signature.name} for ${signature.partyName}`);
    for (const { label, value } of signatureFacts(signature)) row = fact(sheet, row, label, value);
    if (signature.picture.kind !== "drawn") return;
    sheet.getRow(row).height = PICTURE.height;
    addDrawn(workbook, sheet, signature.picture.png, { column: 2, row });
    row += 1;
  });
  if (history.length > 0) {
    row = heading(sheet, row + 1, "What happened, in order");
    for (const { at, what, by } of history) row = fact(sheet, row, momentWords(at), by ? `${what}, ${by}` : what);
  }
  await setUpPage(sheet, report, { landscape: false });
}

/** Puts a drawn signature over a cell, no larger than the cell is high. */
export function addDrawn(
  workbook: Workbook,
  sheet: Worksheet,
  png: Uint8Array,
  { column, row }: { column: number; row: number },
): void {
  const size = pngSize(png);
  if (!size) return;
  const scale = Math.min(1, PICTURE.width / size.width, PICTURE.height / size.height);
  const image = workbook.addImage({ base64: Buffer.from(png).toString("base64"), extension: "png" });
  sheet.addImage(image, {
    tl: { col: column - 1 + 0.05, row: row - 1 + 0.1 },
    ext: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
  });
}

function heading(sheet: Worksheet, row: number, text: string): number {
  put(sheet, row, 1, text, STYLES.heading);
  sheet.getRow(row).height = 24;
  return row + 1;
}

function fact(sheet: Worksheet, row: number, label: string, value: string): number {
  put(sheet, row, 1, label, STYLES.columnHead);
  put(sheet, row, 2, value, STYLES.cell);
  sheet.getRow(row).height = heightFor([label, WIDTHS[0]], [value, WIDTHS[1]]);
  return row + 1;
}
