import type { Workbook, XlsxWriteOptions } from "exceljs";
import { hasReportPart, type Report } from "~/domain/pack/report";
import { unzip, zip } from "./package.server";
import { writeCarried } from "./xlsx/carried.server";
import { writeCertificate } from "./xlsx/certificate.server";
import { writeCover } from "./xlsx/cover.server";
import { writeMatrixSheet } from "./xlsx/matrix-sheet.server";
import { addSignatureLines } from "./xlsx/signature-lines.server";
import {
  writeAccepted,
  writeAmendment,
  writeBoundaries,
  writeChapter,
  writeContacts,
  writeDefinitions,
  writePartySheet,
  writeSentences,
  writeTerms,
} from "./xlsx/text-sheets.server";

/** The signable workbook of a report, as the bytes of an XLSX file. The same report always gives the same bytes. */
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
  const open = await writeCover(workbook, report);
  await writeParts(workbook, report);
  if (report.certificate) await writeCertificate(workbook, report, report.certificate);
  if (report.blockers.length > 0) {
    await writeSentences(workbook, report, {
      name: "To settle",
      heading: "What must be settled before this can be signed",
      sentences: report.blockers,
      none: "",
    });
  }
  if (hasReportPart(report, "contacts")) await writeContacts(workbook, report);
  writeCarried(workbook, report);
  // Packed once, below, without the hour of packing.
  const options: Partial<XlsxWriteOptions> & { zip: { compression: string } } = { zip: { compression: "STORE" } };
  const parts = unzip(new Uint8Array(await workbook.xlsx.writeBuffer(options)));
  addSignatureLines(parts, report.draft ? [] : open, report.edition.fingerprint);
  return zip(parts);
}

async function writeParts(workbook: Workbook, report: Report): Promise<void> {
  if (hasReportPart(report, "matrix")) await writeMatrixSheet(workbook, report);
  if (hasReportPart(report, "by-party")) await writePartySheet(workbook, report);
  if (hasReportPart(report, "boundaries") && !hasReportPart(report, "matrix")) await writeBoundaries(workbook, report);
  if (hasReportPart(report, "decisions")) await writeTerms(workbook, report);
  for (const chapter of report.chapters) await writeChapter(workbook, report, chapter);
  if (hasReportPart(report, "accepted-warnings")) await writeAccepted(workbook, report);
  if (hasReportPart(report, "definitions")) await writeDefinitions(workbook, report);
  if (hasReportPart(report, "changes"))
    await writeSentences(workbook, report, {
      name: "Changes",
      heading: report.changesFrom,
      sentences: report.changes,
      none: "No changes to list.",
    });
  if (report.amendment && (report.kind === "amendment" || hasReportPart(report, "changes")))
    await writeAmendment(workbook, report, report.amendment);
}
