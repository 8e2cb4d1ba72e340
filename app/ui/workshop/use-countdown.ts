import { useEffect, useState } from "react";
import type { TimerView } from "~/domain/workshop/view/view-types";

/** A timer at this moment, in milliseconds: what is spent, and what is left, below 0 where it is over. */
export type Countdown = { spentMs: number; leftMs: number; wholeSpentMs: number; wholeLeftMs: number | null };

/** Follows a timer second by second. `ahead` is how far the server's clock is ahead of this one, in milliseconds. */
export function useCountdown(timer: TimerView | null, ahead: number): Countdown | null {
  const [now, setNow] = useState(() => (timer?.runningSince ?? 0) - ahead);
  const runs = timer !== null && timer.runningSince !== null;
  useEffect(() => {
    setNow(Date.now());
    if (!runs) return;
    const tick = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(tick);
  }, [runs, timer]);
  if (!timer) return null;
  const running = timer.runningSince === null ? 0 : Math.max(0, now + ahead - timer.runningSince);
  const spentMs = timer.spentMs + running;
  const wholeSpentMs = timer.wholeSpentMs + running;
  return {
    spentMs,
    leftMs: timer.limitMs - spentMs,
    wholeSpentMs,
    wholeLeftMs: timer.wholeMs === null ? null : timer.wholeMs - wholeSpentMs,
  };
}

/** A span as minutes and seconds, or hours and minutes and seconds: 1:24, 1:02:00. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
