import { createContext, useContext, type ReactNode } from "react";
import type { MatrixEditor } from "./editor-types";

const EditorContext = createContext<MatrixEditor | null>(null);

/** Provides the draft of the matrix on screen to every view below it. */
export function EditorProvider({ editor, children }: { editor: MatrixEditor; children: ReactNode }) {
  return <EditorContext.Provider value={editor}>{children}</EditorContext.Provider>;
}

/** The draft of the matrix on screen. */
export function useEditor(): MatrixEditor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("useEditor is used inside a matrix's layout.");
  return editor;
}
