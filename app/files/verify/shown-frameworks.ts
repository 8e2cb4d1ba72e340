import { FRAMEWORK_TITLES, FRAMEWORKS_PART } from "~/domain/pack/chapters";
import type { Matrix } from "~/domain/matrix/matrix";
import { cellAt, type ShownPart } from "~/domain/verify/part";

/** The numbers of frameworks that a workbook shows of a duty. */
export type ShownNumbers = { code: string; cis: string[]; csf: string[] };

export const FRAMEWORKS_NOTE = "Numbers of frameworks are no part of what is signed, and were not compared.";

/** The numbers of frameworks that a file shows, which stand in no text of a version. */
export function frameworksIn(parts: readonly ShownPart[]): ShownNumbers[] {
  const rows = parts.filter(({ name }) => name === FRAMEWORKS_PART).flatMap(({ rows: inside }) => inside);
  const head = rows.findIndex(({ cells }) => cells.includes(FRAMEWORK_TITLES.cis));
  const places = rows[head]?.cells ?? [];
  return rows.slice(head + 1).map((row) => {
    const numbers = (title: string) => cellAt(row, places.indexOf(title)).split("; ").filter(Boolean);
    return {
      code: cellAt(row, places.indexOf(FRAMEWORK_TITLES.code)),
      cis: numbers(FRAMEWORK_TITLES.cis),
      csf: numbers(FRAMEWORK_TITLES.csf),
    };
  });
}

/** A matrix whose duties have the numbers that a file shows of them. */
export function withNumbers(matrix: Matrix, shown: readonly ShownNumbers[]): Matrix {
  if (shown.length === 0) return matrix;
  const byCode = new Map(shown.map((row) => [row.code, row]));
  const duties = matrix.duties.map((duty) => {
    const { cis, csf } = byCode.get(duty.code) ?? { cis: [], csf: [] };
    return { ...duty, cis, csf };
  });
  return { ...matrix, duties };
}
