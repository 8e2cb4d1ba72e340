import { termsHash } from "~/domain/agreement/agreement";
import { applyCommands } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { issuedNumbers } from "~/domain/matrix/issued";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { NO_THINGS } from "~/domain/parts/registry";
import { aDuty as withTestRoles, cells } from "../support/matrices";

/**
 * What a set of `earlier/` is written from: matrices in which every field of every noun says something. The sets that are
 * written hold it as data, so that a change here changes none of them.
 */

/** A duty that suggests roles of these parties. Ids are as long and in the order as they are written, so that both databases keep letters in the same order. */
function aDuty(fields: Partial<Duty>): Duty {
  return withTestRoles({
    suggestions: {
      client: { does: "role-b-team", answers: "role-a-lead" },
      provider: { does: "role-c-desk", answers: "role-c-desk" },
    },
    ...fields,
  });
}

const PARTIES: Matrix["parties"] = [
  { id: "client", kind: "client", name: "Nordwind Städtische Betriebe", engagedBy: null, legal: {} },
  { id: "provider", kind: "provider", name: "Harbour IT <Ltd> & Sons", engagedBy: null, legal: {} },
  { id: "vendors", kind: "third-party", name: "Line vendor", engagedBy: "client", legal: {} },
];
const ROLES: Matrix["roles"] = [
  { id: "role-a-lead", partyId: "client", name: "IT lead", lead: true },
  { id: "role-b-team", partyId: "client", name: "IT team", lead: false },
  { id: "role-c-desk", partyId: "provider", name: "Service desk", lead: true },
  { id: "role-d-desk", partyId: "provider", name: "Night desk", lead: false },
  { id: "role-e-line", partyId: "vendors", name: "Vendor", lead: true },
];
const DOMAINS: Matrix["domains"] = [
  { id: "sup", code: "SUP", name: "Service desk", pathId: null },
  { id: "net", code: "NET", name: "Network", pathId: null },
];

/** A matrix as the first release kept one: without tools, decisions, cover periods, standing, marks, rulings and accepted warnings. */
export function firstForm(): Record<string, unknown> {
  const duty = ({
    tools: _t,
    documentation: _d,
    knowledge: _k,
    searchWords: _n,
    decisions: _e,
    today: _y,
    earlyWin: _w,
    coverPeriod: _c,
    standing: _s,
    marks: _m,
    ruling: _r,
    ...old
  }: Duty) => old;
  return {
    schema: 1,
    title: "Who does what & why",
    terms: {
      agreementReference: "MSA-12",
      exhibit: "B",
      precedence: "The agreement comes first.\nThen this.",
      effectiveDate: "2026-04-01",
      reviewDate: "2027-04-01",
    },
    settings: { accountability: "stays-with-client" },
    parties: PARTIES,
    roles: ROLES,
    domains: DOMAINS,
    duties: [
      aDuty({
        id: "duty-1",
        code: "SUP-01",
        text: "Answer user calls",
        description: "Every call, whoever makes it",
        doneWhen: "The caller says so",
        cadence: "Each day",
        boundary: "The desk takes the call, the team goes there",
        letters: cells({ "role-a-lead": "A", "role-b-team": "R", "role-c-desk": "R" }),
        cover: "24x7",
      }),
      aDuty({
        id: "duty-2",
        code: "SUP-02",
        text: "Choose who may decide",
        letters: cells({ "role-a-lead": "A/R", "role-c-desk": "C", "role-e-line": "I" }),
        reserved: true,
      }),
      aDuty({
        id: "duty-3",
        code: "NET-01",
        domainId: "net",
        text: "Watch the network",
        letters: cells({ "role-c-desk": "A/R" }),
        stance: "invest",
        oftenDisputed: true,
        firstWorkshop: true,
        cis: ["5.3"],
        csf: ["PR.AA"],
        workshopQuestion: "Who is called first?",
      }),
    ].map(duty),
    issued: { SUP: 2, NET: 1 },
  };
}

/** The same engagement in the form of schema 2, with nothing that stops it from being signed. */
export function signable(): Matrix {
  const duties: Duty[] = [
    aDuty({
      id: "duty-1",
      code: "SUP-01",
      text: "Answer user calls, in שלום and Ελληνικά 👩‍💻",
      description: "Every call,\nwhoever makes it",
      doneWhen: "The caller says so",
      cadence: "Each day",
      boundary: "The desk takes the call, the team goes there",
      letters: cells({
        "role-a-lead": "A",
        "role-b-team": "R",
        "role-c-desk": "R",
        "role-d-desk": "S",
        "role-e-line": "I",
      }),
      cover: "24x7",
      tools: "=Ticket system, ours",
      decisions: {
        decides: "IT lead",
        asked: "Night desk",
        told: "Vendor",
        limit: "EUR 2,000",
        silence: "It counts as a no",
      },
    }),
    aDuty({
      id: "duty-2",
      code: "SUP-02",
      text: "Choose who may decide",
      letters: cells({ "role-a-lead": "A/R", "role-c-desk": "C", "role-e-line": "I" }),
      reserved: true,
      documentation: "https://wiki.example/decide",
      knowledge: "Ruth Adler alone",
      searchWords: "approve, sign off",
      earlyWin: "2026-06-30",
      today: { how: "By shouting", tried: "A list", risk: "Nobody knows", compromise: "accident" },
      workshopQuestion: "Who decides on a Sunday?",
    }),
    aDuty({
      id: "duty-3",
      code: "NET-01",
      domainId: "net",
      text: "Watch the network",
      letters: cells({ "role-c-desk": "A/R", "role-a-lead": "I" }),
      stance: "invest",
      pressures: ["cloud", "security"],
      oftenDisputed: true,
      firstWorkshop: true,
      cis: ["5.3"],
      csf: ["PR.AA"],
      coverPeriod: { partyId: "client", from: "2026-05-01", to: "2026-05-31" },
    }),
    aDuty({
      id: "duty-4",
      code: "NET-02",
      domainId: "net",
      text: "Patch firewalls",
      letters: cells({ "role-b-team": "A/R", "role-e-line": "C" }),
      standing: { kind: "parked", owner: "Maya Lindqvist", until: "2026-09-01" },
    }),
    aDuty({
      id: "duty-5",
      code: "NET-03",
      domainId: "net",
      text: "Renew the line",
      letters: {},
      standing: { kind: "declined", reason: "Too dear this year", riskOwner: "Ruth Adler", until: "2027-01-31" },
    }),
    aDuty({
      id: "duty-6",
      code: "SUP-03",
      text: "Order laptops",
      letters: {},
      standing: { kind: "not-applicable", reason: "Staff buy their own" },
    }),
    aDuty({
      id: "duty-7",
      code: "SUP-04",
      text: "Keep the list of software",
      letters: cells({ "role-a-lead": "A", "role-d-desk": "R" }),
      suggestions: {},
    }),
    aDuty({
      id: "duty-8",
      code: "NET-04",
      domainId: "net",
      text: "Test the way back",
      letters: cells({ "role-c-desk": "A", "role-e-line": "R" }),
      tools: "Vault of both",
    }),
  ];
  const bare: Matrix = {
    ...NO_THINGS,
    schema: 2,
    title: "Who does what & why",
    terms: {
      agreementReference: "MSA-12",
      exhibit: "B",
      precedence: "The agreement comes first.\nThen this.",
      effectiveDate: "2026-04-01",
      reviewDate: "2027-04-01",
    },
    settings: {
      accountability: "stays-with-client",
      scheme: "RASCI",
      ruler: "Ruth Adler",
      manyDoers: 4,
      manyAsked: 5,
      answererShare: 40,
      personDuties: 25,
    },
    parties: PARTIES,
    roles: ROLES,
    domains: DOMAINS,
    duties,
    issued: issuedNumbers(duties),
    // In the alphabet's order and by length alike: each database keeps the keys of an object in an order of its own.
    accepted: {
      "idle-role.role-e-line": {
        reason: "Comes back in autumn",
        by: "Maya Lindqvist",
        on: "2026-03-01",
        about: "3".repeat(32),
        partyId: "client",
      },
      "one-person.role-a-lead": {
        reason: "One lead by design",
        by: "Maya Lindqvist",
        on: "2026-03-02",
        about: "0".repeat(32),
        partyId: "client",
      },
      "vague-role.role-c-desk": {
        reason: "Known; written down next quarter",
        by: "Tom Brandt",
        on: "2026-03-03",
        about: "1".repeat(32),
      },
    },
    deleted: {},
  };
  return withWords(bare);
}

/** The same with marks, a dispute that a ruling settles, a mark whose terms have changed since, one of an earlier form, and a deleted duty. */
function withWords(matrix: Matrix): Matrix {
  const of = (id: string) => {
    const duty = matrix.duties.find((one) => one.id === id);
    if (!duty) throw new Error(`There is no ${id}.`);
    return termsHash(matrix, duty);
  };
  const marked: Record<string, Partial<Duty>> = {
    "duty-1": {
      marks: {
        client: { state: "agreed", terms: of("duty-1"), position: "" },
        provider: { state: "agreed", terms: of("duty-1"), position: "" },
      },
    },
    "duty-3": {
      marks: {
        client: { state: "disputed", terms: of("duty-3"), position: "We see it first" },
        provider: { state: "agreed", terms: of("duty-3"), position: "" },
      },
      ruling: {
        what: "The desk watches",
        by: "Ruth Adler",
        on: "2026-03-01",
        why: "It never sleeps",
        terms: of("duty-3"),
        confirmed: ["client", "provider"],
      },
    },
    "duty-7": { marks: { provider: { state: "agreed", terms: "f".repeat(32), position: "" } } },
    "duty-8": { marks: { client: { state: "agreed", terms: `2:${"e".repeat(32)}`, position: "" } } },
  };
  const gone = aDuty({
    id: "duty-gone",
    code: "SUP-09",
    text: "Greet joiners",
    letters: cells({ "role-a-lead": "A/R" }),
    marks: { client: { state: "agreed", terms: `2:${"d".repeat(32)}`, position: "" } },
  });
  return {
    ...matrix,
    duties: matrix.duties.map((duty) => ({ ...duty, ...marked[duty.id] })),
    issued: { ...matrix.issued, SUP: 9, OLD: 4 },
    deleted: { "duty-gone": { duty: gone, terms: `2:${"d".repeat(32)}`, closed: ["client"] } },
  };
}

type Edit = { by: "client" | "provider"; commands: MatrixCommand[] };

/** What both sides change after the signed version, in each way in which a draft can be changed; it can be signed again afterwards. */
export function amending(matrix: Matrix): Edit[] {
  let now = matrix;
  const edits: Edit[] = [];
  const does = (by: Edit["by"], ...commands: MatrixCommand[]) => {
    const { matrix: after, rejected } = applyCommands(now, commands);
    if (rejected.length > 0) throw new Error(`Of ${JSON.stringify(commands)}: ${JSON.stringify(rejected)}`);
    edits.push({ by, commands });
    now = after;
  };
  const terms = (id: string) => {
    const duty = now.duties.find((one) => one.id === id);
    return duty ? termsHash(now, duty) : "";
  };
  does("client", { type: "matrix.rename", title: "Who does what, and why" });
  does("client", {
    type: "matrix.settings",
    set: {
      accountability: "follows-work",
      ruler: "Maya Lindqvist",
      manyDoers: 3,
      manyAsked: 4,
      answererShare: 45,
      personDuties: 30,
    },
  });
  does("client", {
    type: "matrix.terms",
    set: {
      agreementReference: "MSA-12 / 2",
      exhibit: "C",
      precedence: "",
      effectiveDate: "2026-07-01",
      reviewDate: "2027-07-01",
    },
  });
  does(
    "client",
    { type: "party.rename", partyId: "vendors", name: "Line vendor, renamed" },
    { type: "party.engage", partyId: "vendors", engagedBy: "provider" },
  );
  does("client", {
    type: "party.add",
    partyId: "soc",
    name: "Outside SOC",
    engagedBy: "provider",
    roleId: "role-g-soc1",
    roleName: "Analyst",
  });
  does(
    "client",
    { type: "role.add", roleId: "role-f-ciso", partyId: "client", name: "CISO" },
    { type: "role.rename", roleId: "role-b-team", name: "IT crew" },
    { type: "role.lead", roleId: "role-b-team" },
  );
  does("client", { type: "role.place", roleId: "role-f-ciso", partyId: "client", beforeId: "role-b-team" });
  does(
    "client",
    { type: "domain.add", domainId: "gov", name: "Direction", code: "GOV", beforeId: "sup" },
    { type: "domain.rename", domainId: "net", name: "Networks" },
  );
  does("client", { type: "duty.add", dutyId: "duty-9", domainId: "gov", text: "Set the direction", beforeId: null });
  does("client", {
    type: "duty.edit",
    dutyId: "duty-9",
    set: {
      description: "Three years ahead",
      doneWhen: "It is written",
      cadence: "Each year",
      boundary: "The client says where to",
      reserved: true,
      cover: "24x7",
      tools: "Pen and paper",
      decisions: {
        decides: "The board",
        asked: "CISO",
        told: "Everybody",
        limit: "EUR 2,000",
        silence: "Nothing holds",
      },
      coverPeriod: { partyId: "provider", from: "2026-08-01", to: "2026-08-15" },
      standing: { kind: "declined", reason: "Not this year", riskOwner: "The board", until: "2027-06-30" },
    },
  });
  does("client", {
    type: "duty.cells",
    dutyId: "duty-9",
    cells: { "role-f-ciso": ["A"], "role-a-lead": ["R"], "role-c-desk": ["C"] },
  });
  does("client", { type: "duty.assign", dutyId: "duty-8", lens: "does", to: { partyId: "client" } });
  does("client", { type: "duty.letters", dutyId: "duty-7", roleId: "role-e-line", letters: ["I"] });
  does("client", {
    type: "duty.edit",
    dutyId: "duty-1",
    set: {
      text: "Answer every call",
      boundary: "The desk takes the call",
      decisions: { limit: "EUR 3,000", silence: "" },
      tools: "",
    },
  });
  does("client", {
    type: "duty.edit",
    dutyId: "duty-2",
    set: {
      documentation: "Cabinet 4",
      knowledge: "",
      searchWords: "",
      earlyWin: null,
      today: { how: "By a list", compromise: "" },
      stance: "invest",
      pressures: ["shadow-it", "ai"],
      cis: ["6.1"],
      csf: ["GV.OC"],
      oftenDisputed: true,
      firstWorkshop: true,
      workshopQuestion: "",
    },
  });
  does("client", { type: "duty.edit", dutyId: "duty-3", set: { coverPeriod: null, cover: "24x7", reserved: true } });
  does(
    "client",
    { type: "duty.edit", dutyId: "duty-4", set: { standing: null } },
    {
      type: "duty.edit",
      dutyId: "duty-5",
      set: {
        standing: { kind: "declined", reason: "Too dear for two years", riskOwner: "Ruth Adler", until: "2028-01-31" },
      },
    },
  );
  does("client", { type: "duty.move", dutyId: "duty-6", domainId: "net", beforeId: "duty-3" });
  does("client", { type: "duty.copy", dutyId: "duty-4", copyId: "duty-10" });
  does("client", {
    type: "duty.suggest",
    dutyId: "duty-10",
    partyId: "client",
    suggestion: { does: "role-f-ciso", answers: "role-a-lead" },
  });
  does("provider", {
    type: "duty.mark",
    dutyId: "duty-4",
    partyId: "provider",
    state: "disputed",
    position: "Ours since May",
    terms: terms("duty-4"),
  });
  does("client", {
    type: "duty.rule",
    dutyId: "duty-4",
    ruling: {
      what: "The crew patches",
      by: "Maya Lindqvist",
      on: "2026-03-10",
      why: "They hold the keys",
      terms: terms("duty-4"),
    },
  });
  does("client", { type: "duty.confirm", dutyId: "duty-4", partyId: "client", terms: terms("duty-4") });
  does("provider", { type: "duty.confirm", dutyId: "duty-4", partyId: "provider", terms: terms("duty-4") });
  does("client", {
    type: "duty.mark",
    dutyId: "duty-8",
    partyId: "client",
    state: "agreed",
    position: "",
    terms: terms("duty-8"),
  });
  does("client", { type: "duty.delete", dutyId: "duty-7" });
  does("provider", {
    type: "finding.accept",
    key: "vague-role.role-f-ciso",
    acceptance: {
      reason: "Plain enough",
      by: "Tom Brandt",
      on: "2026-03-10",
      about: "2".repeat(32),
      partyId: "provider",
    },
  });
  does("client", { type: "finding.accept", key: "idle-role.role-e-line", acceptance: null });
  does("client", { type: "role.add", roleId: "role-h-more", partyId: "soc", name: "Spare analyst" });
  does("client", { type: "role.place", roleId: "role-h-more", partyId: "provider", beforeId: null });
  does("client", { type: "role.merge", roleId: "role-d-desk", intoId: "role-c-desk" });
  does("client", { type: "domain.place", domainId: "gov", beforeId: null });
  return edits;
}

/** What is published without being ready: blockers, a dispute, a deleted dispute, and a warning accepted out of the alphabet's order; then what the draft has beyond that. */
export function unfinished(matrix: Matrix): { published: Edit[]; later: Edit[] } {
  const terms = (id: string) => {
    const duty = matrix.duties.find((one) => one.id === id);
    return duty ? termsHash(matrix, duty) : "";
  };
  const vendors = matrix.duties
    .filter(({ id, letters }) => letters["role-e-line"] && id !== "duty-10")
    .map(({ id }) => ({ type: "duty.letters" as const, dutyId: id, roleId: "role-e-line", letters: [] }));
  return {
    published: [
      {
        by: "client",
        commands: [
          { type: "duty.add", dutyId: "duty-11", domainId: "sup", text: "Say what broke", beforeId: "duty-1" },
        ],
      },
      {
        by: "provider",
        commands: [
          {
            type: "duty.mark",
            dutyId: "duty-8",
            partyId: "provider",
            state: "disputed",
            position: "Not ours to test",
            terms: terms("duty-8"),
          },
        ],
      },
      {
        by: "provider",
        commands: [
          {
            type: "duty.mark",
            dutyId: "duty-10",
            partyId: "provider",
            state: "disputed",
            position: "Twice the same",
            terms: terms("duty-10"),
          },
        ],
      },
      { by: "client", commands: [{ type: "duty.delete", dutyId: "duty-10" }] },
      {
        by: "client",
        commands: [
          { type: "duty.letters", dutyId: "duty-4", roleId: "role-g-soc1", letters: ["R"] },
          { type: "duty.edit", dutyId: "duty-4", set: { boundary: "" } },
        ],
      },
      {
        by: "provider",
        commands: [
          {
            type: "finding.accept",
            key: "no-verb",
            acceptance: {
              reason: "Short",
              by: "Tom Brandt",
              on: "2026-03-13",
              about: "4".repeat(32),
              partyId: "provider",
            },
          },
        ],
      },
    ],
    later: [
      { by: "provider", commands: [{ type: "finding.accept", key: "no-verb", acceptance: null }] },
      { by: "client", commands: [{ type: "matrix.scheme", scheme: "RACI", supportBecomes: "C" }] },
      { by: "client", commands: [...vendors, { type: "party.delete", partyId: "vendors" }] },
      { by: "client", commands: [{ type: "domain.merge", domainId: "gov", intoId: "net" }] },
    ],
  };
}
