import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { createEditorStore, type Loaded } from "./editor-store";
import type { MatrixEditor } from "./editor-types";

const READ_ONLY = "You can read this matrix but not change it.";

/**
 * The draft in this window: shows edits at once, sends them in order, keeps those that could not be sent, and fetches
 * other people's edits whenever the window gets the focus again.
 */
export function useMatrixEditor({
  matrixId,
  userId,
  readOnly,
  ...loaded
}: Loaded & { matrixId: string; userId: string; readOnly: boolean }): MatrixEditor {
  const first = useRef(loaded);
  first.current = loaded;
  const store = useMemo(() => createEditorStore(matrixId, `${matrixId}.${userId}`, first.current), [matrixId, userId]);
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);

  const { revision, matrix, changes } = loaded;
  useEffect(() => store.receive({ revision, matrix, changes }), [store, revision, matrix, changes]);

  useEffect(() => {
    // Without it edits wait in memory alone.
    store.restore().catch(() => undefined);
    const refresh = () => {
      if (document.visibilityState === "visible") store.refresh();
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (store.hasUnsaved()) event.preventDefault();
    };
    window.addEventListener("focus", refresh);
    window.addEventListener("online", refresh);
    document.addEventListener("visibilitychange", refresh);
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("focus", refresh);
      window.removeEventListener("online", refresh);
      document.removeEventListener("visibilitychange", refresh);
      window.removeEventListener("beforeunload", warn);
      store.stop();
    };
  }, [store]);

  return useMemo(() => {
    const { tell, undo, redo, retry, tryAgain, discard, choose, takeSteps, refresh, revision } = store;
    const run: MatrixEditor["run"] = (commands, said) => {
      const reason = readOnly ? READ_ONLY : state.save.kind === "locked" ? state.save.message : null;
      if (reason === null) return store.run(commands, said);
      tell(reason);
      return { ok: false, rejection: { code: "read-only", message: reason } };
    };
    return {
      matrixId,
      readOnly,
      ...state,
      run,
      tell,
      undo,
      redo,
      retry,
      tryAgain,
      discard,
      choose,
      takeSteps,
      refresh,
      revision,
    };
  }, [matrixId, readOnly, state, store]);
}
