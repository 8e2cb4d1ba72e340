import type { Worksheet } from "exceljs";
import type { Report } from "~/domain/pack/report";
import type { Paper } from "~/domain/pack/report-parts";
import { shortFingerprint } from "~/domain/version/snapshot";

/** The paper sizes by the numbers that the format defines. */
const PAPER: Record<Paper, number> = { A4: 9, Letter: 1 };
/** The header of a sheet holds 255 characters in total, so long names are shortened. */
const NAME_LIMIT = 40;

/** Sets paper, margins, header and footer of a sheet, and protects all cells except unlocked ones. */
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
  const names = `${headerText(report.client)} and ${headerText(report.provider)}`;
  sheet.headerFooter.oddHeader = `&L&9${afterFontSize(names)}${report.mark ? `&C&B&12${report.mark}` : ""}&R&9${afterFontSize(headerText(report.editionName))}`;
  sheet.headerFooter.oddFooter = `&L&9Fingerprint ${shortFingerprint(report.edition.fingerprint)}&R&9Page &P of &N`;
  // The protection has no password: it prevents slips. The fingerprint is what proves that a text is unaltered.
  await sheet.protect("", {
    selectLockedCells: true,
    selectUnlockedCells: true,
    autoFilter: true,
    sort: true,
    formatColumns: true,
    formatRows: true,
  });
}

/** A name for a header, shortened, with ampersands doubled: a single one starts a formatting code. */
function headerText(text: string): string {
  const characters = [...text.replace(/\s+/g, " ")];
  const short =
    characters.length > NAME_LIMIT ? `${characters.slice(0, NAME_LIMIT - 1).join("")}…` : characters.join("");
  return short.replaceAll("&", "&&");
}

/** Puts a space before a leading digit, which would count as part of the font size before it. */
function afterFontSize(text: string): string {
  return /^\d/.test(text) ? ` ${text}` : text;
}
