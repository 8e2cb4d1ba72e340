import { useRef, type MouseEvent, type PointerEvent } from "react";
import type { GridRow } from "../matrix-view";
import { cellUnder, OVER } from "./grid-geometry";
import type { GridCursor } from "./use-grid-cursor";

type PointerOptions = {
  rows: readonly GridRow[];
  cursor: GridCursor;
  /** Begins to drag a row where its grip is pressed. */
  grip: (event: PointerEvent<HTMLElement>) => void;
  onOpen: (dutyId: string) => void;
  onFold: (domainId: string, folded: boolean) => void;
};

/**
 * The handlers of mouse, pen and finger: a press activates a cell, or opens or folds a row; a mouse that moves on
 * selects.
 */
export function useGridPointer({ rows, cursor, grip, onOpen, onFold }: PointerOptions) {
  const selecting = useRef(false);

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    grip(event);
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.button > 0 || target.closest(OVER)) return;
    const cell = cellUnder(target);
    if (!cell) return;
    cursor.moveTo(cell, event.shiftKey && cell.column >= 0);
    selecting.current = cell.column >= 0 && event.pointerType === "mouse";
    if (cell.column >= 0) return;
    const row = rows[cursor.indexOf.get(cell.rowId) ?? -1];
    if (row?.kind === "domain") onFold(row.domain.id, !row.folded);
    else if (row) onOpen(row.duty.id);
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    const cell = selecting.current && event.target instanceof Element ? cellUnder(event.target) : null;
    if (!cell || cell.column < 0 || !cursor.indexOf.has(cell.rowId)) return;
    if (cell.rowId !== cursor.position.rowId || cell.column !== cursor.position.column) cursor.moveTo(cell, true);
  }

  function onDoubleClick({ target }: MouseEvent<HTMLDivElement>) {
    if (
      target instanceof Element &&
      !target.closest(OVER) &&
      target.closest("[data-col]") &&
      cursor.row?.kind === "duty"
    )
      onOpen(cursor.row.duty.id);
  }

  return { onPointerDown, onPointerMove, onPointerUp: () => (selecting.current = false), onDoubleClick };
}
