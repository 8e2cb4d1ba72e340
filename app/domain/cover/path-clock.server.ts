import { DAY_MS } from "../days";
import { hoursWithin } from "./hours-within.server";
import { MINUTE_MS } from "./wall-time";
import type { Hours } from "./working-hours";

/** So many days are looked through at a time, and at most, for the hours in which a clock runs. */
const STEP_DAYS = 28;
const MOST_DAYS = 10 * 366;

/**
 * The first moment at which a path's clock runs and so many minutes of it have passed since a moment. Null where that isn't so within
 * ten years, as where hours are empty.
 */
export function momentAfter(clock: Hours, start: number, minutes: number): number | null {
  if (clock === "always") return start + minutes * MINUTE_MS;
  let left = minutes * MINUTE_MS;
  for (let days = 0; days < MOST_DAYS; days += STEP_DAYS) {
    const from = start + days * DAY_MS;
    for (const span of hoursWithin(clock, { from, to: from + STEP_DAYS * DAY_MS })) {
      if (left < span.to - span.from) return span.from + left;
      left -= span.to - span.from;
    }
  }
  return null;
}

/** How many minutes of a path's clock pass from one moment to a later one. */
export function minutesBetween(clock: Hours, from: number, to: number): number {
  const spans = hoursWithin(clock, { from, to });
  return spans.reduce((sum, span) => sum + (span.to - span.from), 0) / MINUTE_MS;
}
