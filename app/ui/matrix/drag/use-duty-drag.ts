import type { RefObject } from "react";
import type { MatrixEditor } from "../../editor/editor-types";
import type { GridCursor } from "../grid/use-grid-cursor";
import type { RowVirtualizer } from "../grid/use-row-virtualizer";
import { dutiesIn, type GridRow } from "../matrix-view";
import { useRowDrag } from "./use-row-drag";

type DutyDragOptions = {
  frame: RefObject<HTMLElement>;
  virtual: RowVirtualizer;
  rows: readonly GridRow[];
  editor: MatrixEditor | null;
  cursor: GridCursor;
  openMenuOf: (rowId: string) => void;
  refocus: () => void;
  announce: (sentence: string) => void;
};

/**
 * Dragging duties in the grid: the selected ones move together, a press without a drag opens the row's menu, and the
 * cursor follows a drop.
 */
export function useDutyDrag({ frame, virtual, rows, editor, cursor, openMenuOf, refocus, announce }: DutyDragOptions) {
  return useRowDrag({
    frame,
    virtual,
    rows,
    editor,
    movedWith(dutyId) {
      const selected = cursor.anchor && cursor.area ? dutiesIn(rows, cursor.area).map(({ id }) => id) : [];
      return selected.includes(dutyId) ? selected : [dutyId];
    },
    onPress(dutyId) {
      cursor.moveTo({ rowId: dutyId, column: -1 }, false);
      requestAnimationFrame(() => openMenuOf(dutyId));
    },
    onDropped(dutyId, { domain, into }) {
      if (!cursor.anchor)
        cursor.moveTo(
          into
            ? { rowId: `domain:${domain.id}`, column: -1 }
            : { rowId: dutyId, column: Math.max(-1, cursor.position.column) },
          false,
        );
      refocus();
    },
    say: announce,
  });
}
