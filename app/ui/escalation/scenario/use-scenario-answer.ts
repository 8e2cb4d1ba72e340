import { useEffect, useRef, useState } from "react";
import { scenarioQuery, type AskedScenario } from "~/domain/scenario/scenario";
import type { ScenarioAnswer } from "~/domain/scenario/scenario-answer";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";

/** An answer with when it was given and the draft that it was asked of. */
export type Answered = { answer: ScenarioAnswer; at: Date; matrix: Matrix };

export type AnswerState =
  | { state: "none" }
  | { state: "waiting" }
  | { state: "answered"; answered: Answered }
  | { state: "failed"; message: string; /** The last answer there was, to whatever it was. */ last: Answered | null };

const OFFLINE =
  "You are offline, so nobody can say who is called at another moment. Press Show again once you are back online.";
const UNREACHED = "The answer could not be fetched. Check your connection, then press Show again.";

type Asking = AskedScenario | { wrong: string } | null;

/**
 * The answer to what is asked, fetched anew when that or `count` changes. While another one is fetched, the one before is no
 * answer; where that fails, it is kept as the last one.
 */
export function useScenarioAnswer(matrix: Matrix, matrixId: string, asked: Asking, count: number): AnswerState {
  const [shown, setShown] = useState<AnswerState>({ state: "none" });
  const last = useRef<Answered | null>(null);
  const current = useRef(matrix);
  current.current = matrix;
  const key = asked === null ? "" : JSON.stringify(asked);
  const askedNow = useRef(asked);
  askedNow.current = asked;
  useEffect(() => {
    const now = askedNow.current;
    if (now === null) {
      setShown({ state: "none" });
      return;
    }
    if ("wrong" in now) {
      setShown({ state: "failed", message: now.wrong, last: last.current });
      return;
    }
    const stopping = new AbortController();
    const of = current.current;
    setShown({ state: "waiting" });
    void fetchAnswer(paths.scenario(matrixId, scenarioQuery(now)), stopping.signal).then((fetched) => {
      if (stopping.signal.aborted) return;
      if ("message" in fetched) {
        setShown({ state: "failed", message: fetched.message, last: last.current });
        return;
      }
      last.current = { answer: fetched, at: new Date(), matrix: of };
      setShown({ state: "answered", answered: last.current });
    });
    return () => stopping.abort();
  }, [matrixId, key, count]);
  return shown;
}

async function fetchAnswer(address: string, signal: AbortSignal): Promise<ScenarioAnswer | { message: string }> {
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) {
      const { message }: { message?: string } = await response.json();
      return { message: message ?? UNREACHED };
    }
    const answer: ScenarioAnswer = await response.json();
    return answer;
  } catch {
    return { message: navigator.onLine ? UNREACHED : OFFLINE };
  }
}
