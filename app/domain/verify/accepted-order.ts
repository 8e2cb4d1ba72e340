import type { Matrix } from "../matrix/matrix";
import { acceptedRows } from "../pack/report-terms";
import { spokenRows, type ShownPart } from "./part";

/**
 * The matrix with its accepted warnings in the order in which a file of the first writer lists them. That writer used
 * the order of its stored matrix, which the canonical text doesn't contain. `drawn` converts a text to what the file's
 * format can show.
 */
export function acceptedAsShown(matrix: Matrix, parts: readonly ShownPart[], drawn: (text: string) => string): Matrix {
  const shownRows = parts
    .filter(({ name }) => name === "Accepted warnings")
    .flatMap(spokenRows)
    .filter(({ cells }) => cells.length === 4 && cells[0] !== "Warning");
  const rows = acceptedRows(matrix, 1).map(({ warning, about, reason, by, on }) =>
    [warning, about, reason, `${by}, ${on}`].map(drawn).join("\n"),
  );
  const remaining = Object.entries(matrix.accepted).map(([key, value], i) => ({ key, value, row: rows[i] }));
  // An altered row matches no warning. Its position is filled with one of the warnings left over.
  const matched = shownRows.map(({ cells }) => {
    const index = remaining.findIndex(({ row }) => row === cells.join("\n"));
    return index < 0 ? null : remaining.splice(index, 1)[0];
  });
  const ordered = [...matched.map((one) => one ?? remaining.shift()), ...remaining].flatMap((one) =>
    one ? [[one.key, one.value] as const] : [],
  );
  return { ...matrix, accepted: Object.fromEntries(ordered) };
}
