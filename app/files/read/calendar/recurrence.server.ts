import { RRuleTemporal } from "rrule-temporal";
import { midnightOf, MINUTE_MS, written, type WallTime } from "~/domain/cover/wall-time";
import type { Span } from "~/domain/cover/spans";
import { zonedMoment, zoneClock } from "~/domain/cover/zoned.server";
import { isDay } from "~/domain/days";
import type { CalendarTime } from "./times.server";

/** The beginnings of a recurring entry within a window of times on its wall, or why it can't be followed. */
type Recurrence = { ok: true; walls: WallTime[]; endless: boolean } | { ok: false; why: string };

/** Turns don't recur more often than daily, and what recurs within a day is how a rule asks for millions of steps. */
const FREQUENCIES = new Set(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
const WITHIN_A_DAY = ["BYHOUR", "BYMINUTE", "BYSECOND"];
const PARTS = new Set([
  "FREQ",
  "INTERVAL",
  "COUNT",
  "UNTIL",
  "WKST",
  "BYDAY",
  "BYMONTH",
  "BYMONTHDAY",
  "BYYEARDAY",
  "BYWEEKNO",
  "BYSETPOS",
]);
const NUMBERS: Record<string, RegExp> = { INTERVAL: /^[1-9]\d{0,3}$/, COUNT: /^[1-9]\d{0,6}$/ };

/** A rule that hasn't come to its end after so many steps is followed no further. */
const STEPS = 5_000;

const no = (why: string): Recurrence => ({ ok: false, why });

/**
 * Follows a rule (RFC 5545, 3.3.10) on the clocks on the wall, as if they were never set: what clocks leave out is for whoever
 * knows them to say. The window is one of times on the wall.
 */
export function recurrencesOf(rule: string, begins: CalendarTime, window: Span): Recurrence {
  const parts = new Map(
    rule.split(";").map((part) => {
      const [name = "", value = ""] = part.split("=");
      return [name.trim().toUpperCase(), value.trim().toUpperCase()] as const;
    }),
  );
  const unknown = [...parts.keys()].find((name) => !PARTS.has(name) && !WITHIN_A_DAY.includes(name));
  if (unknown !== undefined) return no(`Its rule says ${written(unknown) || "nothing"}, which isn't known.`);
  if (!FREQUENCIES.has(parts.get("FREQ") ?? "") || WITHIN_A_DAY.some((name) => parts.has(name)))
    return no("It recurs within a day, which turns don't. Write such turns one by one, or as daily ones.");
  for (const [name, form] of Object.entries(NUMBERS)) {
    const value = parts.get(name);
    if (value !== undefined && !form.test(value))
      return no(`Its rule says ${name}=${written(value)}, which isn't possible.`);
  }
  const until = parts.get("UNTIL");
  const last = until === undefined ? null : untilOf(until, begins.zone);
  if (until !== undefined && last === null) return no(`Its rule ends at “${written(until)}”, which isn't a time.`);
  if (last !== null) parts.set("UNTIL", inUtc(last));
  try {
    const recurrence = new RRuleTemporal({
      rruleString: `RRULE:${[...parts].map(([name, value]) => `${name}=${value}`).join(";")}`,
      dtstart: zonedMoment("UTC", begins.wall),
      maxIterations: STEPS,
      maxCandidateEvaluations: STEPS,
      cache: false,
    });
    const found = recurrence.between(zonedMoment("UTC", window.from), zonedMoment("UTC", window.to), true);
    return {
      ok: true,
      walls: found.map(({ epochMilliseconds }) => epochMilliseconds),
      endless: until === undefined && !parts.has("COUNT"),
    };
  } catch {
    return no(`Its rule ${written(rule)} can't be followed, or not within ${STEPS} steps.`);
  }
}

/** The last time on the wall at which a rule lets something begin; null where it says none. */
function untilOf(said: string, zone: string): WallTime | null {
  const [, year, month, date, hours = "23", minutes = "59", seconds = "59", utc] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(said) ?? [];
  const day = `${year}-${month}-${date}`;
  if (!isDay(day)) return null;
  const wall = midnightOf(day) + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1_000;
  return utc ? zoneClock(zone).wallAt(wall) : wall;
}

function inUtc(wall: WallTime): string {
  return `${new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}
