import { midnightOf, MINUTE_MS, written, type WallTime } from "~/domain/cover/wall-time";
import { zoneClock } from "~/domain/cover/zoned.server";
import { DAY_MS, isDay, isTimeZone } from "~/domain/days";
import type { ContentLine } from "./content-lines";
import { WINDOWS_ZONES } from "./windows-zones";

/** A time as a calendar says it: on the wall of a zone. `floating` says none; a whole day is midnight. */
export type CalendarTime = { wall: WallTime; zone: string; isDay: boolean };

type Read<T> = { ok: true; value: T } | { ok: false; why: string };
const no = (why: string): { ok: false; why: string } => ({ ok: false, why });

const TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/;

/** Turns are planned, and nobody plans or remembers them further away. */
const YEARS = { first: 1970, last: 2200 };

/** The times of a line, such as of DTSTART, or several of EXDATE. Those without a zone are read on the clocks of `floating`. */
export function timesOf({ value, params }: ContentLine, floating: string): Read<CalendarTime[]> {
  const zone = zoneOf(params.get("TZID"), floating);
  if (!zone.ok) return zone;
  const times: CalendarTime[] = [];
  for (const said of value.split(",")) {
    const time = timeOf(said.trim(), zone.value);
    if (!time.ok) return time;
    times.push(time.value);
  }
  return { ok: true, value: times };
}

function timeOf(said: string, zone: string): Read<CalendarTime> {
  const [, year = "", month = "", date = "", hours, minutes = "", seconds = "", utc] = TIME.exec(said) ?? [];
  const day = `${year}-${month}-${date}`;
  if (!isDay(day)) return no(`“${written(said)}” isn't a day or a time.`);
  if (Number(year) < YEARS.first || Number(year) > YEARS.last) return no(`It is in the year ${year}.`);
  if (hours === undefined) return { ok: true, value: { wall: midnightOf(day), zone, isDay: true } };
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60)
    return no(`“${written(said)}” isn't a day or a time.`);
  const wall =
    midnightOf(day) + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Math.min(Number(seconds), 59) * 1_000;
  return { ok: true, value: { wall, zone: utc ? "UTC" : zone, isDay: false } };
}

/** The zone of the IANA database that a name means: its own, one with a prefix before it, or one of Windows. */
function zoneOf(name: string | undefined, floating: string): Read<string> {
  if (name === undefined) return { ok: true, value: floating };
  // A name of the database has at most three parts; what is written before them may have some more.
  const parts = name.split("/").slice(-8);
  const names = [name, ...parts.map((_, i) => parts.slice(i).join("/")), WINDOWS_ZONES.get(name.toLowerCase()) ?? ""];
  const known = names.find((one) => isTimeZone(one));
  return known === undefined
    ? no(`There is no time zone “${written(name)}”. Export the calendar with zones such as Europe/London, or in UTC.`)
    : { ok: true, value: known };
}

const DURATION = /^([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;

/** A duration in milliseconds; less than nothing where it is written so. Null where it is none. */
export function durationOf(said: string): number | null {
  const found = DURATION.exec(said.trim());
  if (!found) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(2).map((part) => Number(part ?? 0));
  const length = (weeks * 7 + days) * DAY_MS + (hours * 60 + minutes) * MINUTE_MS + seconds * 1_000;
  return found[1] === "-" ? -length : length;
}

/** The moment of a time; of one that clocks show twice the first. */
export function momentOf({ wall, zone }: CalendarTime): number {
  return zoneClock(zone).momentOf(wall, "begins");
}

/** A time on the wall of another zone. */
export function wallIn(time: CalendarTime, zone: string): WallTime {
  return time.zone === zone ? time.wall : zoneClock(zone).wallAt(momentOf(time));
}
