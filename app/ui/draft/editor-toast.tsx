import { useState } from "react";
import type { MatrixEditor } from "../editor/editor-types";
import { Toast } from "../primitives/overlays/toast";
import styles from "./editor-toast.module.css";

/** Shows and announces what the last edit did, with Undo if it can be undone. */
export function EditorToast({ editor }: { editor: MatrixEditor }) {
  const [closed, setClosed] = useState(0);
  const { said } = editor;
  const toast = said && said.key > closed ? said : null;

  function undo() {
    editor.undo();
  }

  return (
    <div className={styles.place} role="status" aria-live="polite" data-print="hide">
      {toast && (
        <Toast
          key={toast.key}
          text={toast.text}
          onUndo={toast.undoable && editor.canUndo ? undo : undefined}
          onClose={() => setClosed(toast.key)}
        />
      )}
    </div>
  );
}
