import { useState } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Column, Lens } from "~/domain/matrix/owner";
import { dropResult, dropTitle, duties, readingOrder, type BoardColumn } from "./board-view";

type CarryOptions = {
  matrix: Matrix;
  lens: Lens;
  columns: readonly BoardColumn[];
  /** The cards that are picked up with one. */
  movedWith: (dutyId: string) => string[];
  moveTo: (dutyIds: string[], column: Column) => void;
};
/** `column` is the index of the column that the cards would be dropped on. */
type Carried = { dutyIds: string[]; column: number };

/**
 * Cards picked up with the keyboard and carried from column to column. `announcement` tells screen readers where they
 * are.
 */
export function useKeyboardCarry({ matrix, lens, columns, movedWith, moveTo }: CarryOptions) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const [announcement, setAnnouncement] = useState("");
  const wordsFor = (dutyIds: readonly string[]) =>
    dutyIds.length === 1 ? (matrix.duties.find(({ id }) => id === dutyIds[0])?.text ?? "") : duties(dutyIds.length);

  function lift(id: string) {
    const dutyIds = movedWith(id);
    setCarried({ dutyIds, column: columns.findIndex((column) => readingOrder(column).includes(id)) });
    setAnnouncement(`Picked up ${wordsFor(dutyIds)}. Arrow keys choose the column, Space drops, Escape puts it back.`);
  }

  function aim(step: -1 | 1) {
    if (!carried) return;
    const next = Math.min(columns.length - 1, Math.max(0, carried.column + step));
    setCarried({ ...carried, column: next });
    const column = columns[next];
    if (!column) return;
    const [first] = carried.dutyIds;
    const result =
      carried.dutyIds.length === 1 && first ? dropResult(matrix, first, lens, column) : duties(carried.dutyIds.length);
    setAnnouncement(`Over ${column.label}, ${duties(column.count)}. Drop: ${dropTitle(column, lens)}. ${result}.`);
  }

  function drop() {
    const column = carried && columns[carried.column];
    setCarried(null);
    setAnnouncement("");
    if (carried && column) moveTo(carried.dutyIds, column);
  }

  function cancel() {
    setCarried(null);
    setAnnouncement("Put back.");
  }

  return {
    dutyIds: carried?.dutyIds ?? null,
    overKey: carried ? columns[carried.column]?.key : null,
    announcement,
    lift,
    aim,
    drop,
    cancel,
  };
}
