import type { Worksheet } from "exceljs";
import type { Report } from "~/domain/pack/report";
import type { Paper } from "~/domain/pack/report-parts";
import { runningWords } from "~/domain/pack/running-words";
import { columnPoints } from "./measure.server";

/** The paper sizes by the numbers that the format defines, and their sides in points. */
const PAPER: Record<Paper, { number: number; sides: [number, number] }> = {
  A4: { number: 9, sides: [595, 842] },
  Letter: { number: 1, sides: [612, 792] },
};
/** The margins of pages in inches. */
const MARGINS = { left: 0.5, right: 0.5, top: 0.8, bottom: 0.7, header: 0.3, footer: 0.3 };
const INCH = 72;
/** Programs round heights and scales, so that not all of a page is counted on. */
const COUNTED_ON = 0.97;
/** The header of a sheet holds 255 characters in total, so long names are shortened. */
const NAME_LIMIT = 40;
const FOOT_LIMIT = 150;

/**
 * How much of its size a sheet is printed in, so that its columns fit on the paper, and how much room that gives to the
 * rows of a page: in points of rows, which are printed in that size.
 */
export function printedRoom(
  { paper }: Report,
  { landscape, widths }: { landscape: boolean; widths: readonly number[] },
): { scale: number; room: number; paperHeight: number } {
  const [short, long] = PAPER[paper].sides;
  const [width, paperHeight] = landscape ? [long, short] : [short, long];
  const columns = widths.reduce((sum, one) => sum + columnPoints(one), 0);
  const scale = Math.min(1, (width - (MARGINS.left + MARGINS.right) * INCH) / columns);
  const height = paperHeight - (MARGINS.top + MARGINS.bottom) * INCH;
  return { scale, room: (height / scale) * COUNTED_ON, paperHeight };
}

/** Sets paper, margins, header and footer of a sheet, and protects all cells except unlocked ones. */
export async function setUpPage(
  sheet: Worksheet,
  report: Report,
  { landscape, titleRows }: { landscape: boolean; titleRows?: string },
): Promise<void> {
  sheet.pageSetup = {
    paperSize: PAPER[report.paper].number,
    orientation: landscape ? "landscape" : "portrait",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: MARGINS,
    ...(titleRows ? { printTitlesRow: titleRows } : {}),
  };
  const { edition, mark, foot } = runningWords(report);
  const names = `${headerText(report.client, NAME_LIMIT)} and ${headerText(report.provider, NAME_LIMIT)}`;
  sheet.headerFooter.oddHeader = `&L&9${afterFontSize(names)}${mark ? `&C&B&12${mark}` : ""}&R&9${afterFontSize(headerText(edition, NAME_LIMIT))}`;
  sheet.headerFooter.oddFooter = `&L&9${afterFontSize(headerText(foot, FOOT_LIMIT))}&R&9Page &P of &N`;
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

/**
 * A text for a header or footer, shortened, with ampersands doubled: a single one starts a formatting code. Doubled ones
 * count against the limit of the format, too.
 */
function headerText(text: string, limit: number): string {
  const characters = [...text.replace(/\s+/g, " ")];
  const shortened = (length: number) =>
    (characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : characters.join("")).replaceAll(
      "&",
      "&&",
    );
  let length = limit;
  while (shortened(length).length > limit * DOUBLED) length -= 1;
  return shortened(length);
}

/** How many times longer than its limit a text may become by what is doubled in it. */
const DOUBLED = 1.35;

/** Puts a space before a leading digit, which would count as part of the font size before it. */
function afterFontSize(text: string): string {
  return /^\d/.test(text) ? ` ${text}` : text;
}
