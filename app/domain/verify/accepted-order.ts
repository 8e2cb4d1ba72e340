import type { Matrix } from "../matrix/matrix";
import { acceptedRows } from "../pack/report-terms";
import { spokenRows, type ShownPart } from "./part";

/**
 * The matrix with its accepted warnings in the order in which a file of the first writer lists them. That writer used
 * the order of its stored matrix, which the canonical text doesn't contain. `drawn` converts a text to what the file's
 * format can show.
 */
export function acceptedAsShown(matrix: Matrix, parts: readonly ShownPart[], drawn: (text: string) => string): Matrix {
  const shown = parts
    .filter(({ name }) => name === "Accepted warnings")
    .flatMap(spokenRows)
    .filter(({ cells }) => cells.length === 4 && cells[0] !== "Warning");
  const rows = acceptedRows(matrix, 1).map(({ warning, about, reason, by, on }) =>
    [warning, about, reason, `${by}, ${on}`].map(drawn).join("\n"),
  );
  const left = Object.entries(matrix.accepted).map(([key, value], i) => ({ key, value, row: rows[i] }));
  // An altered row matches no warning. Its position is filled with one of the warnings left over.
  const places = shown.map(({ cells }) => {
    const place = left.findIndex(({ row }) => row === cells.join("\n"));
    return place < 0 ? null : left.splice(place, 1)[0];
  });
  const ordered = [...places.map((one) => one ?? left.shift()), ...left].flatMap((one) =>
    one ? [[one.key, one.value] as const] : [],
  );
  return { ...matrix, accepted: Object.fromEntries(ordered) };
}
