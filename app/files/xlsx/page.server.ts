import type { Worksheet } from "exceljs";
import type { Report } from "~/domain/pack/report";
import type { Paper } from "~/domain/pack/report-parts";
import { shortFingerprint } from "~/domain/version/snapshot";

/** The numbers that workbooks give to papers. */
const PAPER: Record<Paper, number> = { A4: 9, Letter: 1 };
/** A header or footer holds 255 characters in all; names are cut so that the rest always fits. */
const NAME_LIMIT = 40;

/** Paper, margins, header and footer of a sheet, and its lock: everything but open cells is protected. */
export async function setUpPage(
  sheet: Worksheet,
  report: Report,
  { landscape, titleRows }: { landscape: boolean; titleRows?: string },
): Promise<void> {
  sheet.pageSetup = {
    paperSize: PAPER[report.paper],
    orientation: landscape ? "landscape" : "portrait",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: { left: 0.5, right: 0.5, top: 0.8, bottom: 0.7, header: 0.3, footer: 0.3 },
    ...(titleRows ? { printTitlesRow: titleRows } : {}),
  };
  const names = `${field(report.client)} and ${field(report.provider)}`;
  sheet.headerFooter.oddHeader = `&L&9${spaced(names)}${report.mark ? `&C&B&12${report.mark}` : ""}&R&9${spaced(field(report.editionName))}`;
  sheet.headerFooter.oddFooter = `&L&9Fingerprint ${shortFingerprint(report.edition.fingerprint)}&R&9Page &P of &N`;
  // No password: the lock prevents slips. What proves an unaltered text is the fingerprint.
  await sheet.protect("", {
    selectLockedCells: true,
    selectUnlockedCells: true,
    autoFilter: true,
    sort: true,
    formatColumns: true,
    formatRows: true,
  });
}

/** A name inside a header: an ampersand starts a code there unless it is doubled. */
function field(text: string): string {
  const characters = [...text.replace(/\s+/g, " ")];
  const short =
    characters.length > NAME_LIMIT ? `${characters.slice(0, NAME_LIMIT - 1).join("")}…` : characters.join("");
  return short.replaceAll("&", "&&");
}

/** A digit right after a font size would be read as part of it. */
function spaced(text: string): string {
  return /^\d/.test(text) ? ` ${text}` : text;
}
