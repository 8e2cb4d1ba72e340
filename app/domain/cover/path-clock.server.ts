import { DAY_MS } from "../days";
import { hoursWithin } from "./hours-within.server";
import { MINUTE_MS } from "./wall-time";
import type { Hours } from "./working-hours";

/** The hours in which a clock runs are looked for in so many days first, then in twice as many of those after them, and so on up to the most at a time. */
const FIRST_DAYS = 4;
const MOST_DAYS = 64;
/** Nothing is looked for later than that. */
const TEN_YEARS_MS = 3_660 * DAY_MS;

/**
 * The first moment at which a path's clock runs and so many minutes of it have passed since a moment. Null where that isn't so within
 * ten years, as where hours are empty.
 */
export function momentAfter(clock: Hours, start: number, minutes: number): number | null {
  if (clock === "always") return start + minutes * MINUTE_MS;
  let left = minutes * MINUTE_MS;
  let from = start;
  for (let days = FIRST_DAYS; from < start + TEN_YEARS_MS; days = Math.min(days * 2, MOST_DAYS)) {
    const to = from + days * DAY_MS;
    for (const span of hoursWithin(clock, { from, to })) {
      if (left < span.to - span.from) return span.from + left;
      left -= span.to - span.from;
    }
    from = to;
  }
  return null;
}

/** How many minutes of a path's clock pass from one moment to a later one. */
export function minutesBetween(clock: Hours, from: number, to: number): number {
  const spans = hoursWithin(clock, { from, to });
  return spans.reduce((sum, span) => sum + (span.to - span.from), 0) / MINUTE_MS;
}
