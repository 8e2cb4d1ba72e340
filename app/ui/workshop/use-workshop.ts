import { useCallback, useEffect, useRef, useState } from "react";
import { LIVE_PROTOCOL } from "~/domain/live/live-event";
import type { Asked } from "~/domain/workshop/asked";
import type { WorkshopLiveEvent, WorkshopShown } from "~/domain/workshop/live";
import { paths } from "~/paths";
import type { Looking, WorkshopPage } from "~/services/workshop/viewing.server";
import { openEventSource, type LiveState } from "../live/event-source";
import { useRevalidator } from "../primitives/router";
import { askWorkshop, type AskAnswer } from "./ask-workshop";

/** A workshop on screen: as it is now, and how something is asked of it. */
export type WorkshopOnScreen = {
  shown: WorkshopShown;
  /** How far the server's clock is ahead of this one, in milliseconds. */
  ahead: number;
  /** Whether what happens arrives at once, and why not. */
  live: LiveState;
  /** Why nothing more arrives, in a sentence; null while it does. */
  over: string | null;
  ask: (asked: readonly Asked[]) => Promise<AskAnswer>;
};

type State = { sequence: number; shown: WorkshopShown; ahead: number };

const stateOf = ({ sequence, at, shown }: WorkshopPage): State => ({ sequence, shown, ahead: at - Date.now() });

/**
 * Follows a workshop from the page's first view on. While the page is hidden its stream is closed, so that a phone in a
 * pocket and tabs in the background hold no connection; what happened meanwhile arrives when it is shown again.
 */
export function useWorkshop(page: WorkshopPage, looking: Looking): WorkshopOnScreen {
  const [state, setState] = useState(() => ({ ...stateOf(page), ahead: 0 }));
  const [live, setLive] = useState<LiveState>("live");
  const [over, setOver] = useState<string | null>(null);
  const { workshopId } = page.shown;
  const { revalidate } = useRevalidator();

  // A page that was loaded anew knows more than one whose stream is broken.
  useEffect(() => setState((now) => (page.sequence < now.sequence ? now : stateOf(page))), [page]);

  useEffect(() => {
    let source: ReturnType<typeof openEventSource> | null = null;
    const close = () => {
      source?.close();
      source = null;
    };
    const follow = () => {
      if (document.visibilityState !== "visible") return close();
      source ??= openEventSource<WorkshopLiveEvent>({
        address: () => paths.workshopLive(workshopId, LIVE_PROTOCOL, looking === "projector" ? "projector" : undefined),
        onState: setLive,
        onEvent(event) {
          if (event.kind === "view") return setState((now) => withParts(now, event));
          setOver(event.message);
          close();
        },
      });
    };
    const again = () => {
      close();
      follow();
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    window.addEventListener("online", again);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      window.removeEventListener("online", again);
      close();
    };
  }, [workshopId, looking]);

  const arrives = useRef(live);
  arrives.current = live;
  const ask = useCallback(
    async (asked: readonly Asked[]) => {
      const answer = await askWorkshop(workshopId, asked);
      // Where the stream is broken, the page is read again instead.
      if (arrives.current !== "live" && !answer.unreachable) revalidate();
      return answer;
    },
    [workshopId, revalidate],
  );
  return { shown: state.shown, ahead: state.ahead, live, over, ask };
}

function withParts(now: State, { sequence, at, parts }: Extract<WorkshopLiveEvent, { kind: "view" }>): State {
  if (sequence < now.sequence) return now;
  return { sequence, shown: { ...now.shown, ...parts }, ahead: at - Date.now() };
}
