import { beginningOf } from "~/domain/beginning";
import type { Span } from "~/domain/cover/spans";
import { MINUTE_MS, type WallTime } from "~/domain/cover/wall-time";
import { zoneClock } from "~/domain/cover/zoned.server";
import { dayWords } from "~/domain/day-words";
import { DAY_MS, utcDay } from "~/domain/days";
import { endsOf, type ReadCalendar, type ReadTurn, type Remark } from "~/domain/escalation/rota-import";
import { LIMITS } from "~/domain/limits";
import { displayableText } from "~/domain/text";
import { UnreadableCalendar, unescaped } from "./content-lines";
import { entriesOf, type Entry } from "./entries";
import { recurrencesOf } from "./recurrence.server";
import { durationOf, timesOf, type CalendarTime } from "./times.server";

/** How a calendar was read, or the sentence that says why it wasn't. */
export type CalendarAnswer = { ok: true; calendar: ReadCalendar } | { ok: false; message: string };

/** Turns are read a year ahead. */
const AHEAD_DAYS = 53 * 7;
/** So many remarks are told; more of them say nothing that these don't. */
const MOST_REMARKS = 200;
const MOST_EXCEPTIONS = 1_000;

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

function momentOf({ wall, zone }: CalendarTime): number {
  return zoneClock(zone).momentOf(wall, "begins");
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

function valueOf({ lines }: Entry, name: string): string {
  return lines.get(name)?.[0]?.value.trim() ?? "";
}

/** When an entry begins, and how long it lasts on the wall. One that ends on other clocks lasts as long in fact. */
type Written = { begins: CalendarTime; length: number };
type No = { ok: false; why: string };

function writtenTimes(entry: Entry, timeZone: string): (Written & { ok: true }) | No {
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
function whoOf({ lines, title }: Entry): string[] {
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

function listedTimes(
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

function wallIn(time: CalendarTime, zone: string): WallTime {
  return time.zone === zone ? time.wall : zoneClock(zone).wallAt(momentOf(time));
}

function momentsOf({ wall, zone }: CalendarTime, { length }: Written): Span {
  const clock = zoneClock(zone);
  return { from: clock.momentOf(wall, "begins"), to: clock.momentOf(wall + length, "ends") };
}

/** What the clocks make of an occurrence, where that isn't what is written; not taken where there is none. */
function clockRemark(
  { wall, zone, isDay }: CalendarTime,
  { recurs, length, moments }: { recurs: boolean; length: number; moments: Span },
): { taken: boolean; why: string } | null {
  const clock = zoneClock(zone);
  const on = `On ${dayWords(utcDay(new Date(wall)))} the clocks of ${zone}`;
  const shown = clock.wallAt(moments.from);
  if (shown !== wall && !isDay)
    return recurs
      ? {
          taken: false,
          why: `${on} leave out ${timeWords(wall)}, and what recurs at a time that isn't there is dropped (RFC 5545): nobody has this turn then. Add an override if somebody should.`,
        }
      : { taken: true, why: `${on} leave out ${timeWords(wall)}: it begins at ${timeWords(shown)}.` };
  if (clock.momentOf(wall, "ends") !== moments.from && !isDay)
    return { taken: true, why: `${on} show ${timeWords(wall)} twice: it begins at the first.` };
  const hours = (moments.to - moments.from) / (60 * MINUTE_MS);
  return recurs && !isDay && moments.to - moments.from !== length
    ? {
        taken: true,
        why: `${on} are set before it ends: it ends at ${timeWords(wall + length)} as always, and lasts ${Math.round(hours * 100) / 100} hours.`,
      }
    : null;
}

function timeWords(wall: WallTime): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** An occurrence on the wall of the rota's zone, in whole minutes: as it is written where that is its own, else at the same moments. */
function onClocksOf(timeZone: string, { wall, zone }: CalendarTime, { length }: Written, moments: Span): Span {
  const clock = zoneClock(timeZone);
  const [from, to] = zone === timeZone ? [wall, wall + length] : [clock.wallAt(moments.from), clock.wallAt(moments.to)];
  return { from: Math.floor(from / MINUTE_MS) * MINUTE_MS, to: Math.ceil(to / MINUTE_MS) * MINUTE_MS };
}
