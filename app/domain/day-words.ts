import { dayOf } from "./days";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A calendar day that somebody chose, as 3 Mar 2026. It has no zone: it is that day wherever it is read. */
export function dayWords(day: string | null): string {
  if (!day) return "Not set";
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/**
 * When something happened, in the one form that files and mails have for it: a moment in ISO 8601 as 3 Mar 2026, 09:00:05
 * UTC. The zone is named because a file is read in every zone, and the time stands with it because in another zone the same
 * moment may fall on another day. What is known by its day alone, such as a signature on paper, stays a day.
 */
export function momentWords(at: string): string {
  return at.length > 10 ? `${dayWords(dayOf(at))}, ${at.slice(11, 19)} UTC` : dayWords(at);
}

/** Reads back what `momentWords` wrote, as ISO 8601; empty where it didn't write it. */
export function readMoment(words: string): string {
  const [, date = "", month = "", year = "", time = ""] =
    /^(\d{1,2}) (\w{3}) (\d{4})(?:, (\d{2}:\d{2}:\d{2}) UTC)?$/.exec(words) ?? [];
  const day = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}-${date.padStart(2, "0")}`;
  const at = time ? `${day}T${time}.000Z` : day;
  return Number.isNaN(Date.parse(at)) || momentWords(at) !== words ? "" : at;
}
