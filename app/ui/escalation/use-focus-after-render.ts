import { useEffect, useRef } from "react";

/** Returns a function that names, by a selector, the element which takes the focus once it is drawn. */
export function useFocusAfterRender(): (selector: string) => void {
  const next = useRef<string | null>(null);
  useEffect(() => {
    if (next.current === null) return;
    const element = document.querySelector(next.current);
    next.current = null;
    if (!(element instanceof HTMLElement)) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return (selector) => {
    next.current = selector;
  };
}
