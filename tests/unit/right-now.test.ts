import { describe, expect, it } from "vitest";
import type { Rota } from "~/domain/cover/rota";
import { callWindow } from "~/domain/escalation/call-window.server";
import { clockError, pathAt, type CallWindow } from "~/domain/escalation/right-now";
import type { Behind } from "~/domain/escalation/staffing-of";
import type { EscalationPath, Level, Week } from "~/domain/matrix/escalation-shapes";
import type { Holding } from "~/domain/people/people";
import { aLevel } from "../support/escalation";
import { aMatrix } from "../support/matrices";
import { aPerson } from "../support/people";

const ZONE = "Europe/London";
const office = [{ from: "09:00", to: "17:30" }];
const NONE: Week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const OFFICE: Week = { ...NONE, mon: office, tue: office, wed: office, thu: office, fri: office };
const path = (id: string, levels: Level[], more: Partial<EscalationPath> = {}): EscalationPath => ({
  id,
  kind: "incident",
  name: id.toUpperCase(),
  trigger: "Work has stopped",
  examples: "",
  clock: { kind: "always" },
  levels: Object.fromEntries(levels.map((one, i) => [`l${i + 1}`, one])),
  repeats: 0,
  roundMinutes: null,
  updateMinutes: null,
  decisionTarget: null,
  restoreTarget: null,
  handover: "",
  lastResort: " Harbour IT cuts the site off ",
  marks: {},
  ruling: null,
  ...more,
});
const holding = (roleId: string, personId: string, until: string | null = null): Holding => ({
  id: `${roleId} ${personId}`,
  roleId,
  personId,
  since: "2026-01-01",
  until,
  carriedFrom: null,
});
const turns: Rota = {
  timeZone: ZONE,
  period: "weekly",
  every: 1,
  handOver: { time: "09:00", weekday: "mon" },
  firstDay: "2026-11-02",
  turns: [["vic"]],
  hours: "always",
  overrides: [],
};
const phones = [{ label: "mobile", number: "020 7946 0123" }];
/** Ann leads in office hours, Dee is at the desk on Saturdays until six, Vic of the vendor is on call at any hour; Eve is called by nobody. */
const behind: Behind = {
  people: [
    aPerson("ann", { name: "Ann", phones, lastVerified: "2026-11-01" }),
    aPerson("dee", { name: "Dee", side: "provider", phones, week: { ...NONE, sat: [{ from: "00:00", to: "06:00" }] } }),
    aPerson("vic", { name: "Vic", side: "third-party", phones }),
    aPerson("eve", { name: "Eve" }),
  ],
  holdings: [holding("it-lead", "ann"), holding("service-desk", "dee")],
  rotas: [{ roleId: "vendor", rota: turns }],
  absences: [],
};
const matrix = aMatrix({
  hours: [{ id: "h1", partyId: "client", timeZone: ZONE, week: OFFICE, holidays: {}, billable: "" }],
  paths: [
    path("s1", [
      aLevel(0, ["service-desk"], { may: "Opens the bridge." }),
      aLevel(15, ["it-team"]),
      aLevel(30, ["it-lead", "vendor"], { decides: true }),
    ]),
    path("s2", [aLevel(0, ["it-lead"])], { clock: { kind: "working-hours", partyId: "provider" } }),
    path("s3", [aLevel(0, ["it-lead"]), aLevel(15, ["it-lead"])], {
      clock: { kind: "working-hours", partyId: "client" },
    }),
  ],
});
const at = (text: string) => Date.parse(`${text}:00Z`);
/** Worked out on Friday 27 November 2026 at 16:00 London time, which is UTC then, for the two days after that. */
const NOW = at("2026-11-27T16:00");
const window = callWindow(matrix, behind, null, NOW);
const pathOf = (id: string, among: CallWindow = window) => {
  const found = among.paths.find((one) => one.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};
const s1At = (moment: string) => pathAt(pathOf("s1"), window, at(moment));
/** What each level says now: who answers, or why nobody does. */
const saidAt = (moment: string) =>
  s1At(moment)?.levels.map(({ calls }) =>
    calls.map(({ answers, why }) => (answers.length > 0 ? answers.map(({ personId }) => personId).join(" ") : why)),
  );

describe("whom a path calls now", () => {
  it("changes as shifts begin and end, and says why nobody is there", () => {
    const nobody = "Nobody on shift or on call";
    expect(saidAt("2026-11-27T16:00")).toEqual([[nobody], ["No holder"], ["ann", "vic"]]);
    expect(saidAt("2026-11-27T17:29")).toEqual([[nobody], ["No holder"], ["ann", "vic"]]);
    expect(saidAt("2026-11-27T17:30")).toEqual([[nobody], ["No holder"], [nobody, "vic"]]);
    expect(saidAt("2026-11-28T02:10")).toEqual([["dee"], ["No holder"], [nobody, "vic"]]);
    expect(saidAt("2026-11-28T06:00")).toEqual([[nobody], ["No holder"], [nobody, "vic"]]);
    const [desk, , lead] = s1At("2026-11-28T02:10")?.levels ?? [];
    expect(desk).toMatchObject({ when: "At the start", may: "Opens the bridge.", mayDecide: false });
    expect(desk?.calls[0]).toMatchObject({
      role: "Service desk",
      party: { name: "Harbour IT", kind: "provider" },
      answers: [{ personId: "dee", state: "on-shift", channel: "phone" }],
    });
    expect(lead).toMatchObject({ when: "After 30 minutes", mayDecide: true });
    expect(lead?.calls[1]?.answers).toEqual([{ personId: "vic", state: "on-call", channel: "phone" }]);
  });

  it("tells where others answer once a level is reached", () => {
    // At 17:10 Ann is there. Her level is called after 30 minutes, at 17:40, when she has gone.
    const [ann, vic] = s1At("2026-11-27T17:10")?.levels[2]?.calls ?? [];
    expect(ann?.answers.map(({ personId }) => personId)).toEqual(["ann"]);
    expect(ann?.once).toEqual({ at: at("2026-11-27T17:40"), answers: [], why: "Nobody on shift or on call" });
    expect(vic?.once).toBeNull();
    // At 16:30 she is there all the time.
    expect(s1At("2026-11-27T16:30")?.levels[2]?.calls[0]?.once).toBeNull();
  });

  it("is known for two days, a little before it was worked out for clocks that are behind, and not beyond", () => {
    expect(saidAt("2026-11-27T15:56")).toEqual(saidAt("2026-11-27T16:00"));
    expect(s1At("2026-11-27T15:54")).toBeNull();
    expect(s1At("2026-11-29T15:59")).not.toBeNull();
    expect(s1At("2026-11-29T16:00")).toBeNull();
    for (const { levels } of window.paths)
      for (const { calls } of levels)
        for (const { spans } of calls) {
          expect(spans[0]?.from).toBe(window.from);
          expect(spans.at(-1)?.to).toBe(window.to);
          spans.slice(1).forEach((span, i) => expect(span.from).toBe(spans[i]?.to));
        }
  });

  it("follows who holds a role as days begin", () => {
    const ends = callWindow(matrix, { ...behind, holdings: [holding("service-desk", "dee", "2026-11-28")] }, null, NOW);
    const desk = pathAt(pathOf("s1", ends), ends, at("2026-11-28T02:10"))?.levels[0]?.calls[0];
    expect(desk).toMatchObject({ answers: [], why: "No holder" });
  });

  it("says until when a clock of working hours stands, also beyond what is known", () => {
    const s3 = pathOf("s3");
    expect(pathAt(s3, window, at("2026-11-27T17:00"))?.stands).toBeNull();
    // Office hours begin again on Monday, which is later than the window's end on Sunday.
    expect(pathAt(s3, window, at("2026-11-28T02:10"))?.stands).toEqual({ until: at("2026-11-30T09:00") });
    // At 17:20 ten minutes are left on Friday, and the level after 15 comes on Monday: nobody knows yet who is there then.
    expect(pathAt(s3, window, at("2026-11-27T17:20"))?.levels[1]?.calls[0]).toMatchObject({ once: null });
  });

  it("says of a clock without agreed hours that it can't be followed, and who is there all the same", () => {
    const s2 = pathOf("s2");
    expect(s2.clock).toMatchObject({ kind: "wrong" });
    expect(s2.clock.kind === "wrong" && s2.clock.wrong).toContain("which aren't agreed yet");
    expect(pathAt(s2, window, NOW)?.levels[0]?.calls[0]?.answers).toHaveLength(1);
  });

  it("carries the ways to reach those who are called, and of nobody else", () => {
    expect(Object.keys(window.contacts).sort()).toEqual(["ann", "dee", "vic"]);
    expect(window.contacts.ann).toEqual({
      name: "Ann",
      phones,
      email: "ann@example.com",
      lastVerified: "2026-11-01",
    });
    expect(pathOf("s1").lastResort).toBe("Harbour IT cuts the site off");
  });

  it("says whether the path is what was agreed", () => {
    const standing = (paths: EscalationPath[]) =>
      pathOf("s1", callWindow(matrix, behind, { number: 3, matrix: { paths } }, NOW)).standing;
    const [s1] = matrix.paths;
    if (!s1) throw new Error("There is no path.");
    expect(pathOf("s1").standing).toBe("Not agreed yet");
    expect(standing([])).toBe("Not in version 3, the last one agreed");
    expect(standing([{ ...s1, marks: { client: { state: "agreed", terms: "", position: "" } } }])).toBe(
      "As agreed in version 3",
    );
    expect(standing([{ ...s1, lastResort: "Ring the police" }])).toBe("Changed since version 3, the last one agreed");
  });
});

it("a clock counts as wrong where it differs by more than an answer takes", () => {
  const minute = 60_000;
  expect([0, 2 * minute, -2 * minute].map((off) => clockError(NOW + off, NOW))).toEqual([0, 0, 0]);
  expect(clockError(NOW + 180 * minute, NOW)).toBe(180 * minute);
  expect(clockError(NOW - 3 * minute, NOW)).toBe(-3 * minute);
});
