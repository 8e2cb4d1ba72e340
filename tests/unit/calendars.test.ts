import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { midnightOf } from "~/domain/cover/wall-time";
import { zoneClock } from "~/domain/cover/zoned.server";
import { conversationCalendar, type Plan } from "~/domain/escalation/conversation-calendar.server";
import { minutesOfText, recurrenceOf, rhythmOf } from "~/domain/escalation/rhythm";
import { turnsCalendar } from "~/domain/escalation/turns-calendar.server";
import type { Conversation } from "~/domain/matrix/escalation-shapes";
import { blankConversation } from "~/domain/parts/conversations";
import { writeCalendar, type Issued } from "~/files/calendar.server";
import { startingConversations } from "~/library/starting-conversations";
import { aMatrix } from "../support/matrices";
import { ALL_THERE, aRota, utc } from "../support/rotas";

const NOW = utc("2026-11-25T12:00");
const WHERE = { host: "demarc.example", subjectId: "m1", now: NOW };

const aConversation = (parts: Partial<Conversation> = {}): Conversation => ({
  ...blankConversation("weekly"),
  name: "Weekly operations",
  cadence: "Every week, 30 minutes",
  ...parts,
});
const first = (day: string, time: string, more: Partial<Plan["first"][number]> = {}): Plan["first"][number] => ({
  conversationId: "weekly",
  day,
  time,
  rhythm: "once",
  minutes: 60,
  ...more,
});
const written = (conversation: Conversation, plan: Plan, issued: Issued = {}) =>
  writeCalendar(conversationCalendar({ matrix: aMatrix({ conversations: [conversation] }), version: 3 }, plan), {
    ...WHERE,
    issued,
  });

/** The entries of a calendar as another library reads them, which knows no zone but those that the calendar describes. */
function readBack(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return { calendar, events: calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event)) };
}

/** When the first entry of a calendar takes place, so many times. */
function momentsOf(text: string, most: number): number[] {
  const [event] = readBack(text).events;
  const moments: number[] = [];
  const occurrences = event?.iterator();
  for (let next = occurrences?.next(); next && moments.length < most; next = occurrences?.next())
    moments.push(next.toJSDate().getTime());
  return moments;
}

describe("a rhythm", () => {
  it.each([
    ["Every week, 30 minutes", "weekly", 30],
    ["Weekly on Tuesdays", "weekly", null],
    ["every Monday at ten", "weekly", null],
    ["Every two weeks, 1 hour", "two-weekly", 60],
    ["Fortnightly", "two-weekly", null],
    ["Every month, one hour", "monthly", 60],
    ["Every quarter, 90 minutes", "quarterly", 90],
    ["every 3 months, 1.5 hours", "quarterly", 90],
    ["twice a year", "half-yearly", null],
    ["Once a year, half an hour", "yearly", 30],
    ["Every five weeks", null, null],
    ["three times a week", null, null],
    ["Weekly until the migration, then monthly", null, null],
    ["When somebody asks", null, null],
    ["", null, null],
    ["Every week, 2000 minutes", "weekly", null],
  ])("of “%s” is read as %s, and lasts %s minutes; what isn't sure isn't read", (cadence, rhythm, minutes) => {
    expect([rhythmOf(cadence), minutesOfText(cadence)]).toEqual([rhythm, minutes]);
  });
  it("keeps the day of the week and its place in the month, the fifth as the last", () => {
    expect(recurrenceOf("weekly", "2026-12-01")).toBe("FREQ=WEEKLY;INTERVAL=1");
    expect(recurrenceOf("monthly", "2026-12-08")).toBe("FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU");
    expect(recurrenceOf("quarterly", "2026-12-31")).toBe("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH");
    expect(recurrenceOf("once", "2026-12-31")).toBeNull();
  });
  it("of every starting conversation is read", () => {
    for (const { cadence } of startingConversations(aMatrix()))
      expect([rhythmOf(cadence), minutesOfText(cadence)]).not.toContain(null);
  });
});

describe("a calendar of conversations", () => {
  it.each([
    ["Europe/Berlin", "2026-10-20", "10:00"],
    ["America/New_York", "2026-10-20", "10:00"],
    ["Australia/Lord_Howe", "2026-03-24", "09:15"],
    ["Pacific/Chatham", "2026-03-24", "09:00"],
    ["Asia/Kolkata", "2026-10-20", "18:30"],
    ["Africa/Casablanca", "2026-01-20", "10:00"],
  ])("in %s is read by another library at the same time on the wall, over clock changes", (timeZone, day, time) => {
    const { text } = written(aConversation(), { timeZone, first: [first(day, time)] });
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    const wall = midnightOf(day) + (hours * 60 + minutes) * 60_000;
    const expected = Array.from({ length: 60 }, (_, week) =>
      zoneClock(timeZone).momentOf(wall + week * 7 * 86_400_000, "begins"),
    );
    expect(momentsOf(text, 60)).toEqual(expected);
  });

  it("says what is agreed, that it is a plan, and what it leaves out, whatever is written there", () => {
    const odd = "Review; “α, β”\\ 週次 👩‍💻 " + "long ".repeat(30);
    const conversation = aConversation({ name: odd, agenda: "One\nTwo, three", place: "Room; 1\\2" });
    const other = aConversation({ id: "other", name: "Roadmap\r\nX-EVIL:1" });
    const plan = { timeZone: "Europe/Berlin", first: [first("2026-12-01", "10:00")] };
    const basis = { matrix: aMatrix({ conversations: [conversation, other] }), version: 3 };
    const { text } = writeCalendar(conversationCalendar(basis, plan), { ...WHERE, issued: {} });
    for (const line of text.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(text).not.toMatch(/^X-EVIL/m);
    expect(text).not.toMatch(/[^\r]\n/);
    const { calendar, events } = readBack(text);
    expect(events[0]?.summary).toBe(odd.trim());
    expect(events[0]?.location).toBe("Room; 1\\2");
    expect(events[0]?.description).toContain("One\nTwo, three");
    expect(events[0]?.description).toMatch(/This is a plan, not a live answer to who is on call/);
    expect(events[0]?.description).toContain("Planned every week on Tuesday, from 1 Dec 2026.");
    expect(calendar.getFirstPropertyValue("x-wr-caldesc")).toMatch(
      /version 3\\, which is in force.*left out: Roadmap X-EVIL:1\./,
    );
    expect(calendar.getFirstPropertyValue("refresh-interval")?.toString()).toBe("PT6H");
    expect(calendar.getFirstPropertyValue("x-published-ttl")).toBe("PT6H");
  });

  it("gives the same bytes as long as nothing changed, and counts what did", () => {
    const plan = { timeZone: "Europe/Berlin", first: [first("2026-12-01", "10:00")] };
    const before = written(aConversation(), plan);
    const basis = { matrix: aMatrix({ conversations: [aConversation()] }), version: 3 };
    const again = writeCalendar(conversationCalendar(basis, plan), {
      ...WHERE,
      issued: before.issued,
      now: NOW + 86_400_000,
    });
    expect(again.text).toBe(before.text);
    const changed = aConversation({ place: "Room 2" });
    const after = writeCalendar(
      conversationCalendar({ matrix: aMatrix({ conversations: [changed] }), version: 3 }, plan),
      { ...WHERE, issued: before.issued, now: NOW + 86_400_000 },
    );
    expect(after.text).toContain("SEQUENCE:1");
    expect(after.text).toContain("DTSTAMP:20261126T120000Z");
    expect(/^UID:(.*)$/m.exec(after.text)?.[1]).toBe(/^UID:(.*)$/m.exec(before.text)?.[1]);
  });

  it("follows the agreed text once that says a rhythm, and otherwise what was chosen", () => {
    const plan = { timeZone: "UTC", first: [first("2026-12-01", "10:00", { rhythm: "monthly", minutes: 45 })] };
    expect(written(aConversation({ cadence: "When needed" }), plan).text).toContain("RRULE:FREQ=MONTHLY");
    expect(written(aConversation({ cadence: "Every two weeks" }), plan).text).toContain("FREQ=WEEKLY;INTERVAL=2");
  });
});

describe("a calendar of turns", () => {
  const turns = (parts: Parameters<typeof aRota>[0], absences = ALL_THERE) =>
    turnsCalendar(
      {
        person: { id: "ana", name: "Ana" },
        engagement: "Northwind and Harbour IT",
        rotas: [{ roleId: "r1", role: "Service desk", rota: aRota(parts) }],
        absences,
      },
      NOW,
    );
  it("has the exact moments of each turn over the clock change, read by another library", () => {
    const { entries } = turns({ timeZone: "Europe/Berlin", firstDay: "2026-03-02" });
    const read = readBack(writeCalendar(turns({ timeZone: "Europe/Berlin" }), { ...WHERE, issued: {} }).text).events;
    expect(
      read.map(({ startDate, endDate }) => [startDate.toJSDate().getTime(), endDate.toJSDate().getTime()]),
    ).toEqual(entries.map(({ from, to }) => [from, to]));
    // The turn of the week in which clocks are set begins at 09:00 in winter and ends at 09:00 in summer.
    const spring = entries.find(({ to, from }) => from <= utc("2027-03-28T01:00") && to > utc("2027-03-28T01:00"));
    const hours = entries.map(({ from, to }) => (to - from) / 3_600_000);
    expect(spring ? (spring.to - spring.from) / 3_600_000 : 167).toBe(167);
    expect(new Set(hours)).toEqual(new Set(spring ? [168, 167] : [168]));
    expect(entries.length).toBeGreaterThanOrEqual(9);
  });
  it("ends after so many turns as fit, and says so", () => {
    const hours = Array.from({ length: 12 }, (_, i) => ({
      from: `${String(i * 2).padStart(2, "0")}:00`,
      to: `${String(i * 2 + 1).padStart(2, "0")}:00`,
    }));
    const days = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
    const plan = turns({ turns: [["ana"]], hours: { days, timeZone: "UTC", holidays: [] } });
    expect(plan.entries).toHaveLength(2_000);
    expect(plan.description).toContain("Only the first 2000 turns are in it.");
  });
  it("keeps the beginning and the id of a turn that has begun, however far the window moves", () => {
    const at = (day: string) =>
      turnsCalendar(
        {
          person: { id: "ana", name: "Ana" },
          engagement: "",
          rotas: [{ roleId: "r1", role: "Desk", rota: aRota({ every: 52, firstDay: "2026-03-02" }) }],
          absences: ALL_THERE,
        },
        utc(`${day}T12:00`),
      ).entries[0]?.id;
    expect(at("2026-12-01")).toBe(at("2026-06-17"));
    expect(at("2026-12-01")).toBeDefined();
  });
  it("follows overrides, days away and stand-ins, and says in which place somebody is called", () => {
    const away = {
      absences: [{ personId: "ben", from: "2026-12-08", to: "2026-12-10", timeZone: "Europe/London" }],
      deputies: new Map([["ben", "ana"]]),
    };
    const { entries } = turns({ turns: [["ben"], ["cleo", "ana"]] }, away);
    const standIn = entries.find(({ from }) => from === utc("2026-12-08T00:00"));
    expect(standIn?.to).toBe(utc("2026-12-11T00:00"));
    expect(entries.map(({ title }) => title)).toContain("On call, called 2nd: Service desk");
    const overridden = turns({
      turns: [["ben"]],
      overrides: [{ from: "2026-12-24", to: "2026-12-24", personIds: ["ana"] }],
    });
    expect(overridden.entries.map(({ from, to }) => [from, to])).toEqual([
      [utc("2026-12-24T00:00"), utc("2026-12-25T00:00")],
    ]);
  });
});
