import type { Pair } from "./align";
import { cellAt, type PartsCompared, type ShownRow } from "./part";
import type { DutyTitles } from "./place-words";
import { sortColumnOf } from "./row-order";

type MatrixRows = {
  part: string;
  expected: readonly ShownRow[];
  shown: readonly ShownRow[];
  pairs: readonly Pair[];
  duties: DutyTitles;
};

/**
 * Compares the order of the matrix's rows, which shows the domain of each duty. Sorting the whole sheet by a column, or
 * changing the order within a domain, gives a note. A row under another domain is a difference.
 */
export function compareOrder({ part, expected, shown, pairs, duties }: MatrixRows, compared: PartsCompared): void {
  const head = expected.findIndex((row) => cellAt(row, 1) === "Code");
  const matched = pairs
    .flatMap(({ expected: e, shown: s }) => (e !== null && s !== null && e > head ? [{ e, s }] : []))
    .sort((a, b) => a.s - b.s);
  if (matched.every(({ e }, i) => i === 0 || e > (matched[i - 1]?.e ?? -1))) return;
  const rows = matched.flatMap(({ s }) => shown[s] ?? []);
  const column = sortColumnOf(
    rows,
    matched.map(({ e }) => e),
    expected[head]?.cells.length ?? 0,
  );
  if (column !== null) {
    compared.notes.push(
      `${part}: the rows were sorted by ${cellAt(expected[head], column) || "id"}; every row is there.`,
    );
    return;
  }
  const moved = matched.flatMap(({ e, s }) => {
    const [keptDomain, shownDomain] = [domainAbove(expected, e), domainAbove(shown, s)];
    return cellAt(expected[e], 0) !== "" && keptDomain !== shownDomain
      ? [
          {
            kind: "moved" as const,
            part,
            subject: duties.get(cellAt(expected[e], 1)) ?? cellAt(expected[e], 1),
            field: "Domain",
            kept: keptDomain,
            shown: shownDomain,
          },
        ]
      : [];
  });
  for (const one of moved) compared.differences.push(one);
  if (moved.length === 0) compared.notes.push(`${part}: rows stand in another order, each still under its domain.`);
}

/** The domain in the heading above a row. */
function domainAbove(rows: readonly ShownRow[], place: number): string {
  for (let i = place; i >= 0; i--)
    if (cellAt(rows[i], 0) === "") return cellAt(rows[i], 1) === "Code" ? "" : cellAt(rows[i], 1);
  return "";
}
