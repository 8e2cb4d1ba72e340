import { isActive } from "../agreement/agreement";
import { holdersOf, lettersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { DeletedDuty, Duty, Role } from "../matrix/shapes";
import { indexOf, partiesHolding } from "../matrix/owner";
import { dayWords } from "../day-words";
import { rolesOnPaths } from "./escalation-rules";
import type { RuleFacts, Finding, Fix, Rule, Severity } from "./finding";
import { openDisputes } from "./blockers";
import { beginsWithVerb, hasOpenFigure, isVague, isVagueRole } from "./wording";

/** The number of duties from which on shares and repetitions are meaningful. */
const ENOUGH_DUTIES = 10;
const ENOUGH_REPEATS = 3;

const CSF = [
  "GV.OC",
  "GV.RM",
  "GV.RR",
  "GV.PO",
  "GV.OV",
  "GV.SC",
  "ID.AM",
  "ID.RA",
  "ID.IM",
  "PR.AA",
  "PR.AT",
  "PR.DS",
  "PR.PS",
  "PR.IR",
  "DE.CM",
  "DE.AE",
  "RS.MA",
  "RS.AN",
  "RS.CO",
  "RS.MI",
  "RC.RP",
  "RC.CO",
];

/** The way out of what is missing on many duties. */
const LIST_FIXES: Partial<Record<Rule, Fix>> = {
  undocumented: { label: "See duties", write: "documentation" },
  unwritten: { label: "See duties", write: "documentation" },
  unfilled: { label: "Fill in", write: "text" },
  "vague-duty": { label: "Reword", write: "text" },
  "no-verb": { label: "Reword", write: "text" },
};

/** The facts that one duty contributes to the rules about the whole matrix. They are cached for each duty. */
type DutyFacts = {
  /** Done by one party only, with no documentation. */
  unwritten: boolean;
  /** Whether both sides have agreed to it, or somebody is named who alone knows it: then what isn't written down is missing. */
  settled: boolean;
  unfilled: boolean;
  unheard: boolean;
  noVerb: boolean;
  vague: boolean;
  answers: string[];
  does: string[];
  both: string[];
  holders: string[];
};
/** The texts of a duty in which a figure may be left open. */
const SIGNED_TEXTS = ["text", "description", "doneWhen", "cadence", "boundary", "tools"] as const;

const factsCache = new WeakMap<Matrix["roles"], { parties: Matrix["parties"]; byDuty: WeakMap<Duty, DutyFacts> }>();

/** The findings about roles and about the matrix as a whole. */
export function findInMatrix(matrix: Matrix, { today }: RuleFacts): Finding[] {
  const active = matrix.duties.filter(isActive);
  const dutyFacts = dutyFactsOf(matrix, active);
  const idsWhere = (test: (facts: DutyFacts) => boolean) =>
    active.flatMap((duty, i) => (dutyFacts[i] && test(dutyFacts[i]) ? [duty.id] : []));
  const findings = openDisputes(matrix).map(([id, deleted]) => deletedDispute(matrix, id, deleted));
  const lists: [Rule, Severity, string[], (count: number) => string, string][] = [
    [
      "undocumented",
      "warning",
      idsWhere(({ unwritten, settled }) => unwritten && settled),
      (n) => `${count(n, "is", "are")} settled, done by one party only and written down nowhere.`,
      "When that party is away or gone, nobody else knows how it is done.",
    ],
    [
      "vague-duty",
      "warning",
      idsWhere(({ vague }) => vague),
      (n) => `${count(n, "is", "are")} too vague to assign.`,
      "Two readers will agree to it and mean different things.",
    ],
    [
      "unwritten",
      "insight",
      idsWhere(({ unwritten, settled }) => unwritten && !settled),
      (n) => `${count(n, "has", "have")} no link yet to how it is done, and one party does it alone.`,
      "Once both sides agree to it, a missing link is a warning.",
    ],
    [
      "unfilled",
      "insight",
      idsWhere(({ unfilled }) => unfilled),
      (n) => `${count(n, "has", "have")} a figure in brackets that nobody has filled in, such as “[agreed time]”.`,
      "Until a figure stands there, each side reads its own into it.",
    ],
    [
      "nobody-asked-or-told",
      "insight",
      idsWhere(({ unheard }) => unheard),
      (n) => `On ${n === 1 ? "one duty" : `${n} duties`} nobody is asked and nobody is told.`,
      "The other side may learn of it by accident.",
    ],
    [
      "no-verb",
      "insight",
      idsWhere(({ noVerb }) => noVerb),
      (n) => `${count(n, "doesn't", "don't")} begin with a verb.`,
      "A verb says what is done: “Remove a leaver's access”, not “Access”.",
    ],
  ];
  for (const [rule, severity, dutyIds, title, why] of lists) {
    if (dutyIds.length === 0) continue;
    const fix = LIST_FIXES[rule];
    findings.push({
      key: rule,
      rule,
      severity,
      dutyIds,
      roleIds: [],
      title: title(dutyIds.length),
      why,
      fixes: fix ? [fix] : [],
      about: JSON.stringify(dutyIds),
      accepted: null,
    });
  }
  findings.push(...roleFindings(matrix, active, dutyFacts));
  const missing = active.some(({ csf }) => csf.length > 0)
    ? CSF.filter((code) => !active.some(({ csf }) => csf.includes(code)))
    : [];
  if (missing.length > 0)
    findings.push(
      matrixFinding(
        "empty-csf",
        "insight",
        `No duty names ${missing.length === 1 ? "the NIST CSF category" : "these NIST CSF categories"}: ${missing.join(", ")}.`,
        "An auditor who walks through the framework finds nothing there.",
        missing,
      ),
    );
  if (matrix.terms.reviewDate && matrix.terms.reviewDate < today) {
    findings.push({
      ...matrixFinding(
        "past-review",
        "warning",
        `The review was due on ${dayWords(matrix.terms.reviewDate)}.`,
        "Boundaries drift; a matrix nobody reviews stops being true.",
        [matrix.terms.reviewDate],
      ),
      fixes: [{ label: "Choose the next day", write: "terms" }],
    });
  }
  return findings;
}

function deletedDispute(matrix: Matrix, dutyId: string, { duty: { code, text, marks }, closed }: DeletedDuty): Finding {
  const { client, provider } = indexOf(matrix);
  const sides = [client, provider].filter((party) => party !== null);
  const disputing = sides
    .filter(({ id }) => marks[id]?.state === "disputed")
    .map(({ name, id }) => `${name}: “${marks[id]?.position ?? ""}”`);
  const closedSentences = sides
    .filter(({ id }) => closed.includes(id))
    .map(({ name }) => ` ${name} has closed the dispute.`);
  const fixes: Fix[] = sides
    .filter(({ id }) => !closed.includes(id))
    .map(({ id, name }) => ({
      label: `Close it for ${name}`,
      commands: [{ type: "duty.close", dutyId, partyId: id }],
      partyId: id,
    }));
  return {
    key: `deleted-disputed.${dutyId}`,
    rule: "deleted-disputed",
    severity: "blocker",
    dutyIds: [],
    roleIds: [],
    title: `${code} “${text}” was deleted while it was disputed. ${disputing.join(" ")}${closedSentences.join("")}`,
    why: "A dispute doesn't end because what it is about was deleted. Both sides close it, or one of them brings it back.",
    fixes: [...fixes, { label: "Bring it back", commands: [{ type: "duty.restore", dutyId }] }],
    about: "",
    accepted: null,
  };
}

function count(n: number, one: string, many: string): string {
  return n === 1 ? `One duty ${one}` : `${n} duties ${many}`;
}

function matrixFinding(rule: Rule, severity: Severity, title: string, why: string, about: readonly unknown[]): Finding {
  return {
    key: rule,
    rule,
    severity,
    dutyIds: [],
    roleIds: [],
    title,
    why,
    fixes: [],
    about: JSON.stringify(about),
    accepted: null,
  };
}

function roleFindings(matrix: Matrix, active: readonly Duty[], dutyFacts: readonly DutyFacts[]): Finding[] {
  const { party } = indexOf(matrix);
  const tally = (of: (share: DutyFacts) => string[]) => {
    const counts = new Map<string, number>();
    for (const share of dutyFacts) for (const id of of(share)) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  };
  const answers = tally((share) => share.answers);
  const does = tally((share) => share.does);
  const both = tally((share) => share.both);
  const letterCounts = tally((share) => share.holders);
  const answered = active.filter((duty) => holdersOf(duty, "A").length > 0).length;
  const answererShare = matrix.settings.answererShare;
  const called = rolesOnPaths(matrix);
  const roleFinding = (
    rule: Rule,
    severity: Severity,
    role: Role,
    title: string,
    why: string,
    facts: readonly unknown[],
  ): Finding => ({
    key: `${rule}.${role.id}`,
    rule,
    severity,
    dutyIds: [],
    roleIds: [role.id],
    title,
    why,
    fixes: rule === "vague-role" || rule === "idle-role" ? [{ label: "Change the role", write: "roles" }] : [],
    about: JSON.stringify(facts),
    accepted: null,
  });
  return matrix.roles.flatMap((role): Finding[] => {
    const kind = party.get(role.partyId)?.kind ?? "client";
    const a = answers.get(role.id) ?? 0;
    const r = does.get(role.id) ?? 0;
    const repeated = both.get(role.id) ?? 0;
    const findings: Finding[] = [];
    if (answered >= ENOUGH_DUTIES && a * 100 > answererShare * answered)
      findings.push(
        roleFinding(
          "answers-for-much",
          "warning",
          role,
          `${role.name} answers for ${a} of ${answered} duties, more than ${answererShare} %.`,
          "Whoever answers for everything becomes the queue everybody waits in.",
          [a, answered],
        ),
      );
    if (isVagueRole(role.name, kind))
      findings.push(
        roleFinding(
          "vague-role",
          "warning",
          role,
          `“${role.name}” doesn't say who is meant.`,
          "At two in the morning somebody must know whom to call.",
          [role.name],
        ),
      );
    if (active.length > 0 && a + r === 0 && !called.has(role.id))
      findings.push(
        roleFinding(
          "idle-role",
          "insight",
          role,
          `${role.name} does nothing and answers for nothing.`,
          "A role that is only asked or told may not need a column.",
          [],
        ),
      );
    if (active.length >= ENOUGH_DUTIES && (letterCounts.get(role.id) ?? 0) === active.length)
      findings.push(
        roleFinding(
          "role-in-everything",
          "insight",
          role,
          `${role.name} has a letter on every duty.`,
          "Ask whether it must be in everything.",
          [],
        ),
      );
    if (repeated >= ENOUGH_REPEATS && repeated * 2 > active.length)
      findings.push(
        roleFinding(
          "same-role-repeats",
          "insight",
          role,
          `${role.name} both answers for and does ${repeated} of ${active.length} duties.`,
          "Nobody looks over its shoulder; fine once, worth a thought as a habit.",
          [],
        ),
      );
    return findings;
  });
}

function dutyFactsOf(matrix: Matrix, active: readonly Duty[]): DutyFacts[] {
  let cached = factsCache.get(matrix.roles);
  if (!cached || cached.parties !== matrix.parties) {
    cached = { parties: matrix.parties, byDuty: new WeakMap() };
    factsCache.set(matrix.roles, cached);
  }
  const { byDuty } = cached;
  const { client, provider } = indexOf(matrix);
  const sides = [client, provider];
  return active.map((duty) => {
    const cachedFacts = byDuty.get(duty);
    if (cachedFacts) return cachedFacts;
    const answers = holdersOf(duty, "A");
    const does = holdersOf(duty, "R");
    const vague = isVague(duty.text);
    const facts: DutyFacts = {
      unwritten: duty.documentation === "" && partiesHolding(matrix, duty, "R").length === 1,
      settled: duty.knowledge !== "" || sides.every((side) => side && duty.marks[side.id]?.state === "agreed"),
      unfilled: SIGNED_TEXTS.some((field) => hasOpenFigure(duty[field])),
      unheard: does.length > 0 && holdersOf(duty, "C").length === 0 && holdersOf(duty, "I").length === 0,
      noVerb: !vague && !beginsWithVerb(duty.text),
      vague,
      answers,
      does,
      both: answers.filter((id) => does.includes(id)),
      holders: Object.keys(duty.letters).filter((id) => lettersOf(duty, id).length > 0),
    };
    byDuty.set(duty, facts);
    return facts;
  });
}
