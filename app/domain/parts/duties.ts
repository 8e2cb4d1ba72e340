import { dayWords } from "../day-words";
import { sameJson } from "../equal";
import { describeLetters } from "../matrix/letter-words";
import { inOrder, withCell } from "../matrix/letters";
import { LIMITS } from "../limits";
import { KIND_WORDS, pressuresInOrder, pressureWords } from "../matrix/kinds";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { TextRule } from "../text";
import {
  agreed,
  textField,
  unsigned,
  type Entries,
  type Entry,
  type Fields,
  type TextAt,
  type TextEntry,
} from "./field";
import { MARK_FIELDS } from "./marks";
import { namingField, namingReference } from "./named";
import type { Part } from "./part";
import { partyName } from "./parties";
import type { Problem } from "./problem";
import type { CoverPeriod, Decisions, Duty, Standing, Today } from "../matrix/shapes";

const decisionEntry = (label: string): TextEntry => ({
  label,
  rule: { called: `“${label}”`, max: LIMITS.decision, lines: false, optional: true },
});
const todayEntry = (label: string): TextEntry => ({
  label,
  rule: { called: `“${label}”`, max: LIMITS.today, lines: true, optional: true },
});

/** The entries of a duty's decisions. */
export const DECISIONS: Readonly<Record<keyof Decisions, TextEntry>> = {
  decides: decisionEntry("Who decides"),
  asked: decisionEntry("Asked first"),
  told: decisionEntry("Told afterwards"),
  limit: decisionEntry("Up to"),
  silence: decisionEntry("Without an answer"),
};

export const DECISION_FIELDS = [
  "decides",
  "asked",
  "told",
  "limit",
  "silence",
] as const satisfies readonly (keyof Decisions)[];

/** The entries of a duty's notes about how it is done today. */
export const TODAY = {
  how: todayEntry("How it is done now"),
  tried: todayEntry("What was tried, and why"),
  risk: todayEntry("Which risk is tolerated"),
  compromise: { label: "Compromise", rule: null },
} as const satisfies Readonly<Record<keyof Today, Entry>>;

export const STANDING_REASON: TextRule = { called: "The reason", max: LIMITS.reason, lines: true, optional: true };
export const STANDING_PERSON: TextRule = {
  called: "The person's name",
  max: LIMITS.name,
  lines: false,
  optional: false,
};
function standingTexts(standing: Standing | null): TextAt[] {
  switch (standing?.kind) {
    case undefined:
      return [];
    case "parked":
      return [{ at: "owner", text: standing.owner, rule: STANDING_PERSON }];
    case "declined":
      return [
        { at: "reason", text: standing.reason, rule: STANDING_REASON },
        { at: "riskOwner", text: standing.riskOwner, rule: STANDING_PERSON },
      ];
    case "not-applicable":
      return [{ at: "reason", text: standing.reason, rule: STANDING_REASON }];
  }
}

const idEntries: Entries = { named: null, holdsNull: false };
const namedEntries = (entries: Readonly<Record<string, Entry>>): Entries => ({ named: entries, holdsNull: false });
const yesOrNo = (is: boolean) => (is ? "Yes" : "No");

export const DUTY_FIELDS = {
  code: agreed({ label: "Code", undoable: false, words: (code) => code }),
  text: textField("Duty", { max: LIMITS.dutyText, optional: false }),
  domainId: agreed({
    label: "Domain",
    words: (domainId, { domains }) => domains.find(({ id }) => id === domainId)?.name ?? "another domain",
  }),
  letters: agreed({
    label: "Responsibility",
    entries: idEntries,
    words: (letters, matrix) => describeLetters(matrix, { letters }),
    canonical: lettersInOrder,
    marked: lettersWithParties,
  }),
  boundary: textField("Boundary note", { max: LIMITS.boundary, lines: true }),
  standing: agreed({ label: "Standing", preset: "blank", words: standingWords, texts: standingTexts }),
  description: textField("Description", { max: LIMITS.description, lines: true }),
  doneWhen: textField("Done when", { called: "“Done when”", max: LIMITS.doneWhen, lines: true }),
  cadence: textField("Cadence", { max: LIMITS.cadence }),
  reserved: agreed({ label: "Reserved to the client", assumed: false, words: yesOrNo }),
  cover: agreed<Duty["cover"]>({
    label: "Covered",
    assumed: "office-hours",
    words: (cover) => (cover === "24x7" ? "24x7" : "In office hours"),
  }),
  decisions: agreed({
    label: "Decisions",
    preset: "neutral",
    entries: namedEntries(DECISIONS),
    words: (decisions) => entryWords(decisions, DECISIONS),
    rewritten: rewrittenDecisions,
  }),
  authorityId: namingField("Authority", "authorities"),
  tools: textField("Tools and standards", { called: "“Tools and standards”", max: LIMITS.tools, lines: true }),
  pathId: namingField("Escalation path", "paths"),
  coverPeriod: agreed({ label: "Covered for a while", preset: "blank", words: coverPeriodWords }),
  workshopQuestion: {
    ...textField("Workshop question", { max: LIMITS.question }),
    signed: false,
    shared: false,
    restored: false,
  },
  suggestions: unsigned({ label: "Who would take it over", restored: true, entries: idEntries, words: () => "" }),
  stance: unsigned({ label: "Kind", shared: true, words: (stance) => KIND_WORDS[stance] }),
  pressures: unsigned<Duty["pressures"]>({ label: "Pressures", shared: true, words: pressureWords }),
  oftenDisputed: unsigned({ label: "Often disputed", words: yesOrNo }),
  firstWorkshop: unsigned({ label: "In the first workshop", words: yesOrNo }),
  cis: unsigned({ label: "CIS safeguards", shared: true, words: (numbers) => numbers.join(", ") }),
  csf: unsigned({ label: "NIST categories", shared: true, words: (codes) => codes.join(", ") }),
  documentation: {
    ...textField("Documentation", { max: LIMITS.documentation, preset: "blank" }),
    signed: false,
    shared: false,
    restored: false,
  },
  knowledge: {
    ...textField("Who holds the knowledge", { called: "Who holds the knowledge", max: LIMITS.name, preset: "blank" }),
    signed: false,
    shared: false,
    restored: false,
  },
  searchWords: {
    ...textField("Search words", { max: LIMITS.searchWords }),
    signed: false,
    shared: false,
    restored: false,
  },
  today: unsigned({
    label: "How it is done today",
    preset: "blank",
    entries: namedEntries(TODAY),
    words: (today) => entryWords(today, TODAY),
  }),
  earlyWin: unsigned({
    label: "Early win",
    preset: "blank",
    words: (day) => (day === null ? "" : `By ${dayWords(day)}`),
  }),
  ...MARK_FIELDS,
} satisfies Fields<Omit<Duty, "id">>;

/** The fields of a duty whose value is a single text. */
export const TEXT_FIELDS = [
  "text",
  "description",
  "doneWhen",
  "cadence",
  "workshopQuestion",
  "boundary",
  "tools",
  "documentation",
  "knowledge",
  "searchWords",
] as const satisfies readonly (keyof Duty)[];
export const TODAY_FIELDS = ["how", "tried", "risk"] as const satisfies readonly (keyof Today)[];

export const DUTIES: Part<Duty> = {
  name: "duties",
  one: "duty",
  many: "duties",
  limit: LIMITS.duties,
  since: 1,
  fields: DUTY_FIELDS,
  title: ({ code, text }) => `${code} “${text}”`,
  titled: ["code", "text"],
  editing: "own",
  references: [
    { to: "domains", ids: ({ domainId }) => [domainId], gone: "refuse" },
    {
      to: "roles",
      ids: ({ letters }) => Object.keys(letters),
      gone: (duty, roleId) => ({ ...duty, letters: withCell(duty.letters, roleId, []) }),
    },
    {
      to: "parties",
      ids: ({ coverPeriod }) => (coverPeriod ? [coverPeriod.partyId] : []),
      gone: (duty) => ({ ...duty, coverPeriod: null }),
    },
    namingReference("pathId", "paths"),
    namingReference("authorityId", "authorities"),
  ],
  blank: blankDuty,
  formProblems,
};

function formProblems(duty: Duty, at: string): Problem[] {
  const { code, pressures } = duty;
  return sameJson(pressures, pressuresInOrder(pressures))
    ? cellProblems(duty, at)
    : [
        ...cellProblems(duty, at),
        { path: `${at}.pressures`, message: `${code}: pressures stand once each, in their order.` },
      ];
}

function cellProblems({ code, letters }: Duty, at: string): Problem[] {
  return Object.entries(letters).flatMap(([roleId, cell]) =>
    cell.length === 0 || !sameJson(cell, inOrder(cell))
      ? [{ path: `${at}.letters.${roleId}`, message: `${code}: letters stand once each, in the order A R S C I.` }]
      : [],
  );
}

/**
 * A duty with nothing but its id, code, domain and text. Every new duty starts from it. Each field is written out on
 * purpose: JavaScript engines represent an object that starts with a spread and gets a dozen more fields as a
 * dictionary, which takes sixty times as long to create.
 */
export function blankDuty({ id, code, domainId, text }: Pick<Duty, "id" | "code" | "domainId" | "text">): Duty {
  return {
    id,
    code,
    domainId,
    text,
    description: "",
    doneWhen: "",
    cadence: "",
    workshopQuestion: "",
    letters: {},
    boundary: "",
    suggestions: {},
    reserved: false,
    cover: "office-hours",
    stance: "defend",
    pressures: [],
    oftenDisputed: false,
    firstWorkshop: false,
    cis: [],
    csf: [],
    tools: "",
    documentation: "",
    knowledge: "",
    searchWords: "",
    decisions: {},
    today: {},
    earlyWin: null,
    coverPeriod: null,
    standing: null,
    pathId: null,
    authorityId: null,
    marks: {},
    ruling: null,
  };
}

/** A duty's standing in words; empty when the duty has none and applies like any other. */
export function standingWords(standing: Standing | null): string {
  switch (standing?.kind) {
    case undefined:
      return "";
    case "parked":
      return `Parked until ${dayWords(standing.until)} with ${standing.owner}`;
    case "declined":
      return `Declined until ${dayWords(standing.until)} at the risk of ${standing.riskOwner}: ${standing.reason}`;
    case "not-applicable":
      return `Doesn't apply: ${standing.reason || "no reason given"}`;
  }
}

/** Who covers a duty for a while, from when to when. */
export function coverSentence({ partyId, from, to }: CoverPeriod, matrix: Pick<Matrix, "parties">): string {
  return `Covered by ${partyName(matrix, partyId)} from ${dayWords(from)} to ${dayWords(to)}`;
}

function coverPeriodWords(period: CoverPeriod | null, matrix: Matrix): string {
  return period ? `${partyName(matrix, period.partyId)}, ${dayWords(period.from)} to ${dayWords(period.to)}` : "";
}

function lettersInOrder(letters: Duty["letters"]): Duty["letters"] {
  return Object.fromEntries(Object.entries(letters).map(([roleId, cell]) => [roleId, inOrder(cell)]));
}

function rewrittenDecisions(decisions: Decisions, write: (text: string, rule: TextRule) => string): Decisions {
  const decisionsWritten: Decisions = {};
  for (const field of DECISION_FIELDS) {
    const text = decisions[field];
    if (text !== undefined) decisionsWritten[field] = write(text, DECISIONS[field].rule);
  }
  return decisionsWritten;
}

/**
 * A mark on letters also depends on which party each role belongs to, so the party ids are part of the marked value.
 */
function lettersWithParties(letters: Duty["letters"], matrix: Pick<Matrix, "parties" | "roles">): string[] {
  const { role, party } = indexOf(matrix);
  const cells = Object.entries(letters).map(([roleId, cell]) => {
    const roleParty = party.get(role.get(roleId)?.partyId ?? "");
    return `${roleId} ${cell.join("")} ${roleParty?.id ?? ""} ${roleParty?.engagedBy ?? ""}`;
  });
  return cells.sort();
}

function entryWords(
  record: Readonly<Record<string, string | undefined>>,
  entries: Readonly<Record<string, Entry>>,
): string {
  return Object.entries(entries)
    .flatMap(([key, { label }]) => (record[key] ? [`${label}: ${record[key]}`] : []))
    .join("; ");
}
