import { useEffect } from "react";
import { paths } from "~/paths";

/** The server forgets whoever says nothing for a minute. */
const STILL_HERE_MS = 25_000;
/** Moving through many cards with the arrow keys is told once, at its end. */
const SETTLED_MS = 600;

/** Tells the server, while the page is shown, that somebody has the matrix open, and which duty has the focus. */
export function usePresence(matrixId: string, tab: string): void {
  useEffect(() => {
    let place: string | null = null;
    let settling: ReturnType<typeof setTimeout> | undefined;
    let shown = false;

    function say(left: boolean) {
      shown = !left;
      // Whether it arrives changes nothing for the reader, who is told of a lost connection by the stream.
      fetch(paths.presence(matrixId), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ tab, place, left }),
        keepalive: left,
      }).catch(() => undefined);
    }

    function visible() {
      if (document.visibilityState === "visible") say(false);
      else if (shown) say(true);
    }

    function focused({ target }: FocusEvent) {
      const element = target instanceof Element ? target.closest("[data-duty], [data-row]") : null;
      const now = element?.getAttribute("data-duty") ?? element?.getAttribute("data-row") ?? null;
      if (now === place) return;
      place = now;
      clearTimeout(settling);
      settling = setTimeout(() => say(false), SETTLED_MS);
    }

    visible();
    const beat = setInterval(() => document.visibilityState === "visible" && say(false), STILL_HERE_MS);
    const leave = () => shown && say(true);
    document.addEventListener("visibilitychange", visible);
    document.addEventListener("focusin", focused);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(beat);
      clearTimeout(settling);
      document.removeEventListener("visibilitychange", visible);
      document.removeEventListener("focusin", focused);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [matrixId, tab]);
}
