import type { Workbook } from "exceljs";
import { carriedFactsJson } from "~/domain/verify/carried-facts";
import type { Report } from "~/domain/pack/report";
import { put } from "./cells.server";
import { STYLES } from "./styles.server";

/** The name of the hidden sheet that carries the canonical text, by which a file is recognised and checked. */
export const CARRIED_SHEET = "demarc";
const CHUNK = 8_000;

/**
 * Writes into column A: a marker, the fingerprint, the fingerprint of the version before, the number of chunks and the
 * chunks of the canonical text; then the number of chunks and the chunks of the facts that are not in the text.
 */
export function writeCarried(workbook: Workbook, report: Report): void {
  const { edition } = report;
  const sheet = workbook.addWorksheet(CARRIED_SHEET, { state: "veryHidden" });
  const [parts, beside] = [chunks(edition.canonicalText), carriedFactsJson(report, { workbook: true })];
  const besides = beside === null ? [] : chunks(beside);
  const marker = edition.kind === "draft" ? "demarc.draft" : `demarc.version ${edition.number}`;
  [
    marker,
    edition.fingerprint,
    edition.previousFingerprint ?? "none",
    String(parts.length),
    ...parts,
    ...(beside === null ? [] : [String(besides.length), ...besides]),
  ].forEach((text, i) => put(sheet, i + 1, 1, text, STYLES.hidden));
}

/** Splits a text into chunks well below the limit of a cell, even with escapes. Surrogate pairs stay together. */
function chunks(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + CHUNK);
    if (to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
