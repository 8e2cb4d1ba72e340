import { useEffect, useState } from "react";
import { paths } from "~/paths";
import type { coverOfWeek } from "~/services/people/week-cover.server";

/** The cover of a week as the server tells it. */
export type WeekCover = NonNullable<Awaited<ReturnType<typeof coverOfWeek>>>;
export type ShownPath = WeekCover["paths"][number];
export type Strip = ShownPath["strips"][number];
export type ShownSpan = Strip["spans"][number];

/** Which week is asked for: any day of it, or none for this week; and the clocks, or none for the parties' own. */
export type AskedWeek = { day: string; zone: string };

/** The cover that was fetched last, which stays while another is fetched and where that fails. */
export type FetchedCover = {
  cover: WeekCover | null;
  path: ShownPath | null;
  waiting: boolean;
  /** Why the week that is asked for isn't shown; empty where it is. */
  failed: string;
  retry: () => void;
};

const UNREACHED = "The cover could not be fetched. Check your connection, then try again.";
const GONE = "The path isn't stored, or was deleted. Wait until it is saved, or choose another.";

type Answer = { cover: WeekCover; failed: "" } | { cover: null; failed: string };

/** Fetches the cover of a path over a week, again whenever what is asked for or `version` changes, which stands for what the cover is made of. */
export function useWeekCover(matrixId: string, pathId: string, asked: AskedWeek, version: unknown): FetchedCover {
  const [state, setState] = useState<{ cover: WeekCover | null; failed: string; waiting: boolean }>({
    cover: null,
    failed: "",
    waiting: true,
  });
  const [tries, setTries] = useState(0);
  const { day, zone } = asked;
  useEffect(() => {
    const asking = new AbortController();
    setState((before) => ({ ...before, waiting: true }));
    void fetchCover(paths.cover(matrixId, { path: pathId, day, zone }), asking.signal).then((answer) => {
      if (asking.signal.aborted) return;
      setState((before) => ({ cover: answer.cover ?? before.cover, failed: answer.failed, waiting: false }));
    });
    return () => asking.abort();
  }, [matrixId, pathId, day, zone, version, tries]);
  const path = state.cover?.paths.find((one) => one.pathId === pathId) ?? null;
  return { ...state, path, retry: () => setTries((count) => count + 1) };
}

async function fetchCover(address: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) {
      const { message }: { message?: string } = await response.json();
      return { cover: null, failed: message ?? UNREACHED };
    }
    const cover: WeekCover | null = await response.json();
    return cover ? { cover, failed: "" } : { cover: null, failed: GONE };
  } catch {
    return { cover: null, failed: UNREACHED };
  }
}
