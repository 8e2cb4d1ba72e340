import { beginningOf } from "~/domain/beginning";
import { DAY_MS } from "~/domain/days";
import { LIMITS } from "~/domain/limits";
import { displayableText } from "~/domain/text";
import { unescaped } from "./content-lines";
import type { Entry } from "./entries";
import { durationOf, momentOf, timesOf, type CalendarTime } from "./times.server";

/** The value of an entry's first line of a name; empty where it has none. */
export function valueOf({ lines }: Entry, name: string): string {
  return lines.get(name)?.[0]?.value.trim() ?? "";
}

/** When an entry begins, and how long it lasts on the wall. One that ends on other clocks lasts as long in fact. */
export type Written = { begins: CalendarTime; length: number };
/** That something can't be read, with why. */
export type No = { ok: false; why: string };

/** When an entry says that it begins, and for how long; or why that is no turn. */
export function writtenTimes(entry: Entry, timeZone: string): (Written & { ok: true }) | No {
  const [start] = entry.lines.get("DTSTART") ?? [];
  if (!start) return { ok: false, why: "It doesn't say when it begins." };
  if (valueOf(entry, "STATUS").toUpperCase() === "CANCELLED") return { ok: false, why: "It is cancelled." };
  if (entry.lines.get("RECURRENCE-ID")?.[0]?.params.has("RANGE"))
    return { ok: false, why: "It changes all the later ones of what recurs. Write those as an entry of their own." };
  const starts = timesOf(start, timeZone);
  if (!starts.ok) return starts;
  const [begins] = starts.value;
  if (!begins) return { ok: false, why: "It doesn't say when it begins." };
  const length = lengthOf(entry, begins, timeZone);
  if (!length.ok) return length;
  if (length.value <= 0) return { ok: false, why: "It ends where it begins, or before." };
  if (length.value > LONGEST) return { ok: false, why: "It lasts longer than two years." };
  return { ok: true, begins, length: length.value };
}

const LONGEST = 731 * DAY_MS;

function lengthOf(entry: Entry, begins: CalendarTime, timeZone: string): { ok: true; value: number } | No {
  const [end] = entry.lines.get("DTEND") ?? [];
  if (end) {
    const ends = timesOf(end, timeZone);
    if (!ends.ok) return ends;
    const [last] = ends.value;
    if (!last) return { ok: true, value: 0 };
    const sameClocks = last.zone === begins.zone;
    return { ok: true, value: sameClocks ? last.wall - begins.wall : momentOf(last) - momentOf(begins) };
  }
  if (entry.lines.has("DURATION")) {
    const value = durationOf(valueOf(entry, "DURATION"));
    return value === null ? { ok: false, why: "How long it lasts can't be read." } : { ok: true, value };
  }
  return begins.isDay ? { ok: true, value: DAY_MS } : { ok: false, why: "It doesn't say when it ends." };
}

/** Somebody of an entry: those who are invited and haven't declined, or else whoever its title names. */
export function whoOf({ lines, title }: Entry): string[] {
  const invited = lines.get("ATTENDEE") ?? [];
  if (invited.length === 0) return title === "" ? [] : [short(title)];
  const who = invited.flatMap(({ params, value }) => {
    if (params.get("PARTSTAT")?.toUpperCase() === "DECLINED") return [];
    if (/^(ROOM|RESOURCE)$/i.test(params.get("CUTYPE") ?? "")) return [];
    const email = /^mailto:/i.test(value.trim()) ? value.trim().slice("mailto:".length).toLowerCase() : "";
    const name = unescaped(params.get("CN") ?? "");
    const words = name === "" || name.toLowerCase() === email ? email : email === "" ? name : `${name} <${email}>`;
    return words === "" ? [] : [short(words)];
  });
  return [...new Set(who)].slice(0, LIMITS.rotaPeople);
}

function short(text: string): string {
  return beginningOf(displayableText(text, false), LIMITS.name);
}

/** So many times are listed at most, to be taken out or added. */
const MOST_EXCEPTIONS = 1_000;

/** The times that an entry lists one by one. */
export function listedTimes(
  entry: Entry,
  name: "RDATE" | "EXDATE",
  timeZone: string,
): { ok: true; value: CalendarTime[] } | No {
  const listed: CalendarTime[] = [];
  for (const line of entry.lines.get(name) ?? []) {
    if (line.value.includes("/")) return { ok: false, why: "It recurs at periods with lengths of their own (RDATE)." };
    if (line.value.length > MOST_EXCEPTIONS * 20)
      return { ok: false, why: `It lists more than ${MOST_EXCEPTIONS} times.` };
    const times = timesOf(line, timeZone);
    if (!times.ok) return times;
    listed.push(...times.value);
    if (listed.length > MOST_EXCEPTIONS) return { ok: false, why: `It lists more than ${MOST_EXCEPTIONS} times.` };
  }
  return { ok: true, value: listed };
}
