import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { peopleFile, readPeople } from "~/domain/escalation/people-file";
import type { Behind } from "~/domain/escalation/staffing-of";
import { answerScenario } from "~/domain/scenario/answer.server";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { SCENARIOS } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";

const TODAY = "2026-11-27";
const NOW = new Date(`${TODAY}T12:00:00Z`);
const matrix = sampleMatrix(TODAY);
const behind = samplePeople(TODAY);
type File = ReturnType<typeof peopleFile>;
const whole = (): File => JSON.parse(JSON.stringify(peopleFile(matrix, behind, [])));

const answers = (who: Behind | null) =>
  SCENARIOS.map((scenario) =>
    answerScenario(
      scenario,
      { day: "2027-01-09", time: "02:10", timeZone: "Europe/London" },
      { matrix, behind: who, awayId: null, wordsOf: librarySearchWords },
    ),
  );

describe("a file of people", () => {
  it("gives the answers of the people it was written from", () => {
    const read = readPeople(whole(), matrix, NOW);
    if (!read.ok) throw new Error(read.sentences.join("\n"));
    expect(answers(read.behind)).toEqual(answers(behind));
    expect(JSON.parse(JSON.stringify(peopleFile(matrix, read.behind, [])))).toEqual(whole());
  });

  it("keeps the turn of somebody who was removed, so that nobody else's days move", () => {
    const left = { ...behind, people: behind.people.filter(({ id }) => id !== "nadia-rahman") };
    const file = JSON.parse(JSON.stringify(peopleFile(matrix, left, [{ id: "nadia-rahman", side: "client" }])));
    expect(JSON.stringify(file)).not.toContain("Nadia");
    const read = readPeople(file, matrix, NOW);
    if (!read.ok) throw new Error(read.sentences.join("\n"));
    const decision = (who: Behind) => answers(who)[0]?.calls?.steps.map(({ calls }) => calls);
    expect(decision(read.behind)).toEqual(decision(left));
  });

  it("leaves out what nobody can follow: roles that are gone, holdings of the removed, a rota that was never right", () => {
    const file = peopleFile(
      { roles: matrix.roles.filter(({ id }) => id !== "vcio") },
      {
        ...behind,
        people: behind.people.filter(({ id }) => id !== "callum-reid"),
        rotas: behind.rotas.map((one) =>
          one.roleId === "leadership" ? { ...one, rota: { ...one.rota, turns: [[]] } } : one,
        ),
      },
      [],
    );
    expect(file.rotas.map(({ roleId }) => roleId)).not.toContain("vcio");
    expect(file.rotas.map(({ roleId }) => roleId)).not.toContain("leadership");
    expect(file.holdings.some(({ personId }) => personId === "callum-reid")).toBe(false);
    expect(file.people.find(({ id }) => id === "sunita-rao")?.deputyId).toBeNull();
  });

  it("is as docs/people-file.md shows it", () => {
    const [, example = ""] = /```json\n([^`]*)```/.exec(readFileSync("docs/people-file.md", "utf8")) ?? [];
    expect(readPeople(JSON.parse(example), matrix, NOW)).toMatchObject({
      ok: true,
      behind: {
        people: [
          { id: "ann", week: { mon: [{ from: "09:00", to: "17:30" }], tue: [] } },
          { id: "ben", week: null },
        ],
        holdings: [{ since: "2000-01-01", until: null }, { until: "2027-06-30" }],
      },
    });
  });

  const rotaOf = (file: File) => {
    const [rota] = file.rotas;
    if (!rota) throw new Error("no rota");
    return rota;
  };
  const BAD: Record<string, [change: (file: File) => unknown, sentence: string]> = {
    "another format": [() => ({ format: "demarc.matrix" }), "is no file of people"],
    "a list": [() => [], "is no file of people"],
    "a field nobody knows": [(file) => ({ ...file, pets: [] }), "At the top: "],
    "a text where a number belongs": [
      (file) => ({ ...file, rotas: [{ ...rotaOf(file), rota: { ...rotaOf(file).rota, every: "1" } }] }),
      "At rotas.0.rota.every: ",
    ],
    "a role that isn't there": [
      (file) => ({ ...file, holdings: [{ roleId: "ceo", personId: "ruth-adeyemi" }] }),
      "There is no role “ceo” in the matrix. Its roles are: it-lead (IT lead), ",
    ],
    "a rota of a role that isn't there": [
      (file) => ({ ...file, rotas: [{ ...rotaOf(file), roleId: "ceo" }] }),
      "There is no role “ceo”",
    ],
    "a person that isn't there": [
      (file) => ({ ...file, holdings: [{ roleId: "it-lead", personId: "ghost" }] }),
      "A holding of IT lead names “ghost”, who isn't among the people.",
    ],
    "an absence of somebody that isn't there": [
      (file) => ({ ...file, absences: [{ personId: "ghost", from: TODAY, to: TODAY }] }),
      "An absence names “ghost”, who isn't among the people.",
    ],
    "somebody of the other side": [
      (file) => ({ ...file, holdings: [{ roleId: "it-lead", personId: "tom-brandt" }] }),
      "A holding of IT lead names Tom Brandt, who is of another side than Ashdown Bakeries.",
    ],
    "a zone that doesn't exist": [
      (file) => ({ ...file, people: [{ ...file.people[0], timeZone: "Mars/Olympus" }], holdings: [], rotas: [] }),
      "Daniel Okafor: There is no time zone “Mars/Olympus”. Write it as in Europe/London.",
    ],
    "a rota in a zone that doesn't exist": [
      (file) => ({ ...file, rotas: [{ ...rotaOf(file), rota: { ...rotaOf(file).rota, timeZone: "IST" } }] }),
      "The rota of IT lead: There is no time zone “IST”. Write it as in Europe/London.",
    ],
    "a rota of nobody": [
      (file) => ({ ...file, rotas: [{ ...rotaOf(file), rota: { ...rotaOf(file).rota, turns: [] } }] }),
      "The rota of IT lead: The rota names nobody. Add at least one person.",
    ],
    "two rotas of a role": [
      (file) => ({ ...file, rotas: [rotaOf(file), rotaOf(file)] }),
      "IT lead has two rotas. Keep one of them.",
    ],
    "overrides that overlap": [
      (file) => ({
        ...file,
        rotas: [
          {
            ...rotaOf(file),
            rota: {
              ...rotaOf(file).rota,
              overrides: [
                { from: "2027-01-01", to: "2027-01-03", personIds: ["ruth-adeyemi"] },
                { from: "2027-01-03T12:00", to: "2027-01-04T12:00", personIds: [] },
              ],
            },
          },
        ],
      }),
      "The overrides from 2027-01-01 to 2027-01-03 and from 2027-01-03T12:00 to 2027-01-04T12:00 overlap. Shorten one of them.",
    ],
    "an absence that ends before it begins": [
      (file) => ({ ...file, absences: [{ personId: "ruth-adeyemi", from: "2027-01-09", to: "2027-01-08" }] }),
      "The absence from 2027-01-09 ends on 2027-01-08, before it begins. Swap the days.",
    ],
    "a day that isn't one": [
      (file) => ({ ...file, absences: [{ personId: "ruth-adeyemi", from: "2027-02-30", to: "2027-02-30" }] }),
      "“2027-02-30” isn't a day. Write it as in 2026-12-25.",
    ],
    "deputies in a circle": [
      (file) => ({
        ...file,
        people: file.people.map((person) =>
          person.id === "maya-lindqvist" ? { ...person, deputyId: "ruth-adeyemi" } : person,
        ),
      }),
      "that goes round in a circle. Choose somebody else.",
    ],
    "an id twice": [
      (file) => ({ ...file, people: [...file.people, file.people[0]] }),
      "Two people have the same id. Give each one of their own.",
    ],
    "a name with marks that reorder": [
      (file) => ({
        ...file,
        people: [{ ...file.people[1], name: "Ruth\u202Eimeeda" }],
        holdings: [],
        rotas: [],
        absences: [],
      }),
      "hidden marks that change the reading order",
    ],
    "hours that overlap": [
      (file) => ({
        ...file,
        rotas: [
          {
            ...rotaOf(file),
            rota: {
              ...rotaOf(file).rota,
              hours: {
                days: {
                  mon: [
                    { from: "09:00", to: "12:00" },
                    { from: "11:00", to: "13:00" },
                  ],
                },
                timeZone: "Europe/London",
              },
            },
          },
        ],
      }),
      "The rota of IT lead: On Monday, 09:00 to 12:00 and 11:00 to 13:00 overlap.",
    ],
  };
  it.each(Object.entries(BAD))("with %s is refused with a sentence", (_name, [change, sentence]) => {
    const read = readPeople(change(whole()), matrix, NOW);
    expect(read).toEqual({ ok: false, sentences: expect.arrayContaining([expect.stringContaining(sentence)]) });
  });

  it("with a thousand mistakes says the first of them", () => {
    const file = whole();
    const read = readPeople(
      { ...file, holdings: Array.from({ length: 1_000 }, (_, i) => ({ roleId: `r${i}`, personId: "ruth-adeyemi" })) },
      matrix,
      NOW,
    );
    expect(read.ok ? [] : read.sentences).toHaveLength(8);
  });
});
