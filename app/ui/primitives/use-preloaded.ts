import { useEffect } from "react";

const REST_MS = 1_000;

/** Fetches parts of the screen once the page has come to rest, so that they are here when they are wanted, also offline. `parts` stays the same value. */
export function usePreloaded(parts: readonly (() => Promise<unknown>)[]): void {
  useEffect(() => {
    const timer = setTimeout(() => parts.forEach((load) => void load().catch(() => undefined)), REST_MS);
    return () => clearTimeout(timer);
  }, [parts]);
}
