import { useEffect, useRef, type RefObject } from "react";
import { COLUMN_PX } from "./grid-geometry";
import type { GridColumn, GridRow } from "../matrix-view";
import { HEADER, type GridCursor } from "./use-grid-cursor";
import type { RowVirtualizer } from "./use-row-virtualizer";

type MovesOptions = {
  frame: RefObject<HTMLElement>;
  virtual: RowVirtualizer;
  rows: readonly GridRow[];
  columns: readonly GridColumn[];
  cursor: GridCursor;
  left: number;
};

/** The keys that move the cursor, each of which scrolls the new cell into view. */
export function useGridMoves({ frame, virtual, rows, columns, cursor, left }: MovesOptions) {
  const leaving = useRef(false);

  function show(index: number, column: number) {
    if (index >= 0) virtual.scrollToIndex(index, { align: "auto" });
    const element = frame.current;
    if (!element || column < 0) return;
    const from = column * COLUMN_PX;
    const room = element.clientWidth - left;
    if (from < element.scrollLeft) element.scrollLeft = from;
    else if (from + COLUMN_PX > element.scrollLeft + room) element.scrollLeft = from + COLUMN_PX - room;
  }

  function move(rowsBy: number, columnsBy: number, extend: boolean) {
    const next = cursor.cellAway(rowsBy, columnsBy, extend);
    cursor.moveTo(next, extend);
    show(next.rowId === HEADER ? -1 : (cursor.indexOf.get(next.rowId) ?? 0), next.column);
  }

  function nextCell(step: -1 | 1): boolean {
    if (leaving.current) return false;
    const column = cursor.position.column + step;
    if (cursor.row?.kind === "duty" && column >= -1 && column < columns.length) move(0, step, false);
    else if (cursor.index + step < 0 || cursor.index + step >= rows.length) return false;
    else {
      const next = { rowId: rows[cursor.index + step]?.id ?? HEADER, column: step > 0 ? -1 : columns.length - 1 };
      cursor.moveTo(next, false);
      show(cursor.index + step, next.column);
    }
    return true;
  }

  function nextDomain(step: -1 | 1) {
    for (let i = cursor.index + step; i >= 0 && i < rows.length; i += step)
      if (rows[i]?.kind === "domain") return move(i - cursor.index, 0, false);
  }

  return {
    /** Escape was pressed: the next Tab leaves the grid. */
    leaving,
    keys: {
      move,
      toEdge: (down: -1 | 0 | 1, across: -1 | 0 | 1, extend: boolean) =>
        move(down * rows.length, across * columns.length, extend),
      nextCell,
      nextDomain,
      selectAll() {
        const duties = rows.filter(({ kind }) => kind === "duty");
        cursor.moveTo({ rowId: duties[0]?.id ?? HEADER, column: 0 }, false);
        cursor.moveTo({ rowId: duties.at(-1)?.id ?? HEADER, column: columns.length - 1 }, true);
      },
      leave() {
        leaving.current = true;
        cursor.moveTo(cursor.position, false);
      },
      page: Math.max(1, (virtual.range?.endIndex ?? 12) - (virtual.range?.startIndex ?? 0) - 3),
    },
  };
}

/**
 * Moves the cursor to a duty that was opened from elsewhere, by a link or the drawer's arrows, and scrolls it into
 * view.
 */
export function useReveal({
  openId,
  left,
  cursor,
  virtual,
}: {
  openId: string | null;
  left: number;
  cursor: GridCursor;
  virtual: RowVirtualizer;
}): void {
  const reveal = useRef((_dutyId: string) => undefined);
  reveal.current = (dutyId) => {
    const index = cursor.indexOf.get(dutyId);
    if (index === undefined) return;
    virtual.scrollToIndex(index, { align: "auto" });
    if (cursor.position.rowId !== dutyId)
      cursor.moveTo({ rowId: dutyId, column: Math.max(0, cursor.position.column) }, false);
  };
  useEffect(() => {
    if (openId) reveal.current(openId);
  }, [openId, left]);
}
