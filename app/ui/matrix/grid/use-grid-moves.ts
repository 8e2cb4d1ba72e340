import type { Virtualizer } from "@tanstack/react-virtual";
import { useRef, type RefObject } from "react";
import { COLUMN_PX } from "./grid-geometry";
import type { GridColumn, GridRow } from "../matrix-view";
import { HEADER, type GridPlace } from "./use-grid-place";

type MovesOptions = { frame: RefObject<HTMLElement>; virtual: Virtualizer<HTMLDivElement, Element>; rows: readonly GridRow[]; columns: readonly GridColumn[]; at: GridPlace; left: number };

/** The keys that go through the grid, each keeping the cell it reaches in view. */
export function useGridMoves({ frame, virtual, rows, columns, at, left }: MovesOptions) {
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
    const next = at.away(rowsBy, columnsBy, extend);
    at.go(next, extend);
    show(next.rowId === HEADER ? -1 : (at.indexOf.get(next.rowId) ?? 0), next.column);
  }

  function nextCell(step: -1 | 1): boolean {
    if (leaving.current) return false;
    const column = at.place.column + step;
    if (at.row?.kind === "duty" && column >= -1 && column < columns.length) move(0, step, false);
    else if (at.index + step < 0 || at.index + step >= rows.length) return false;
    else {
      const next = { rowId: rows[at.index + step]?.id ?? HEADER, column: step > 0 ? -1 : columns.length - 1 };
      at.go(next, false);
      show(at.index + step, next.column);
    }
    return true;
  }

  function nextDomain(step: -1 | 1) {
    for (let i = at.index + step; i >= 0 && i < rows.length; i += step) if (rows[i]?.kind === "domain") return move(i - at.index, 0, false);
  }

  return {
    /** Escape was pressed: the next Tab leaves the grid. */
    leaving,
    keys: {
      move,
      toEdge: (down: -1 | 0 | 1, across: -1 | 0 | 1, extend: boolean) => move(down * rows.length, across * columns.length, extend),
      nextCell,
      nextDomain,
      selectAll() {
        const duties = rows.filter(({ kind }) => kind === "duty");
        at.go({ rowId: duties[0]?.id ?? HEADER, column: 0 }, false);
        at.go({ rowId: duties.at(-1)?.id ?? HEADER, column: columns.length - 1 }, true);
      },
      leave() {
        leaving.current = true;
        at.go(at.place, false);
      },
      page: Math.max(1, (virtual.range?.endIndex ?? 12) - (virtual.range?.startIndex ?? 0) - 3),
    },
  };
}
