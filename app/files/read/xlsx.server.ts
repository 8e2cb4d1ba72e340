import type { Paper } from "~/domain/pack/report-parts";
import { readMarker, type CarriedText } from "~/domain/verify/carried";
import type { Difference, ShownPart } from "~/domain/verify/part";
import { CARRIED_SHEET } from "../xlsx/carried.server";
import { cellStyles } from "./package/cell-styles.server";
import { readProperties } from "./package/properties.server";
import { overlaysOfSheet, picturesOf, signatureLinesOfSheet } from "./pictures.server";
import { NO_ROOM, type SheetRoom } from "~/domain/verify/room";
import type { ReadFile } from "./read-file";
import { readSheet } from "./sheet.server";
import { listSheets, repeatedRows, savedAfter, sharedTexts } from "./workbook.server";
import type { Archive } from "./zip.server";

/** Parses an XLSX file: each sheet becomes a part. `main` is the part that lists the sheets. */
export async function readWorkbook(archive: Archive, main: string): Promise<ReadFile> {
  const [texts, styles] = [await sharedTexts(archive, main), await cellStyles(archive, main)];
  const repeated = await repeatedRows(archive, main);
  const count = { cells: 0 };
  const parts: ShownPart[] = [];
  const heads: string[][] = [];
  const sheets: SheetRoom[] = [];
  let covered: Difference[] = [];
  let laidOver: ReadFile["laidOver"] = [];
  let signatureLines: ReadFile["signatureLines"] = [];
  let carried: CarriedText | null = null;
  let paper: Paper = "A4";
  for (const [index, sheet] of (await listSheets(archive, main)).entries()) {
    const bytes = await archive.read(sheet.path);
    if (!bytes) continue;
    const { name, hidden } = sheet;
    const read = await readSheet(bytes, { name, hidden, texts, styles, count });
    if (name === CARRIED_SHEET) carried = readCarried(read.part);
    else {
      parts.push(read.part);
      if (read.paper === "Letter") paper = "Letter";
      heads.push([name, repeated.get(index) ?? "", ...read.heads]);
      sheets.push(read.room);
      covered = covered.concat(read.covered);
      laidOver = laidOver.concat(await overlaysOfSheet(archive, sheet));
      signatureLines = signatureLines.concat(await signatureLinesOfSheet(archive, sheet));
    }
  }
  const ours = carried !== null || parts.some(({ name }) => name === "Responsibility matrix");
  const listed = (name: string, rows: readonly string[][]): ShownPart => ({
    name,
    rows: rows.map((cells) => ({ cells, open: [], hidden: false })),
    hidden: false,
    hiddenColumns: [],
  });
  return {
    format: "xlsx",
    parts: [...parts, listed("Head and foot of pages", heads), listed("Properties", await readProperties(archive))],
    carried,
    covered,
    laidOver,
    signatureLines,
    pictures: await picturesOf(archive, /\/media\//),
    room: { ...NO_ROOM, sheets },
    paper,
    ours,
    savedBy: await savedAfter(archive),
  };
}

/**
 * Reads the hidden sheet: a marker, two fingerprints, the number of parts of the canonical text and these parts, then
 * the same of the facts that are not in the text.
 */
function readCarried({ rows }: ShownPart): CarriedText | null {
  const [marker = "", fingerprint = "", previous = "", count = "", ...texts] = rows.map(({ cells }) => cells[0] ?? "");
  const marked = readMarker(marker);
  const end = Number(count) || 0;
  const [besideCount, ...besides] = texts.slice(end);
  return (
    marked && {
      ...marked,
      fingerprint,
      previous: previous === "none" ? null : previous,
      text: texts.slice(0, end).join(""),
      beside: besideCount === undefined ? null : besides.slice(0, Number(besideCount) || 0).join(""),
    }
  );
}
