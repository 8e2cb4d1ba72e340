import { describe, expect, it } from "vitest";
import { callsOf, type Callable } from "~/domain/cover/calls.server";
import { checkPath, type CallPath, type Level, type LevelCall } from "~/domain/cover/path";
import { minutesBetween, momentAfter } from "~/domain/cover/path-clock.server";
import type { Staffing } from "~/domain/cover/staffing";
import { ALL_THERE, allHours, aRota, officeHours, staffed, utc, weekly } from "../support/rotas";

const iso = (moment: number) => new Date(moment).toISOString().slice(0, 16);

const call = (roleId: string, mayDecide = false, channels = ["phone"]): LevelCall => ({ roleId, channels, mayDecide });
const level = (minutes: number, ...calls: LevelCall[]): Level => ({ minutes, calls });
const aPath = (parts: Partial<CallPath> = {}): CallPath => ({
  levels: [level(0, call("desk")), level(15, call("engineer")), level(30, call("lead", true))],
  clock: "always",
  repeats: 0,
  roundMinutes: 60,
  targetMinutes: 30,
  ...parts,
});

const always = (...personIds: string[]): Staffing =>
  staffed({ holders: personIds.map((personId) => ({ personId, hours: allHours() })) });
const NOBODY = staffed();

/** Everybody is reached by phone, but for Dora, who has mail alone. */
function callable(staffing: Record<string, Staffing>): Callable {
  const people = ["ana", "ben", "cleo", "eva"].map((id): [string, Set<string>] => [id, new Set(["sms", "phone"])]);
  return {
    staffing: new Map(Object.entries(staffing)),
    absences: ALL_THERE,
    reachable: new Map([...people, ["dora", new Set(["mail"])]]),
  };
}

/** A timeline as it would be read out: the moment, round and level counted from 1, and who answers or why nobody does. */
function read(path: CallPath, start: string, staffing: Record<string, Staffing>) {
  const { steps, lastResort, decision } = callsOf(path, utc(start), callable(staffing));
  const lines = steps.map(({ at, round, level: place, calls, passedOver }) => {
    const answers = calls.map(({ roleId, answers: those, silence }) =>
      [roleId, ...(silence ? [silence] : those.map(({ personId, channel }) => `${personId} by ${channel}`))].join(" "),
    );
    return `${iso(at)} ${round + 1}.${place + 1} ${answers.join(", ")}${passedOver ? ", passed over" : ""}`;
  });
  return { lines, lastResort: `${iso(lastResort.at)} ${lastResort.reason}`, decision };
}

describe("a path", () => {
  it("calls each level after its minutes, by the first channel that works, and after the last one comes the last resort", () => {
    const path = aPath({
      levels: [
        level(0, call("desk", false, ["bridge", "sms", "phone"])),
        level(15, call("engineer"), call("soc", false, ["bridge", "mail"])),
        level(30, call("lead", true)),
      ],
    });
    const found = read(path, "2026-11-28T02:10", {
      desk: always("ana", "ben"),
      engineer: always("ben"),
      soc: always("dora"),
      lead: always("cleo"),
    });
    expect(found.lines).toEqual([
      "2026-11-28T02:10 1.1 desk ana by sms ben by sms",
      "2026-11-28T02:25 1.2 engineer ben by phone, soc dora by mail",
      "2026-11-28T02:40 1.3 lead cleo by phone",
    ]);
    expect(found.lastResort).toBe("2026-11-28T03:10 all-called");
    expect(found.decision).toEqual({
      at: utc("2026-11-28T02:40"),
      minutes: 30,
      lateBy: 0,
      roleId: "lead",
      personId: "cleo",
      channel: "phone",
    });
  });

  it("says why nobody answers for a role beside others who do, and by how much the first decision is late", () => {
    const path = aPath({
      levels: [
        level(0, call("desk")),
        level(30, call("decider", true), call("manager")),
        level(60, call("leader", true)),
      ],
      roundMinutes: 90,
    });
    const found = read(path, "2026-11-28T02:10", {
      desk: always("ana"),
      decider: staffed({ rota: aRota({ turns: [["ben"]], hours: officeHours("UTC") }) }),
      manager: always("cleo"),
      leader: always("eva"),
    });
    expect(found.lines).toEqual([
      "2026-11-28T02:10 1.1 desk ana by phone",
      "2026-11-28T02:40 1.2 decider nobody, manager cleo by phone",
      "2026-11-28T03:10 1.3 leader eva by phone",
    ]);
    expect(found.decision).toMatchObject({ minutes: 60, lateBy: 30, personId: "eva" });
  });

  it("passes over a level at which nobody can be reached: the next one is called at that moment, those after it as agreed", () => {
    const path = aPath({
      levels: [
        level(0, call("desk")),
        level(15, call("engineer")),
        level(30, call("lead", true)),
        level(60, call("board")),
      ],
      roundMinutes: 90,
    });
    const found = read(path, "2026-11-28T02:10", {
      desk: always("ana"),
      engineer: NOBODY,
      lead: always("cleo"),
      board: always("eva"),
    });
    expect(found.lines).toEqual([
      "2026-11-28T02:10 1.1 desk ana by phone",
      "2026-11-28T02:25 1.2 engineer no-holder, passed over",
      "2026-11-28T02:25 1.3 lead cleo by phone",
      "2026-11-28T03:10 1.4 board eva by phone",
    ]);
    expect(found.decision).toMatchObject({ minutes: 15, lateBy: 0 });
    const { steps } = callsOf(path, utc("2026-11-28T02:10"), callable({ desk: always("ana") }));
    expect(steps.map(({ at, plannedAt }) => `${iso(at)} ${iso(plannedAt)}`)).toEqual([
      "2026-11-28T02:10 2026-11-28T02:10",
      "2026-11-28T02:25 2026-11-28T02:25",
      "2026-11-28T02:25 2026-11-28T02:40",
      "2026-11-28T02:25 2026-11-28T03:10",
    ]);
  });

  it("tells why nobody is reached: no holder, off duty, no channel that works, or simply nobody", () => {
    const path = aPath({
      levels: [
        level(0, call("gone"), call("empty"), call("off"), call("off-rota"), call("mail"), call("night"), call("some")),
      ],
    });
    const [line] = read(path, "2026-11-28T02:10", {
      empty: NOBODY,
      off: { ...always("ana"), declaredOff: { weekly: allHours(), days: [] } },
      "off-rota": staffed({
        rota: aRota({ turns: [["ana"]], overrides: [{ from: "2026-11-28", to: "2026-11-28", personIds: [] }] }),
      }),
      mail: always("dora"),
      night: staffed({ holders: [{ personId: "ana", hours: officeHours("UTC") }] }),
      some: staffed({ declaredOff: { weekly: officeHours("UTC"), days: [] } }),
    }).lines;
    expect(line).toBe(
      "2026-11-28T02:10 1.1 gone no-holder, empty no-holder, off declared-off, off-rota declared-off, mail no-channel, night nobody, some no-holder, passed over",
    );
  });

  it("nobody can be reached on goes to the last resort at once, however often it is repeated", () => {
    const path = aPath({ repeats: 5 });
    const found = read(path, "2026-11-28T02:10", {});
    expect(found.lines).toHaveLength(3);
    expect(new Set(found.lines.map((line) => line.slice(0, 16)))).toEqual(new Set(["2026-11-28T02:10"]));
    expect(found.lastResort).toBe("2026-11-28T02:10 nobody-reached");
    expect(found.decision).toBeNull();
  });

  it("is repeated as often as agreed; a round begins at once where the last level was passed over", () => {
    const path = aPath({ repeats: 2, levels: [level(0, call("desk")), level(15, call("engineer"))], roundMinutes: 60 });
    expect(read(path, "2026-11-28T02:10", { desk: always("ana"), engineer: always("ben") })).toMatchObject({
      lines: [
        "2026-11-28T02:10 1.1 desk ana by phone",
        "2026-11-28T02:25 1.2 engineer ben by phone",
        "2026-11-28T03:10 2.1 desk ana by phone",
        "2026-11-28T03:25 2.2 engineer ben by phone",
        "2026-11-28T04:10 3.1 desk ana by phone",
        "2026-11-28T04:25 3.2 engineer ben by phone",
      ],
      lastResort: "2026-11-28T05:10 all-called",
      decision: null,
    });
    expect(read(path, "2026-11-28T02:10", { desk: always("ana"), engineer: NOBODY })).toMatchObject({
      lines: [
        "2026-11-28T02:10 1.1 desk ana by phone",
        "2026-11-28T02:25 1.2 engineer no-holder, passed over",
        "2026-11-28T02:25 2.1 desk ana by phone",
        "2026-11-28T03:25 2.2 engineer no-holder, passed over",
        "2026-11-28T03:25 3.1 desk ana by phone",
        "2026-11-28T04:25 3.2 engineer no-holder, passed over",
      ],
      lastResort: "2026-11-28T04:25 all-called",
    });
  });

  it("reaches somebody in a later round who wasn't there in the first", () => {
    const path = aPath({
      repeats: 1,
      levels: [level(0, call("desk")), level(15, call("lead", true))],
      roundMinutes: 60,
    });
    const found = read(path, "2026-11-27T08:30", {
      desk: always("ana"),
      lead: staffed({ holders: [{ personId: "cleo", hours: officeHours("UTC") }] }),
    });
    expect(found.lines).toEqual([
      "2026-11-27T08:30 1.1 desk ana by phone",
      "2026-11-27T08:45 1.2 lead nobody, passed over",
      "2026-11-27T08:45 2.1 desk ana by phone",
      "2026-11-27T09:45 2.2 lead cleo by phone",
    ]);
    expect(found.decision).toMatchObject({ minutes: 75, lateBy: 45 });
  });
});

describe("the clock of a path", () => {
  const HOURS = officeHours("Europe/London", "09:00-17:00", ["2026-12-25", "2026-12-28"]);

  it("in business hours stands over a night, a weekend and a holiday", () => {
    // Christmas Eve 2026 is a Thursday; Friday and Monday are holidays.
    const after = (start: string, minutes: number) => iso(momentAfter(HOURS, utc(start), minutes) ?? NaN);
    expect(after("2026-12-23T16:30", 0)).toBe("2026-12-23T16:30");
    expect(after("2026-12-23T16:30", 29)).toBe("2026-12-23T16:59");
    expect(after("2026-12-23T16:30", 30)).toBe("2026-12-24T09:00");
    expect(after("2026-12-24T16:30", 60)).toBe("2026-12-29T09:30");
    expect(after("2026-12-26T02:10", 0)).toBe("2026-12-29T09:00");
    expect(after("2026-12-24T09:00", 480 + 480 + 10)).toBe("2026-12-30T09:10");
    expect(minutesBetween(HOURS, utc("2026-12-24T16:30"), utc("2026-12-29T09:30"))).toBe(60);
    expect(minutesBetween("always", utc("2026-12-24T16:30"), utc("2026-12-24T17:30"))).toBe(60);
  });

  it("counts the hour that comes twice twice, and the one left out not at all", () => {
    const nights = weekly("Europe/London", { sat: ["22:00-06:00"] });
    expect(iso(momentAfter(nights, utc("2026-03-28T22:00"), 300) ?? NaN)).toBe("2026-03-29T03:00");
    expect(minutesBetween(nights, utc("2026-03-28T00:00"), utc("2026-03-30T00:00"))).toBe(7 * 60);
    expect(minutesBetween(nights, utc("2026-10-24T00:00"), utc("2026-10-26T00:00"))).toBe(9 * 60);
  });

  it("is one for the levels and the target alike", () => {
    const path = aPath({
      clock: HOURS,
      levels: [level(0, call("desk")), level(120, call("lead", true))],
      roundMinutes: 480,
      targetMinutes: 90,
    });
    const found = read(path, "2026-12-24T16:00", { desk: always("ana"), lead: always("cleo") });
    expect(found.lines).toEqual(["2026-12-24T16:00 1.1 desk ana by phone", "2026-12-29T10:00 1.2 lead cleo by phone"]);
    expect(found.decision).toMatchObject({ minutes: 120, lateBy: 30 });
    expect(found.lastResort).toBe("2026-12-29T16:00 all-called");
    expect(callsOf(path, utc("2026-12-26T02:10"), callable({})).clockFrom).toBe(utc("2026-12-29T09:00"));
  });

  it("that comes so far too late ends the path with what was called", () => {
    const rare = weekly("UTC", { mon: ["09:00-09:01"] });
    const path = aPath({
      clock: rare,
      levels: [level(0, call("desk")), level(100_000, call("lead", true))],
      roundMinutes: 100_001,
    });
    expect(checkPath(path, new Set(["desk", "lead"]))).toEqual([]);
    expect(read(path, "2026-12-24T16:00", { desk: always("ana") })).toEqual({
      lines: ["2026-12-28T09:00 1.1 desk ana by phone"],
      lastResort: "2026-12-28T09:00 clock-stands",
      decision: null,
    });
  });

  it("that never runs ends the path at its start", () => {
    const path = aPath({ clock: weekly("UTC", {}) });
    expect(read(path, "2026-12-24T16:00", { desk: always("ana") })).toEqual({
      lines: [],
      lastResort: "2026-12-24T16:00 clock-stands",
      decision: null,
    });
    expect(callsOf(path, utc("2026-12-24T16:00"), callable({})).clockFrom).toBeNull();
  });
});

describe("what is wrong with a path", () => {
  const ROLES = new Set(["desk", "engineer", "lead"]);
  const found = (parts: Partial<CallPath>) => checkPath(aPath(parts), ROLES);

  it("is nothing where nothing is", () => {
    expect(found({})).toEqual([]);
  });

  it.each([
    [{ levels: [] }, "The path has no level. Add the role that is called first."],
    [
      { levels: [level(15, call("desk")), level(15, call("lead"))] },
      "Level 2 is called after 15 minutes, level 1 after 15. Give level 2 more minutes.",
    ],
    [{ levels: [level(-1, call("desk"))] }, "Level 1 is called after 0 to 100800 minutes. Choose a whole number."],
    [{ levels: [level(1.5, call("desk"))] }, "Level 1 is called after 0 to 100800 minutes. Choose a whole number."],
    [{ levels: [level(0)] }, "Level 1 calls no role. Add a role, or remove the level."],
    [
      { levels: [level(0, call("gone"))] },
      "Level 1 calls a role that was deleted. Choose another, or take it off the level.",
    ],
    [{ levels: [level(0, call("desk", false, []))] }, "Level 1 calls a role by no channel. Choose at least one."],
    [
      { levels: Array.from({ length: 21 }, (_, i) => level(i, call("desk"))) },
      "The path has 21 levels; at most 20 fit. Remove some.",
    ],
    [{ repeats: Infinity }, "A path is repeated from 0 to 10 times. Choose a whole number."],
    [{ roundMinutes: 30 }, "A round ends after its last level, at 30 minutes, and at most 100800. Choose a later end."],
    [{ targetMinutes: NaN }, "The target is from 0 to 100800 minutes. Choose a whole number."],
    [{ clock: officeHours("Moon/Base") }, "There is no time zone “Moon/Base”. Write it as in Europe/London."],
  ] satisfies [Partial<CallPath>, string][])("is said: %j", (parts, message) => {
    expect(found(parts).map((one) => one.message)).toEqual([message]);
  });
});
