import { useCallback, useMemo, useState } from "react";
import { areaBetween, type Area, type GridRow, type Place } from "../matrix-view";

/** Above the first row stand the roles: a row of its own for the keys. */
export const HEADER = "header";

/** Where the keys are in the grid and the area that is selected; places are kept by the ids of rows, so that edits by others don't shift them. */
export function useGridPlace(rows: readonly GridRow[], columnCount: number) {
  const [{ active, anchor }, setPlaces] = useState<{ active: Place; anchor: Place | null }>({ active: { rowId: rows[1]?.id ?? rows[0]?.id ?? HEADER, column: 0 }, anchor: null });
  const indexOf = useMemo(() => new Map(rows.map(({ id }, i) => [id, i])), [rows]);

  const index = active.rowId === HEADER ? -1 : (indexOf.get(active.rowId) ?? 0);
  const row = rows[index] ?? null;
  const column = Math.min(active.column, columnCount - 1);
  const place: Place = { rowId: row?.id ?? HEADER, column };
  const area: Area | null = row?.kind === "duty" ? areaBetween(indexOf, anchor && indexOf.has(anchor.rowId) ? { ...anchor, column: Math.min(anchor.column, columnCount - 1) } : place, place) : null;

  const go = useCallback((next: Place, extend: boolean) => {
    setPlaces((current) => ({ active: next, anchor: extend ? (current.anchor ?? current.active) : null }));
  }, []);

  /** The place some rows and columns away, kept inside the grid; a heading of a domain has one cell for all columns. */
  function away(rowsBy: number, columnsBy: number, extend: boolean): Place {
    const lowest = extend ? 0 : -1;
    let to = Math.max(lowest, Math.min(rows.length - 1, index + rowsBy));
    // A block of cells passes over the headings of domains.
    if (extend) while (rows[to]?.kind === "domain" && to > 0 && to < rows.length - 1) to += Math.sign(rowsBy) || 1;
    return { rowId: rows[to]?.id ?? HEADER, column: Math.max(-1, Math.min(columnCount - 1, column + columnsBy)) };
  }

  return { place, index, row, area, go, away, anchor, indexOf };
}

export type GridPlace = ReturnType<typeof useGridPlace>;
