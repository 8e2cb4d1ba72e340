import { reportCell, type Report } from "~/domain/pack/report";

const FIXED_BEFORE = ["Id", "Code", "Domain", "Duty"];
const FIXED_AFTER = ["Owner", "Boundary note", "Done when", "Cadence", "Cover", "Reserved", "Description"];

/** The matrix as CSV (RFC 4180) in UTF-8. Excel needs the byte order mark to recognise UTF-8. */
export function writeCsv(report: Report): string {
  const header = [
    ...FIXED_BEFORE,
    ...report.columns.map(({ role, party }) => `${party.name}: ${role.name}`),
    ...FIXED_AFTER,
  ];
  const rows = report.sections.flatMap(({ domain, rows: duties }) =>
    duties.map((row) => [
      row.dutyId,
      row.code,
      domain.name,
      row.text,
      ...row.cells.map(reportCell),
      row.owner,
      row.boundary,
      row.doneWhen,
      row.cadence,
      row.cover === "24x7" ? "24x7" : "Office hours",
      row.reserved ? "Yes" : "No",
      row.description,
    ]),
  );
  return csvOf([header, ...rows]);
}

/** Rows of texts as CSV (RFC 4180) in UTF-8 with a byte order mark. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/**
 * Positions at which a spreadsheet may start a formula: the beginning of a cell, and the beginning of the parts of a
 * cell that a program splits at semicolons or line breaks.
 */
const FORMULA = /(^|[;\r\n])(?=[ "]*[=+\-@\t])/g;

/** Puts an apostrophe before anything that a spreadsheet would evaluate, and doubles quotes. */
function csvCell(text: string): string {
  const harmless = text.replace(FORMULA, "$1'");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
