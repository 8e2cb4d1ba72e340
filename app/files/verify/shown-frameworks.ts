import { FRAMEWORK_TITLES, FRAMEWORKS_PART } from "~/domain/pack/chapters";
import { KIND_WORDS, PRESSURES, type Pressure, type Stance } from "~/domain/matrix/kinds";
import type { Matrix } from "~/domain/matrix/matrix";
import { cellAt, type ShownPart } from "~/domain/verify/part";

/** What a workbook shows of a duty that stands in no text of a version: the numbers of frameworks, its kind and its pressures. */
export type ShownNumbers = { code: string; cis: string[]; csf: string[]; stance: Stance; pressures: Pressure[] };

export const FRAMEWORKS_NOTE =
  "Numbers of frameworks, kinds and pressures are no part of what is signed, and were not compared.";

/** What a file shows of duties that stands in no text of a version. Words that are no kind and no pressure are left out, and so differ. */
export function frameworksIn(parts: readonly ShownPart[]): ShownNumbers[] {
  const rows = parts.filter(({ name }) => name === FRAMEWORKS_PART).flatMap(({ rows: inside }) => inside);
  const head = rows.findIndex(({ cells }) => cells.includes(FRAMEWORK_TITLES.cis));
  const places = rows[head]?.cells ?? [];
  return rows.slice(head + 1).map((row) => {
    const cell = (title: string) => cellAt(row, places.indexOf(title));
    const numbers = (title: string) => cell(title).split("; ").filter(Boolean);
    const pressures = cell(FRAMEWORK_TITLES.pressures).split(", ");
    return {
      code: cell(FRAMEWORK_TITLES.code),
      cis: numbers(FRAMEWORK_TITLES.cis),
      csf: numbers(FRAMEWORK_TITLES.csf),
      stance: cell(FRAMEWORK_TITLES.kind) === KIND_WORDS.invest ? "invest" : "defend",
      pressures: PRESSURES.filter((pressure) => pressures.includes(KIND_WORDS[pressure])),
    };
  });
}

/** A matrix whose duties have the numbers, the kind and the pressures that a file shows of them. */
export function withNumbers(matrix: Matrix, shown: readonly ShownNumbers[]): Matrix {
  if (shown.length === 0) return matrix;
  const byCode = new Map(shown.map((row) => [row.code, row]));
  const duties = matrix.duties.map((duty) => {
    const { code: _code, ...row } = byCode.get(duty.code) ?? { code: "", cis: [], csf: [] };
    return { ...duty, ...row };
  });
  return { ...matrix, duties };
}
