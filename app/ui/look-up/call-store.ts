import { useSyncExternalStore } from "react";
import { clockError, type CallWindow } from "~/domain/escalation/right-now";
import { paths } from "~/paths";

/**
 * Who answers for the next hours, as last fetched, and how far this device's clock is ahead of the server's. `trouble` says
 * why it couldn't be fetched anew.
 */
type KnownCalls = {
  window: CallWindow | null;
  clockAhead: number;
  trouble: string | null;
};

const NOTHING: KnownCalls = { window: null, clockAhead: 0, trouble: null };
const UNREACHED = "Demarc can’t be reached.";
/** How old the answer may be before the window is fetched again when the page comes back into view. */
const FRESH_MS = 10 * 60_000;
const AGAIN_MS = 60 * 60_000;

/*
 * Kept in the memory of this page alone, and forgotten when the matrix is left: numbers must not stay on a device that
 * several people use.
 */
let known: KnownCalls = NOTHING;
let fetching: AbortController | null = null;
const listeners = new Set<() => void>();

function set(next: KnownCalls): void {
  known = next;
  listeners.forEach((listener) => listener());
}

/** What is known of who answers. */
export function useKnownCalls(): KnownCalls {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known,
    () => NOTHING,
  );
}

/** Fetches who answers from now on. Without a connection what is known stays; where access has ended, it is forgotten. */
export async function fetchCalls(matrixId: string): Promise<void> {
  fetching?.abort();
  const asked = new AbortController();
  fetching = asked;
  try {
    const answer = await fetch(paths.rightNow(matrixId), { signal: asked.signal });
    if (answer.ok) {
      const window: CallWindow = await answer.json();
      set({ window, clockAhead: clockError(Date.now(), window.workedOutAt), trouble: null });
    } else if (answer.status >= 500) set({ ...known, trouble: UNREACHED });
    else {
      const { message }: { message?: string } = await answer.json();
      set({ ...NOTHING, trouble: message ?? UNREACHED });
    }
  } catch {
    if (!asked.signal.aborted) set({ ...known, trouble: UNREACHED });
  }
}

/** Keeps who answers at hand while a matrix is open: fetched once the page is idle, and again from time to time. Returns what ends it. */
export function keepCalls(matrixId: string): () => void {
  const fetchAgain = () => void fetchCalls(matrixId);
  const lookAgain = () => {
    const isOld = !known.window || Date.now() - known.clockAhead - known.window.workedOutAt > FRESH_MS;
    if (document.visibilityState === "visible" && isOld) fetchAgain();
  };
  const cancelIdle = whenIdle(fetchAgain);
  const timer = setInterval(fetchAgain, AGAIN_MS);
  window.addEventListener("online", fetchAgain);
  document.addEventListener("visibilitychange", lookAgain);
  return () => {
    cancelIdle();
    clearInterval(timer);
    window.removeEventListener("online", fetchAgain);
    document.removeEventListener("visibilitychange", lookAgain);
    fetching?.abort();
    set(NOTHING);
  };
}

function whenIdle(run: () => void): () => void {
  if ("requestIdleCallback" in window) {
    const waiting = window.requestIdleCallback(run, { timeout: 5_000 });
    return () => window.cancelIdleCallback(waiting);
  }
  const waiting = setTimeout(run, 2_000);
  return () => clearTimeout(waiting);
}
