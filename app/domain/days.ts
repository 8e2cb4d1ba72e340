import { cacheOf } from "./cache";

const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;
/** The offsets from UTC, in hours, of the time zones in which a day begins last and first. */
const LAST_OFFSET = -12;
const FIRST_OFFSET = 14;

/** The calendar day of a moment in UTC, as YYYY-MM-DD. It is used when the reader's time zone isn't known. */
export function utcDay(now: Date): string {
  return dayAt(now, 0);
}

/** The earliest date that is today's somewhere on earth. A day before it is over everywhere. */
export function earliestToday(now: Date): string {
  return dayAt(now, LAST_OFFSET);
}

/** The latest date that is today's somewhere on earth. A day after it has begun nowhere. */
export function latestToday(now: Date): string {
  return dayAt(now, FIRST_OFFSET);
}

/** Every date that is today's somewhere on earth, in order. There are always two or three. */
export function datesOfToday(now: Date): string[] {
  return [...new Set([earliestToday(now), utcDay(now), latestToday(now)])];
}

/** Whether a text is a valid calendar day in the form YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && utcDay(new Date(text)) === text;
}

/** The day in UTC (YYYY-MM-DD) of a moment in ISO 8601. A text that is only a day stays the same. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** The number of days from one day to another; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The calendar day of a moment in a zone, such as Europe/London. */
export function dayIn(zone: string, at: Date): string {
  const parts = new Map(
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return [parts.get("year"), parts.get("month"), parts.get("day")].join("-");
}

/** Abbreviations that some platforms accept as zones. The IANA database has none of them, and several zones share each. */
const ABBREVIATION = /^(AC|AE|AG|AR|AS|BE|BS|CA|CN|CS|CT|EA|EC|IE|IS|JS|MI|NE|NS|PL|PN|PR|PS|SS|VS)T$/i;

/** Which names were asked for lately: asking the platform takes as long as a day's arithmetic. */
const zones = cacheOf<boolean>(500);

/** Whether a text is the name of a zone of the IANA time zone database. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,99}$/.test(name) || ABBREVIATION.test(name)) return false;
  return zones.get(name) ?? zones.set(name, isKnownZone(name));
}

function isKnownZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether a day is over in every time zone. */
export function isPast(day: string, now: Date): boolean {
  return day < earliestToday(now);
}

/** Whether a day has begun in no time zone yet. */
export function isYetToCome(day: string, now: Date): boolean {
  return day > latestToday(now);
}

/** The date that a client reports as today, if it is today's date in some time zone; otherwise today's date in UTC. */
export function checkedToday(reportedDay: string, now: Date): string {
  return isDay(reportedDay) && !isPast(reportedDay, now) && !isYetToCome(reportedDay, now) ? reportedDay : utcDay(now);
}

/** The calendar day of a moment in the time zone of this process; in a browser, the reader's. */
export function localDay(now: Date): string {
  return dayAt(new Date(now.getTime() - now.getTimezoneOffset() * 60_000), 0);
}

function dayAt(now: Date, hoursAhead: number): string {
  return dayOf(new Date(now.getTime() + hoursAhead * HOUR_MS).toISOString());
}
