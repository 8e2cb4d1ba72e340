import { Suspense } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Column, Lens } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../../editor/editor-types";
import { AddDutyDialog, KeyboardSheet, MoveDialog, SharedDialog } from "./lazy-dialogs";

/** The dialog that stands over the board, and the duties it is about. */
export type BoardOpen = { kind: "add" } | { kind: "help" } | { kind: "move" | "share"; dutyIds: string[] };

type DialogsProps = {
  open: BoardOpen;
  matrix: Matrix;
  editor: MatrixEditor | null;
  lens: Lens;
  domainId: string;
  onMove: (dutyIds: string[], column: Column) => void;
  onOpenDuty: (dutyId: string) => void;
  onDelete: (dutyIds: string[]) => void;
  /** Names the card that takes the focus once the dialog is closed. */
  onFocus: (dutyId: string | null) => void;
  onShared: () => void;
  onClose: () => void;
};

/** The board's dialogs, one at a time. */
export function BoardDialogs({
  open,
  matrix,
  editor,
  lens,
  domainId,
  onMove,
  onOpenDuty,
  onDelete,
  onFocus,
  onShared,
  onClose,
}: DialogsProps) {
  function added(dutyId: string) {
    onFocus(dutyId);
    onClose();
  }

  function shared(dutyIds: readonly string[]) {
    onFocus(dutyIds[0] ?? null);
    onShared();
    onClose();
  }

  function openDuty(dutyId: string) {
    onClose();
    onOpenDuty(dutyId);
  }

  return (
    <Suspense>
      {open.kind === "add" && editor && (
        <AddDutyDialog editor={editor} lens={lens} domainId={domainId} onClose={onClose} onAdded={added} />
      )}
      {open.kind === "help" && <KeyboardSheet onClose={onClose} />}
      {open.kind === "move" && (
        <MoveDialog
          matrix={matrix}
          lens={lens}
          dutyIds={open.dutyIds}
          matrixId={editor?.matrixId ?? null}
          onMove={(column) => onMove(open.dutyIds, column)}
          onOpen={openDuty}
          onDelete={() => onDelete(open.dutyIds)}
          onClose={onClose}
        />
      )}
      {open.kind === "share" && editor && (
        <SharedDialog
          matrix={matrix}
          dutyIds={open.dutyIds}
          editor={editor}
          onDone={() => shared(open.dutyIds)}
          onClose={onClose}
        />
      )}
    </Suspense>
  );
}
