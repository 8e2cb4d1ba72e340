import { useCallback, useRef, useState } from "react";
import type { Asked } from "~/domain/workshop/asked";
import type { WorkshopOnScreen } from "./use-workshop";

/** Asking for something at one place of the screen: whether an answer is waited for, and what was refused last. */
export type Asking = {
  busy: boolean;
  refused: string | null;
  /** Resolves to whether everything was done. While an answer is waited for nothing else is asked. */
  run: (...asked: readonly Asked[]) => Promise<boolean>;
  clear: () => void;
};

/** Asks a workshop, and keeps what was refused for the place where it was asked. */
export function useAsking(ask: WorkshopOnScreen["ask"]): Asking {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const waiting = useRef(false);
  const run = useCallback(
    async (...asked: readonly Asked[]) => {
      if (waiting.current) return false;
      waiting.current = true;
      setBusy(true);
      const answer = await ask(asked);
      waiting.current = false;
      setBusy(false);
      setRefused(answer.refused);
      return answer.refused === null;
    },
    [ask],
  );
  const clear = useCallback(() => setRefused(null), []);
  return { busy, refused, run, clear };
}
