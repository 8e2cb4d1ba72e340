import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCommand } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import { termsHash } from "~/domain/agreement/agreement";
import { answerScenario, type ScenarioFacts } from "~/domain/scenario/answer.server";
import { dutiesOfScenario, pathOfScenario } from "~/domain/scenario/scenario-duties";
import {
  readScenarioQuery,
  scenarioOf,
  scenarioQuery,
  usualDay,
  usualZone,
  type AskedScenario,
} from "~/domain/scenario/scenario";
import { LIBRARY } from "~/library/library";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { scenarioNamed, SCENARIOS } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";
import { blankMatrix } from "~/library/start-matrix";
import { arbitraryMatrix } from "../support/arbitraries";
import { aDuty, aMatrix, cells } from "../support/matrices";

const TODAY = "2026-11-27";
const sample = sampleMatrix(TODAY);
const people = samplePeople(TODAY);
const SATURDAY = { day: "2027-01-09", time: "02:10", timeZone: "Europe/London" };

function named(id: string) {
  const scenario = scenarioNamed(id);
  if (!scenario) throw new Error(id);
  return scenario;
}
const ask = (id: string, facts: Partial<ScenarioFacts> = {}, beginning = SATURDAY) =>
  answerScenario(named(id), beginning, {
    matrix: sample,
    behind: people,
    awayId: null,
    wordsOf: librarySearchWords,
    ...facts,
  });
const codes = (answer: ReturnType<typeof ask>) => [...new Set(answer.breaks.map(({ code }) => code))];
const after = (matrix: Matrix, ...commands: MatrixCommand[]) =>
  commands.reduce((before, command) => {
    const result = applyCommand(before, command);
    if (!result.ok) throw new Error(result.rejection.message);
    return result.value;
  }, matrix);
const codesFound = (id: string, matrix: Matrix) =>
  dutiesOfScenario(named(id), matrix, librarySearchWords).duties.map(({ code }) => code);

describe("the scenarios of the library", () => {
  it("are twelve, each with a story and duties that the library has, at moments that are none of today's", () => {
    expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(12);
    const known = new Set(LIBRARY.duties.map(({ id }) => id));
    for (const { id, title, story, duties, when } of SCENARIOS) {
      expect(title.length, id).toBeLessThanOrEqual(50);
      expect(story, id).toMatch(/^.{40,160}\.$/);
      expect(duties.length, id).toBeGreaterThan(2);
      for (const clue of duties) {
        expect(known.has(clue.id), clue.id).toBe(true);
        expect(clue.text, clue.id).not.toBe("");
      }
      expect(new Date(`${usualDay({ when }, TODAY)}T00:00:00Z`).getTime()).toBeGreaterThanOrEqual(Date.parse(TODAY));
    }
    expect(usualDay(named("ransomware"), TODAY)).toBe("2026-11-28");
    expect(usualDay(named("hostile-leaver"), TODAY)).toBe(TODAY);
    expect(usualDay(named("vendor-access"), "2028-02-29")).toBe("2028-03-01");
  });
  it("are read on the client's clocks, else on the provider's, else on UTC", () => {
    expect(usualZone(sample)).toBe("Europe/London");
    const hours = sample.hours.map((one) => ({ ...one, timeZone: one.partyId === "client" ? "Mars/X" : "Asia/Tokyo" }));
    expect(usualZone({ ...sample, hours })).toBe("Asia/Tokyo");
    expect(usualZone(aMatrix())).toBe("UTC");
  });
});

describe("the duties of a scenario", () => {
  const net = LIBRARY.duties.find(({ id }) => id === "net-03");

  it("are found by their id, however they are worded, also in a script of which the library knows no word", () => {
    const renamed = after(sample, {
      type: "duty.edit",
      dutyId: "net-03",
      set: { text: "回線障害を通信事業者と追跡する" },
    });
    expect(codesFound("line-down", renamed)).toEqual(["NET-03", "NET-06", "INC-05", "SUP-07"]);
  });
  it("are found by the library's text where they were added later", () => {
    const duty = aDuty({ id: "x1", code: "NET-71", domainId: "net", text: ` ${net?.text.toUpperCase()} ` });
    expect(codesFound("line-down", aMatrix({ duties: [duty] }))).toEqual(["NET-71"]);
  });
  it("are found by what people say where they are the parties' own, and one of their own comes on top", () => {
    const own = aDuty({
      id: "x2",
      code: "NET-72",
      domainId: "net",
      text: "Call the carrier when the internet line is down",
    });
    const other = aDuty({ id: "x3", code: "SUP-09", text: "Water the plants" });
    expect(codesFound("line-down", aMatrix({ duties: [other, own] }))).toEqual(["NET-72"]);
    const withOwn = after(sample, {
      type: "duty.add",
      dutyId: "x4",
      domainId: "inc",
      text: "Negotiate with a ransomware gang",
      beforeId: null,
    });
    expect(codesFound("ransomware", withOwn).at(-1)).toBe("INC-15");
  });
  it("are found in a matrix that never saw the library, and no duty of the library stands in for one that was deleted", () => {
    const texts = [
      ["Respond to security incidents", "ransomware"],
      ["Offboard leavers the same day", "hostile-leaver"],
      ["Talk to the internet provider about outages", "line-down"],
      ["Wipe stolen phones", "stolen-phone"],
      ["Test a restore every quarter", "restore-fails"],
      ["Renew TLS certificates", "certificate"],
      ["Watch the Azure bill", "cloud-bill"],
      ["Order laptops", null],
      ["Look after Microsoft 365", null],
    ] as const;
    const own = aMatrix({ duties: texts.map(([text], i) => aDuty({ id: `u${i}`, code: `SUP-${10 + i}`, text })) });
    for (const [text, id] of texts)
      if (id)
        expect(dutiesOfScenario(named(id), own, librarySearchWords).duties.map((duty) => duty.text)).toEqual([text]);
    const ids = new Set(SCENARIOS.flatMap(({ duties }) => duties.map((clue) => clue.id)));
    const rest = { ...sample, duties: sample.duties.filter(({ id }) => !ids.has(id)) };
    expect(SCENARIOS.flatMap(({ id }) => codesFound(id, rest))).toEqual([]);
  });
  it("leave out what doesn't apply, and what was deleted is no duty of theirs", () => {
    const reason = "No carrier of our own";
    const changed = after(
      sample,
      { type: "duty.edit", dutyId: "net-03", set: { standing: { kind: "not-applicable", reason } } },
      { type: "duty.delete", dutyId: "net-06" },
    );
    expect(codesFound("line-down", changed)).not.toContain("NET-03");
    expect(codesFound("line-down", changed)).not.toContain("NET-06");
  });
  it("are none in a matrix that has none, which is said", () => {
    expect(codesFound("line-down", blankMatrix({ client: "A", provider: "B", agreementReference: "" }))).toEqual([]);
    expect(codes(ask("line-down", { matrix: aMatrix({ duties: [] }) }))).toContain("no-duty");
  });
  it("of one's own scenario that are gone are counted", () => {
    const own = scenarioOf({ title: "Flood", pathId: "s1", dutyIds: ["net-03", "gone-1", "gone-2"] });
    const answer = answerScenario(own, SATURDAY, {
      matrix: sample,
      behind: people,
      awayId: null,
      wordsOf: librarySearchWords,
    });
    expect(answer.duties.map(({ code }) => code)).toEqual(["NET-03"]);
    expect(answer.breaks).toContainEqual({ code: "duty-gone", sentence: "2 of its duties aren't in the matrix." });
    expect(answer.why).toBe("S1 was chosen.");
    expect(answer.authorities).toHaveLength(sample.authorities.length);
    expect(answer.containments).toHaveLength(sample.containments.length);
  });
});

describe("the path of a scenario", () => {
  const pathOf = (id: string, matrix: Matrix) => {
    const { duties } = dutiesOfScenario(named(id), matrix, librarySearchWords);
    const { path, why } = pathOfScenario(named(id), duties, matrix);
    return [path?.id ?? null, why];
  };
  const unnamed = {
    ...sample,
    domains: sample.domains.map((domain) => ({ ...domain, pathId: null })),
    duties: sample.duties.map((duty) => ({ ...duty, pathId: null })),
  };

  it("is the usual one where no duty names any, whatever the paths are called", () => {
    expect(pathOf("ransomware", unnamed)).toEqual(["s1", "None of its duties names a path for this, so S1 applies."]);
    const renamed = {
      ...unnamed,
      paths: unnamed.paths.map((path) => ({ ...path, id: `p-${path.id}`, name: `Notfall ${path.id}` })),
    };
    expect(pathOf("ransomware", renamed)[0]).toBe("p-s1");
    expect(pathOf("certificate", renamed)[0]).toBe("p-s2");
    expect(pathOf("stolen-phone", renamed)[0]).toBe("p-security");
  });
  it("is the worst incident's for an attack without a path of its own, and the last incident's where there are fewer", () => {
    const few = { ...unnamed, paths: unnamed.paths.filter(({ id }) => id === "s3" || id === "s4") };
    const without = { ...few, paths: few.paths.map((path, i) => ({ ...path, id: `x${i}` })) };
    expect(pathOf("stolen-phone", without)[0]).toBe("x0");
    expect(pathOf("certificate", without)[0]).toBe("x1");
  });
  it("isn't an incident's where the scenario asks for a decision, though its duties' domains name one", () => {
    const incidents = { ...sample, domains: sample.domains.map((domain) => ({ ...domain, pathId: "s2" })) };
    expect(pathOf("cloud-bill", incidents)[0]).toBe("decision");
    const noDecision = { ...incidents, paths: incidents.paths.filter(({ kind }) => kind === "incident") };
    // Nothing else is agreed, so what the duty names is followed.
    expect(pathOf("cloud-bill", noDecision)).toEqual(["s2", "The domain of STR-05 names S2."]);
  });
  it("is none where nothing is agreed, with what to do", () => {
    const none = { ...unnamed, paths: [] };
    expect(pathOf("ransomware", none)).toEqual([null, "The matrix has no escalation path yet. Agree one first."]);
    const risks = { ...unnamed, paths: unnamed.paths.filter(({ kind }) => kind === "risk") };
    expect(pathOf("contract-dispute", risks)).toEqual([
      null,
      "The matrix has no path for this: disagreement about ownership or money. Add one, or name the path of its duties.",
    ]);
    const chosen = scenarioOf({ title: "Flood", pathId: "gone", dutyIds: [] });
    expect(pathOfScenario(chosen, [], sample)).toEqual({
      path: null,
      why: "The path that was chosen isn't in the matrix. Choose another.",
    });
    const nothing = scenarioOf({ title: "Flood", pathId: null, dutyIds: [] });
    expect(pathOfScenario(nothing, [], sample).path).toBeNull();
  });
});

describe("an answer", () => {
  it("without any path names no call and no decision, and still who may approve what and which duties apply", () => {
    const answer = ask("ransomware", {
      matrix: {
        ...sample,
        paths: [],
        domains: sample.domains.map((domain) => ({ ...domain, pathId: null })),
        duties: sample.duties.map((duty) => ({ ...duty, pathId: null })),
      },
    });
    expect(answer).toMatchObject({ path: null, calls: null, decision: null, inTime: false, powers: [] });
    expect(codes(answer)).toEqual(["no-path", "containment-unreachable"]);
    expect(answer.duties).toHaveLength(9);
    expect(answer.authorities.every(({ by }) => by !== null)).toBe(true);
  });
  it("on a path whose clock has no hours says what to agree", () => {
    const answer = ask("cloud-bill", { matrix: { ...sample, hours: [] } });
    expect(answer.calls).toBeNull();
    expect(answer.breaks[0]).toEqual({
      code: "no-path",
      sentence:
        "The path counts the working hours of Ashdown Bakeries, which aren't agreed yet. Agree them, or let it count every hour.",
    });
  });
  it("on a path without a level, or whose levels call nobody, says so", () => {
    const withLevels = (levels: (typeof sample.paths)[number]["levels"]) => ({
      ...sample,
      paths: sample.paths.map((path) => (path.id === "s1" ? { ...path, levels } : path)),
    });
    expect(ask("ransomware", { matrix: withLevels({}) }).breaks[0]).toEqual({
      code: "no-path",
      sentence: "The path has no level. Add the role that is called first.",
    });
    const silent = { minutes: 0, calls: [], channels: [], decides: true, may: "" };
    const answer = ask("ransomware", { matrix: withLevels({ a: silent }) });
    expect(answer.breaks.slice(0, 2)).toEqual([
      { code: "level-silent", sentence: "Level 1, at the start: no role is called, so it is passed over." },
      { code: "no-decision", sentence: "Nobody who may decide can be reached on S1." },
    ]);
  });
  it("where everybody is away says so, and passes over every level at once", () => {
    const absences = people.people.map(({ id }) => ({
      id,
      personId: id,
      from: "2027-01-01",
      to: "2027-01-31",
      note: "",
    }));
    const answer = ask("ransomware", { behind: { ...people, absences } });
    expect(answer.setback).toBe("Everybody is away at that moment.");
    expect(answer.calls?.sentence).toMatch(/^Nobody can be reached; what holds then: /);
    expect(answer.calls?.steps.every(({ time, passedOver }) => time === "02:10" && passedOver)).toBe(true);
    expect(answer.authorities.every(({ by }) => by === null)).toBe(true);
    expect(codes(answer)).toEqual(["level-silent", "no-decision", "authority-unreachable", "containment-unreachable"]);
  });
  it("with nobody behind any role has a reason for each", () => {
    const answer = ask("ransomware", { behind: { people: [], holdings: [], rotas: [], absences: [] } });
    expect(answer.byRolesAlone).toBe(false);
    expect(answer.setback).toBe("");
    expect(answer.calls?.steps[0]?.calls[0]?.why).toBe("No holder");
    expect(answer.inTime).toBe(false);
  });
  it("at a time that clocks leave out begins at the next there is, and at one they show twice at the first", () => {
    // In London clocks go from 01:00 to 02:00 on 28 March 2027, and back from 02:00 to 01:00 on 31 October.
    const left = ask("ransomware", {}, { ...SATURDAY, day: "2027-03-28", time: "01:30" });
    expect(left.when).toBe("Sun 28 Mar 2027, 02:00");
    expect(left.words[1]).toBe("Clocks leave 01:30 out on that day, so it begins at 02:00.");
    expect(left.calls?.steps.map(({ time }) => time)).toEqual(["02:00", "02:15", "02:30", "03:00"]);
    const twice = ask("ransomware", {}, { ...SATURDAY, day: "2027-10-31", time: "01:30" });
    expect(twice.calls?.steps.map(({ time }) => time)).toEqual(["01:30", "01:45", "01:00", "01:30"]);
    const lordHowe = ask("ransomware", {}, { day: "2026-10-04", time: "02:15", timeZone: "Australia/Lord_Howe" });
    expect(lordHowe.when).toBe("Sun 4 Oct 2026, 02:30");
  });
  it("on a holiday waits for the client's next working day", () => {
    const answer = ask("cloud-bill", {}, { ...SATURDAY, day: "2026-12-25", time: "10:00" });
    expect(answer.calls?.sentence).toMatch(/^The path's clock stands until 09:00 on Mon 28 Dec 2026\. /);
  });
  it("carries names of any script and duties that are disputed or declined", () => {
    const disputed = sample.duties.find(({ id }) => id === "inc-03");
    if (!disputed) throw new Error("inc-03");
    const matrix = after(
      sample,
      { type: "role.rename", roleId: "service-desk", name: "خدمة المساعدة" },
      {
        type: "duty.mark",
        dutyId: "inc-03",
        partyId: "client",
        state: "disputed",
        position: "Ours",
        terms: termsHash(sample, disputed),
      },
      {
        type: "duty.edit",
        dutyId: "inc-05",
        set: { standing: { kind: "declined", reason: "Too dear", riskOwner: "Helen", until: "2027-12-31" } },
      },
    );
    const behind = { ...people, people: people.people.map((one) => ({ ...one, name: `山田 ${one.name}` })) };
    const answer = ask("ransomware", { matrix, behind });
    expect(answer.words.join("\n")).toContain("خدمة المساعدة of Merrow Managed IT, 山田 Duty analyst by phone");
    expect(answer.breaks.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining(["INC-03 is disputed.", "INC-05 is declined: nobody does it."]),
    );
  });
  it("takes away whoever is chosen; somebody who isn't there is said, and nobody where nothing hangs on one", () => {
    const priya = ask("key-person-ill", { awayId: "priya-nair" });
    expect(priya.setback).toBe("Priya Nair is away from then on.");
    expect(priya.away).toEqual({ personId: "priya-nair", name: "Priya Nair" });
    const tom = ask("ransomware", { awayId: "tom-brandt" });
    expect(tom.setback).toBe("Tom Brandt is away from then on, and Luis Ortega stands in.");
    const ghost = ask("key-person-ill", { awayId: "ghost" });
    expect(ghost.away).toBeNull();
    expect(ghost.setback).toBe("Whoever was chosen to be away isn't among the people. Choose somebody else.");
    const nobody = ask("key-person-ill", { matrix: aMatrix({ duties: [] }) });
    expect(nobody.setback).toBe("No duty hangs on one person alone, so nobody is taken to be away.");
  });
  it("says that duties hang on whoever is away and nobody stands in", () => {
    const alone = { ...people, people: people.people.map((person) => ({ ...person, deputyId: null })) };
    expect(ask("key-person-ill", { behind: alone }).breaks.at(-1)).toEqual({
      code: "nobody-stands-in",
      sentence: "71 duties hang on Daniel Okafor alone, and nobody stands in. Name a deputy.",
    });
  });
  it("names a level that reaches nobody where the provider doesn't answer, also the last one", () => {
    const matrix = aMatrix({
      duties: [aDuty({ letters: cells({ "service-desk": "A/R" }) })],
      paths: sample.paths
        .filter(({ id }) => id === "s1")
        .map((path) => ({
          ...path,
          levels: {
            a: {
              minutes: 0,
              calls: [{ roleId: "service-desk", direction: "up" as const }],
              channels: [],
              decides: true,
              may: "",
            },
          },
        })),
    });
    const answer = ask("provider-silent", { matrix, behind: null });
    expect(answer.breaks.slice(0, 2).map(({ sentence }) => sentence)).toEqual([
      "Level 1, at the start: nobody is reached (Service desk: doesn't answer).",
      "Nobody who may decide can be reached on S1.",
    ]);
  });
  it("is there in sentences for every matrix, scenario and moment, with people or without", () => {
    fc.assert(
      fc.property(
        arbitraryMatrix,
        fc.constantFrom(...SCENARIOS),
        fc.integer({ min: 0, max: 36_000 }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.constantFrom("Europe/London", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "UTC"),
        fc.boolean(),
        (matrix, scenario, days, minutes, timeZone, isKnown) => {
          const day = new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
          const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
          const answer = answerScenario(
            scenario,
            { day, time, timeZone },
            { matrix, behind: isKnown ? people : null, awayId: null, wordsOf: librarySearchWords },
          );
          expect(answer.words.every((sentence) => /\S/.test(sentence) && !/undefined|null|NaN/.test(sentence))).toBe(
            true,
          );
          expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
          expect(answer.inTime).toBe(answer.decision !== null && answer.decision.lateBy === 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a link to a scenario", () => {
  const moment = { day: "2027-01-09", time: "02:10", timeZone: "America/Argentina/Buenos_Aires" };
  const own = (fields: Record<string, string>) =>
    readScenarioQuery(
      new URLSearchParams({
        scenario: "own",
        title: "Flood",
        day: "2027-01-09",
        time: "02:10",
        zone: "UTC",
        ...fields,
      }),
    );
  const ASKED: AskedScenario[] = [
    { scenario: { id: "ransomware" }, ...moment, awayId: null },
    { scenario: { id: "key-person-ill" }, ...moment, awayId: "p-1" },
    {
      scenario: { title: "Überschwemmung, “Keller” & 地下室 =?#%+", pathId: "s1", dutyIds: ["a", "b-2"] },
      ...moment,
      awayId: null,
    },
    { scenario: { title: "x".repeat(120), pathId: null, dutyIds: [] }, ...moment, awayId: null },
    {
      scenario: {
        title: "Many",
        pathId: null,
        dutyIds: Array.from({ length: 20 }, (_, i) => `${"d".repeat(60)}-${i}`),
      },
      ...moment,
      awayId: null,
    },
  ];
  it.each(ASKED)("gives back what it was made of: $scenario", (asked) => {
    const link = new URLSearchParams(scenarioQuery(asked)).toString();
    expect(readScenarioQuery(new URLSearchParams(link))).toEqual({ ok: true, value: asked });
    expect(link.length).toBeLessThan(4_000);
  });

  const REFUSED: [fields: Record<string, string>, code: string, sentence: string][] = [
    [{ title: "" }, "text-empty", "The scenario's title is empty. Write at least one word."],
    [{ title: "\u200B" }, "text-empty", "has nothing that can be seen"],
    [{ title: "x".repeat(10_000) }, "text-long", "has 10000 characters; at most 120 fit. Shorten it."],
    [{ title: "a\u202Eb" }, "text-reordering", "hidden marks that change the reading order"],
    [{ path: "../s1" }, "path", "The link names no path. Choose one again."],
    [{ path: "__proto__" }, "path", "The link names no path."],
    [{ duties: "a b" }, "duties", "something that can't be a duty"],
    [{ duties: Array.from({ length: 21 }, (_, i) => `d${i}`).join(",") }, "duties-many", "at most 20 duties"],
    [{ duties: ",".repeat(1_000_000) }, "duties-many", "at most 20 duties"],
    [{ duties: `a,${"b".repeat(10_000)}` }, "duties-many", "at most 20 duties"],
    [{ day: "2027-02-29" }, "day", "“2027-02-29” isn't a day."],
    [{ day: "" }, "day", "isn't a day."],
    [{ time: "24:00" }, "time", "“24:00” isn't a time."],
    [{ zone: "IST" }, "zone-unknown", "There is no time zone “IST”."],
    [{ zone: "x".repeat(1_000_000) }, "zone-unknown", "There is no time zone “xxx"],
    [{ away: "a/b" }, "away", "names nobody who is away"],
    [{ scenario: "" }, "scenario", "The link names no scenario. Choose one."],
    [{ scenario: "a b" }, "scenario", "The link names no scenario."],
  ];
  it.each(REFUSED)("is refused with a sentence where it says %.80j", (fields, code, sentence) => {
    expect(own(fields)).toEqual({
      ok: false,
      rejection: { code, message: expect.stringContaining(sentence) },
    });
  });
  it("names each duty once, and asks for nothing but what it says", () => {
    expect(own({ duties: "a,a,,b", more: "x" })).toMatchObject({
      ok: true,
      value: { scenario: { title: "Flood", pathId: null, dutyIds: ["a", "b"] } },
    });
    expect(readScenarioQuery(new URLSearchParams()).ok).toBe(false);
  });
});
