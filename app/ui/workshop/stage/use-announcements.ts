import { useEffect, useRef, useState } from "react";
import { OUTCOME_WORDS } from "~/domain/workshop/outcome";
import type { CurrentView, PlanView, TimerView, YoursView } from "~/domain/workshop/view/view-types";
import type { Countdown } from "../use-countdown";

/** What is said of the time, from the latest on. */
const MARKS = [
  { ms: 0, propose: "The time to propose is over.", settle: "The time for this is over." },
  { ms: 10_000, propose: "Ten seconds left to propose.", settle: "Ten seconds left." },
  { ms: 60_000, propose: "One minute left to propose.", settle: "One minute left." },
] as const;

type Stage = {
  timer: TimerView | null;
  countdown: Countdown | null;
  current: CurrentView | null;
  row: PlanView | undefined;
  plan: readonly PlanView[];
  yours: YoursView | null;
};

/** The newest thing that happened, in a sentence for those who don't see the screen. Nothing is said of what was there from the beginning. */
export function useAnnouncements({ timer, countdown, current, row, plan, yours }: Stage): string {
  const [said, setSaid] = useState("");
  const leftMs = countdown?.leftMs ?? null;
  const mark =
    leftMs === null || !timer || timer.runningSince === null ? -1 : MARKS.findIndex(({ ms }) => leftMs <= ms);
  const time = mark < 0 || !timer ? "" : (MARKS[mark]?.[timer.phase] ?? "");
  useNews(`${current?.itemId} ${time}`, time, setSaid);
  const what = current && row ? `${current.place} of ${plan.length}: ${row.text}.` : "";
  useNews(current?.itemId ?? "", what, setSaid);
  useNews(`${current?.itemId} ${current?.status}`, current ? statusWords(current) : "", setSaid);
  const waiting = yours?.waiting ?? [];
  const [last] = waiting.slice(-1);
  useNews(String(last?.participantId), last ? `${last.label} waits to be let in.` : "", setSaid);
  return said;
}

/** Says a sentence when its key changes, and not at the beginning. */
function useNews(key: string, words: string, say: (words: string) => void): void {
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    if (words !== "") say(words);
  }, [key, words, say]);
}

function statusWords({ status, revealed }: CurrentView): string {
  switch (status) {
    case "revealed": {
      if (!revealed) return "";
      const { name, meaning } = OUTCOME_WORDS[revealed.outcome];
      return `${revealed.why === "timer" ? "Half of the time is over. " : ""}Revealed. ${name}: ${meaning}`;
    }
    case "confirming":
      return "On the table. Both hosts confirm it.";
    case "settled":
      return "Settled.";
    case "parked":
      return "Parked.";
    case "disputed":
      return "Recorded as disputed.";
    default:
      return "";
  }
}
