import { useEffect, useRef, useState } from "react";
import { OUTCOME_WORDS } from "~/domain/workshop/outcome";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { useCountdown } from "../use-countdown";
import { mayConfirm } from "./table";

/** What happens in the workshop, a sentence at a time, for whoever listens to the page instead of looking at it. */
export function useNews(shown: WorkshopShown, ahead: number): string {
  const [news, setNews] = useState("");
  const words = wordsOf(shown);
  const before = useRef(words);
  useEffect(() => {
    if (words === before.current) return;
    before.current = words;
    setNews(words);
  }, [words]);

  const left = useCountdown(shown.timer, ahead)?.leftMs ?? null;
  const mark =
    left === null || shown.timer?.runningSince === null ? null : (MARKS.find(({ ms }) => left <= ms) ?? null);
  const said = useRef(mark);
  useEffect(() => {
    if (mark === said.current) return;
    said.current = mark;
    if (mark) setNews(mark.words);
  }, [mark]);
  return news;
}

const MARKS = [
  { ms: 0, words: "The time for this is over." },
  { ms: 10_000, words: "10 seconds left." },
  { ms: 60_000, words: "One minute left." },
] as const;

function wordsOf(shown: WorkshopShown): string {
  const { stage, yours, current, plan } = shown;
  if (stage === "ended") return "The workshop has ended.";
  if (yours?.state === "waiting") return "Waiting to be let in.";
  if (!current) return "You are in.";
  const item = plan.find(({ itemId }) => itemId === current.itemId);
  const about = item?.text ?? "";
  if (item?.settlement) return `Settled: ${about}`;
  if (current.settling)
    return mayConfirm(shown, current.settling) ? `For you to confirm: ${about}` : `On the table: ${about}`;
  if (current.revealed) {
    const { name, meaning } = OUTCOME_WORDS[current.revealed.outcome];
    return `Revealed: ${name}. ${meaning}`;
  }
  return `Now: ${about}`;
}
