import { describe, expect, it } from "vitest";
import type { EscalationPath, Level, Week } from "~/domain/matrix/escalation-shapes";
import { checkDayNear } from "~/domain/cover/wall-time";
import { staffingOf, type Behind } from "~/domain/escalation/staffing-of";
import { presencesOf, weekOfPath } from "~/domain/escalation/week/week-cover.server";
import {
  clockChangeWords,
  daysOfWeek,
  minutesOfWeek,
  weekChoices,
  weekOf,
} from "~/domain/escalation/week/weeks.server";
import { NO_HOURS } from "~/domain/parts/hours";
import { blankPath } from "~/domain/parts/paths";
import { aHolding, aLevel } from "../support/escalation";
import { aMatrix } from "../support/matrices";
import { aPerson } from "../support/people";

const ZONE = "Europe/London";
const at = (moment: string) => Date.parse(`${moment}Z`);
const office = [{ from: "09:00", to: "17:00" }];
const OFFICE: Week = { ...NO_HOURS, mon: office, tue: office, wed: office, thu: office, fri: office };

const path = (levels: Level[], more: Partial<EscalationPath> = {}): EscalationPath => ({
  ...blankPath("s1"),
  name: "S1",
  levels: Object.fromEntries(levels.map((one, i) => [`l${i + 1}`, one])),
  ...more,
});
const NOBODY: Behind = { people: [], holdings: [], rotas: [], absences: [] };

const HOURS = { id: "h", partyId: "client", timeZone: ZONE, week: OFFICE, holidays: {}, billable: "" };

/** The strips of a path over the week of a day, as lines: when, what, who. */
function stripsOf(shown: EscalationPath, behind: Partial<Behind>, day: string, matrix = aMatrix({ hours: [HOURS] })) {
  const week = weekOf(ZONE, day);
  const staffed = staffingOf(matrix, { ...NOBODY, ...behind }, day);
  const { people } = { ...NOBODY, ...behind };
  return weekOfPath(shown, { matrix, staffed, people, week }, presencesOf(staffed, week)).strips.map((strip) => ({
    ...strip,
    lines: strip.spans.map(({ when, state, who }) => `${when}, ${state}: ${who}`),
  }));
}

describe("the week of a role", () => {
  it("is told by who is there in its hours, and why nobody is there outside them", () => {
    const [strip] = stripsOf(
      path([aLevel(0, ["it-lead"])]),
      { people: [aPerson("Ann")], holdings: [aHolding("it-lead", "Ann")] },
      "2027-01-13",
    );
    expect(strip).toMatchObject({ role: "IT lead", party: { kind: "client" }, levels: "L1", channels: "phone" });
    expect(strip?.lines).toEqual([
      "Mon 00:00 to 09:00, nobody: no turn and no hours",
      "Mon 09:00 to 17:00, on-shift: Ann",
      "Mon 17:00 to Tue 09:00, nobody: no turn and no hours",
      "Tue 09:00 to 17:00, on-shift: Ann",
      "Tue 17:00 to Wed 09:00, nobody: no turn and no hours",
      "Wed 09:00 to 17:00, on-shift: Ann",
      "Wed 17:00 to Thu 09:00, nobody: no turn and no hours",
      "Thu 09:00 to 17:00, on-shift: Ann",
      "Thu 17:00 to Fri 09:00, nobody: no turn and no hours",
      "Fri 09:00 to 17:00, on-shift: Ann",
      "Fri 17:00 to Sun 24:00, nobody: no turn and no hours",
    ]);
  });

  it("says nobody outside the hours in which the path's clock runs, which is no hole", () => {
    const [strip] = stripsOf(
      path([aLevel(0, ["it-lead"])], { clock: { kind: "working-hours", partyId: "client" } }),
      { people: [aPerson("Ann", { week: { ...OFFICE, mon: [] } })], holdings: [aHolding("it-lead", "Ann")] },
      "2027-01-13",
    );
    expect(strip?.lines.slice(0, 4)).toEqual([
      "Mon 00:00 to 09:00, outside: no turn and no hours",
      "Mon 09:00 to 17:00, nobody: no turn and no hours",
      "Mon 17:00 to Tue 09:00, outside: no turn and no hours",
      "Tue 09:00 to 17:00, on-shift: Ann",
    ]);
  });

  it("says why nobody is there: no holder, no channel, away, hours that nobody said, off duty", () => {
    const ann = aPerson("Ann", { phones: [] });
    const ben = aPerson("Ben");
    const dee = aPerson("Dee", { side: "provider" });
    const strips = stripsOf(
      path([aLevel(0, ["it-lead", "it-team", "service-desk", "vendor"])]),
      {
        people: [ann, ben, dee],
        holdings: [aHolding("it-lead", "Ann"), aHolding("it-team", "Ben"), aHolding("service-desk", "Dee")],
        absences: [{ id: "a", personId: "Ben", from: "2027-01-12", to: "2027-01-12", note: "" }],
      },
      "2027-01-13",
      aMatrix({
        hours: [HOURS],
        offDuties: [{ id: "o", roleId: "it-team", timeZone: ZONE, week: NO_HOURS, days: ["2027-01-17"], reason: "" }],
      }),
    );
    const [lead, team, desk, vendor] = strips.map(({ lines }) => lines);
    expect(lead?.[1]).toBe("Mon 09:00 to 17:00, nobody: no phone for whoever is there");
    expect(team?.slice(2, 5)).toEqual([
      "Mon 17:00 to Tue 09:00, nobody: no turn and no hours",
      "Tue 09:00 to 17:00, nobody: whoever is due is away, and nobody stands in",
      "Tue 17:00 to Wed 09:00, nobody: no turn and no hours",
    ]);
    expect(team?.at(-1)).toBe("Sun 00:00 to 24:00, declared-off: declared off duty");
    expect(desk).toEqual(["Mon 00:00 to Sun 24:00, nobody: no turn, and no working hours known"]);
    expect(vendor).toEqual(["Mon 00:00 to Sun 24:00, nobody: nobody holds the role"]);
  });

  it("is one strip for the levels that call it by the same channels, and another for others", () => {
    const strips = stripsOf(
      path([
        aLevel(0, ["it-lead"], { channels: ["phone", "sms"] }),
        aLevel(15, ["it-lead", "it-team"], { channels: ["email"] }),
        aLevel(30, ["it-lead"], { channels: ["sms", "phone"] }),
        aLevel(45, ["gone"], { channels: [] }),
      ]),
      {},
      "2027-01-13",
    );
    expect(strips.map(({ role, levels, channels }) => [role, levels, channels])).toEqual([
      ["IT lead", "L1, L3", "phone, SMS"],
      ["IT lead", "L2", "e-mail"],
      ["IT team", "L2", "e-mail"],
      ["A deleted role", "L4", "any channel"],
    ]);
  });
});

describe("a week", () => {
  const minutes = (zone: string, day: string) => minutesOfWeek(weekOf(zone, day)) - 7 * 24 * 60;

  it("has an hour less or more where clocks are set, and half an hour on Lord Howe, and says so", () => {
    expect(minutes(ZONE, "2027-01-13")).toBe(0);
    expect([minutes(ZONE, "2027-03-28"), minutes(ZONE, "2027-10-31")]).toEqual([-60, 60]);
    expect([minutes("Australia/Lord_Howe", "2027-04-04"), minutes("Australia/Lord_Howe", "2027-10-03")]).toEqual([
      30, -30,
    ]);
    expect([minutes("Pacific/Chatham", "2027-04-04"), minutes("Pacific/Chatham", "2027-09-26")]).toEqual([60, -60]);
    expect(clockChangeWords(weekOf(ZONE, "2027-01-13"))).toBe("");
    expect(clockChangeWords(weekOf(ZONE, "2027-03-24"))).toBe(
      "This week has 167 hours: clocks are set forward by 1 hour on Sun 28 Mar 2027 at 01:00.",
    );
    expect(clockChangeWords(weekOf(ZONE, "2027-10-31"))).toBe(
      "This week has 169 hours: clocks are set back by 1 hour on Sun 31 Oct 2027 at 02:00.",
    );
    expect(clockChangeWords(weekOf("Australia/Lord_Howe", "2027-04-04"))).toBe(
      "This week has 168 hours 30 minutes: clocks are set back by 30 minutes on Sun 4 Apr 2027 at 02:00.",
    );
    // At 02:45, since Chatham is 45 minutes beside the hour.
    expect(clockChangeWords(weekOf("Pacific/Chatham", "2027-09-26"))).toBe(
      "This week has 167 hours: clocks are set forward by 1 hour on Sun 26 Sep 2027 at 02:45.",
    );
  });

  it("begins its days where clocks show midnight, also after a change", () => {
    const days = daysOfWeek(weekOf("Africa/Cairo", "2026-04-22"), aMatrix());
    // On Friday 24 April Cairo's clocks go from 00:00 to 01:00, so Friday has 23 hours.
    expect(days.map(({ words, at: minute }) => [words, minute / 60])).toEqual([
      ["Mon 20", 0],
      ["Tue 21", 24],
      ["Wed 22", 48],
      ["Thu 23", 72],
      ["Fri 24", 96],
      ["Sat 25", 119],
      ["Sun 26", 143],
    ]);
  });

  it("names a holiday once, with the parties that agreed it", () => {
    const christmas = { "2026-12-25": "Christmas Day" };
    const matrix = aMatrix({
      hours: [
        { ...HOURS, holidays: christmas },
        { ...HOURS, id: "p", partyId: "provider", holidays: { ...christmas, "2026-12-26": "Boxing Day" } },
      ],
    });
    expect(daysOfWeek(weekOf(ZONE, "2026-12-25"), matrix).flatMap(({ holidays }) => holidays)).toEqual([
      "Christmas Day (Northwind, Harbour IT)",
      "Boxing Day (Harbour IT)",
    ]);
  });

  it("is offered as this one, the next, those of the next two clock changes and of the next agreed holiday", () => {
    const matrix = aMatrix({
      hours: [{ ...HOURS, holidays: { "2026-12-25": "Christmas Day", "2026-01-01": "New Year's Day" } }],
    });
    expect(weekChoices(ZONE, matrix, at("2026-11-29T23:30"))).toEqual([
      { label: "This week", firstDay: "2026-11-23", why: "" },
      { label: "Next week", firstDay: "2026-11-30", why: "" },
      { label: "Clocks forward, 28 Mar 2027", firstDay: "2027-03-22", why: "clocks are set" },
      { label: "Clocks back, 31 Oct 2027", firstDay: "2027-10-25", why: "clocks are set" },
      { label: "Christmas Day, 25 Dec 2026", firstDay: "2026-12-21", why: "holiday of Northwind" },
    ]);
    // In Kolkata it is Monday already, and clocks are never set.
    expect(weekChoices("Asia/Kolkata", aMatrix(), at("2026-11-29T23:30"))).toEqual([
      { label: "This week", firstDay: "2026-11-30", why: "" },
      { label: "Next week", firstDay: "2026-12-07", why: "" },
    ]);
  });

  it("far from today is refused with a sentence", () => {
    expect(checkDayNear("9999-12-31")).toMatchObject([{ message: "Choose a day from 2000 to 2100." }]);
    expect(checkDayNear("2027-02-30")).toMatchObject([{ code: "day" }]);
    expect(checkDayNear("2027-02-28")).toEqual([]);
  });

  it("tells apart the two times at which clocks show the same", () => {
    const night = { ...NO_HOURS, sun: [{ from: "00:00", to: "01:30" }] };
    const [strip] = stripsOf(
      path([aLevel(0, ["it-lead"])]),
      { people: [aPerson("Ann", { week: night })], holdings: [aHolding("it-lead", "Ann")] },
      "2027-10-31",
    );
    expect(strip?.lines).toEqual([
      "Mon 00:00 to Sat 24:00, nobody: no turn and no hours",
      "Sun 00:00 to 01:30 (UTC+00:00), on-shift: Ann",
      "Sun 01:30 (UTC+00:00) to 24:00, nobody: no turn and no hours",
    ]);
  });
});
