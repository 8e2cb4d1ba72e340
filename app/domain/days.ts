const HOUR_MS = 60 * 60_000;
/** How long a day is, in milliseconds. */
export const DAY_MS = 24 * HOUR_MS;
/** The zones in which a day begins last and first: 12 hours behind UTC and 14 ahead. */
const LAST = -12;
const FIRST = 14;

/** The calendar day of a moment in UTC, as YYYY-MM-DD: what stands where no reader's own day is known. */
export function utcDay(now: Date): string {
  return dayAt(now, 0);
}

/** The earliest day that is today's somewhere on earth. What ends with it has ended for everybody. */
export function earliestToday(now: Date): string {
  return dayAt(now, LAST);
}

/** The latest day that is today's somewhere on earth. What begins with it has begun for somebody. */
export function latestToday(now: Date): string {
  return dayAt(now, FIRST);
}

/** Every day that is today's somewhere on earth, in order: two or three at any moment. */
export function todays(now: Date): string[] {
  return [...new Set([earliestToday(now), utcDay(now), latestToday(now)])];
}

/** Whether a text is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && utcDay(new Date(text)) === text;
}

/** The day in UTC of a moment in ISO 8601. What is known by its day alone stays that day. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** How many days lie between two days; negative where the second comes first. */
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

/** What some platforms take for zones, and the IANA database doesn't know: in several zones people call their time so. */
const ABBREVIATION = /^(AC|AE|AG|AR|AS|BE|BS|CA|CN|CS|CT|EA|EC|IE|IS|JS|MI|NE|NS|PL|PN|PR|PS|SS|VS)T$/i;

/** Whether there is a zone of this name in the IANA time zone database. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name) || ABBREVIATION.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether a day is over everywhere on earth. */
export function isPast(day: string, now: Date): boolean {
  return day < earliestToday(now);
}

/** Whether a day has begun nowhere on earth. */
export function isYetToCome(day: string, now: Date): boolean {
  return day > latestToday(now);
}

/** The day that somebody calls today, where it is today's somewhere on earth; else that of UTC. */
export function ownToday(said: string, now: Date): string {
  return isDay(said) && !isPast(said, now) && !isYetToCome(said, now) ? said : utcDay(now);
}

/** The calendar day of a moment where this program runs: in a browser, the reader's own. */
export function localDay(now: Date): string {
  return dayAt(new Date(now.getTime() - now.getTimezoneOffset() * 60_000), 0);
}

function dayAt(now: Date, hoursAhead: number): string {
  return dayOf(new Date(now.getTime() + hoursAhead * HOUR_MS).toISOString());
}
