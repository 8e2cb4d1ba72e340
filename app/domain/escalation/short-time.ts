import type { Level } from "../matrix/escalation-shapes";

/** When a level is reached, as short as the head of a column: “Start”, “+15 min”, “+4 h”. */
export function shortTime({ minutes }: Pick<Level, "minutes">): string {
  if (minutes === 0) return "Start";
  if (minutes < 120) return `+${minutes} min`;
  const rest = minutes % 60;
  return `+${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
}
