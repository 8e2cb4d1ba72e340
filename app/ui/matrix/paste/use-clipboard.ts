import { useEffect, useRef, type RefObject } from "react";

type Clipboard = { copy: (event: ClipboardEvent, cut: boolean) => void; paste: (event: ClipboardEvent) => void };

/**
 * Copy, cut and paste while an element has the focus. The listeners are on the document, because browsers send these
 * events to the last text selection, which may be outside the element.
 */
export function useClipboard(element: RefObject<HTMLElement>, clipboard: Clipboard): void {
  const now = useRef(clipboard);
  now.current = clipboard;
  useEffect(() => {
    const focused = () => element.current !== null && document.activeElement === element.current;
    const copy = (event: ClipboardEvent) => focused() && now.current.copy(event, false);
    const cut = (event: ClipboardEvent) => focused() && now.current.copy(event, true);
    const paste = (event: ClipboardEvent) => focused() && now.current.paste(event);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", cut);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", cut);
      document.removeEventListener("paste", paste);
    };
  }, [element]);
}
