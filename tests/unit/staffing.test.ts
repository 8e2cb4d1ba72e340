import { describe, expect, it } from "vitest";
import { callsOf } from "~/domain/cover/calls.server";
import { coverOf, presenceOf } from "~/domain/cover/cover.server";
import type { Rota } from "~/domain/cover/rota";
import { callPathOf } from "~/domain/escalation/call-path-of";
import { nextTurns } from "~/domain/escalation/rota-preview.server";
import { absencesOf, rotaOf, staffingOf, type Behind } from "~/domain/escalation/staffing-of";
import type { AgreedOffDuty, EscalationPath, Level, PartyHours, Week } from "~/domain/matrix/escalation-shapes";
import { NO_HOURS, weekWords } from "~/domain/parts/hours";
import { blankPath } from "~/domain/parts/paths";
import { channelsOf } from "~/domain/people/channels";
import { checkDaysAway, type Holding } from "~/domain/people/people";
import { readWeek } from "~/domain/people/week";
import { aMatrix } from "../support/matrices";
import { aPerson } from "../support/people";

const NINE_TO_FIVE = [{ from: "09:00", to: "17:00" }];
const OFFICE: Week = {
  ...NO_HOURS,
  mon: NINE_TO_FIVE,
  tue: NINE_TO_FIVE,
  wed: NINE_TO_FIVE,
  thu: NINE_TO_FIVE,
  fri: NINE_TO_FIVE,
};
const HOURS: PartyHours = {
  id: "hours-client",
  partyId: "client",
  timeZone: "Europe/London",
  week: OFFICE,
  holidays: { "2026-12-25": "Christmas Day" },
  billable: "",
};
const AGREED = { ...aMatrix(), hours: [HOURS] };
const TODAY = "2026-11-27";
const holds = (roleId: string, personId: string): Holding => ({
  id: `${roleId} ${personId}`,
  roleId,
  personId,
  since: "2026-01-01",
  until: null,
  carriedFrom: null,
});
const behind = (more: Partial<Behind>): Behind => ({ people: [], holdings: [], rotas: [], absences: [], ...more });
const ROTA: Rota = {
  timeZone: "Europe/London",
  period: "weekly",
  every: 1,
  handOver: { time: "09:00", weekday: "mon" },
  firstDay: "2026-11-02",
  turns: [["ann"], ["ben"]],
  hours: "always",
  overrides: [],
};
/** Who is called for a role at a moment, and as what. */
function at(moment: string, roleId: string, matrix: typeof AGREED, people: Behind) {
  const { staffing, absences, reachable } = staffingOf(matrix, people, TODAY);
  const from = Date.parse(moment);
  const role = staffing.get(roleId) ?? { holders: [], rota: null, declaredOff: null };
  const [cover] = coverOf(presenceOf(role, absences, { from, to: from + 1 }), reachable, "any");
  return [cover?.state, ...(cover?.personIds ?? [])];
}

describe("who is behind a role", () => {
  const people = [aPerson("ann"), aPerson("ben"), aPerson("cat")];

  it("is there in the party's working hours where nobody said their own, and not on its holidays", () => {
    const staffed = behind({ people, holdings: [holds("it-lead", "ann")] });
    expect(at("2026-11-27T10:00Z", "it-lead", AGREED, staffed)).toEqual(["on-shift", "ann"]);
    expect(at("2026-11-27T18:00Z", "it-lead", AGREED, staffed)).toEqual(["nobody"]);
    expect(at("2026-12-25T10:00Z", "it-lead", AGREED, staffed)).toEqual(["nobody"]);
  });
  it("is there in hours of their own, on their own clocks, or on the party's where theirs are no zone", () => {
    const week = { ...NO_HOURS, fri: [{ from: "18:00", to: "23:00" }] };
    const own = (timeZone: string) =>
      behind({ people: [aPerson("ann", { week, timeZone })], holdings: [holds("it-lead", "ann")] });
    expect(at("2026-11-27T18:30Z", "it-lead", AGREED, own("Europe/London"))).toEqual(["on-shift", "ann"]);
    expect(at("2026-11-27T10:00Z", "it-lead", AGREED, own("Europe/London"))).toEqual(["nobody"]);
    expect(at("2026-11-27T10:00Z", "it-lead", AGREED, own("Asia/Tokyo"))).toEqual(["on-shift", "ann"]);
    expect(at("2026-11-27T18:30Z", "it-lead", AGREED, own("IST"))).toEqual(["on-shift", "ann"]);
  });
  it("isn't counted on where neither the person nor the party said any hours, and is named as such", () => {
    const staffed = behind({ people, holdings: [holds("it-lead", "ann")] });
    const { staffing, hoursUnknown } = staffingOf(aMatrix(), staffed, TODAY);
    expect(staffing.get("it-lead")?.holders).toEqual([{ personId: "ann", hours: null }]);
    expect(hoursUnknown).toEqual([{ roleId: "it-lead", personId: "ann" }]);
    const empty = { ...AGREED, hours: [{ ...HOURS, week: NO_HOURS }] };
    expect(staffingOf(empty, staffed, TODAY).hoursUnknown).toEqual([{ roleId: "it-lead", personId: "ann" }]);
  });
  it("is on call by the rota, and while away the deputy is, on the clocks of whoever is away", () => {
    const staffed = behind({
      people: [aPerson("ann", { deputyId: "cat", timeZone: "Asia/Tokyo" }), aPerson("ben"), aPerson("cat")],
      rotas: [{ roleId: "it-lead", rota: ROTA }],
      absences: [{ id: "a", personId: "ann", from: "2026-12-01", to: "2026-12-01", note: "" }],
    });
    expect(at("2026-11-30T12:00Z", "it-lead", AGREED, staffed)).toEqual(["on-call", "ann"]);
    expect(at("2026-11-30T15:00Z", "it-lead", AGREED, staffed)).toEqual(["on-call", "cat"]);
    expect(at("2026-12-01T15:00Z", "it-lead", AGREED, staffed)).toEqual(["on-call", "ann"]);
    expect(at("2026-12-08T12:00Z", "it-lead", AGREED, staffed)).toEqual(["on-call", "ben"]);
  });
  it("keeps everybody's turn where somebody of it was removed, and doesn't take an override of removed people for one of nobody", () => {
    const rota: Rota = {
      ...ROTA,
      turns: [["ann", "gone"], ["gone"], ["ben"]],
      overrides: [{ from: "2026-12-01", to: "2026-12-01", personIds: ["gone"] }],
    };
    const staffed = behind({ people, rotas: [{ roleId: "it-lead", rota }] });
    expect(at("2026-11-27T20:00Z", "it-lead", AGREED, staffed)).toEqual(["on-call", "ann"]);
    expect(at("2026-12-01T12:00Z", "it-lead", AGREED, staffed)).toEqual(["nobody"]);
    expect(at("2026-12-07T20:00Z", "it-lead", AGREED, staffed)).toEqual(["on-call", "ben"]);
    expect(rotaOf({ ...rota, turns: [["gone"]] }, new Set(["ann"]))).toBeNull();
    const none = behind({ people, rotas: [{ roleId: "it-lead", rota: { ...ROTA, turns: [["gone"]] } }] });
    expect(staffingOf(AGREED, none, TODAY).rotasWithoutPeople).toEqual(["it-lead"]);
  });
  it("is agreed to be off in every piece of the same clocks", () => {
    const off = (id: string, fields: Partial<AgreedOffDuty>): AgreedOffDuty => ({
      id,
      roleId: "it-lead",
      timeZone: "Europe/London",
      week: NO_HOURS,
      days: [],
      reason: "",
      ...fields,
    });
    const sunday = { ...NO_HOURS, sun: [{ from: "00:00", to: "24:00" }] };
    const matrix = { ...AGREED, offDuties: [off("a", { week: sunday }), off("b", { days: ["2026-12-24"] })] };
    const staffed = behind({ people, holdings: [holds("it-lead", "ann")] });
    expect(at("2026-11-29T10:00Z", "it-lead", matrix, staffed)).toEqual(["declared-off"]);
    expect(at("2026-12-24T10:00Z", "it-lead", matrix, staffed)).toEqual(["declared-off"]);
    expect(at("2026-12-23T10:00Z", "it-lead", matrix, staffed)).toEqual(["on-shift", "ann"]);
  });
  it("follows no rota, week or time off duty that the rules refuse", () => {
    const week = { ...NO_HOURS, fri: [{ from: "late", to: "later" }] };
    const staffed = behind({
      people: [aPerson("ann", { week })],
      holdings: [holds("it-lead", "ann")],
      rotas: [{ roleId: "it-lead", rota: { ...ROTA, every: 0 } }],
    });
    const found = staffingOf(AGREED, staffed, TODAY);
    expect(found.staffing.get("it-lead")).toMatchObject({ holders: [{ hours: null }], rota: null });
  });
  it("is reached by what the contact has: a number by phone, an address in writing", () => {
    expect([...channelsOf({ phones: [{ label: "", number: "020 7946 0123" }], email: "" })]).toEqual([
      "phone",
      "bridge",
      "sms",
    ]);
    expect([...channelsOf({ phones: [], email: "ann@perch.example" })]).toEqual(["chat", "ticket", "email"]);
    expect(channelsOf({ phones: [], email: "" }).size).toBe(0);
  });
});

const level = (minutes: number, roleIds: string[], more: Partial<Level> = {}): Level => ({
  minutes,
  calls: roleIds.map((roleId) => ({ roleId, direction: "up" as const })),
  channels: ["phone"],
  decides: false,
  may: "",
  ...more,
});
const path = (levels: Record<string, Level>, more: Partial<EscalationPath> = {}): EscalationPath => ({
  ...blankPath("s1"),
  levels,
  ...more,
});

describe("a path as it is called", () => {
  it("joins levels of the same minute, and a role of both counts once with the channels of both", () => {
    const found = callPathOf(
      path({
        b: level(0, ["it-lead"], { channels: ["sms"], decides: true }),
        a: level(0, ["it-lead", "it-team"]),
        c: level(30, [], {}),
        d: level(20, ["it-team"], { channels: [] }),
      }),
      AGREED,
    );
    expect(found).toEqual({
      ok: true,
      value: {
        levels: [
          {
            minutes: 0,
            calls: [
              { roleId: "it-lead", channels: ["phone", "sms"], mayDecide: true },
              { roleId: "it-team", channels: ["phone"], mayDecide: false },
            ],
          },
          { minutes: 20, calls: [{ roleId: "it-team", channels: "any", mayDecide: false }] },
          { minutes: 30, calls: [] },
        ],
        clock: "always",
        repeats: 0,
        roundMinutes: 45,
        targetMinutes: null,
      },
    });
  });
  it.each([
    ["as long after the last level as that one after the one before", { a: 0, b: 10, c: 40 }, null, 70],
    ["at least a quarter of an hour after it", { a: 0, b: 5 }, null, 20],
    ["as agreed", { a: 0, b: 40 }, 60, 60],
    ["never before its last level", { a: 0, b: 40 }, 30, 41],
    ["after a quarter of an hour where there is no level", {}, null, 15],
  ] as const)("has a round that is over %s", (_how, minutes, roundMinutes, expected) => {
    const levels = Object.fromEntries(Object.entries(minutes).map(([id, after]) => [id, level(after, ["it-lead"])]));
    const found = callPathOf(path(levels, { roundMinutes }), AGREED);
    expect(found.ok && found.value.roundMinutes).toBe(expected);
  });
  it("counts the agreed hours of a party with its holidays, and is refused by a code where there are none", () => {
    const clock = { kind: "working-hours" as const, partyId: "client" };
    const found = callPathOf(path({}, { clock }), AGREED);
    expect(found.ok && found.value.clock).toMatchObject({ timeZone: "Europe/London", holidays: ["2026-12-25"] });
    expect(callPathOf(path({}, { clock }), aMatrix())).toMatchObject({
      ok: false,
      rejection: { code: "clock-without-hours", message: expect.stringMatching(/which aren't agreed yet/) },
    });
  });
  it("calls who is behind its roles, from the agreed path and the stored people together", () => {
    const people = [aPerson("ann"), aPerson("ben", { phones: [] })];
    const staffed = staffingOf(
      AGREED,
      behind({ people, holdings: [holds("it-lead", "ann"), holds("it-team", "ben")] }),
      TODAY,
    );
    const found = callPathOf(path({ a: level(0, ["it-team"]), b: level(15, ["it-lead"], { decides: true }) }), AGREED);
    const timeline = found.ok ? callsOf(found.value, Date.parse("2026-11-27T10:00Z"), staffed) : null;
    expect(timeline?.steps.map(({ passedOver, calls }) => [passedOver, calls[0]?.silence])).toEqual([
      [true, "no-channel"],
      [false, null],
    ]);
    expect(timeline?.decision).toMatchObject({ personId: "ann", minutes: 0, channel: "phone" });
  });
});

describe("the next turns of a rota", () => {
  const shown = (rota: Rota, away: { from: string; to: string } | null, now = "2026-11-27T12:00Z") => {
    const people = [aPerson("ann", { deputyId: "cat" }), aPerson("ben"), aPerson("cat")];
    const absences = away === null ? [] : [{ id: "a", personId: "ann", note: "", ...away }];
    return nextTurns(rota, absencesOf(AGREED, people, absences), Date.parse(now)).map(
      ({ from, to, personIds, away: missing, kind }) =>
        [`${from.day} ${from.time}`, to ? `${to.day} ${to.time}` : "on", kind, personIds.join(), missing.join()].join(
          " | ",
        ),
    );
  };
  it("are eight, on the clocks of its zone, across a clock change", () => {
    const all = shown({ ...ROTA, timeZone: "Europe/Berlin", period: "daily" }, null, "2027-03-26T12:00Z");
    expect(all).toHaveLength(8);
    expect(all.slice(0, 3)).toEqual([
      "2027-03-26 13:00 | 2027-03-27 09:00 | turn | ann | ",
      "2027-03-27 09:00 | 2027-03-28 09:00 | turn | ben | ",
      "2027-03-28 09:00 | 2027-03-29 09:00 | turn | ann | ",
    ]);
  });
  it("say who stands in for whom, where nobody does, what is declared off and what was arranged", () => {
    expect(shown(ROTA, { from: "2026-12-07", to: "2026-12-20" }).slice(0, 4)).toEqual([
      "2026-11-27 12:00 | 2026-11-30 09:00 | turn | ben | ",
      "2026-11-30 09:00 | 2026-12-07 00:00 | turn | ann | ",
      "2026-12-07 00:00 | 2026-12-07 09:00 | turn | cat | ann",
      "2026-12-07 09:00 | 2026-12-14 09:00 | turn | ben | ",
    ]);
    const arranged: Rota = {
      ...ROTA,
      overrides: [
        { from: "2026-12-01", to: "2026-12-01", personIds: [] },
        { from: "2026-12-02T09:00", to: "2026-12-02T18:00", personIds: ["cat"] },
      ],
    };
    expect(shown(arranged, null).slice(1, 6)).toEqual([
      "2026-11-30 09:00 | 2026-12-01 00:00 | turn | ann | ",
      "2026-12-01 00:00 | 2026-12-02 00:00 | off |  | ",
      "2026-12-02 00:00 | 2026-12-02 09:00 | turn | ann | ",
      "2026-12-02 09:00 | 2026-12-02 18:00 | override | cat | ",
      "2026-12-02 18:00 | 2026-12-07 09:00 | turn | ann | ",
    ]);
  });
  it("have no end where an override or days away last longer than is looked ahead", () => {
    const off = { from: "1970-01-01", to: "9999-12-31", personIds: [] };
    expect(shown({ ...ROTA, overrides: [off] }, null)).toEqual(["2026-11-27 12:00 | on | off |  | "]);
    const alone: Rota = { ...ROTA, turns: [["ben"]], overrides: [{ ...off, from: "2026-11-30" }] };
    expect(shown(alone, null)).toEqual([
      "2026-11-27 12:00 | 2026-11-30 00:00 | turn | ben | ",
      "2026-11-30 00:00 | on | off |  | ",
    ]);
  });
  it("begin with nobody where the first hand-over is yet to come, however far off", () => {
    expect(shown({ ...ROTA, firstDay: "2029-01-01" }, null)[0]).toBe(
      "2026-11-27 12:00 | 2029-01-01 09:00 | nobody |  | ",
    );
    expect(shown({ ...ROTA, firstDay: "2029-01-01" }, null)).toHaveLength(8);
  });
});

describe("working hours as they are written", () => {
  const written = (fields: Partial<Record<keyof Week, string>>) =>
    readWeek({ mon: "", tue: "", wed: "", thu: "", fri: "", sat: "", sun: "", ...fields });
  it("are read in the ways people write them, and read again from their own words", () => {
    const found = written({ mon: "9-12:30, 13.15 – 17:00", fri: "22:00 to 6:00", sun: "00:00–24:00" });
    const week: Week = {
      ...NO_HOURS,
      mon: [
        { from: "09:00", to: "12:30" },
        { from: "13:15", to: "17:00" },
      ],
      fri: [{ from: "22:00", to: "06:00" }],
      sun: [{ from: "00:00", to: "24:00" }],
    };
    expect(found).toEqual({ ok: true, value: week });
    expect(weekWords(week)).toContain("Monday 09:00 to 12:30, 13:15 to 17:00");
    expect(written({ mon: "09:00 to 12:30, 13:15 to 17:00" })).toMatchObject({ ok: true, value: { mon: week.mon } });
    expect(written({})).toEqual({ ok: true, value: null });
  });
  it.each([
    ["morning", /hours of Monday can't be read/],
    ["9", /hours of Monday can't be read/],
    ["25:00-26:00", /On Monday, “25:00” isn't a time/],
    ["09:00-17:00, 16:00-18:00", /overlap/],
  ])("are refused with a sentence: %s", (text, sentence) => {
    const found = written({ mon: text });
    expect(found.ok ? "" : found.rejection.message).toMatch(sentence);
  });
});

describe("days away", () => {
  it.each([
    [{ from: "2026-12-24", to: "2026-12-23" }, "to"],
    [{ from: "", to: "2026-12-23" }, "from"],
    [{ from: "2026-02-30", to: "2026-12-23" }, "from"],
    [{ from: "2026-12-24", to: "2026-12-24", note: "x".repeat(500) }, "note"],
  ])("are refused where they aren't days in order: %o", (fields, field) => {
    const found = checkDaysAway({ note: "", ...fields });
    expect(Object.keys(found.ok ? {} : found.errors)).toEqual([field]);
  });
});
