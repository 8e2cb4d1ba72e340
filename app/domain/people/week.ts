import { checkWeeklyHours, DAY_NAMES, WEEKDAYS, type DayHours, type Weekday } from "../cover/working-hours";
import type { Week } from "../matrix/escalation-shapes";
import { NO_HOURS } from "../parts/hours";
import { ok, reject, type Result } from "../result";

/** The hours of each day as somebody writes them: “09:00 to 12:30, 13:15 to 17:00”; empty on a day without hours. */
export type WrittenWeek = Readonly<Record<Weekday, string>>;

const STRETCH = /^(\d{1,2}(?:[:.]\d{1,2})?)\s*(?:-|–|—|to|until)\s*(\d{1,2}(?:[:.]\d{1,2})?)$/iu;

/** The working hours of a week as they were written; null where no day has any. */
export function readWeek(texts: WrittenWeek): Result<Week | null> {
  const week: Record<Weekday, DayHours[]> = { ...NO_HOURS };
  for (const weekday of WEEKDAYS) {
    const hours = readHours(texts[weekday]);
    if (hours === null)
      return reject(
        "hours",
        `The hours of ${DAY_NAMES[weekday]} can't be read. Write them as in 09:00 to 12:30, 13:15 to 17:00.`,
      );
    week[weekday] = hours;
  }
  const [wrong] = checkWeeklyHours({ days: week, timeZone: "UTC", holidays: [] });
  if (wrong) return { ok: false, rejection: wrong };
  return ok(WEEKDAYS.some((weekday) => week[weekday].length > 0) ? week : null);
}

function readHours(text: string): DayHours[] | null {
  const hours: DayHours[] = [];
  for (const said of text.split(/[,;]/u)) {
    if (said.trim() === "") continue;
    const [, from, to] = STRETCH.exec(said.trim()) ?? [];
    if (from === undefined || to === undefined) return null;
    hours.push({ from: fourDigits(from), to: fourDigits(to) });
  }
  return hours;
}

function fourDigits(time: string): string {
  const [hours = "", minutes = "00"] = time.split(/[:.]/u);
  return `${hours.padStart(2, "0")}:${minutes.padEnd(2, "0")}`;
}
