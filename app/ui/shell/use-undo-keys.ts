import { useEffect, useRef } from "react";
import type { MatrixEditor } from "../editor/editor-types";

/** Ctrl Z and Ctrl Shift Z (⌘ on a Mac) anywhere in a matrix, except while typing, where they belong to the text, and under an open dialog. */
export function useUndoKeys(editor: MatrixEditor): void {
  const current = useRef(editor);
  current.current = editor;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const redo = (key === "z" && event.shiftKey) || (key === "y" && !event.shiftKey);
      if ((!redo && key !== "z") || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (redo) current.current.redo();
      else current.current.undo();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["radio", "checkbox", "button", "submit", "range"].includes(target.type);
}
