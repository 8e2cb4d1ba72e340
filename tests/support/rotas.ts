import type { Absences } from "~/domain/cover/absences";
import type { Rota } from "~/domain/cover/rota";
import type { Staffing } from "~/domain/cover/staffing";
import { WEEKDAYS, type DayHours, type Weekday, type WeeklyHours } from "~/domain/cover/working-hours";

/** The milliseconds of a moment in UTC, as in 2026-03-29T01:00. */
export const utc = (moment: string) => Date.parse(`${moment}Z`);

/** The window between two moments in UTC. */
export const between = (from: string, to: string) => ({ from: utc(from), to: utc(to) });

/** Hours of some days of the week, written as in 09:00-17:00. */
export function weekly(
  timeZone: string,
  days: Partial<Record<Weekday, string[]>>,
  holidays: string[] = [],
): WeeklyHours {
  const hours = (weekday: Weekday): DayHours[] =>
    (days[weekday] ?? []).map((said) => {
      const [from = "", to = ""] = said.split("-");
      return { from, to };
    });
  const [mon, tue, wed, thu, fri, sat, sun] = WEEKDAYS;
  return {
    days: {
      mon: hours(mon),
      tue: hours(tue),
      wed: hours(wed),
      thu: hours(thu),
      fri: hours(fri),
      sat: hours(sat),
      sun: hours(sun),
    },
    timeZone,
    holidays,
  };
}

/** The same hours on each day from Monday to Friday. */
export const officeHours = (timeZone: string, hours = "09:00-17:00", holidays: string[] = []) =>
  weekly(timeZone, { mon: [hours], tue: [hours], wed: [hours], thu: [hours], fri: [hours] }, holidays);

/** Every hour of the week. */
export const allHours = (timeZone = "UTC") =>
  weekly(timeZone, Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, ["00:00-24:00"]])));

/** A rota in London whose turns last a week from Monday at 09:00; the first begins on 2 March 2026. */
export const aRota = (parts: Partial<Rota> = {}): Rota => ({
  timeZone: "Europe/London",
  period: "weekly",
  every: 1,
  handOver: { time: "09:00", weekday: "mon" },
  firstDay: "2026-03-02",
  turns: [["ana"], ["ben"], ["cleo"]],
  hours: "always",
  overrides: [],
  ...parts,
});

/** Nobody is away. */
export const ALL_THERE: Absences = { absences: [], deputies: new Map() };

export const staffed = (parts: Partial<Staffing> = {}): Staffing => ({
  holders: [],
  rota: null,
  declaredOff: null,
  ...parts,
});
