import type { Workbook, Worksheet } from "exceljs";
import type { SignatureBlock } from "~/domain/pack/certificate";
import type { Report } from "~/domain/pack/report";
import { linesOf, put } from "./cells.server";
import { setUpPage } from "./page.server";
import { addDrawing, DRAWING_HEIGHT } from "./drawing.server";
import type { SignatureLinePosition } from "./signature-lines.server";
import { STYLES } from "./styles.server";

const WIDTHS = [24, 34, 34];
const VALUE_WIDTH = 66;
const BLOCKERS_ON_COVER = 8;

/**
 * Writes the cover: the parties, the terms, the fingerprint and the signature blocks. Returns the positions of
 * signatures that are still missing.
 */
export async function writeCover(workbook: Workbook, report: Report): Promise<SignatureLinePosition[]> {
  const sheet = workbook.addWorksheet("Cover", { views: [{ showGridLines: false }] });
  sheet.columns = WIDTHS.map((width) => ({ width }));
  let row = line(
    sheet,
    1,
    report.kind === "amendment" ? `${report.amendment?.title ?? "Amendment"} to ${report.title}` : report.title,
    STYLES.title,
    30,
  );
  row = line(
    sheet,
    row,
    `${report.client} and ${report.provider}`,
    STYLES.subtitle,
    20 * linesOf(`${report.client} and ${report.provider}`, 70),
  );
  if (report.draft) row = line(sheet, row, "DRAFT. Not published, not for signature.", STYLES.alert, 20);
  if (report.extractOf)
    row = line(sheet, row, `EXTRACT. ${report.extractOf}`, STYLES.alert, 18 * linesOf(report.extractOf, 70));
  row += 1;
  for (const { label, value } of report.facts) {
    put(sheet, row, 1, label, STYLES.label);
    put(sheet, row, 2, value, /^[0-9a-f]{64}$/.test(value) ? STYLES.mono : STYLES.value);
    sheet.mergeCells(row, 2, row, 3);
    sheet.getRow(row).height = 14 * linesOf(value, VALUE_WIDTH) + 3;
    row += 1;
  }
  row = writeBlockers(sheet, row + 1, report.blockers);
  const unsigned: SignatureLinePosition[] = [];
  for (const signatory of report.signatories) {
    row = writeSignature(workbook, sheet, row + 1, signatory);
    if (!signatory.signature) unsigned.push({ row: row - 1, signatory });
  }
  await setUpPage(sheet, report, { landscape: false });
  // The cover fits on one page, so that the signatures stand with the terms.
  sheet.pageSetup.fitToHeight = 1;
  return unsigned;
}

function line(
  sheet: Worksheet,
  row: number,
  text: string,
  style: (typeof STYLES)[keyof typeof STYLES],
  height: number,
): number {
  put(sheet, row, 1, text, style);
  sheet.mergeCells(row, 1, row, WIDTHS.length);
  sheet.getRow(row).height = height;
  return row + 1;
}

function writeBlockers(sheet: Worksheet, first: number, blockers: string[]): number {
  if (blockers.length === 0) return first;
  const title = `Not ready to sign: ${blockers.length} ${blockers.length === 1 ? "point" : "points"} to settle first`;
  let row = line(sheet, first, title, STYLES.alert, 20);
  const rest = blockers.length - BLOCKERS_ON_COVER;
  const sentences =
    rest > 0 ? [...blockers.slice(0, BLOCKERS_ON_COVER), `And ${rest} more: see the sheet “To settle”.`] : blockers;
  for (const blocker of sentences) row = line(sheet, row, blocker, STYLES.value, 14 * linesOf(blocker, 92) + 2);
  return row + 1;
}

/** Writes a signature block and fills in known values. Its last row is the signature. */
function writeSignature(
  workbook: Workbook,
  sheet: Worksheet,
  first: number,
  { party, name, title, organisation, signature, date }: SignatureBlock,
): number {
  let row = line(sheet, first, `For ${party}`, STYLES.heading, 22);
  const picture = signature?.picture;
  const fields: [string, string][] = [
    ["Name", signature?.name ?? name],
    ["Title", signature?.title ?? title],
    ["Organisation", signature?.organisation ?? organisation],
    ["Date", date],
    [
      "Signature",
      picture?.kind === "typed"
        ? picture.text
        : picture?.kind === "paper"
          ? `Signed on paper: ${picture.fileName}`
          : "",
    ],
  ];
  for (const [label, value] of fields) {
    put(sheet, row, 1, label, STYLES.label);
    put(sheet, row, 2, value, signature ? STYLES.filled : STYLES.open);
    sheet.mergeCells(row, 2, row, 3);
    sheet.getRow(row).height = label === "Signature" ? DRAWING_HEIGHT : 22;
    row += 1;
  }
  if (picture?.kind === "drawn") addDrawing(workbook, sheet, picture.png, { column: 2, row: row - 1 });
  return row;
}
