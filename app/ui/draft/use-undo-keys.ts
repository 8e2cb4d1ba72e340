import { useEffect, useRef } from "react";
import type { MatrixEditor } from "../editor/editor-types";
import { pressOf } from "../primitives/keys";

/**
 * Ctrl Z and Ctrl Shift Z (⌘ on a Mac) anywhere in a matrix, except in text fields, which have their own undo, and
 * while a dialog is open.
 */
export function useUndoKeys(editor: MatrixEditor): void {
  const current = useRef(editor);
  current.current = editor;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, control, alt, shift } = pressOf(event);
      if (!control || alt || event.defaultPrevented || isTyping(event.target)) return;
      const redo = (key === "z" && shift) || (key === "y" && !shift);
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
  return (
    target instanceof HTMLInputElement && !["radio", "checkbox", "button", "submit", "range"].includes(target.type)
  );
}
