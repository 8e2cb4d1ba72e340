import { Temporal } from "temporal-polyfill";
import { cacheOf } from "../cache";
import { DAY_MS } from "../days";
import type { Span } from "./spans";
import { midnightOf, MINUTE_MS, type Edge, type WallTime } from "./wall-time";

/** From a moment on, a zone's clocks are so many milliseconds ahead of UTC. */
export type Offset = { from: number; ahead: number };

/** A year of UTC, from its first moment up to the next year's, with the offsets around it in order. */
type Year = { from: number; to: number; offsets: Offset[] };

/** The clocks of a zone. */
type ZoneClock = {
  /**
   * The moment at which its clocks show a time. Of a time they show twice, what begins then begins at the first, and what
   * ends then ends at the last. A time they leave out is the first moment after what they leave out.
   */
  momentOf(wall: WallTime, edge: Edge): number;
  /** The time its clocks show at a moment. */
  wallAt(moment: number): WallTime;
  /** The moments within a window at which its clocks are set, in order. */
  changesWithin(window: Span): ClockChange[];
};

/** That clocks are set at a moment: forward by so many minutes, or back where they are fewer than none. */
type ClockChange = { at: number; minutes: number };

const clocks = cacheOf<ZoneClock>(100);

/** The clocks of a time zone that is there (`checkTimeZone`); clock changes are looked up once a year of each zone. */
export function zoneClock(timeZone: string): ZoneClock {
  return clocks.get(timeZone) ?? clocks.set(timeZone, newClock(timeZone));
}

/** From the beginning of a day to the end of another, as YYYY-MM-DD, on the clocks of a zone. */
export function wholeDays(timeZone: string, from: string, to: string): Span {
  const clock = zoneClock(timeZone);
  return {
    from: clock.momentOf(midnightOf(from), "begins"),
    to: clock.momentOf(midnightOf(to) + DAY_MS, "ends"),
  };
}

/** A moment on the clocks of a zone, for what writes calendars. */
export function zonedMoment(timeZone: string, moment: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
}

function newClock(timeZone: string): ZoneClock {
  const years = cacheOf<Year>(20);
  let last: Year = { from: 0, to: 0, offsets: [] };
  const offsetsAround = (time: number) => {
    if (time >= last.from && time < last.to) return last.offsets;
    const year = new Date(time).getUTCFullYear();
    const key = String(year);
    last = years.get(key) ?? years.set(key, yearOf(timeZone, year));
    return last.offsets;
  };
  return {
    momentOf: (wall, edge) => momentIn(offsetsAround(wall), wall, edge),
    wallAt: (moment) => moment + (offsetsAround(moment).findLast(({ from }) => from <= moment)?.ahead ?? 0),
    changesWithin: (window) => {
      const changes: ClockChange[] = [];
      const lastYear = new Date(window.to).getUTCFullYear();
      for (let year = new Date(window.from).getUTCFullYear(); year <= lastYear; year++) {
        const offsets = offsetsAround(new Date(0).setUTCFullYear(year, 6, 1));
        offsets.forEach(({ from, ahead }, i) => {
          const before = offsets[i - 1];
          if (!before || from < window.from || from >= window.to) return;
          // The offsets of two years overlap by some days around New Year.
          if (from > (changes.at(-1)?.at ?? -Infinity))
            changes.push({ at: from, minutes: (ahead - before.ahead) / MINUTE_MS });
        });
      }
      return changes;
    },
  };
}

/** The offsets that a zone has in a year of UTC, and in the two days before and after it, so that the same year on the wall is within. */
function yearOf(timeZone: string, year: number): Year {
  const from = new Date(0).setUTCFullYear(year, 0, 1);
  const to = new Date(0).setUTCFullYear(year + 1, 0, 1);
  return { from, to, offsets: offsetsWithin(timeZone, { from: from - 2 * DAY_MS, to: to + 2 * DAY_MS }) };
}

/** The offsets that a zone has within a window, in order; the first of them as if it had always been so. */
export function offsetsWithin(timeZone: string, window: Span): Offset[] {
  const begin = Temporal.Instant.fromEpochMilliseconds(window.from).toZonedDateTimeISO(timeZone);
  const offsets: Offset[] = [{ from: -Infinity, ahead: aheadOf(begin) }];
  let change = begin.getTimeZoneTransition("next");
  while (change && change.epochMilliseconds < window.to) {
    offsets.push({ from: change.epochMilliseconds, ahead: aheadOf(change) });
    change = change.getTimeZoneTransition("next");
  }
  return offsets;
}

function aheadOf({ offsetNanoseconds }: Temporal.ZonedDateTime): number {
  return offsetNanoseconds / 1_000_000;
}

function momentIn(offsets: readonly Offset[], wall: WallTime, edge: Edge): number {
  let found: number | null = null;
  for (let i = 0; i < offsets.length; i++) {
    const { from, ahead } = offsets[i] ?? { from: Infinity, ahead: 0 };
    const moment = wall - ahead;
    // The clocks of this stretch begin later than that: if those before it have ended by then, the time is left out.
    if (moment < from) return found ?? from;
    if (moment >= (offsets[i + 1]?.from ?? Infinity)) continue;
    if (edge === "begins") return moment;
    found = moment;
  }
  return found ?? wall;
}
