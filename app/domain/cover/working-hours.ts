import { DAY_MS } from "../days";
import { LIMITS } from "../limits";
import type { Rejection } from "../result";
import { overlapsOf } from "./overlaps";
import { checkDays, checkTimeZone, minutesOf, written } from "./wall-time";

/** The days of a week, in order. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From a time up to another, as in 09:00 and 17:30. `to` may be 24:00; one at or before `from` is the next day's. */
export type DayHours = { from: string; to: string };

/** Hours that come back each week, on the clocks of one zone. */
export type WeeklyHours = {
  days: Readonly<Record<Weekday, readonly DayHours[]>>;
  /** A name of the IANA time zone database. */
  timeZone: string;
  /** Days, as YYYY-MM-DD, on which no hours begin. What began the day before goes on over midnight. */
  holidays: readonly string[];
};

/** The hours of a week, or every hour of it. */
export type Hours = "always" | WeeklyHours;

/** Which of the days of a week a day on the wall is. */
export function weekdayAt(midnight: number): Weekday {
  // 1970 began on a Thursday.
  return WEEKDAYS[(((Math.floor(midnight / DAY_MS) + 3) % 7) + 7) % 7] ?? "mon";
}

/** The minutes since midnight of the day on which hours begin. */
export type Minutes = { from: number; to: number };
/** Everything that is wrong with the hours of a week, a sentence each. */
export function checkWeeklyHours({ days, timeZone, holidays }: WeeklyHours): Rejection[] {
  return [
    ...checkTimeZone(timeZone),
    ...WEEKDAYS.flatMap((weekday) => checkHours(DAY_NAMES[weekday], days[weekday])),
    ...checkDays("holidays", holidays),
  ];
}

/** The days of a week by name. */
export const DAY_NAMES: Record<Weekday, string> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/** Hours in minutes; null where they aren't hours. */
export function minutesFrom({ from, to }: DayHours): Minutes | null {
  const begins = minutesOf(from);
  const ends = to === "24:00" ? 24 * 60 : minutesOf(to);
  return begins === null || ends === null ? null : { from: begins, to: ends <= begins ? ends + 24 * 60 : ends };
}

function checkHours(day: string, spans: readonly DayHours[]): Rejection[] {
  if (spans.length > LIMITS.hoursPerDay)
    return [
      {
        code: "hours-many",
        message: `${day} has ${spans.length} stretches of hours; at most ${LIMITS.hoursPerDay} fit. Join some.`,
      },
    ];
  const placed = spans.flatMap((span) => {
    const minutes = minutesFrom(span);
    return minutes ? [{ ...minutes, said: `${span.from} to ${span.to}` }] : [];
  });
  return [
    ...spans.flatMap(({ from, to }) => [
      ...(minutesOf(from) !== null ? [] : [notATime(day, from, "23:59")]),
      ...(minutesOf(to) !== null || to === "24:00" ? [] : [notATime(day, to, "24:00")]),
    ]),
    ...overlapsOf(placed).map(([one, other]) => ({
      code: "hours-overlap",
      message: `On ${day}, ${one.said} and ${other.said} overlap. Join them, or move one of them.`,
    })),
  ];
}

function notATime(day: string, said: string, latest: string): Rejection {
  const message = `On ${day}, “${written(said)}” isn't a time. Write it with four digits, as in 09:30, from 00:00 to ${latest}.`;
  return { code: "hours-time", message };
}
