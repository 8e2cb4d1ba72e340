import { beforeAll, describe, expect, it } from "vitest";
import { readPeople } from "~/domain/escalation/people-file";
import { answerScenario } from "~/domain/scenario/answer.server";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { sampleWorkshop } from "~/library/sample-workshop";
import { SCENARIOS } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";
import { listRecord } from "~/services/access/record.server";
import { openSample } from "~/services/engagement/engagements.server";
import { listActivity } from "~/services/matrix/activity.server";
import { exportPeople } from "~/services/pack/exports.server";
import { changePeople, listPeople, peopleFormSchema } from "~/services/people/people.server";
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
    const { matrix } = sampleWorkshop(sampleMatrix("2026-11-27"), "2026-11-27");
    const facts = { matrix, behind: samplePeople("2026-11-27"), awayId: null };
    const { away, ...computed } = answerScenario(scenario, WHEN, { ...facts, wordsOf: librarySearchWords });
    expect({ ...stored, away: stored.away?.name }).toEqual({ ...computed, away: away?.name });
    // Numbers and addresses are for those who open the page of people.
    expect(JSON.stringify(stored)).not.toMatch(/\+44|\.example/);
  });
});

describe("what is asked of the service", () => {
  const own = { title: "Flood", pathId: "s1", dutyIds: ["gone"] };
  it("is one's own scenario too, with what it names that isn't there any more", async () => {
    const answer = await scenarioAnswer(actor, matrixId, { scenario: own, ...WHEN, awayId: "gone" });
    expect(answer.breaks[0]).toMatchObject({ code: "role-silent" });
    expect(answer.breaks.map(({ code }) => code)).toContain("duty-gone");
    expect(answer.setback).toContain("isn't among the people");
  });
  it.each([
    [{ scenario: { id: "flood" }, ...WHEN }, "There is no such scenario."],
    [{ scenario: own, ...WHEN, day: "0001-01-01" }, "Choose a day from 2000 to 2100."],
    [{ scenario: own, ...WHEN, day: "9999-12-31" }, "Choose a day from 2000 to 2100."],
    [{ scenario: own, ...WHEN, timeZone: "Mars/Olympus" }, "There is no time zone “Mars/Olympus”."],
  ])("is refused with a sentence: %j", async (asked, sentence) => {
    const refused = scenarioAnswer(actor, matrixId, { ...asked, awayId: null });
    await expect(refused).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining(sentence) });
  });
});

describe("the people of a matrix as a file", () => {
  it("give the same answers as those that are stored, removed ones too, and the download is in the log and the record", async () => {
    const owner = await aUser("Olu");
    const matrixOf = await openSample(owner, NOW);
    const nadia = (await listPeople(owner, matrixOf)).people.find(({ name }) => name === "Nadia Rahman");
    const remove = { intent: "remove", id: nadia?.id ?? "" };
    await changePeople(owner, matrixOf, peopleFormSchema.parse(remove), NOW);
    const file = await exportPeople(owner, matrixOf, NOW);
    expect(file.name).toBe("ashdown-bakeries-merrow-managed-it-people.json");
    const json: unknown = JSON.parse(new TextDecoder().decode(file.bytes));
    expect(JSON.stringify(json)).not.toContain("Nadia");
    const matrix = sampleMatrix("2026-11-27");
    const people = readPeople(json, matrix, NOW);
    if (!people.ok) throw new Error(people.sentences.join("\n"));
    for (const scenario of SCENARIOS) {
      const asked = { day: "2027-01-16", time: "09:10", timeZone: "Europe/London" };
      const stored = await scenarioAnswer(owner, matrixOf, { scenario: { id: scenario.id }, ...asked, awayId: null });
      const facts = { matrix, behind: people.behind, awayId: null, wordsOf: librarySearchWords };
      expect(answerScenario(scenario, asked, facts).words).toEqual(stored.words);
    }
    const { entries } = await listActivity(owner, matrixOf, {
      person: "",
      kind: "downloads",
      dutyId: "",
      after: null,
    });
    expect(entries.map(({ sentence }) => sentence)).toEqual(["Downloaded the people as JSON."]);
    const record = await listRecord(owner, matrixOf, null);
    expect(record.entries.map(({ sentence }) => sentence)).toContain(
      "Downloaded the people behind Responsibility matrix as JSON.",
    );
  });
});
