import { beforeAll, describe, expect, it } from "vitest";
import { answerScenario } from "~/domain/scenario/answer.server";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { SCENARIOS } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";
import { openSample } from "~/services/engagement/engagements.server";
import { listPeople } from "~/services/people/people.server";
import { scenarioAnswer } from "~/services/people/scenario-answers.server";
import type { Actor } from "~/services/who/actor.server";
import { aUser } from "../support/stored";

const NOW = new Date("2026-11-27T12:00:00Z");
const WHEN = { day: "2027-01-09", time: "02:10", timeZone: "Europe/London" };
let actor: Actor;
let matrixId: string;

beforeAll(async () => {
  actor = await aUser("Daniel");
  matrixId = await openSample(actor, NOW);
});

describe("the sample that somebody opens", () => {
  it("has its people, holdings, rotas and days away, under ids of its own", async () => {
    const view = await listPeople(actor, matrixId);
    const { people, holdings, rotas, absences } = samplePeople("2026-11-27");
    expect(view.people.map(({ name }) => name)).toEqual(people.map(({ name }) => name).sort());
    expect(view.holdings).toHaveLength(holdings.length);
    expect(view.rotaRoleIds).toEqual(rotas.map(({ roleId }) => roleId).sort());
    const [away] = view.absences;
    expect(view.people.find(({ id }) => id === away?.personId)?.name).toBe("Maya Lindqvist");
    expect(absences).toHaveLength(1);
    // Another account's sample has the same people without sharing them.
    const other = await aUser("Ruth");
    const others = await listPeople(other, await openSample(other, NOW));
    expect(others.people.map(({ name }) => name)).toEqual(view.people.map(({ name }) => name));
    const ids = new Set(view.people.map(({ id }) => id));
    expect(others.people.some(({ id }) => ids.has(id))).toBe(false);
  });

  it.each(SCENARIOS.map(({ id }) => id))("answers %s as the arithmetic does by itself", async (id) => {
    const scenario = SCENARIOS.find((one) => one.id === id);
    if (!scenario) throw new Error(id);
    const stored = await scenarioAnswer(actor, matrixId, { scenario: { id }, ...WHEN, awayId: null });
    const facts = { matrix: sampleMatrix("2026-11-27"), behind: samplePeople("2026-11-27"), awayId: null };
    const { away, ...computed } = answerScenario(scenario, WHEN, { ...facts, wordsOf: librarySearchWords });
    expect({ ...stored, away: stored.away?.name }).toEqual({ ...computed, away: away?.name });
    // Numbers and addresses are for those who open the page of people.
    expect(JSON.stringify(stored)).not.toMatch(/\+44|\.example/);
  });
});
