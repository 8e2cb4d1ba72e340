import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { createEditorStore, type Loaded } from "./editor-store";
import type { MatrixEditor } from "./editor-types";

/**
 * The draft in this window: shows edits at once, stores them in order, keeps what could not be stored and catches up
 * with other windows whenever this one is looked at again.
 */
export function useMatrixEditor({ matrixId, archived, ...loaded }: Loaded & { matrixId: string; archived: boolean }): MatrixEditor {
  const first = useRef(loaded);
  first.current = loaded;
  const store = useMemo(() => createEditorStore(matrixId, first.current), [matrixId]);
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);

  const { revision, matrix, changes } = loaded;
  useEffect(() => store.receive({ revision, matrix, changes }), [store, revision, matrix, changes]);

  useEffect(() => {
    store.restore();
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
    const { run, tell, undo, redo, retry, dismissRefusal } = store;
    return { matrixId, archived, ...state, run, tell, undo, redo, retry, dismissRefusal };
  }, [matrixId, archived, state, store]);
}
