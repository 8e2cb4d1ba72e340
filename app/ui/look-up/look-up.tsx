import { Suspense, useEffect } from "react";
import type { MatrixEditor } from "../editor/editor-types";
import { pressOf } from "../primitives/keys";
import { lazily, usePreloaded } from "../primitives/lazily";

const dialog = lazily(async () => (await import("./look-up-dialog")).LookUpDialog);
const LookUpDialog = dialog.Component;
const PARTS = [dialog];

/** Keeps at hand whom the paths call, for when the network is gone. */
function useCallsAtHand({ matrixId, matrix: { paths } }: MatrixEditor): void {
  const hasPaths = paths.length > 0;
  useEffect(() => {
    if (!hasPaths) return;
    // Without the script for it nothing is kept, and the look-up says so where it is asked.
    const kept = import("./call-store").then(({ keepCalls }) => keepCalls(matrixId)).catch(() => () => undefined);
    return () => void kept.then((end) => end());
  }, [matrixId, hasPaths]);
}

/** "Who owns this?": opens the search for a duty's owner. Ctrl K opens it anywhere in a matrix. */
export function LookUp({
  editor,
  open,
  onOpenChange,
}: {
  editor: MatrixEditor;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  usePreloaded(PARTS);
  useCallsAtHand(editor);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, control, alt, shift } = pressOf(event);
      if (key !== "k" || !control || alt || shift) return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) onOpenChange(true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [onOpenChange]);
  return open ? (
    <Suspense>
      <LookUpDialog editor={editor} onClose={() => onOpenChange(false)} />
    </Suspense>
  ) : null;
}
