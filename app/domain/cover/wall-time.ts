import { beginningOf } from "../beginning";
import { DAY_MS, isDay, isTimeZone } from "../days";
import { LIMITS } from "../limits";
import { unless, type Rejection } from "../result";
import { displayableText } from "../text";

/** Milliseconds of a minute. */
export const MINUTE_MS = 60_000;

/** The time on a clock on the wall, without its zone: the milliseconds since 1970 if that clock showed UTC. */
export type WallTime = number;

/** Whether a time on the wall is where something begins or where it ends, which matters where a clock change has the time twice. */
export type Edge = "begins" | "ends";

/** That there is no time zone of a name, where there is none. */
export function checkTimeZone(name: string): Rejection[] {
  return isTimeZone(name)
    ? []
    : [
        {
          code: "zone-unknown",
          message: `There is no time zone “${written(name)}”. Write it as in Europe/London.`,
        },
      ];
}

/** What is wrong with a list of days; `called` says what they are, as in holidays. */
export function checkDays(called: string, days: readonly string[]): Rejection[] {
  if (days.length > LIMITS.listedDays)
    return [
      {
        code: "days-many",
        message: `There are ${days.length} ${called}; at most ${LIMITS.listedDays} fit. Remove past ones.`,
      },
    ];
  return days.flatMap((day) => checkDay(day));
}

/** That a text isn't a day, where it isn't. */
export function checkDay(day: string): Rejection[] {
  return isDay(day) ? [] : [{ code: "day", message: `“${written(day)}” isn't a day. Write it as in 2026-12-25.` }];
}

/** Clocks far from today are asked for by a slip of the hand only. */
const YEARS = { first: "2000", last: "2100" };

/** That a text isn't a day whose clocks somebody would ask for, where it isn't. */
export function checkDayNear(day: string): Rejection[] {
  const wrong = checkDay(day);
  return wrong.length > 0
    ? wrong
    : unless(
        day >= `${YEARS.first}-01-01` && day <= `${YEARS.last}-12-31`,
        "day-far",
        `Choose a day from ${YEARS.first} to ${YEARS.last}.`,
      );
}

/** What is shown as it is: short, and of letters, digits and signs that every keyboard has. */
const SHORT_AND_PLAIN = /^[\x20-\x7E]{0,60}$/;

/** What somebody wrote as it stands in a sentence about it. */
export function written(text: string): string {
  // Sentences are made for what is right too, so this is asked far more often than shown.
  if (SHORT_AND_PLAIN.test(text)) return text.trim();
  return beginningOf(displayableText(text.slice(0, 200), false), 60);
}

const TIMES = new Map(Array.from({ length: 24 * 60 }, (_, minute) => [timeOf(minute), minute]));

/** The minutes since midnight of a time such as 09:30, from 00:00 to 23:59; null where it isn't one. */
export function minutesOf(time: string): number | null {
  return TIMES.get(time) ?? null;
}

/** A time of the day, as in 09:30, so many minutes after midnight. */
export function timeOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Midnight, on the wall, of a day that is one (`isDay`). */
export function midnightOf(day: string): WallTime {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The last midnight on the wall at or before a time on it. */
export function midnightBefore(wall: WallTime): WallTime {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}
