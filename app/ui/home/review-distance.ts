import { daysBetween, localDay } from "~/domain/days";

/** Whole days from today in the reader's time zone to a calendar day; negative if it has passed. */
export function daysUntil(day: string, now: Date): number {
  return daysBetween(localDay(now), day);
}

/** "in 3 weeks", "today", "2 months late". */
export function distanceWords(days: number): string {
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  const far = Math.abs(days);
  const [count, unit] =
    far < 14 ? [far, "day"] : far < 61 ? [Math.round(far / 7), "week"] : [Math.round(far / 30.4), "month"];
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return days > 0 ? `in ${words}` : `${words} late`;
}
