import ical, { escape } from "ical-generator";
import type { CalendarEntry, CalendarPlan } from "~/domain/escalation/calendar";
import { offsetsWithin, zonedMoment, type Offset } from "~/domain/cover/zoned.server";
import { displayableText } from "~/domain/text";
import { fingerprintOf } from "./fingerprint.server";

/**
 * What a calendar said of its entries when it was written last: by their id a hash of what they said, how often they have
 * changed, and when last, in milliseconds since 1970.
 */
export type Issued = Record<string, { hash: string; changes: number; at: number }>;

/** Programs that keep to it ask again after so many seconds. */
const FETCHED_EVERY = 6 * 60 * 60;

/**
 * A calendar (RFC 5545), and what it says of its entries now. An entry that says what it said before keeps its sequence and its
 * stamp, so that the same plan gives the same bytes whenever it is written. `host` and what it is
 * about, such as a matrix, make the ids of its entries unlike those of any other calendar.
 */
export function writeCalendar(
  plan: CalendarPlan,
  { host, subjectId, issued, now }: { host: string; subjectId: string; issued: Issued; now: number },
): { text: string; issued: Issued } {
  const calendar = ical({
    prodId: "//Demarc//Demarc//EN",
    // The library writes these two as they are.
    name: escape(oneLine(plan.name), false),
    description: escape(oneLine(plan.description), false),
    timezone: { name: null, generator: (timeZone) => zoneDescription(timeZone, plan.entries) },
    ttl: FETCHED_EVERY,
  });
  const written: Issued = {};
  for (const entry of plan.entries) {
    const state = stateOf(entry, issued[entry.id], now);
    written[entry.id] = state;
    const { recurs } = entry;
    // A moment in a zone is handed over as one: of a plain date the library would write what this machine's clock shows.
    const at = (moment: number) => (recurs ? zonedMoment(recurs.timeZone, moment) : new Date(moment));
    calendar.createEvent({
      id: `${entry.id}.${subjectId}@${host}`,
      sequence: state.changes,
      stamp: new Date(state.at),
      start: at(entry.from),
      end: at(entry.to),
      allDay: entry.wholeDay ?? false,
      timezone: recurs?.timeZone ?? null,
      repeating: recurs ? `RRULE:${recurs.rule};UNTIL=${inUtc(recurs.until)}` : null,
      summary: oneLine(entry.title),
      description: displayableText(entry.description, true),
      location: entry.place === "" ? null : oneLine(entry.place),
    });
  }
  return { text: `${calendar.toString()}\r\n`, issued: written };
}

function oneLine(text: string): string {
  return displayableText(text, false);
}

function stateOf(entry: CalendarEntry, before: Issued[string] | undefined, now: number): Issued[string] {
  const hash = fingerprintOf(JSON.stringify(entry)).slice(0, 32);
  if (before?.hash === hash) return before;
  // A stamp has whole seconds.
  const at = Math.floor(now / 1_000) * 1_000;
  return { hash, changes: before ? before.changes + 1 : 0, at };
}

/** A moment as calendars write it, as in 20261225T090000Z. */
function inUtc(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/**
 * A zone as calendars describe it: each change of its clocks by itself, from the year before the first entry to the one after
 * the last time an entry recurs. No rule could say those of every zone, such as one whose clocks follow the moon.
 */
function zoneDescription(timeZone: string, entries: readonly CalendarEntry[]): string {
  const inZone = entries.filter(({ recurs }) => recurs?.timeZone === timeZone);
  const year = (moment: number, more: number) =>
    new Date(moment).setUTCFullYear(new Date(moment).getUTCFullYear() + more);
  const offsets = offsetsWithin(timeZone, {
    from: year(Math.min(...inZone.map(({ from }) => from)), -1),
    to: year(Math.max(...inZone.map(({ recurs, to }) => recurs?.until ?? to)), 1),
  });
  const parts = offsets.flatMap((offset, i) => observance(offset, offsets[i - 1], offsets[i + 1]));
  return ["BEGIN:VTIMEZONE", `TZID:${timeZone}`, ...parts, "END:VTIMEZONE"].join("\r\n");
}

function observance({ from, ahead }: Offset, before: Offset | undefined, after: Offset | undefined) {
  const kind = ahead > Math.min(before?.ahead ?? ahead, after?.ahead ?? ahead) ? "DAYLIGHT" : "STANDARD";
  // Its beginning is what the clocks showed before they were set.
  const begins = before
    ? new Date(from + before.ahead).toISOString().slice(0, 19).replace(/[-:]/g, "")
    : "19700101T000000";
  return [
    `BEGIN:${kind}`,
    `DTSTART:${begins}`,
    `TZOFFSETFROM:${offsetWords(before?.ahead ?? ahead)}`,
    `TZOFFSETTO:${offsetWords(ahead)}`,
    `END:${kind}`,
  ];
}

function offsetWords(ahead: number): string {
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${ahead < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
