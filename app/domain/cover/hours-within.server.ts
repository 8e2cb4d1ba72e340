import { oncePer } from "../cache";
import { DAY_MS } from "../days";
import { union, type Span, type Spans } from "./spans";
import { midnightBefore, midnightOf, MINUTE_MS } from "./wall-time";
import { minutesFrom, weekdayAt, type Hours, type Minutes, type Weekday, type WeeklyHours } from "./working-hours";
import { zoneClock } from "./zoned.server";

type Prepared = {
  days: Record<Weekday, Minutes[]>;
  holidays: Set<number>;
  last: { window: Span; spans: Spans } | null;
};

/** When within a window the hours are. The hours are such as `checkWeeklyHours` finds nothing wrong with; those of the last window asked for are remembered with them. */
export function hoursWithin(hours: Hours, window: Span): Spans {
  if (hours === "always") return union([window]);
  const known = prepared(hours);
  if (known.last?.window.from === window.from && known.last.window.to === window.to) return known.last.spans;
  const spans = spansOf(known, hours.timeZone, window);
  known.last = { window: { ...window }, spans };
  return spans;
}

const prepared = oncePer((hours: WeeklyHours): Prepared => {
  const minutes = (weekday: Weekday) => hours.days[weekday].map((span) => minutesFrom(span) ?? { from: 0, to: 0 });
  return {
    days: {
      mon: minutes("mon"),
      tue: minutes("tue"),
      wed: minutes("wed"),
      thu: minutes("thu"),
      fri: minutes("fri"),
      sat: minutes("sat"),
      sun: minutes("sun"),
    },
    holidays: new Set(hours.holidays.map(midnightOf)),
    last: null,
  };
});

function spansOf({ days, holidays }: Prepared, timeZone: string, window: Span): Spans {
  if (window.to <= window.from) return [];
  const clock = zoneClock(timeZone);
  const found: Span[] = [];
  // What began on the day before may go on into the window. One more day on both sides, since clocks may be set over midnight.
  const first = midnightBefore(clock.wallAt(window.from)) - 2 * DAY_MS;
  const last = midnightBefore(clock.wallAt(window.to)) + DAY_MS;
  for (let day = first; day <= last; day += DAY_MS) {
    if (holidays.has(day)) continue;
    for (const { from, to } of days[weekdayAt(day)]) {
      const begins = Math.max(clock.momentOf(day + from * MINUTE_MS, "begins"), window.from);
      const ends = Math.min(clock.momentOf(day + to * MINUTE_MS, "ends"), window.to);
      if (begins < ends) found.push({ from: begins, to: ends });
    }
  }
  return union(found);
}
