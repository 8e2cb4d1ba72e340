import type { Report } from "~/domain/report";
import { writeCarried } from "./xlsx/carried.server";
import { writeCover } from "./xlsx/cover.server";
import { writeMatrixSheet } from "./xlsx/matrix-sheet.server";
import { writeAccepted, writeDefinitions, writePartySheet, writeSentences, writeTerms } from "./xlsx/text-sheets.server";

/** The signable workbook of a report, as the bytes of an XLSX file. The same report always gives the same sheets. */
export async function writeXlsx(report: Report): Promise<Uint8Array> {
  // Loaded with the first workbook: half a second that a start need not wait for.
  const { default: ExcelJS } = await import("exceljs");
  const workbook = new ExcelJS.Workbook();
  const at = new Date(report.edition.kind === "draft" ? report.edition.exportedAt : report.edition.publishedAt);
  workbook.title = `${report.title}: ${report.client} and ${report.provider}`;
  workbook.subject = report.editionName;
  workbook.creator = report.edition.kind === "draft" ? "Demarc" : report.edition.authorName;
  workbook.lastModifiedBy = "Demarc";
  workbook.company = report.provider;
  workbook.description = `Fingerprint ${report.edition.fingerprint}`;
  workbook.created = at;
  workbook.modified = at;
  await writeCover(workbook, report);
  await writeMatrixSheet(workbook, report);
  await writePartySheet(workbook, report);
  if (report.terms.length > 0) await writeTerms(workbook, report);
  if (report.accepted.length > 0) await writeAccepted(workbook, report);
  await writeDefinitions(workbook, report);
  await writeSentences(workbook, report, { name: "Changes", heading: report.changesFrom, sentences: report.changes, none: "No changes to list." });
  if (report.blockers.length > 0) {
    await writeSentences(workbook, report, { name: "To settle", heading: "What must be settled before this can be signed", sentences: report.blockers, none: "" });
  }
  writeCarried(workbook, report);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
