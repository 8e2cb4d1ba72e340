import type { Column, Lens } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { duties } from "./board-view";
import type { BoardOpen } from "./dialogs/board-dialogs";
import type { BoardSelection } from "./use-board-selection";

type EditOptions = {
  editor: MatrixEditor | null;
  lens: Lens;
  visibleIds: readonly string[];
  selection: BoardSelection;
  setDialog: (dialog: BoardOpen | null) => void;
  focusAfterRender: (dutyId: string | null) => void;
};

/**
 * Moving and deleting cards, many at once. Each is one step to undo, and ends the selection and the dialog it came
 * from.
 */
export function useBoardEdits({ editor, lens, visibleIds, selection, setDialog, focusAfterRender }: EditOptions) {
  function moveTo(dutyIds: string[], column: Column) {
    if (!editor || dutyIds.length === 0) return;
    if (column.target === "shared") return setDialog({ kind: "share", dutyIds });
    const sentence =
      dutyIds.length > 1 ? `${duties(dutyIds.length)} moved to ${column.label}` : `Moved to ${column.label}`;
    focusAfterRender(dutyIds[0] ?? null);
    editor.run(
      dutyIds.map((id) => ({ type: "duty.assign", dutyId: id, lens, to: column.target })),
      sentence,
    );
    selection.clear();
    setDialog(null);
  }

  function remove(dutyIds: string[]) {
    focusAfterRender(visibleIds[visibleIds.indexOf(dutyIds[0] ?? "") + 1] ?? null);
    editor?.run(
      dutyIds.map((id) => ({ type: "duty.delete", dutyId: id })),
      dutyIds.length > 1 ? `${duties(dutyIds.length)} deleted` : "Duty deleted",
    );
    selection.clear();
    setDialog(null);
  }

  return { moveTo, remove };
}
