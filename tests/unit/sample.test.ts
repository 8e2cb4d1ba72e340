import { describe, expect, it } from "vitest";
import { coverOf, presenceOf } from "~/domain/cover/cover.server";
import { checkRota } from "~/domain/cover/rota";
import { checkAbsences } from "~/domain/cover/absences";
import { zoneClock } from "~/domain/cover/zoned.server";
import { staffingOf } from "~/domain/escalation/staffing-of";
import { findAll } from "~/domain/findings/findings";
import { appliedPathId } from "~/domain/parts/path-of";
import { firstProblem } from "~/domain/parts/invariants";
import { checkPerson, isStale, roleHolders } from "~/domain/people/people";
import { channelsOf } from "~/domain/people/channels";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { SAMPLE_ZONE } from "~/library/sample-escalation";

/** A Friday, a day of a clock change, the last day of a leap February, and a day four years ahead. */
const DAYS = ["2026-11-27", "2027-03-28", "2028-02-29", "2030-07-03"];

describe.each(DAYS)("the sample begun on %s", (today) => {
  const matrix = sampleMatrix(today);
  const behind = samplePeople(today);
  const holders = roleHolders(matrix, behind.people, behind.holdings, today);
  const { absences, ...staffed } = staffingOf(matrix, behind, today);

  it("keeps every rule of a matrix, and has the whole of escalation", () => {
    expect(firstProblem(matrix)).toBeNull();
    expect({
      paths: matrix.paths.map(({ id }) => id),
      hours: matrix.hours.map(({ partyId, holidays }) => [partyId, Object.keys(holidays).length]),
      amounts: matrix.authorities.filter(({ upTo }) => upTo !== null).length,
      authorities: matrix.authorities.length,
      stances: [...new Set(matrix.containments.map(({ stance }) => stance))],
      offLimits: matrix.offLimits.length,
      offDuties: matrix.offDuties.map(({ roleId }) => roleId),
      conversations: matrix.conversations.length,
      thirdParties: matrix.parties.filter(({ kind }) => kind === "third-party").map(({ name }) => name),
    }).toEqual({
      paths: ["s1", "s2", "s3", "s4", "security", "decision", "risk", "disagreement"],
      hours: [
        ["client", 12],
        ["provider", 12],
      ],
      amounts: 3,
      authorities: 8,
      stances: ["act", "call-first", "never"],
      offLimits: 2,
      offDuties: ["it-team"],
      conversations: 6,
      thirdParties: ["Lumen Telecom", "Calder Mutual"],
    });
    expect(matrix.duties.filter((duty) => appliedPathId(matrix, duty) === null)).toEqual([]);
  });

  it("has nothing to find in escalation, and no duty to settle but those it shows", () => {
    const rules = new Set(findAll(matrix, { today, holders }).map(({ rule }) => rule));
    expect([...rules].sort()).toEqual([
      "apart-without-note",
      "no-answer",
      "no-doer",
      "only-informed",
      "shared-without-boundary",
      "undocumented",
      "unfilled",
      "unwritten",
    ]);
  });

  it("has people whom the forms would take, at domains and numbers that are nobody's", () => {
    const now = new Date(`${today}T12:00:00Z`);
    const people = behind.people.map((person) => ({ ...person, removed: false }));
    for (const person of behind.people) {
      expect(checkPerson(person, { id: person.id, people, now }), person.name).toMatchObject({ ok: true });
      expect(person.email, person.name).toMatch(/^[a-z.]+@[a-z-]+\.example$/);
      expect(isStale(person.lastVerified, today), person.name).toBe(false);
      // Ofcom keeps 07700 900000 to 900999, 020 7946 0000 to 0999 and 0808 157 0000 to 0999 for drama.
      for (const { number } of person.phones)
        expect(number).toMatch(/^\+44 (7700 900\d{3}|20 7946 0\d{3}|808 157 0\d{3})$/);
    }
    expect(behind.rotas.flatMap(({ rota }) => checkRota(rota))).toEqual([]);
    expect(checkAbsences(absences.absences)).toEqual([]);
    const roleIds = new Set(matrix.roles.map(({ id }) => id));
    expect(behind.holdings.every(({ roleId, since }) => roleIds.has(roleId) && since <= today)).toBe(true);
    expect(new Set(behind.holdings.map(({ roleId }) => roleId))).toEqual(roleIds);
    expect(behind.absences.every(({ from }) => from > today)).toBe(true);
    expect(behind.rotas.flatMap(({ rota }) => rota.overrides).every(({ from }) => from > today)).toBe(true);
  });

  it("is covered at every hour of the year after, but for Saturdays before eight, when nobody decides", () => {
    const clock = zoneClock(SAMPLE_ZONE);
    const from = clock.momentOf(Date.parse(`${today}T00:00:00Z`), "begins");
    const window = { from, to: from + 365 * 86_400_000 };
    for (const path of matrix.paths.filter(({ clock: { kind } }) => kind === "always"))
      for (const { calls, channels } of Object.values(path.levels))
        for (const { roleId } of calls) {
          const behindRole = staffed.staffing.get(roleId);
          if (!behindRole) throw new Error(roleId);
          const presence = presenceOf(behindRole, absences, window);
          const holes = coverOf(presence, staffed.reachable, channels).filter(({ state }) => state === "nobody");
          const said = holes.map((hole) => [hole.from, hole.to].map((at) => new Date(clock.wallAt(at)).toUTCString()));
          if (roleId !== "decision-maker") expect(said, `${path.name}: ${roleId}`).toEqual([]);
          else {
            expect(said.length).toBeGreaterThanOrEqual(51);
            for (const [begins, ends] of said) {
              expect(begins).toMatch(/^Sat, .* 00:00:00 GMT$/);
              expect(ends).toMatch(/^Sat, .* 08:00:00 GMT$/);
            }
          }
        }
  });

  it("shows a role that is on shift and on call, declared off, and somebody away for whom another stands in", () => {
    expect(behind.people.filter(({ phones, email }) => channelsOf({ phones, email }).size === 0)).toEqual([]);
    expect(behind.people.filter(({ deputyId }) => deputyId !== null).length).toBeGreaterThan(5);
    expect(behind.absences).toHaveLength(1);
    expect(behind.rotas.flatMap(({ rota }) => rota.overrides)).toHaveLength(1);
  });
});
