import { useCallback, useMemo, useState } from "react";
import { areaBetween, type Area, type CellPosition, type GridRow } from "../matrix-view";

/** The row id of the roles, which stand above the first row and can hold the cursor too. */
export const HEADER = "header";

/**
 * The active cell of the grid and the selected area. Both are stored by row id, so that another person's edit doesn't
 * shift them.
 */
export function useGridCursor(rows: readonly GridRow[], columnCount: number) {
  const [{ active, anchor }, setCells] = useState<{ active: CellPosition; anchor: CellPosition | null }>({
    active: { rowId: rows[1]?.id ?? rows[0]?.id ?? HEADER, column: 0 },
    anchor: null,
  });
  const indexOf = useMemo(() => new Map(rows.map(({ id }, i) => [id, i])), [rows]);

  const index = active.rowId === HEADER ? -1 : (indexOf.get(active.rowId) ?? 0);
  const row = rows[index] ?? null;
  const column = Math.min(active.column, columnCount - 1);
  const position: CellPosition = { rowId: row?.id ?? HEADER, column };
  const area: Area | null =
    row?.kind === "duty"
      ? areaBetween(
          indexOf,
          anchor && indexOf.has(anchor.rowId)
            ? { ...anchor, column: Math.min(anchor.column, columnCount - 1) }
            : position,
          position,
        )
      : null;

  /** Makes a cell the active one. With `extend` the selection grows to it, otherwise the selection ends. */
  const moveTo = useCallback((next: CellPosition, extend: boolean) => {
    setCells((current) => ({ active: next, anchor: extend ? (current.anchor ?? current.active) : null }));
  }, []);

  /** The cell some rows and columns away, kept inside the grid. A domain's heading has one cell for all columns. */
  function cellAway(rowsBy: number, columnsBy: number, extend: boolean): CellPosition {
    const lowest = extend ? 0 : -1;
    let to = Math.max(lowest, Math.min(rows.length - 1, index + rowsBy));
    // A selection skips the headings of domains.
    if (extend) while (rows[to]?.kind === "domain" && to > 0 && to < rows.length - 1) to += Math.sign(rowsBy) || 1;
    return { rowId: rows[to]?.id ?? HEADER, column: Math.max(-1, Math.min(columnCount - 1, column + columnsBy)) };
  }

  return { position, index, row, area, moveTo, cellAway, anchor, indexOf };
}

export type GridCursor = ReturnType<typeof useGridCursor>;
