import { describe, expect, it } from "vitest";
import { presenceOf, coverOf } from "~/domain/cover/cover.server";
import type { Rota } from "~/domain/cover/rota";
import { applyCommands } from "~/domain/editing/apply-command";
import { findCover } from "~/domain/escalation/week/find-cover.server";
import { staffingOf, type Behind } from "~/domain/escalation/staffing-of";
import { findInCover, coverStops } from "~/domain/findings/cover-rules";
import type { Finding } from "~/domain/findings/finding";
import { acceptCommand } from "~/domain/findings/accept-command";
import { coverFindings } from "~/domain/findings/findings";
import type { Authority, EscalationPath, Level, Week } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankAuthority } from "~/domain/parts/authorities";
import { NO_HOURS } from "~/domain/parts/hours";
import { blankPath } from "~/domain/parts/paths";
import type { Person } from "~/domain/people/people";
import { signingRequirements } from "~/domain/signing/sign-readiness";
import { aHolding, aLevel } from "../support/escalation";
import { aMatrix } from "../support/matrices";
import { aPerson } from "../support/people";
import { aRota } from "../support/rotas";

const ZONE = "Europe/London";
/** A Friday. */
const NOW = Date.parse("2026-11-27T12:00Z");
const day = [{ from: "00:00", to: "24:00" }];
const ALWAYS: Week = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
const office = [{ from: "09:00", to: "17:00" }];
const OFFICE: Week = { ...NO_HOURS, mon: office, tue: office, wed: office, thu: office, fri: office };

const path = (levels: Level[], more: Partial<EscalationPath> = {}): EscalationPath => ({
  ...blankPath("s1"),
  name: "S1",
  levels: Object.fromEntries(levels.map((one, i) => [`l${i + 1}`, one])),
  ...more,
});
const rotaOf = (roleId: string, rota: Partial<Rota>) => ({ roleId, rota: aRota({ firstDay: "2026-01-05", ...rota }) });

const dee = aPerson("Dee", { side: "provider", week: ALWAYS });
const cleo = aPerson("Cleo", { week: ALWAYS });
const ann = aPerson("Ann");
const EVERYBODY: Person[] = [ann, cleo, dee];

/** The desk at once, the lead after 15 minutes, the team, who are Cleo, after an hour; the last two may decide, within 30. */
const S1 = path(
  [aLevel(0, ["service-desk"]), aLevel(15, ["it-lead"], { decides: true }), aLevel(60, ["it-team"], { decides: true })],
  {
    decisionTarget: 30,
  },
);
/** Ann is on call for the lead but on Saturdays until eight. */
const SATURDAYS = {
  turns: [["Ann"]],
  hours: { days: { ...ALWAYS, sat: [{ from: "08:00", to: "24:00" }] }, timeZone: ZONE, holidays: [] },
};

const behind = (more: Partial<Behind> = {}): Behind => ({
  people: EVERYBODY,
  holdings: [aHolding("service-desk", "Dee"), aHolding("it-lead", "Ann"), aHolding("it-team", "Cleo")],
  rotas: [rotaOf("it-lead", SATURDAYS)],
  absences: [],
  ...more,
});
const HOURS = { id: "h", partyId: "client", timeZone: ZONE, week: NO_HOURS, holidays: {}, billable: "" };
const matrixOf = (paths: EscalationPath[], more: Partial<Matrix> = {}) => aMatrix({ hours: [HOURS], paths, ...more });

const found = (matrix: Matrix, who: Behind = behind(), now = NOW): Finding[] =>
  findInCover(matrix, findCover(matrix, who, now));
const said = (matrix: Matrix, who: Behind = behind(), now = NOW) =>
  found(matrix, who, now).map(({ key, severity, title }) => `${severity} ${key}: ${title}`);

describe("hours without cover", () => {
  it("are found with why they matter", () => {
    // Nobody is there for the lead on Saturdays from 00:00 to 08:00. Level 2 is passed over then: level 3 is called at that same
    // moment, 15 minutes after the beginning, so that the target is met all the same.
    expect(said(matrixOf([S1]))).toEqual([
      "warning cover-hole.it-lead: IT lead has no cover: Sat 00:00 to 08:00 each week.",
    ]);
    expect(found(matrixOf([S1]))[0]?.why).toBe(
      "On S1 nobody who may decide is reached at level 2 then; the next is planned after 1 hour.",
    );
  });

  it("are worth knowing where others of the level answer", () => {
    const shared = path([aLevel(0, ["it-lead", "service-desk"], { decides: true })]);
    expect(said(matrixOf([shared]))).toEqual([
      "insight cover-hole.it-lead: IT lead has no cover: Sat 00:00 to 08:00 each week.",
    ]);
    expect(found(matrixOf([shared]))[0]?.why).toBe("On S1 the others of its level are called without it.");
  });

  it("stop signing where no level of a path for every hour answers", () => {
    const alone = path([aLevel(0, ["it-lead"]), aLevel(15, ["it-team"])]);
    const who = behind({ holdings: [aHolding("it-lead", "Ann")], rotas: [rotaOf("it-lead", SATURDAYS)] });
    expect(said(matrixOf([alone]), who)).toEqual([
      "blocker path-silent.s1: S1 reaches nobody, at any level: Sat 00:00 to 08:00 each week.",
    ]);
    expect(said(matrixOf([{ ...alone, kind: "decision" }]), who)).toEqual([
      "warning path-silent.s1: S1 reaches nobody, at any level: Sat 00:00 to 08:00 each week.",
    ]);
    // Office hours of a path end on Friday, so Saturday is no hole of it.
    const hours = { ...HOURS, week: OFFICE };
    expect(
      said(matrixOf([{ ...alone, clock: { kind: "working-hours", partyId: "client" } }], { hours: [hours] }), who),
    ).toEqual([]);
  });

  it("are none where the role is off duty, away with a deputy, or somebody agreed acts instead", () => {
    const off = {
      id: "o",
      roleId: "it-lead",
      timeZone: ZONE,
      week: { ...NO_HOURS, sat: [{ from: "00:00", to: "08:00" }] },
      days: [],
      reason: "",
    };
    expect(said(matrixOf([S1], { offDuties: [off] }))).toEqual([]);
    const acts = {
      id: "c",
      action: "Isolate a laptop",
      stance: "act" as const,
      roleId: "service-desk",
      callsId: "it-lead",
      condition: "",
    };
    expect(said(matrixOf([S1], { containments: [acts] }))).toEqual([]);
    // A role that nobody is there for can't act either.
    const never = { ...acts, roleId: "vendor" };
    expect(said(matrixOf([S1], { containments: [never] }))).toHaveLength(1);
    const away = { id: "a", personId: "Ann", from: "2026-12-08", to: "2026-12-08", note: "" };
    const stoodIn = behind({ people: [{ ...ann, deputyId: "Cleo" }, cleo, dee], absences: [away] });
    expect(said(matrixOf([S1]), stoodIn)).toHaveLength(1);
    expect(said(matrixOf([S1]), behind({ absences: [away] }))).toEqual([
      "warning cover-hole.it-lead: IT lead has no cover: Sat 00:00 to 08:00 each week; Tue 00:00 to 24:00 (8 Dec 2026).",
    ]);
  });

  it("are looked for in the weeks of clock changes and holidays too, and not in the past", () => {
    // Clocks go forward on 28 March 2027, a Sunday that the override leaves empty in the far week alone.
    const far = { ...SATURDAYS, hours: "always" as const, overrides: [] };
    const away = (from: string, to = from) =>
      behind({ rotas: [rotaOf("it-lead", far)], absences: [{ id: "a", personId: "Ann", from, to, note: "" }] });
    expect(said(matrixOf([S1]), away("2027-03-28"))).toEqual([
      "warning cover-hole.it-lead: IT lead has no cover: Sun 00:00 to 24:00 (28 Mar 2027).",
    ]);
    expect(said(matrixOf([S1]), away("2027-03-14"))).toEqual([]);
    expect(
      said(
        matrixOf([S1], { hours: [{ ...HOURS, holidays: { "2027-03-17": "Founders' Day" } }] }),
        away("2027-03-14", "2027-03-16"),
      ),
    ).toEqual([
      // It began on Sunday, in the week before that of the holiday; and on a holiday of the party nobody's hours begin.
      "warning cover-hole.it-lead: IT lead has no cover: Sun 00:00 to Tue 24:00 (14 Mar 2027).",
      "warning cover-hole.it-team: IT team has no cover: Wed 00:00 to 24:00 (17 Mar 2027).",
    ]);
    expect(said(matrixOf([S1]), away("2026-11-24"))).toEqual([]);
    expect(said(matrixOf([S1]), away("2026-11-27"))).toHaveLength(1);
  });

  it("have the same facts behind them from week to week, so that an acceptance holds", () => {
    const [one] = found(matrixOf([S1]));
    const [other] = found(matrixOf([S1]), behind(), NOW + 10 * 86_400_000);
    expect(one?.about).toBe(other?.about);
    const { matrix } = applyCommands(matrixOf([S1]), [
      acceptCommand(one!, { reason: "Both know", by: "Ann", on: "2026-11-27", partyId: "client" }),
    ]);
    const cover = findCover(matrix, behind(), NOW + 10 * 86_400_000);
    expect(coverFindings(matrix, { cover })[0]?.accepted?.reason).toBe("Both know");
  });
});

describe("what else the cover shows", () => {
  it("is a level that reaches nobody, of which nobody said when they are there", () => {
    const who = behind({ rotas: [] });
    expect(said(matrixOf([S1]), who)).toEqual([
      "blocker level-unreached.s1: S1 reaches nobody at level 2, at any hour.",
    ]);
  });

  it("is a path on which every level reaches the same person", () => {
    const who = behind({ holdings: [aHolding("it-lead", "Cleo"), aHolding("it-team", "Cleo")], rotas: [] });
    const both = path([aLevel(0, ["it-lead"]), aLevel(15, ["it-team"], { decides: true })]);
    expect(said(matrixOf([both]), who)).toEqual([
      "warning one-person-on-path.s1.Cleo: Every level of S1 that reaches anybody reaches Cleo: at any hour.",
    ]);
  });

  it("is a target that can't be met, to the minute at which the path would have to begin", () => {
    // The lead decides after 15 minutes, the team after 60, 30 are agreed. Where both the desk and the lead's level call
    // somebody who may not decide, nothing is passed over.
    const slow = path(
      [
        aLevel(0, ["service-desk"]),
        aLevel(15, ["it-lead"], { decides: true }),
        aLevel(15, ["service-desk"]),
        aLevel(60, ["it-team"], { decides: true }),
      ],
      { decisionTarget: 30 },
    );
    const [late] = findCover(matrixOf([slow]), behind(), NOW).lateTargets;
    expect(late).toMatchObject({ words: "Fri 23:45 to Sat 07:45 each week", roleIds: ["it-lead"] });
    // One cause is one finding: the hole, which says what it costs.
    expect(said(matrixOf([slow]))).toEqual([
      "warning cover-hole.it-lead: IT lead has no cover: Sat 00:00 to 08:00 each week.",
    ]);
    expect(found(matrixOf([slow]))[0]?.why).toBe(
      "On S1 nobody who may decide is reached at level 2 then; the next is planned after 1 hour. S1 misses its target of 30 minutes to a decision then.",
    );
    // A lead who is agreed to be off duty is no hole, and the target is missed all the same.
    const off = {
      id: "o",
      roleId: "it-lead",
      timeZone: ZONE,
      week: { ...NO_HOURS, sat: [{ from: "00:00", to: "08:00" }] },
      days: [],
      reason: "",
    };
    expect(said(matrixOf([slow], { offDuties: [off] }))).toEqual([
      "warning target-missed.s1: S1 can't meet its target of 30 minutes to a decision where it begins: Fri 23:45 to Sat 07:45 each week.",
    ]);
  });

  it("counts a target by the path's own clock", () => {
    const hours = { ...HOURS, week: OFFICE };
    // Ann is there from ten. What begins from 16:45 on, when 15 minutes are left, reaches level 2 the next morning at nine or later.
    const late = behind({
      people: [{ ...ann, week: { ...OFFICE, tue: [{ from: "10:00", to: "17:00" }] } }, cleo, dee],
      rotas: [],
    });
    const slow = path(
      [aLevel(0, ["service-desk"]), aLevel(15, ["it-lead"], { decides: true }), aLevel(15, ["service-desk"])],
      { decisionTarget: 30, clock: { kind: "working-hours", partyId: "client" } },
    );
    expect(said(matrixOf([slow], { hours: [hours] }), late).filter((line) => line.includes("target"))).toEqual([
      "warning target-missed.s1: S1 can't meet its target of 30 minutes to a decision where it begins: Mon 16:45 to 17:00, Tue 09:00 to 09:45 each week.",
    ]);
  });

  it("is an approval that nobody can give, by the role or by the one that stands in", () => {
    const contain: Authority = {
      ...blankAuthority("a1"),
      kind: "containment",
      name: "Cut the site off",
      roleId: "it-lead",
      deputyId: null,
    };
    const approvals = (authority: Partial<Authority>) =>
      said(matrixOf([S1], { authorities: [{ ...contain, ...authority }] })).filter((line) => line.includes("approval"));
    expect(approvals({})).toEqual([
      "warning approval-uncovered.a1: Nobody can be asked to approve “Cut the site off”: Sat 00:00 to 08:00 each week.",
    ]);
    expect(approvals({ deputyId: "it-team" })).toEqual([]);
    expect(approvals({ roleId: "vendor" })).toEqual([]);
  });

  it("is somebody with turns and without a channel", () => {
    const who = behind({
      people: [...EVERYBODY, aPerson("Ben", { phones: [] })],
      rotas: [rotaOf("it-lead", { turns: [["Ann"], ["Ben"]] })],
    });
    expect(said(matrixOf([S1]), who).filter((line) => line.includes("no-channel"))).toEqual([
      "warning no-channel.Ben: Ben has turns on call and can't be called on S1.",
    ]);
  });

  it("is nothing while nobody is behind any role, but signing needs somebody on each path", () => {
    const nobody: Behind = { people: [], holdings: [], rotas: [], absences: [] };
    expect(said(matrixOf([S1]), nobody)).toEqual([]);
    const matrix = matrixOf([S1]);
    const stops = coverStops(matrix, findCover(matrix, nobody, NOW));
    expect(stops).toEqual(["S1 reaches nobody, at any level: at any hour."]);
    const needs = (cover: ReturnType<typeof findCover>) =>
      signingRequirements(matrix, {
        today: "2026-11-27",
        blockers: [],
        holders: [],
        signers: { client: 1, provider: 1 },
        cover,
      }).find(({ part }) => part === "cover");
    expect(needs(findCover(matrix, nobody, NOW))).toMatchObject({ stops: true, left: stops });
    expect(needs(findCover(matrix, behind(), NOW))).toMatchObject({ left: [] });
  });

  it("leaves out paths without levels, paths that call deleted roles alone, and clocks that can't be followed", () => {
    expect(said(matrixOf([path([])]))).toEqual([]);
    expect(said(matrixOf([path([aLevel(0, ["gone"])])]))).toEqual([]);
    expect(said(matrixOf([{ ...S1, clock: { kind: "working-hours", partyId: "provider" } }]))).toEqual([]);
  });
});

describe("a way out", () => {
  const [hole] = found(matrixOf([S1]));
  const labels = (finding: Finding | undefined) => finding?.fixes.map(({ label }) => label);

  it("is offered only where it closes the hole", () => {
    expect(labels(hole)).toEqual([
      "Let Cleo cover",
      "Pre-authorise Harbour IT",
      "Declare off duty",
      "Add a holder",
      "Set up its rota",
    ]);
    const silent = behind({ people: [ann, { ...cleo, phones: [] }, dee] });
    expect(labels(found(matrixOf([S1]), silent).find(({ rule }) => rule === "cover-hole"))).not.toContain(
      "Let Cleo cover",
    );
  });

  it("puts just the hole's hours into the rota", () => {
    const [first] = hole?.fixes ?? [];
    if (!first || !("people" in first) || first.people.intent !== "cover") throw new Error("It is no cover.");
    expect(first.people.overrides.slice(0, 2)).toEqual([
      { from: "2026-11-28T00:00", to: "2026-11-28T08:00", personIds: ["Cleo"] },
      { from: "2026-12-05T00:00", to: "2026-12-05T08:00", personIds: ["Cleo"] },
    ]);
    // Four Saturdays from this week on, and those of the two weeks in which clocks are set.
    expect(first.people.overrides).toHaveLength(6);
    expect(first.does).toBe(
      "Puts Cleo on call in the rota of IT lead: Sat 00:00 to 08:00 (28 Nov 2026) and 5 more times until 30 Oct 2027.",
    );
    const rotas = [rotaOf("it-lead", { ...SATURDAYS, overrides: first.people.overrides })];
    expect(said(matrixOf([S1]), behind({ rotas }))).toEqual([]);
  });

  it("makes somebody a further holder where the role has no rota", () => {
    const who = behind({ people: [{ ...ann, week: OFFICE }, cleo, dee], rotas: [] });
    const [finding] = found(matrixOf([S1]), who);
    expect(finding?.fixes[0]).toMatchObject({
      label: "Let Cleo cover",
      people: { intent: "hold", roleId: "it-lead", personId: "Cleo" },
      does: "Makes Cleo a further holder of IT lead, who is called in their own hours.",
    });
    const held = { ...who, holdings: [...who.holdings, aHolding("it-lead", "Cleo")] };
    expect(said(matrixOf([S1]), held).filter((line) => line.includes("cover-hole"))).toEqual([]);
  });

  it.each(["Pre-authorise Harbour IT", "Declare off duty"])("closes the hole as an edit: %s", (label) => {
    const fix = hole?.fixes.find((one) => one.label === label);
    if (!fix || !("commands" in fix)) throw new Error("It is no edit.");
    const before = matrixOf([S1]);
    const { matrix } = applyCommands(before, fix.commands);
    expect(matrix).not.toEqual(before);
    expect(said(matrix)).toEqual([]);
    // Pressed twice, it is there once.
    expect(applyCommands(matrix, fix.commands).matrix).toEqual(matrix);
  });

  it("declares nights and weekends off duty day by day, and what is once only as whole days", () => {
    const who = behind({ people: [{ ...ann, week: OFFICE }, aPerson("Cleo", { week: OFFICE }), dee], rotas: [] });
    const nights = found(matrixOf([S1]), who).find(({ key }) => key === "cover-hole.it-lead");
    const fix = nights?.fixes.find(({ label }) => label === "Declare off duty");
    if (!fix || !("commands" in fix)) throw new Error("It is no edit.");
    const { matrix } = applyCommands(matrixOf([S1]), fix.commands);
    expect(matrix.offDuties[0]?.week).toEqual({
      mon: [
        { from: "00:00", to: "09:00" },
        { from: "17:00", to: "24:00" },
      ],
      tue: [
        { from: "00:00", to: "09:00" },
        { from: "17:00", to: "24:00" },
      ],
      wed: [
        { from: "00:00", to: "09:00" },
        { from: "17:00", to: "24:00" },
      ],
      thu: [
        { from: "00:00", to: "09:00" },
        { from: "17:00", to: "24:00" },
      ],
      fri: [
        { from: "00:00", to: "09:00" },
        { from: "17:00", to: "24:00" },
      ],
      sat: [{ from: "00:00", to: "24:00" }],
      sun: [{ from: "00:00", to: "24:00" }],
    });
    const { staffing, absences, reachable } = staffingOf(matrix, who, "2026-11-27");
    const presence = presenceOf(staffing.get("it-lead")!, absences, { from: NOW, to: NOW + 90 * 86_400_000 });
    expect(coverOf(presence, reachable, "any").map(({ state }) => state)).not.toContain("nobody");
    const morning = { ...aRota().overrides[0], from: "2026-12-01T09:00", to: "2026-12-01T10:00", personIds: ["Ben"] };
    const people = [...EVERYBODY, aPerson("Ben", { phones: [] })];
    const once = behind({ people, rotas: [rotaOf("it-lead", { turns: [["Ann"]], overrides: [morning] })] });
    expect(labels(found(matrixOf([S1]), once)[0])).not.toContain("Declare off duty");
  });
});

describe("hard cases of cover", () => {
  it("are a rota of nobody, everybody away, a person without a zone, and sixty roles", () => {
    const gone = behind({ rotas: [rotaOf("it-lead", { turns: [["Removed"]] })] });
    expect(said(matrixOf([S1]), gone)).toEqual([
      "blocker level-unreached.s1: S1 reaches nobody at level 2, at any hour.",
    ]);
    const absences = EVERYBODY.map(({ id }) => ({ id, personId: id, from: "2026-01-01", to: "2028-01-01", note: "" }));
    expect(said(matrixOf([S1]), behind({ absences }))).toEqual([
      "blocker path-silent.s1: S1 reaches nobody, at any level: at any hour.",
    ]);
    const zoneless = EVERYBODY.map((person) => ({ ...person, timeZone: "" }));
    expect(said(matrixOf([S1], { hours: [] }), behind({ people: zoneless })).length).toBeGreaterThan(0);
    const roles = Array.from({ length: 56 }, (_, i) => ({
      id: `r${i}`,
      partyId: "client",
      name: `Role ${i}`,
      lead: false,
    }));
    const many = matrixOf(
      [
        path([
          aLevel(
            0,
            roles.map(({ id }) => id),
          ),
        ]),
      ],
      { roles: [...aMatrix().roles, ...roles] },
    );
    const who = behind({
      people: [{ ...ann, week: OFFICE }],
      holdings: roles.map(({ id }) => aHolding(id, "Ann")),
      rotas: [],
    });
    expect(said(many, who)).toEqual([
      "blocker path-silent.s1: S1 reaches nobody, at any level: Mon 17:00 to Tue 09:00, Tue 17:00 to Wed 09:00 and 3 more times each week.",
    ]);
  });
});
