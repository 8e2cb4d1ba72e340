import { useRevalidator } from "../primitives/router";
import { useEffect, useRef } from "react";
import { paths } from "~/paths";

const EVERY_MS = 20_000;

/** Looks again at what others may have changed, while somebody is waited for: at a distance, and when the reader comes back to the tab. */
export function useLookAgain(waiting: boolean): void {
  const { revalidate, state } = useRevalidator();
  const now = useRef({ revalidate, state });
  now.current = { revalidate, state };
  useEffect(() => {
    if (!waiting) return;
    async function look() {
      if (document.visibilityState !== "visible" || now.current.state !== "idle") return;
      // A page that is there stays there while the server can't be reached.
      const answers = await fetch(paths.health(), { cache: "no-store" }).then(({ ok }) => ok, () => false);
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
