import fc from "fast-check";
import { expect, it } from "vitest";
import { callsOf } from "~/domain/cover/calls.server";
import { coverOf, presenceOf } from "~/domain/cover/cover.server";
import { lateStarts } from "~/domain/cover/late-starts.server";
import type { Rota } from "~/domain/cover/rota";
import { momentAfter } from "~/domain/cover/path-clock.server";
import { intersection, union, type Span } from "~/domain/cover/spans";
import type { CallPath } from "~/domain/cover/path";
import { callPathOf } from "~/domain/escalation/call-path-of";
import { findCover } from "~/domain/escalation/find-cover.server";
import { coversOf, reachOf } from "~/domain/escalation/path-reach.server";
import { staffingOf, type Behind } from "~/domain/escalation/staffing-of";
import { isVacant, presencesOf, weekOfPath } from "~/domain/escalation/week-cover.server";
import { minutesOfWeek, weekOf } from "~/domain/escalation/weeks.server";
import { findInCover } from "~/domain/findings/cover-rules";
import type { EscalationPath, Level, Week } from "~/domain/matrix/escalation-shapes";
import { blankPath } from "~/domain/parts/paths";
import { applyCommands } from "~/domain/editing/apply-command";
import { aMatrix } from "../support/matrices";
import { aPerson } from "../support/people";

const MINUTE = 60_000;
/** Half-hour and 45-minute zones among them, with days in weeks in which their clocks are set and in none. */
const WEEKS = [
  ["Europe/London", "2027-03-28", 167],
  ["Europe/London", "2027-10-31", 169],
  ["America/New_York", "2027-03-14", 167],
  ["Australia/Lord_Howe", "2027-04-04", 168.5],
  ["Australia/Lord_Howe", "2027-10-03", 167.5],
  ["Pacific/Chatham", "2027-04-04", 169],
  ["Pacific/Chatham", "2027-09-26", 167],
  ["Africa/Cairo", "2026-04-24", 167],
  ["Asia/Kolkata", "2027-01-13", 168],
] as const;
const ZONES = [...new Set(WEEKS.map(([zone]) => zone))];
const PEOPLE = ["ann", "ben", "cleo", "dee"];
const ROLES = ["it-lead", "it-team", "service-desk"];

const hours = fc.constantFrom<Week["mon"][]>(
  [],
  [{ from: "09:00", to: "17:30" }],
  [{ from: "22:00", to: "06:15" }],
  [{ from: "00:00", to: "24:00" }],
  [{ from: "01:30", to: "02:45" }],
);
const week: fc.Arbitrary<Week> = fc.record({
  mon: hours,
  tue: hours,
  wed: hours,
  thu: hours,
  fri: hours,
  sat: hours,
  sun: hours,
});
const zone = fc.constantFrom(...ZONES);
const person = fc.constantFrom(...PEOPLE);

const level = fc.record({
  roleIds: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 2 }),
  gap: fc.integer({ min: 1, max: 90 }),
  channels: fc.constantFrom<Level["channels"]>([], ["phone"], ["email"], ["phone", "email"]),
  decides: fc.boolean(),
});

const world = fc.record({
  at: fc.constantFrom(...WEEKS),
  people: fc.tuple(
    ...PEOPLE.map((id) =>
      fc
        .record({
          week: fc.option(week),
          timeZone: fc.oneof(zone, fc.constant("")),
          phone: fc.boolean(),
          deputyId: fc.option(person),
        })
        .map(({ phone, deputyId, ...fields }) =>
          aPerson(id, {
            ...fields,
            deputyId: deputyId === id ? null : deputyId,
            phones: phone ? [{ label: "", number: "123" }] : [],
          }),
        ),
    ),
  ),
  holders: fc.uniqueArray(fc.tuple(fc.constantFrom(...ROLES), person), {
    maxLength: 5,
    selector: (pair) => pair.join(),
  }),
  rota: fc.option(
    fc.record({
      timeZone: zone,
      period: fc.constantFrom<Rota["period"][]>("daily", "weekly"),
      turns: fc.array(fc.array(person, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
      always: fc.boolean(),
      week,
    }),
  ),
  away: fc.array(fc.tuple(person, fc.integer({ min: -2, max: 8 })), { maxLength: 3 }),
  levels: fc.array(level, { minLength: 1, maxLength: 4 }),
  agreed: week,
  clock: fc.boolean(),
  target: fc.integer({ min: 1, max: 120 }),
  repeats: fc.integer({ min: 0, max: 2 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00Z`) + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);

function built({ at: [timeZone, day], people, holders, rota, away, levels, agreed, clock, target, repeats }: World) {
  let minutes = 0;
  const path: EscalationPath = {
    ...blankPath("s1"),
    name: "S1",
    clock: clock ? { kind: "working-hours", partyId: "client" } : { kind: "always" },
    decisionTarget: target,
    repeats,
    levels: Object.fromEntries(
      levels.map(({ roleIds, gap, channels, decides }, i) => {
        minutes += gap;
        const calls = roleIds.map((roleId) => ({ roleId, direction: "up" as const }));
        return [`l${i}`, { minutes: minutes - gap, calls, channels, decides, may: "" }];
      }),
    ),
  };
  const matrix = aMatrix({
    paths: [path],
    hours: [{ id: "h", partyId: "client", timeZone, week: agreed, holidays: {}, billable: "" }],
  });
  const behind: Behind = {
    people,
    holdings: holders.map(([roleId, personId], i) => ({
      id: `${i}`,
      roleId,
      personId,
      since: "2020-01-01",
      until: null,
      carriedFrom: null,
    })),
    rotas: rota
      ? [
          {
            roleId: "it-lead",
            rota: {
              timeZone: rota.timeZone,
              period: rota.period,
              every: 1,
              handOver: { time: "02:15", weekday: "sun" },
              firstDay: "2026-01-01",
              turns: rota.turns,
              hours: rota.always ? "always" : { days: rota.week, timeZone: rota.timeZone, holidays: [] },
              overrides: [],
            },
          },
        ]
      : [],
    absences: away.map(([personId, days], i) => ({
      id: `${i}`,
      personId,
      from: dayAfter(day, days - 4),
      to: dayAfter(day, days - 3),
      note: "",
    })),
  };
  return { matrix, path, behind, timeZone, day };
}

it("a week's strips fill it exactly, and say at each minute what the presence of that minute says", () => {
  fc.assert(
    fc.property(world, fc.array(fc.nat(), { minLength: 10, maxLength: 10 }), (one, picks) => {
      const { matrix, path, behind, timeZone, day } = built(one);
      const shown = weekOf(timeZone, day);
      expect(minutesOfWeek(shown) / 60).toBe(one.at[2]);
      const staffed = staffingOf(matrix, behind, shown.firstDay);
      const { strips } = weekOfPath(
        path,
        { matrix, staffed, people: behind.people, week: shown },
        presencesOf(staffed, shown),
      );
      const minutes = minutesOfWeek(shown);
      for (const { roleId, channels, spans } of strips) {
        expect(spans[0]?.from).toBe(0);
        expect(spans.at(-1)?.to).toBe(minutes);
        spans.forEach((span, i) => {
          expect(span.to).toBeGreaterThan(span.from);
          if (i > 0) expect(span.from).toBe(spans[i - 1]?.to);
        });
        const wanted = channels === "any channel" ? "any" : channels.replace("e-mail", "email").split(", ");
        for (const minute of [0, minutes - 1, ...picks.map((pick) => pick % minutes)]) {
          const at = shown.from + minute * MINUTE;
          const presence = presenceOf(staffed.staffing.get(roleId)!, staffed.absences, { from: at, to: at + 1 });
          const [cover] = coverOf(presence, staffed.reachable, wanted);
          const span = spans.find(({ from, to }) => from <= minute && minute < to);
          expect(span?.state === "outside" ? "nobody" : span?.state).toBe(cover?.state);
          if (cover && cover.personIds.length > 0)
            expect(span?.who.replace("; then on call ", ", ")).toBe(cover.personIds.join(", "));
        }
      }
    }),
    { numRuns: 120 },
  );
});

it("beginnings from which a decision comes late are those for which the calls say so", () => {
  fc.assert(
    fc.property(world, fc.array(fc.nat(), { minLength: 25, maxLength: 25 }), (one, picks) => {
      const { matrix, path, behind, timeZone, day } = built(one);
      const callPath = callPathOf(path, matrix);
      if (!callPath.ok) return;
      const window = weekOf(timeZone, day);
      const staffed = staffingOf(matrix, behind, window.firstDay);
      const reach = reachOf(callPath.value, coversOf(presencesOf(staffed, window), staffed.reachable), window);
      const { clock, repeats, roundMinutes } = callPath.value;
      const targetMinutes = one.target;
      const late = lateStarts(reach.levels, { clock, repeats, roundMinutes, targetMinutes }, window);
      const followed: CallPath = { ...callPath.value, targetMinutes };
      const span = window.to - window.from;
      const edges = late.flatMap(({ from, to }) => [from, from - MINUTE, to, to - MINUTE]);
      for (const at of [...edges, ...picks.map((pick) => window.from + (pick % (span / MINUTE)) * MINUTE)]) {
        const { decision, clockFrom } = callsOf(followed, at, staffed);
        // What begins while the clock stands begins when it runs again; and of what ends beyond the window nothing is said.
        const target = momentAfter(clock, at, targetMinutes);
        if (clockFrom !== at || at < window.from || target === null || target >= window.to) continue;
        const isLate = decision === null || decision.lateBy > 0;
        expect(late.some(({ from, to }) => from <= at && at < to)).toBe(isLate);
      }
    }),
    { numRuns: 120 },
  );
});

it("a way out closes what it is offered for, and adds no finding of another hole", () => {
  let tried = 0;
  fc.assert(
    fc.property(world, (one) => {
      const { matrix, behind } = built(one);
      const now = Date.parse("2027-03-10T12:00Z");
      const before = findCover(matrix, behind, now);
      const holesOf = (facts: typeof before) => new Map(facts.holes.map(({ roleId, key }) => [roleId, key]));
      for (const { roleId, ways } of before.holes)
        for (const { how, personId, overrides } of ways) {
          tried += 1;
          const holdings = [
            ...behind.holdings,
            { id: "new", roleId, personId, since: "2020-01-01", until: null, carriedFrom: null },
          ];
          const rotas = behind.rotas.map((stored) =>
            stored.roleId === roleId ? { roleId, rota: { ...stored.rota, overrides } } : stored,
          );
          const after = findCover(matrix, how === "holder" ? { ...behind, holdings } : { ...behind, rotas }, now);
          expect(holesOf(after).has(roleId)).toBe(false);
          const others = (facts: typeof before) => [...holesOf(facts)].filter(([id]) => id !== roleId);
          expect(others(after)).toEqual(others(before));
        }
      for (const finding of findInCover(matrix, before))
        for (const fix of finding.fixes) {
          if (!("commands" in fix)) continue;
          tried += 1;
          const edited = applyCommands(matrix, fix.commands);
          expect(edited.rejected).toEqual([]);
          expect(holesOf(findCover(edited.matrix, behind, now)).has(finding.roleIds[0] ?? "")).toBe(false);
        }
    }),
    { numRuns: 60 },
  );
  expect(tried).toBeGreaterThan(20);
});

it("hours of a hole are hours in which the strips show nobody, and none is missing", () => {
  fc.assert(
    fc.property(world, (one) => {
      const { matrix, path, behind, timeZone, day } = built(one);
      const callPath = callPathOf(path, matrix);
      if (!callPath.ok) return;
      const shown = weekOf(timeZone, day);
      const staffed = staffingOf(matrix, behind, shown.firstDay);
      const presences = presencesOf(staffed, shown);
      const reach = reachOf(callPath.value, coversOf(presences, staffed.reachable), shown);
      const { strips } = weekOfPath(path, { matrix, staffed, people: behind.people, week: shown }, presences);
      for (const roleId of ROLES.filter((id) => !isVacant(staffed.staffing.get(id)))) {
        const missing = union(
          reach.levels.flatMap(({ calls }) => calls.flatMap((call) => (call.roleId === roleId ? call.missing : []))),
        );
        const ofStrips: Span[] = strips
          .filter((strip) => strip.roleId === roleId)
          .flatMap(({ spans }) => spans.filter(({ state }) => state === "nobody"))
          .map(({ from, to }) => ({ from: shown.from + from * MINUTE, to: shown.from + to * MINUTE }));
        expect(intersection(missing, union([shown]))).toEqual(union(ofStrips));
      }
    }),
    { numRuns: 120 },
  );
});
