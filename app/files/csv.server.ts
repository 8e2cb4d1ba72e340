import { DECISIONS, DUTY_FIELDS } from "~/domain/parts/duties";
import { SETTINGS } from "~/domain/parts/frame";
import { DISPUTES } from "~/domain/pack/chapters";
import { reportCell, type Report } from "~/domain/pack/report";

const FIXED_BEFORE = ["Id", "Code", "Domain", "Duty"];
const FIXED_AFTER = ["Owner", "Boundary note", "Done when", "Cadence", "Cover", "Reserved", "Description"];
const { standing: STANDING, coverPeriod: COVER, authorityId: AUTHORITY, tools: TOOLS, pathId: PATH } = DUTY_FIELDS;
const { stance: KIND, pressures: PRESSURES } = DUTY_FIELDS;
const STANDING_AFTER = [STANDING.label, COVER.label];
/** What else is agreed of a duty, by the labels of its fields. */
const TERMS_AFTER = [
  ...Object.values(DECISIONS).map(({ label }) => label),
  ...[AUTHORITY, TOOLS, PATH].map(({ label }) => label),
];
const DISPUTES_AFTER = [DISPUTES, SETTINGS.ruler.label];
const FRAMEWORKS_AFTER = ["CIS", "NIST CSF", KIND.label, PRESSURES.label];

/** The matrix as CSV (RFC 4180) in UTF-8. Excel needs the byte order mark to recognise UTF-8. */
export function writeCsv(report: Report): string {
  const header = [
    ...FIXED_BEFORE,
    ...report.columns.map(({ role, party }) => `${party.name}: ${role.name}`),
    ...FIXED_AFTER,
    ...STANDING_AFTER,
    ...TERMS_AFTER,
    ...DISPUTES_AFTER,
    ...FRAMEWORKS_AFTER,
  ];
  const ruler = report.facts.find(({ label }) => label === SETTINGS.ruler.label)?.value ?? "";
  const terms = new Map(report.terms.map(({ code, facts }) => [code, facts]));
  const disputes = new Map(report.disputes.map((row) => [row.code, row]));
  const rows = report.sections.flatMap(({ domain, rows: duties }) =>
    duties.map((row) => [
      row.dutyId,
      row.code,
      domain.name,
      row.text,
      ...row.cells.map((letters) => reportCell(letters, row)),
      row.owner,
      row.boundary,
      row.doneWhen,
      row.cadence,
      row.cover === "24x7" ? "24x7" : "Office hours",
      row.reserved ? "Yes" : "No",
      row.description,
      row.standing,
      row.covered,
      ...TERMS_AFTER.map((title) => terms.get(row.code)?.find(({ label }) => label === title)?.value ?? ""),
      disputes
        .get(row.code)
        ?.facts.map(({ label, value }) => `${label}: ${value}`)
        .join("\n") ?? "",
      ruler,
      row.cis.join("; "),
      row.csf.join("; "),
      row.kind,
      row.pressures,
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
