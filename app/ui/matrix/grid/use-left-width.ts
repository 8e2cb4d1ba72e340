import { useEffect, useState, type RefObject } from "react";

const LEAST = 380;
const MOST = 1_000;

/** The width of the duties' column in pixels: what the roles' columns leave of the frame, within bounds. */
export function useLeftWidth(frame: RefObject<HTMLElement>, rolesWidth: number): number {
  const [width, setWidth] = useState(1_440);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || 1_440));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return Math.max(LEAST, Math.min(MOST, width - rolesWidth));
}
