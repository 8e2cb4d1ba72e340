import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { midnightOf } from "~/domain/cover/wall-time";
import { zoneClock } from "~/domain/cover/zoned.server";
import { DAY_MS, utcDay } from "~/domain/days";
import type { CalendarPlan } from "~/domain/escalation/calendar";
import { conversationCalendar } from "~/domain/escalation/conversation-calendar.server";
import { turnsCalendar } from "~/domain/escalation/turns-calendar.server";
import { blankConversation } from "~/domain/parts/conversations";
import { writeCalendar } from "~/files/calendar.server";
import { readCalendar } from "~/files/read/calendar/calendar.server";
import { aMatrix } from "../support/matrices";
import { ALL_THERE, aRota, utc } from "../support/rotas";

const NOW = utc("2026-11-25T12:00");
const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kolkata"] as const;
const zone = fc.constantFrom(...ZONES);
/** Days around which the clocks of some of these zones are set. */
const day = fc
  .tuple(
    fc.constantFrom("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2026-09-27"),
    fc.integer({ min: -3, max: 3 }),
  )
  .map(([near, by]) => utcDay(new Date(midnightOf(near) + by * DAY_MS)));
const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
const two = (value: number) => String(value).padStart(2, "0");
const time = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

const written = (plan: CalendarPlan) =>
  writeCalendar(plan, { host: "demarc.example", subjectId: "m1", issued: {}, now: NOW }).text;

/** The entries as another library reads them, knowing no zone but what the calendar says of it. */
function readByAnother(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const part of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(part));
  return calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
}

describe("what is written as a calendar", () => {
  it("recurs for another reader at the moments that the wall says, wherever and whenever clocks are set", () => {
    fc.assert(
      fc.property(zone, day, minutes, fc.constantFrom(1, 2), (timeZone, first, minute, weeks) => {
        const clock = zoneClock(timeZone);
        const conversation = {
          ...blankConversation("c"),
          name: "One",
          cadence: weeks === 1 ? "Every week" : "Every two weeks",
        };
        const plan = conversationCalendar(
          { matrix: aMatrix({ conversations: [conversation] }), version: null },
          { timeZone, first: [{ conversationId: "c", day: first, time: time(minute), rhythm: "once", minutes: 30 }] },
        );
        const wall = midnightOf(first) + minute * 60_000;
        // A first time that isn't there begins at the next that is, and goes on from there.
        fc.pre(clock.wallAt(clock.momentOf(wall, "begins")) === wall);
        const [event] = readByAnother(written(plan));
        const occurrences = event?.iterator();
        const read = Array.from({ length: 40 }, () => occurrences?.next()?.toJSDate().getTime() ?? null);
        const expected = read.map((_, i) => wall + i * weeks * 7 * DAY_MS);
        read.forEach((moment, i) => {
          const at = expected[i] ?? 0;
          // What clocks leave out is for each reader to say: RFC 5545 drops it, and many move it.
          if (clock.wallAt(clock.momentOf(at, "begins")) !== at) return;
          // Of a time that comes twice, RFC 5545 means the first, and readers take either.
          expect([clock.momentOf(at, "begins"), clock.momentOf(at, "ends")]).toContain(moment);
        });
      }),
      { numRuns: 80 },
    );
  });

  it("has the turns of a rota for another reader to the millisecond, also on the day on which clocks are set", () => {
    fc.assert(
      fc.property(
        zone,
        fc.constantFrom("2026-03-29", "2026-10-25", "2026-11-01", "2026-04-05", "2026-09-27"),
        minutes,
        fc.constantFrom("daily" as const, "weekly" as const),
        (timeZone, near, minute, period) => {
          const rota = aRota({
            timeZone,
            period,
            firstDay: "2026-01-05",
            handOver: { time: time(minute), weekday: "sun" },
          });
          const person = { id: "ana", name: "Ana" };
          const plan = turnsCalendar(
            { person, engagement: "", rotas: [{ roleId: "r", role: "Desk", rota }], absences: ALL_THERE },
            midnightOf(near),
          );
          const read = readByAnother(written(plan));
          expect(
            read.map(({ startDate, endDate }) => [startDate.toJSDate().getTime(), endDate.toJSDate().getTime()]),
          ).toEqual(plan.entries.map(({ from, to }) => [from, to]));
          expect(new Set(read.map(({ uid }) => uid)).size).toBe(read.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("comes back through our own reader as turns at the same times on the rota's clocks", () => {
    fc.assert(
      fc.property(zone, minutes, (timeZone, minute) => {
        const rota = aRota({ timeZone, firstDay: "2026-11-30", handOver: { time: time(minute), weekday: "mon" } });
        const plan = turnsCalendar(
          {
            person: { id: "ana", name: "Ana" },
            engagement: "",
            rotas: [{ roleId: "r", role: "Ana", rota }],
            absences: ALL_THERE,
          },
          NOW,
        );
        const answer = readCalendar(new TextEncoder().encode(written(plan)), timeZone, NOW);
        const clock = zoneClock(timeZone);
        const wall = (moment: number) => new Date(clock.wallAt(moment)).toISOString().slice(0, 16);
        expect(answer.ok && answer.calendar.turns.map(({ from, to }) => [from, to])).toEqual(
          plan.entries.map(({ from, to }) =>
            minute === 0
              ? [wall(from).slice(0, 10), utcDay(new Date(clock.wallAt(to) - DAY_MS))]
              : [wall(from), wall(to)],
          ),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("whatever is read as a calendar", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "BEGIN:VEVENT",
      "END:VEVENT",
      "BEGIN:VCALENDAR",
      "END:VCALENDAR",
      "BEGIN:VALARM",
      "END:VALARM",
      "SUMMARY:Ana",
      "DTSTART:20261201T090000Z",
      "DTSTART;TZID=Europe/Berlin:20261025T023000",
      "DTEND:20261201T100000Z",
      "DURATION:PT1H",
      "RRULE:FREQ=DAILY;COUNT=3",
      "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
      "EXDATE:20261202T090000Z",
      "RECURRENCE-ID:20261202T090000Z",
      " folded",
    ),
    fc.string(),
  );
  it("answers with turns or with a sentence, and never throws", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.boolean(), (lines, whole) => {
        const text = (
          whole ? ["BEGIN:VCALENDAR", "BEGIN:VEVENT", ...lines, "END:VEVENT", "END:VCALENDAR"] : lines
        ).join("\r\n");
        const answer = readCalendar(new TextEncoder().encode(text), "Europe/Berlin", NOW);
        if (answer.ok) for (const { from, to } of answer.calendar.turns) expect(from <= to).toBe(true);
        else expect(answer.message).toMatch(/^[A-Z].*\.$/);
      }),
      { numRuns: 500 },
    );
  });
  it("answers also to bytes that are no text", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const answer = readCalendar(bytes, "UTC", NOW);
        expect(answer.ok).toBe(false);
      }),
    );
  });
});
