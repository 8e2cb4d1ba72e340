import type { Weekday } from "../cover/working-hours";

/** The days of a week as they stand beside a time. */
export const WEEKDAY_WORDS: Record<Weekday, string> = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};
