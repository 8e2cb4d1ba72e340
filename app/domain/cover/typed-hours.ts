import type { DayHours } from "./working-hours";

const SPAN = /^(\d{1,2})(?:[:.]?([0-5]\d))?\s*(?:to|until|-|–|—)\s*(\d{1,2})(?:[:.]?([0-5]\d))?$/i;

/**
 * The hours of one day from words such as “9-12:30, 13:15 to 17:00”; null where they can't be read. Whether the times
 * exist and overlap is checked where hours are stored.
 */
export function hoursFrom(text: string): DayHours[] | null {
  const hours: DayHours[] = [];
  for (const part of text.split(/[,;]|\band\b/)) {
    if (part.trim() === "") continue;
    const [, from = "", fromMinutes = "00", to = "", toMinutes = "00"] = SPAN.exec(part.trim()) ?? [];
    if (to === "") return null;
    hours.push({ from: `${from.padStart(2, "0")}:${fromMinutes}`, to: `${to.padStart(2, "0")}:${toMinutes}` });
  }
  return hours;
}
