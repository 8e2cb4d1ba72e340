import { describe, expect, it } from "vitest";
import { termsHash } from "~/domain/agreement/agreement";
import { thingTerms } from "~/domain/agreement/thing-agreement";
import { applyCommands } from "~/domain/editing/apply-command";
import type { RuleFacts, Finding, Rule } from "~/domain/findings/finding";
import { FINDING_SOURCES } from "~/domain/findings/finding-sources";
import { acceptCommand } from "~/domain/findings/accept-command";
import { countOpen, findAll } from "~/domain/findings/findings";
import { beginsWithVerb, isVague } from "~/domain/findings/wording";
import type { Channel, EscalationPath, Level } from "~/domain/matrix/escalation-shapes";
import type { CoverFacts } from "~/domain/escalation/week/cover-facts";
import type { Matrix } from "~/domain/matrix/matrix";
import { NO_HOURS } from "~/domain/parts/hours";
import { blankPath } from "~/domain/parts/paths";
import { blankAuthority } from "~/domain/parts/authorities";
import { blankConversation } from "~/domain/parts/conversations";
import type { RoleHolder } from "~/domain/people/people";
import { PRESET_IDS } from "~/library/schema";
import { matrixFromLibrary } from "~/library/start-matrix";
import { FAULTS, faultless } from "../support/faults";
import { aDuty, aMatrix, cells } from "../support/matrices";

const FACTS = { today: "2026-11-24" };
const rules = (matrix: Matrix, facts: RuleFacts = FACTS) => findAll(matrix, facts).map(({ rule }) => rule);
const only = (matrix: Matrix, rule: Rule, facts: RuleFacts = FACTS): Finding => {
  const [finding] = findAll(matrix, facts).filter((other) => other.rule === rule);
  if (!finding) throw new Error(`${rule} doesn't fire.`);
  return finding;
};
const spoilt = (fault: (typeof FAULTS)[number]): Matrix => {
  const matrix = faultless();
  return { ...matrix, duties: matrix.duties.map((duty, i) => (i === 7 ? fault.spoil(duty) : duty)) };
};

/** A matrix on which a rule about more than one duty's fields fires. */
const level = (fields: Partial<Level> = {}): Level => ({
  minutes: 0,
  calls: [{ roleId: "service-desk", direction: "up" }],
  channels: ["phone"],
  decides: true,
  may: "",
  ...fields,
});
const withPath = (fields: Partial<EscalationPath>): Matrix => ({
  ...faultless(),
  paths: [{ ...blankPath("s1"), name: "S1", levels: { one: level() }, ...fields }],
});
const withLimit = (authorityId: string | null): Matrix => {
  const matrix = faultless();
  const [duty, ...others] = matrix.duties;
  return {
    ...matrix,
    authorities: [
      { ...blankAuthority("spend"), name: "Order hardware", roleId: "it-lead", upTo: 100, currency: "EUR" },
    ],
    duties: duty ? [{ ...duty, authorityId, decisions: { limit: "EUR 200" } }, ...others] : [],
  };
};
const WIDER: Partial<Record<Rule, () => Matrix>> = {
  "path-disputed": () => {
    const matrix = withPath({});
    const [path = blankPath("s1")] = matrix.paths;
    const mark = { state: "disputed" as const, terms: thingTerms(matrix, "paths", path), position: "We call first." };
    return { ...matrix, paths: [{ ...path, marks: { client: mark } }] };
  },
  "undefined-term": () => {
    const [first = aDuty(), ...others] = faultless().duties;
    return { ...faultless(), duties: [{ ...first, doneWhen: "Calls are answered within a working day" }, ...others] };
  },
  "no-clauses": () => ({ ...faultless(), clauses: [] }),
  "path-calls-nobody": () => withPath({ levels: {} }),
  "level-calls-nobody": () => withPath({ levels: { one: level(), two: level({ minutes: 9, calls: [] }) } }),
  "path-decides-nobody": () => withPath({ levels: { one: level({ decides: false }) } }),
  "target-out-of-reach": () => withPath({ levels: { one: level({ minutes: 30 }) }, decisionTarget: 15 }),
  "one-role-on-path": () => withPath({ levels: { one: level(), two: level({ minutes: 9 }) } }),
  "path-unused": () => withPath({ kind: "risk" }),
  "cover-beyond-clock": () => {
    const matrix = withPath({ clock: { kind: "working-hours", partyId: "provider" } });
    const [duty, ...others] = matrix.duties;
    return duty ? { ...matrix, duties: [{ ...duty, cover: "24x7", pathId: "s1" }, ...others] } : matrix;
  },
  "nobody-approves": () => ({
    ...faultless(),
    authorities: [{ ...blankAuthority("authority"), name: "Order hardware" }],
  }),
  "authority-contradicted": () => withLimit("spend"),
  "limit-without-authority": () => withLimit(null),
  "conversation-one-sided": () => ({
    ...faultless(),
    conversations: [{ ...blankConversation("conversation"), name: "Roadmap" }],
  }),
  "pair-missing": () => ({
    ...faultless(),
    conversations: [{ ...blankConversation("conversation"), name: "Roadmap" }],
  }),
  disputed: () => {
    const matrix = faultless();
    const duties = matrix.duties.map((duty, i) =>
      i === 0
        ? {
            ...duty,
            marks: { client: { state: "disputed" as const, terms: termsHash(matrix, duty), position: "We do this." } },
          }
        : duty,
    );
    return { ...matrix, duties };
  },
  "dispute-reopened": () => {
    const matrix = faultless();
    const duties = matrix.duties.map((duty, i) =>
      i === 0
        ? {
            ...duty,
            marks: {
              client: {
                state: "disputed" as const,
                terms: termsHash(matrix, { ...duty, doneWhen: "Never" }),
                position: "We do this.",
              },
            },
          }
        : duty,
    );
    return { ...matrix, duties };
  },
  "deleted-disputed": () => ({
    ...faultless(),
    deleted: {
      gone: {
        duty: aDuty({
          id: "gone",
          code: "SUP-01",
          marks: { client: { state: "disputed" as const, terms: `2:${"0".repeat(32)}`, position: "We do this." } },
        }),
        terms: `2:${"0".repeat(32)}`,
        closed: ["client"],
      },
    },
  }),
  "answers-for-much": () => ({ ...faultless(), settings: { ...faultless().settings, answererShare: 20 } }),
  "vague-role": () => ({
    ...faultless(),
    roles: faultless().roles.map((role) => (role.id === "it-team" ? { ...role, name: "IT" } : role)),
  }),
  "past-review": () => ({ ...faultless(), terms: { ...faultless().terms, reviewDate: "2026-11-23" } }),
  "idle-role": () => ({
    ...faultless(),
    roles: [...faultless().roles, { id: "vcio", partyId: "provider", name: "vCIO", lead: false }],
  }),
  "role-in-everything": () => ({
    ...faultless(),
    duties: faultless().duties.map((duty) => ({
      ...duty,
      letters: { ...duty.letters, "it-lead": duty.letters["it-lead"] ?? ["I" as const] },
    })),
  }),
  "same-role-repeats": () => {
    const duties = Array.from({ length: 4 }, (_, i) =>
      aDuty({
        id: `d${i}`,
        code: `SUP-0${i + 1}`,
        letters: cells({ "it-lead": "A/R", "service-desk": "I" }),
        documentation: "Wiki",
      }),
    );
    return aMatrix({ duties });
  },
  "empty-csf": () => ({ ...faultless(), duties: faultless().duties.map((duty) => ({ ...duty, csf: ["PR.AA"] })) }),
};

const held = (roleId: string, personId: string, deputy = false): RoleHolder => ({
  roleId,
  personId,
  name: personId === "priya" ? "Priya Shah" : "Sam Okafor",
  deputy,
  ownHours: true,
  lastVerified: "2026-11-20",
  channels: personId === "priya" ? ["phone", "bridge", "sms"] : ["phone", "bridge", "sms", "chat", "ticket", "email"],
});
/** Everybody's role is held, and no two duties rest on one person alone more than the threshold lets. */
const PEOPLED: RuleFacts = {
  ...FACTS,
  holders: faultless().roles.flatMap(({ id }) => [held(id, "priya"), held(id, "sam")]),
};

/** A path of one level, or of a second that calls other roles, with nothing else to be found in it. */
const called = (roleIds: string[], channels: Channel[], later: string[] = []): EscalationPath => ({
  ...blankPath("s1"),
  name: "S1",
  levels: {
    a: {
      minutes: 0,
      calls: roleIds.map((roleId) => ({ roleId, direction: "up" })),
      channels,
      decides: true,
      may: "",
    },
    ...(later.length === 0
      ? {}
      : {
          b: {
            minutes: 15,
            calls: later.map((roleId) => ({ roleId, direction: "up" as const })),
            channels: ["phone" as const],
            decides: true,
            may: "",
          },
        }),
  },
});

const NOTHING_FOUND: CoverFacts = {
  horizon: "the 4 weeks from 23 Nov 2026",
  holes: [],
  silentPaths: [],
  unreached: [],
  onePerson: [],
  lateTargets: [],
  approvals: [],
  rotaWithoutChannel: [],
};
const NIGHT = { words: "Sat 00:00 to 08:00 each week", key: "Sat 00:00 to 08:00" };
/** A path in which nothing is found, with something that the arithmetic of clocks found. */
const covered = (cover: Partial<CoverFacts>, more: Partial<Matrix> = {}) => ({
  matrix: { ...faultless(), paths: [called(["it-lead"], ["phone"], ["service-desk"])], ...more },
  facts: { ...PEOPLED, cover: { ...NOTHING_FOUND, ...cover } },
});

/** Who holds what where a rule about people fires. */
const HOLDERS: Partial<Record<Rule, { facts: RuleFacts; matrix: Matrix }>> = {
  "vacant-role": {
    matrix: faultless(),
    facts: { ...PEOPLED, holders: PEOPLED.holders?.filter(({ roleId }) => roleId !== "vendor") },
  },
  "path-role-vacant": {
    matrix: {
      ...faultless(),
      roles: [...faultless().roles, { id: "night", partyId: "provider", name: "Night desk", lead: false }],
      paths: [called(["night", "it-lead", "service-desk"], ["phone"])],
    },
    facts: PEOPLED,
  },
  "hours-unknown": {
    matrix: { ...faultless(), paths: [called(["it-lead"], ["phone"], ["service-desk"])] },
    facts: { ...PEOPLED, holders: PEOPLED.holders?.map((holder) => ({ ...holder, ownHours: false })) },
  },
  "no-channel": {
    matrix: { ...faultless(), paths: [called(["it-lead"], ["ticket", "email"], ["service-desk"])] },
    facts: PEOPLED,
  },
  "contact-unverified": {
    matrix: { ...faultless(), paths: [called(["it-lead"], ["phone"], ["service-desk"])] },
    facts: {
      ...PEOPLED,
      holders: PEOPLED.holders?.map((holder) => ({
        ...holder,
        // 181 days before today: one more than half a year.
        ...(holder.personId === "sam" ? { lastVerified: "2026-05-27" } : {}),
      })),
    },
  },
  "path-silent": covered({
    silentPaths: [{ ...NIGHT, pathId: "s1", always: false, vacant: false, roleIds: ["it-lead"] }],
  }),
  "level-unreached": covered({ unreached: [{ pathId: "s1", levels: [2], vacant: [], roleIds: ["service-desk"] }] }),
  "cover-hole": covered({
    holes: [
      {
        ...NIGHT,
        roleId: "it-lead",
        calledBy: [{ pathId: "s1", level: 1, alone: true, decides: true, next: 60 }],
        always: false,
        hoursUnknown: false,
        ways: [],
        offDuty: null,
        actsInstead: null,
      },
    ],
  }),
  "one-person-on-path": covered({ onePerson: [{ ...NIGHT, pathId: "s1", personId: "sam", name: "Sam Okafor" }] }),
  "target-missed": covered({ lateTargets: [{ ...NIGHT, pathId: "s1", minutes: 30, roleIds: [] }] }),
  "approval-uncovered": covered(
    { approvals: [{ ...NIGHT, authorityId: "a1" }] },
    { authorities: [{ ...blankAuthority("a1"), name: "Cut the site off", roleId: "it-lead" }] },
  ),
  "one-person": {
    matrix: { ...faultless(), settings: { ...faultless().settings, personDuties: 9 } },
    facts: {
      ...PEOPLED,
      holders: PEOPLED.holders?.filter(({ roleId, personId }) => personId === "priya" || roleId !== "service-desk"),
    },
  },
};

describe("a rule about people", () => {
  it("stays quiet where nobody knows who holds what, and where every role is held by two", () => {
    expect(rules(faultless())).toEqual([]);
    expect(rules(faultless(), PEOPLED)).toEqual([]);
  });
  it.each(Object.entries(HOLDERS))("%s fires alone where it should", (rule, { matrix, facts }) => {
    expect(rules(matrix, facts)).toEqual([rule]);
  });
  it("makes one finding of all vacant roles: worth knowing in the draft, a blocker at signing", () => {
    const facts: RuleFacts = { ...FACTS, holders: [] };
    const finding = only(faultless(), "vacant-role", facts);
    expect(finding.severity).toBe("insight");
    expect(finding.roleIds).toEqual(faultless().roles.map(({ id }) => id));
    expect(finding.title).toBe(
      "5 roles do or answer for duties and nobody holds them: IT lead, IT team, Service desk, Engineer, Vendor.",
    );
    expect(findAll(faultless(), { ...facts, phase: "signing" }).map(({ rule, severity }) => [rule, severity])).toEqual([
      ["vacant-role", "blocker"],
    ]);
    expect(rules({ ...faultless(), duties: [] }, facts)).not.toContain("vacant-role");
  });
  it("names whom no channel of a level reaches, once for all paths, with the channels; a level that names none may call by any", () => {
    const { matrix, facts }: { matrix: Matrix; facts: RuleFacts } = HOLDERS["no-channel"] ?? {
      matrix: faultless(),
      facts: FACTS,
    };
    const finding = only(matrix, "no-channel", facts);
    expect([finding.personId, finding.title]).toEqual([
      "priya",
      "Priya Shah can't be called on S1: no ticket, e-mail.",
    ]);
    const any = { ...matrix, paths: [called(["it-lead"], [], ["service-desk"])] };
    expect(rules(any, facts)).toEqual([]);
    expect(rules(matrix)).toEqual([]);
  });
  it("names once whoever is called by a path and of whom nobody knows when, until the party's hours are agreed", () => {
    const { matrix, facts }: { matrix: Matrix; facts: RuleFacts } = HOLDERS["hours-unknown"] ?? {
      matrix: faultless(),
      facts: FACTS,
    };
    expect(only(matrix, "hours-unknown", facts).title).toBe(
      "Nobody knows when Priya Shah, Sam Okafor can be called: neither they nor their party said working hours.",
    );
    const mon = [{ from: "09:00", to: "17:00" }];
    const hours = (partyId: string) => ({
      id: `hours-${partyId}`,
      partyId,
      timeZone: "Europe/London",
      week: { ...NO_HOURS, mon },
      holidays: {},
      billable: "",
    });
    expect(rules({ ...matrix, hours: [hours("client")] }, facts)).toEqual(["hours-unknown"]);
    expect(rules({ ...matrix, hours: [hours("client"), hours("provider")] }, facts)).toEqual([]);
    expect(rules({ ...matrix, paths: [] }, facts)).toEqual([]);
  });
  it("says nothing of who has a deputy, nor at the threshold itself", () => {
    const { matrix, facts }: { matrix: Matrix; facts: RuleFacts } = HOLDERS["one-person"] ?? {
      matrix: faultless(),
      facts: FACTS,
    };
    const finding = only(matrix, "one-person", facts);
    expect([finding.key, finding.personId, finding.dutyIds.length]).toEqual(["one-person.priya", "priya", 10]);
    expect(rules(matrix, { ...facts, holders: facts.holders?.map((holder) => ({ ...holder, deputy: true })) })).toEqual(
      [],
    );
    expect(rules({ ...matrix, settings: { ...matrix.settings, personDuties: 10 } }, facts)).toEqual([]);
  });
});

describe("each rule", () => {
  it("stays quiet on a matrix without faults", () => {
    expect(rules(faultless())).toEqual([]);
  });
  it.each(FAULTS.map((fault) => [fault.rule, fault] as const))("%s fires on its fault alone", (rule, fault) => {
    expect(rules(spoilt(fault))).toEqual([rule]);
  });
  it.each(Object.entries(WIDER))("%s fires where it should", (rule, build) => {
    expect(rules(build())).toContain(rule);
  });
  it("is tried by one of these, and names its source", () => {
    const tried = new Set<string>([...FAULTS.map(({ rule }) => rule), ...Object.keys(WIDER), ...Object.keys(HOLDERS)]);
    expect(Object.keys(FINDING_SOURCES).filter((rule) => !tried.has(rule))).toEqual([]);
  });
});

describe("a fix", () => {
  const cases = [
    ...FAULTS.map((fault) => [fault.rule, spoilt(fault)] as const),
    ...Object.entries(WIDER).map(([rule, build]) => [rule as Rule, build()] as const),
  ];
  it.each(cases)("of %s takes its finding away", (rule, matrix) => {
    for (const fix of only(matrix, rule).fixes) {
      if (!("commands" in fix)) continue;
      const { matrix: after, rejected } = applyCommands(matrix, fix.commands);
      expect(rejected).toEqual([]);
      expect(rules(after), fix.label).not.toContain(rule);
    }
  });
});

describe("an accepted warning", () => {
  const fault = FAULTS.find(({ rule }) => rule === "many-asked");
  const matrix = fault ? spoilt(fault) : faultless();
  const accept = acceptCommand(only(matrix, "many-asked"), {
    reason: "All five sign the invoice.",
    by: "Daniel",
    on: "2026-11-24",
  });
  it("counts no longer, and says why", () => {
    const { matrix: after } = applyCommands(matrix, [accept]);
    expect(countOpen(findAll(after, FACTS)).warning).toBe(0);
    expect(only(after, "many-asked").accepted?.reason).toBe("All five sign the invoice.");
  });
  it("comes back when what it was about changes, and goes with it", () => {
    const changed = applyCommands(matrix, [
      accept,
      { type: "duty.cells", dutyId: "duty-8", cells: { "it-lead": ["A"], "it-team": ["R"] } },
      { type: "matrix.settings", set: { manyAsked: 2 } },
    ]).matrix;
    expect(only(changed, "many-asked").accepted).toBeNull();
  });
});

it("the library's own duties are clear and begin with a verb", () => {
  for (const preset of PRESET_IDS) {
    const found = rules(
      matrixFromLibrary({ client: "Northwind", provider: "Harbour IT", agreementReference: "", preset }),
    );
    expect(found).not.toContain("vague-duty");
    expect(found).not.toContain("no-verb");
  }
});

it("wording is judged with care", () => {
  expect(isVague("Access control")).toBe(true);
  expect(isVague("Patch servers")).toBe(false);
  expect(beginsWithVerb("Re-sign the matrix")).toBe(false);
  expect(beginsWithVerb("Benutzer anlegen")).toBe(false);
  expect(beginsWithVerb("שלום עולם")).toBe(true);
});
