import { useRevalidator } from "../primitives/router";
import { useEffect, useRef } from "react";
import { paths } from "~/paths";

const EVERY_MS = 20_000;

/**
 * While `waiting`, reloads the page's data at intervals and whenever the reader returns to the tab, because other
 * people may have signed meanwhile.
 */
export function useLookAgain(waiting: boolean): void {
  const { revalidate, state } = useRevalidator();
  const now = useRef({ revalidate, state });
  now.current = { revalidate, state };
  useEffect(() => {
    if (!waiting) return;
    async function look() {
      if (document.visibilityState !== "visible" || now.current.state !== "idle") return;
      // While the server can't be reached, the page keeps the data that it has.
      const answers = await fetch(paths.health(), { cache: "no-store" }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers) now.current.revalidate();
    }
    const timer = setInterval(() => void look(), EVERY_MS);
    const back = () => void look();
    window.addEventListener("focus", back);
    document.addEventListener("visibilitychange", back);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", back);
      document.removeEventListener("visibilitychange", back);
    };
  }, [waiting]);
}
