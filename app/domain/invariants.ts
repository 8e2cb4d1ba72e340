import { ACCEPT_REASON, ACCEPTED_BY, POSITION, RULED, RULER as RULED_BY, WHY } from "./apply-agreement";
import { DECISION_FIELDS, DECISION_TEXT, DUTY_TEXTS, STANDING_PERSON, STANDING_REASON, TEXT_FIELDS, TODAY_FIELDS, TODAY_TEXT } from "./apply-duty";
import { NAME_RULES } from "./apply-structure";
import { RULER, TERM_TEXTS, TITLE } from "./apply-terms";
import { sameJson } from "./equal";
import { inOrder } from "./letters";
import { LIMITS } from "./limits";
import type { Duty, Matrix, Standing } from "./matrix";
import { indexOf } from "./owner";
import { checkStored, type TextRule } from "./text";

/** What is wrong in a matrix of the right shape: where, and a sentence. */
export type Problem = { path: string; message: string };

/** The first broken invariant of a matrix, or null when it is sound. Every accepted command leaves a sound matrix. */
export function firstProblem(matrix: Matrix): Problem | null {
  for (const problem of problems(matrix)) return problem;
  return null;
}

/** Every broken invariant of a matrix, lazily. */
export function* problems(matrix: Matrix): Generator<Problem> {
  yield* repeats("parties", matrix.parties.map(({ id }) => id));
  yield* repeats("roles", matrix.roles.map(({ id }) => id));
  yield* repeats("domains", matrix.domains.map(({ id }) => id));
  yield* repeats("domains", matrix.domains.map(({ code }) => code));
  yield* repeats("duties", matrix.duties.map(({ id }) => id));
  yield* repeats("duties", matrix.duties.map(({ code }) => code));
  for (const name of ["parties", "roles", "domains", "duties"] as const) {
    if (matrix[name].length > LIMITS[name]) yield { path: name, message: `A matrix holds at most ${LIMITS[name]} ${name}.` };
  }
  yield* partyProblems(matrix);
  yield* roleProblems(matrix);
  for (const [i, domain] of matrix.domains.entries()) yield* textProblem(`domains[${i}].name`, domain.name, NAME_RULES.domain);
  for (const field of ["agreementReference", "exhibit", "precedence"] as const) {
    yield* textProblem(`terms.${field}`, matrix.terms[field], TERM_TEXTS[field]);
  }
  yield* textProblem("title", matrix.title, TITLE);
  yield* textProblem("settings.ruler", matrix.settings.ruler, RULER);
  yield* acceptanceProblems(matrix);
  yield* dutyProblems(matrix);
  for (const [id, { duty }] of Object.entries(matrix.deleted)) {
    yield* formProblems(`deleted.${id}.duty`, duty);
    if (duty.id !== id) yield { path: `deleted.${id}`, message: `${duty.code} stands under another duty's id.` };
    if (matrix.duties.some((other) => other.id === id)) yield { path: `deleted.${id}`, message: `${duty.code} is both there and deleted.` };
  }
}

function* acceptanceProblems({ accepted }: Matrix): Generator<Problem> {
  const all = Object.entries(accepted);
  if (all.length > LIMITS.accepted) yield { path: "accepted", message: `A matrix holds at most ${LIMITS.accepted} accepted warnings.` };
  for (const [key, { reason, by }] of all) {
    yield* textProblem(`accepted.${key}.reason`, reason, ACCEPT_REASON);
    yield* textProblem(`accepted.${key}.by`, by, ACCEPTED_BY);
  }
}

function* partyProblems(matrix: Matrix): Generator<Problem> {
  for (const kind of ["client", "provider"] as const) {
    const count = matrix.parties.filter((party) => party.kind === kind).length;
    if (count !== 1) yield { path: "parties", message: `A matrix has exactly one ${kind}; this one has ${count}.` };
  }
  const sides = new Set(matrix.parties.filter(({ kind }) => kind !== "third-party").map(({ id }) => id));
  for (const [i, party] of matrix.parties.entries()) {
    yield* textProblem(`parties[${i}].name`, party.name, NAME_RULES.party);
    const engaged = party.engagedBy !== null && sides.has(party.engagedBy);
    if (engaged !== (party.kind === "third-party") || (party.kind !== "third-party" && party.engagedBy !== null)) {
      yield { path: `parties[${i}].engagedBy`, message: `${party.name}: a third party, and only a third party, is engaged by the client or the provider.` };
    }
  }
}

function* roleProblems(matrix: Matrix): Generator<Problem> {
  const { party, rolesOf } = indexOf(matrix);
  for (const [i, role] of matrix.roles.entries()) {
    yield* textProblem(`roles[${i}].name`, role.name, NAME_RULES.role);
    if (!party.has(role.partyId)) yield { path: `roles[${i}].partyId`, message: `The role ${role.name} belongs to a party that isn't there.` };
  }
  for (const { id, kind, name } of matrix.parties) {
    const roles = rolesOf.get(id) ?? [];
    if (roles.length === 0 && kind !== "third-party") yield { path: "roles", message: `${name} has no role.` };
    if (roles.length > 0 && roles.filter(({ lead }) => lead).length !== 1) yield { path: "roles", message: `${name} must have exactly one lead role.` };
  }
}

function* dutyProblems(matrix: Matrix): Generator<Problem> {
  const { role, party } = indexOf(matrix);
  const domains = new Set(matrix.domains.map(({ id }) => id));
  for (const [i, duty] of matrix.duties.entries()) {
    const at = `duties[${i}]`;
    yield* formProblems(at, duty);
    if (duty.coverPeriod && (duty.coverPeriod.to < duty.coverPeriod.from || !party.has(duty.coverPeriod.partyId))) {
      yield { path: `${at}.coverPeriod`, message: `${duty.code} is covered by a party that isn't there, or until a day before the first.` };
    }
    for (const partyId of Object.keys(duty.marks)) {
      if ((party.get(partyId)?.kind ?? "third-party") === "third-party") yield { path: `${at}.marks`, message: `${duty.code} is marked by somebody who isn't the client or the provider.` };
    }
    if (!domains.has(duty.domainId)) yield { path: `${at}.domainId`, message: `${duty.code} is in a domain that isn't there.` };
    const [prefix = "", number = ""] = duty.code.split("-");
    if (Number(number) > (matrix.issued[prefix] ?? 0)) yield { path: `${at}.code`, message: `${duty.code} has a number that was never issued.` };
    for (const roleId of Object.keys(duty.letters)) {
      if (!role.has(roleId)) yield { path: `${at}.letters`, message: `${duty.code} gives letters to a role that isn't there.` };
    }
    for (const [partyId, { does, answers }] of Object.entries(duty.suggestions)) {
      const fits = (roleId: string | null) => roleId === null || role.get(roleId)?.partyId === partyId;
      if (!party.has(partyId) || !fits(does) || !fits(answers)) yield { path: `${at}.suggestions`, message: `${duty.code} suggests a role that isn't there.` };
    }
  }
}

/** Duties found well formed. A duty is a value that never changes, so its own texts and cells are looked at once. */
const wellFormed = new WeakSet<Duty>();

/** What is wrong in a duty whatever matrix it is in: most of the work of a check. */
function* formProblems(at: string, duty: Duty): Generator<Problem> {
  if (wellFormed.has(duty)) return;
  const found: Problem[] = [];
  for (const field of TEXT_FIELDS) found.push(...textProblem(`${at}.${field}`, duty[field], DUTY_TEXTS[field]));
  for (const field of DECISION_FIELDS) found.push(...textProblem(`${at}.decisions.${field}`, duty.decisions[field] ?? "", DECISION_TEXT));
  for (const field of TODAY_FIELDS) found.push(...textProblem(`${at}.today.${field}`, duty.today[field] ?? "", TODAY_TEXT));
  if (duty.standing) found.push(...standingProblems(`${at}.standing`, duty.standing));
  for (const [partyId, { position }] of Object.entries(duty.marks)) found.push(...textProblem(`${at}.marks.${partyId}.position`, position, POSITION));
  if (duty.ruling) for (const [field, rule] of RULING_TEXTS) found.push(...textProblem(`${at}.ruling.${field}`, duty.ruling[field], rule));
  for (const [roleId, letters] of Object.entries(duty.letters)) {
    if (letters.length === 0 || !sameJson(letters, inOrder(letters))) found.push({ path: `${at}.letters.${roleId}`, message: `${duty.code}: letters stand once each, in the order A R S C I.` });
  }
  if (found.length === 0) wellFormed.add(duty);
  yield* found;
}

const RULING_TEXTS = [["what", RULED], ["by", RULED_BY], ["why", WHY]] as const;

function* standingProblems(at: string, standing: Standing): Generator<Problem> {
  if (standing.kind === "parked") return yield* textProblem(`${at}.owner`, standing.owner, STANDING_PERSON);
  yield* textProblem(`${at}.reason`, standing.reason, STANDING_REASON);
  if (standing.kind === "declined") yield* textProblem(`${at}.riskOwner`, standing.riskOwner, STANDING_PERSON);
}

function* textProblem(path: string, text: string, rule: TextRule): Generator<Problem> {
  const checked = checkStored(text, rule);
  if (!checked.ok) yield { path, message: checked.rejection.message };
  else if (checked.value !== text) yield { path, message: `${rule.called} is not in the form Demarc stores (Unicode NFC, line feeds, no space around it).` };
}

function* repeats(path: string, values: readonly string[]): Generator<Problem> {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) yield { path, message: `“${value}” is there twice.` };
    seen.add(value);
  }
}
