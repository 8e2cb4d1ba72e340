import type { ShownSpan, WeekCover } from "./use-week-cover";
import { dayWords } from "~/domain/day-words";

/** What is said of a stretch, and which look it has. */
export const STATES: Record<ShownSpan["state"], { words: string; look: string }> = {
  "on-shift": { words: "on shift", look: "shift" },
  "on-call": { words: "on call", look: "call" },
  "declared-off": { words: "off duty", look: "off" },
  nobody: { words: "nobody", look: "hole" },
  outside: { words: "nobody, and the path's clock stands", look: "outside" },
};

/** A stretch in words, such as “Sat 00:00 to 08:00, nobody: no turn and no hours”. */
export function spanWords({ when, state, who }: ShownSpan): string {
  return state === "declared-off" ? `${when}, ${who}` : `${when}, ${STATES[state].words}: ${who}`;
}

/** A week by its Monday, such as “the week of 23 Nov 2026”. */
export function weekWords({ firstDay }: Pick<WeekCover, "firstDay">): string {
  return `the week of ${dayWords(firstDay)}`;
}
