import { useCallback, useEffect, useRef, useState } from "react";
import type { Asked } from "~/domain/workshop/asked";
import type { WorkshopLiveEvent, WorkshopShown } from "~/domain/workshop/view/live";
import type { Looking, WorkshopPage } from "~/services/workshop/viewing.server";
import type { LiveState } from "../live/event-source";
import { joinSharedSource } from "../live/shared-source";
import { useRevalidator } from "../primitives/router";
import { askWorkshop, type AskAnswer } from "./ask-workshop";
import { createWorkshopReader } from "./workshop-reader";

/** A workshop on screen: as it is now, and how something is asked of it. */
export type WorkshopOnScreen = {
  shown: WorkshopShown;
  /** The number of the newest event in what is shown. */
  sequence: number;
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
 * Follows a workshop from the page's first view on, by one stream for all tabs of the browser that look at it as the same.
 * While all of them are hidden it is closed, so that a phone in a pocket holds no connection; what happened meanwhile
 * arrives when one is shown again.
 */
export function useWorkshop(page: WorkshopPage, looking: Looking): WorkshopOnScreen {
  const [state, setState] = useState(() => ({ ...stateOf(page), ahead: 0 }));
  const [live, setLive] = useState<LiveState>("live");
  const [over, setOver] = useState<string | null>(null);
  const { workshopId } = page.shown;
  const { revalidate } = useRevalidator();

  // A page that was loaded anew knows more than one whose stream is broken.
  useEffect(() => setState((now) => (page.sequence < now.sequence ? now : stateOf(page))), [page]);

  const [tab] = useState(() => crypto.randomUUID());
  const asWhom = state.shown.yours?.participantId ?? "";
  useEffect(() => {
    let ended = false;
    const shared = joinSharedSource<true, WorkshopLiveEvent>({
      name: `demarc.workshop.${workshopId}.${looking}.${asWhom}`,
      tab,
      wanted: () => (document.visibilityState === "visible" && !ended ? true : null),
      onState: setLive,
      onEvent(event) {
        if (event.kind === "view") return setState((now) => withParts(now, event));
        setOver(event.message);
        ended = true;
        shared.changed();
      },
      createReader: (handing) => createWorkshopReader(workshopId, looking, handing),
    });
    const changed = () => shared.changed();
    document.addEventListener("visibilitychange", changed);
    return () => {
      document.removeEventListener("visibilitychange", changed);
      shared.leave();
    };
  }, [workshopId, looking, asWhom, tab]);

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
  return { shown: state.shown, sequence: state.sequence, ahead: state.ahead, live, over, ask };
}

function withParts(now: State, { sequence, at, parts }: Extract<WorkshopLiveEvent, { kind: "view" }>): State {
  if (sequence < now.sequence) return now;
  return { sequence, shown: { ...now.shown, ...parts }, ahead: at - Date.now() };
}
