import type { Workbook, XlsxWriteOptions } from "exceljs";
import { isSchedule, type Report } from "~/domain/pack/report";
import { sheetsOf, type Sheet } from "~/domain/pack/sheets";
import { unzip, zip } from "./package.server";
import { writeCarried } from "./xlsx/carried.server";
import { writeCover } from "./xlsx/cover.server";
import { descriptionsOf } from "./xlsx/drawing.server";
import { writeMatrixSheet } from "./xlsx/matrix-sheet.server";
import { addSignatureLines } from "./xlsx/signature-lines.server";
import { writeTextSheet } from "./xlsx/text-sheet.server";
import { makeValid } from "./xlsx/valid-parts.server";

/** Words to find a workbook by, without commas, at which programs part them. */
const KEYWORDS = "co-managed IT responsibility matrix";

/** Writes a report as an XLSX file that can be signed. The same report gives the same bytes. */
export async function writeXlsx(report: Report): Promise<Uint8Array> {
  // The first export loads ExcelJS, which takes half a second, so that the server starts without it.
  const { default: ExcelJS } = await import("exceljs");
  const workbook = new ExcelJS.Workbook();
  const at = new Date(report.edition.kind === "draft" ? report.edition.exportedAt : report.edition.publishedAt);
  workbook.title = `${report.title}: ${report.client} and ${report.provider}`;
  workbook.subject = report.editionName;
  workbook.creator = report.edition.kind === "draft" ? "Demarc" : report.edition.authorName;
  workbook.lastModifiedBy = "Demarc";
  if (isSchedule(report.writer)) {
    workbook.company = `${report.client} and ${report.provider}`;
    workbook.keywords = KEYWORDS;
    // The types of ExcelJS don't know the language, which it writes.
    Object.assign(workbook, { language: "en" });
  } else workbook.company = report.provider;
  workbook.description = `Fingerprint ${report.edition.fingerprint}`;
  workbook.created = at;
  workbook.modified = at;
  const unsigned = await writeCover(workbook, report);
  for (const sheet of sheetsOf(report)) await writeSheet(workbook, report, sheet);
  writeCarried(workbook, report);
  // ExcelJS writes the current time into the ZIP. Its parts are stored uncompressed here, and packed below with a fixed
  // time.
  const options: Partial<XlsxWriteOptions> & { zip: { compression: string } } = { zip: { compression: "STORE" } };
  const parts = unzip(new Uint8Array(await workbook.xlsx.writeBuffer(options)));
  makeValid(parts, descriptionsOf(workbook));
  addSignatureLines(parts, report.draft ? [] : unsigned, report.edition.fingerprint);
  return zip(parts);
}

async function writeSheet(workbook: Workbook, report: Report, { id, name, blocks }: Sheet): Promise<void> {
  if (id === "matrix") return writeMatrixSheet(workbook, report, name);
  await writeTextSheet(workbook, report, {
    id,
    name,
    blocks: blocks.flatMap((block) => (block.kind === "matrix" ? [] : [block])),
  });
}
