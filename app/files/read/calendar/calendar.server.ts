import type { Span } from "~/domain/cover/spans";
import { MINUTE_MS, type WallTime } from "~/domain/cover/wall-time";
import { zoneClock } from "~/domain/cover/zoned.server";
import { dayWords } from "~/domain/day-words";
import { DAY_MS, utcDay } from "~/domain/days";
import { endsOf, type ReadCalendar, type ReadTurn, type Remark } from "~/domain/escalation/rota-import";
import { LIMITS } from "~/domain/limits";
import { clockRemark } from "./clock-remark.server";
import { UnreadableCalendar } from "./content-lines";
import { entriesOf, type Entry } from "./entries";
import { recurrencesOf } from "./recurrence.server";
import { listedTimes, valueOf, whoOf, writtenTimes, type No, type Written } from "./said-by-entry.server";
import { momentOf, timesOf, wallIn, type CalendarTime } from "./times.server";

/** How a calendar was read, or the sentence that says why it wasn't. */
export type CalendarAnswer = { ok: true; calendar: ReadCalendar } | { ok: false; message: string };

/** Turns are read a year ahead. */
const AHEAD_DAYS = 53 * 7;
/** So many remarks are told; more of them say nothing that these don't. */
const MOST_REMARKS = 200;

type Reading = { timeZone: string; now: number; window: Span; notes: Remark[]; leftOut: Remark[]; over: number };

/** A beginning of an entry on the wall of its zone, and whether it is one of a recurrence. */
type Occurrence = { wall: WallTime; recurs: boolean };

/**
 * Reads a calendar (RFC 5545) for a rota: its entries as turns on the clocks of the rota's zone, from now a year ahead, and what
 * of it was left out or taken otherwise, each with its line and why. Whatever the bytes are, it answers.
 */
export function readCalendar(bytes: Uint8Array, timeZone: string, now: number): CalendarAnswer {
  try {
    return { ok: true, calendar: turnsIn(textOf(bytes), timeZone, now) };
  } catch (error) {
    if (error instanceof UnreadableCalendar) return { ok: false, message: error.message };
    throw error;
  }
}

function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0)
    throw new UnreadableCalendar(
      "The file is written in UTF-16, and calendars are in UTF-8. Save it as UTF-8, then choose it again.",
    );
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text.trim();
  } catch {
    // What isn't UTF-8 says so below.
  }
  throw new UnreadableCalendar("The file isn't text in UTF-8, as calendars are. Export it again, or save it as UTF-8.");
}

function turnsIn(text: string, timeZone: string, now: number): ReadCalendar {
  const { entries, leftOut } = entriesOf(text);
  const window = { from: now, to: now + AHEAD_DAYS * DAY_MS };
  const reading: Reading = { timeZone, now, window, notes: [], leftOut, over: 0 };
  const replaced = replacedIn(entries, timeZone);
  const turns: ReadTurn[] = [];
  for (const entry of entries) {
    turns.push(...turnsOf(entry, replaced, reading));
    if (turns.length > LIMITS.calendarTurns)
      throw new UnreadableCalendar(
        `The calendar has more than the ${LIMITS.calendarTurns} turns within a year that are read. Export fewer of its entries.`,
      );
  }
  return {
    turns: turns.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    leftOut: toldOf(leftOut),
    notes: toldOf(reading.notes),
    over: reading.over,
    upTo: utcDay(new Date(window.to)),
  };
}

function toldOf(remarks: readonly Remark[]): Remark[] {
  const more = remarks.length - MOST_REMARKS;
  return more <= 0
    ? [...remarks]
    : [...remarks.slice(0, MOST_REMARKS), { line: 0, title: "", why: `And ${more} more that aren't listed.` }];
}

/** The beginnings of recurring entries in whose place an entry of its own stands, by their UID. */
function replacedIn(entries: readonly Entry[], timeZone: string): Map<string, Set<number>> {
  const replaced = new Map<string, Set<number>>();
  for (const { lines } of entries) {
    const uid = lines.get("UID")?.[0]?.value ?? "";
    const [instance] = lines.get("RECURRENCE-ID") ?? [];
    const times = instance ? timesOf(instance, timeZone) : null;
    if (uid === "" || !times?.ok) continue;
    const moments = replaced.get(uid) ?? new Set<number>();
    for (const time of times.value) moments.add(momentOf(time));
    replaced.set(uid, moments);
  }
  return replaced;
}

/** The turns of one entry. What of it is none is left out with why. */
function turnsOf(entry: Entry, replaced: ReadonlyMap<string, ReadonlySet<number>>, reading: Reading): ReadTurn[] {
  const { line, title } = entry;
  const leaveOut = (why: string): ReadTurn[] => {
    reading.leftOut.push({ line, title, why });
    return [];
  };
  const written = writtenTimes(entry, reading.timeZone);
  if (!written.ok) return leaveOut(written.why);
  const who = whoOf(entry);
  if (who.length === 0) return leaveOut("It names nobody: nobody is invited who hasn't declined, and it has no title.");
  const found = occurrencesOf(entry, written, reading);
  if (!found.ok) return leaveOut(found.why);
  const elsewhere = entry.lines.has("RECURRENCE-ID") ? undefined : replaced.get(valueOf(entry, "UID"));
  const turns: ReadTurn[] = [];
  for (const { wall, recurs } of found.occurrences) {
    const at = { ...written.begins, wall };
    if (recurs && elsewhere?.has(momentOf(at))) continue;
    const moments = momentsOf(at, written);
    if (moments.to <= reading.now) {
      reading.over += 1;
      continue;
    }
    if (moments.from >= reading.window.to) {
      leaveOut(`It begins after ${dayWords(utcDay(new Date(reading.window.to)))}; turns are read a year ahead.`);
      continue;
    }
    const remark = clockRemark(at, { recurs, length: written.length, moments });
    if (remark) (remark.taken ? reading.notes : reading.leftOut).push({ line, title, why: remark.why });
    if (!remark || remark.taken) turns.push({ ...endsOf(onClocksOf(reading.timeZone, at, written, moments)), who });
  }
  if (found.endless)
    reading.notes.push({
      line,
      title,
      why: `It recurs without an end, and is taken up to ${dayWords(utcDay(new Date(reading.window.to)))}.`,
    });
  return turns;
}

/** When an entry takes place around the time that is looked at. */
function occurrencesOf(
  entry: Entry,
  { begins, length }: Written,
  { window, timeZone }: Reading,
): { ok: true; occurrences: Occurrence[]; endless: boolean } | No {
  const { lines } = entry;
  const rules = lines.get("RRULE") ?? [];
  if (rules.length > 1 || lines.has("EXRULE"))
    return { ok: false, why: "It has several rules, or one that takes out what another says." };
  const added = listedTimes(entry, "RDATE", timeZone);
  if (!added.ok) return added;
  const [rule] = rules;
  if (!rule && added.value.length === 0)
    return { ok: true, occurrences: [{ wall: begins.wall, recurs: false }], endless: false };
  const taken = listedTimes(entry, "EXDATE", timeZone);
  if (!taken.ok) return taken;
  const clock = zoneClock(begins.zone);
  const walls = { from: clock.wallAt(window.from) - length - 2 * DAY_MS, to: clock.wallAt(window.to) + DAY_MS };
  const ruled = rule
    ? recurrencesOf(rule.value.trim(), begins, walls)
    : { ok: true as const, walls: [begins.wall], endless: false };
  if (!ruled.ok) return ruled;
  const without = new Set(taken.value.map((time) => (time.isDay ? `${time.wall}` : momentOf(time))));
  const dayOfWall = (wall: WallTime) => `${Math.floor(wall / DAY_MS) * DAY_MS}`;
  const recurring = [...ruled.walls, ...added.value.map((time) => wallIn(time, begins.zone))];
  const occurrences = [...new Set(recurring)]
    .filter((wall) => !without.has(dayOfWall(wall)) && !without.has(momentOf({ ...begins, wall })))
    .sort((a, b) => a - b)
    .map((wall) => ({ wall, recurs: true }));
  return { ok: true, occurrences, endless: ruled.endless };
}

function momentsOf({ wall, zone }: CalendarTime, { length }: Written): Span {
  const clock = zoneClock(zone);
  return { from: clock.momentOf(wall, "begins"), to: clock.momentOf(wall + length, "ends") };
}

/** An occurrence on the wall of the rota's zone, in whole minutes: as it is written where that is its own, else at the same moments. */
function onClocksOf(timeZone: string, { wall, zone }: CalendarTime, { length }: Written, moments: Span): Span {
  const clock = zoneClock(timeZone);
  const [from, to] = zone === timeZone ? [wall, wall + length] : [clock.wallAt(moments.from), clock.wallAt(moments.to)];
  return { from: Math.floor(from / MINUTE_MS) * MINUTE_MS, to: Math.ceil(to / MINUTE_MS) * MINUTE_MS };
}
