import { dayOf } from "./days";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A calendar day (YYYY-MM-DD) in words, such as 3 Mar 2026. A day has no time zone, so that it is the same for every
 * reader.
 */
export function dayWords(day: string | null): string {
  if (!day) return "Not set";
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/**
 * A moment (ISO 8601) in words, such as 3 Mar 2026, 09:00:05 UTC. Files and mails use this form. It names the zone
 * because a file is read in every zone, and the time because the same moment may fall on another day elsewhere. A value
 * that is only a day, such as that of a signature on paper, is written as a day.
 */
export function momentWords(at: string): string {
  return at.length > 10 ? `${dayWords(dayOf(at))}, ${at.slice(11, 19)} UTC` : dayWords(at);
}

/** Parses the output of `momentWords` into ISO 8601; empty when the text has another form. */
export function readMoment(words: string): string {
  const [, date = "", month = "", year = "", time = ""] =
    /^(\d{1,2}) (\w{3}) (\d{4})(?:, (\d{2}:\d{2}:\d{2}) UTC)?$/.exec(words) ?? [];
  const day = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}-${date.padStart(2, "0")}`;
  const at = time ? `${day}T${time}.000Z` : day;
  return Number.isNaN(Date.parse(at)) || momentWords(at) !== words ? "" : at;
}
