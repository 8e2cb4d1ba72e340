import { reportCell, type Report } from "~/domain/pack/report";

const FIXED_BEFORE = ["Id", "Code", "Domain", "Duty"];
const FIXED_AFTER = ["Owner", "Boundary note", "Done when", "Cadence", "Cover", "Reserved", "Description"];

/** The matrix as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8. */
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

/** Where a spreadsheet may see a cell begin with a formula: at the start, and where one that splits at semicolons or lines sees a start. */
const FORMULA = /(^|[;\r\n])(?=[ "]*[=+\-@\t])/g;

/** What a spreadsheet would take for a formula gets an apostrophe before it; quotes are doubled. */
function csvCell(text: string): string {
  const harmless = text.replace(FORMULA, "$1'");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
