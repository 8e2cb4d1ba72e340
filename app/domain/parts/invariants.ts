import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { Field } from "./field";
import { FRAME } from "./frame";
import type { AnyThing, Part, Thing } from "./part";
import type { Problem } from "./problem";
import { lostReferences } from "./references";
import { PART_LIST, PARTS } from "./registry";
import { checkStored, type TextRule } from "../text";

/** The first broken invariant of a matrix, or null when it is valid. Every accepted command leaves a valid matrix. */
export function firstProblem(matrix: Matrix): Problem | null {
  for (const problem of problems(matrix)) return problem;
  return null;
}

/** Every broken invariant of a matrix. It is a generator, so that `firstProblem` can stop early. */
export function* problems(matrix: Matrix): Generator<Problem> {
  for (const { name, many, limit } of PART_LIST) {
    const things: readonly AnyThing[] = matrix[name];
    yield* repeats(
      name,
      things.map(({ id }) => id),
    );
    yield* repeats(
      name,
      things.flatMap(({ code }) => (typeof code === "string" ? [code] : [])),
    );
    if (things.length > limit) yield { path: name, message: `A matrix holds at most ${limit} ${many}.` };
  }
  yield* partyProblems(matrix);
  yield* roleProblems(matrix);
  yield* textProblems(matrix, FRAME, "");
  if (Object.keys(matrix.accepted).length > LIMITS.accepted)
    yield { path: "accepted", message: `A matrix holds at most ${LIMITS.accepted} accepted warnings.` };
  yield* dutyProblems(matrix);
  for (const part of PART_LIST) {
    const things: readonly AnyThing[] = matrix[part.name];
    for (const [i, thing] of things.entries()) yield* formProblems(`${part.name}[${i}]`, thing, part);
    if (part.problems) yield* part.problems(matrix);
  }
  yield* lostReferences(matrix);
  for (const [id, { duty }] of Object.entries(matrix.deleted)) {
    yield* formProblems(`deleted.${id}.duty`, duty, PARTS.duties);
    if (duty.id !== id) yield { path: `deleted.${id}`, message: `${duty.code} stands under another duty's id.` };
    if (matrix.duties.some((other) => other.id === id))
      yield { path: `deleted.${id}`, message: `${duty.code} is both there and deleted.` };
  }
}

function* partyProblems(matrix: Matrix): Generator<Problem> {
  for (const kind of ["client", "provider"] as const) {
    const count = matrix.parties.filter((party) => party.kind === kind).length;
    if (count !== 1) yield { path: "parties", message: `A matrix has exactly one ${kind}; this one has ${count}.` };
  }
  const sides = new Set(matrix.parties.filter(({ kind }) => kind !== "third-party").map(({ id }) => id));
  for (const [i, party] of matrix.parties.entries()) {
    const isEngaged = party.engagedBy !== null && sides.has(party.engagedBy);
    if (isEngaged !== (party.kind === "third-party") || (party.kind !== "third-party" && party.engagedBy !== null)) {
      yield {
        path: `parties[${i}].engagedBy`,
        message: `${party.name}: a third party, and only a third party, is engaged by the client or the provider.`,
      };
    }
  }
}

function* roleProblems(matrix: Matrix): Generator<Problem> {
  const { party, rolesOf } = indexOf(matrix);
  for (const [i, role] of matrix.roles.entries()) {
    if (!party.has(role.partyId))
      yield { path: `roles[${i}].partyId`, message: `The role ${role.name} belongs to a party that isn't there.` };
  }
  for (const { id, kind, name } of matrix.parties) {
    const roles = rolesOf.get(id) ?? [];
    if (roles.length === 0 && kind !== "third-party") yield { path: "roles", message: `${name} has no role.` };
    if (roles.length > 0 && roles.filter(({ lead }) => lead).length !== 1)
      yield { path: "roles", message: `${name} must have exactly one lead role.` };
  }
}

function* dutyProblems(matrix: Matrix): Generator<Problem> {
  const { role, party } = indexOf(matrix);
  const domains = new Set(matrix.domains.map(({ id }) => id));
  for (const [i, duty] of matrix.duties.entries()) {
    const at = `duties[${i}]`;
    if (duty.coverPeriod && (duty.coverPeriod.to < duty.coverPeriod.from || !party.has(duty.coverPeriod.partyId))) {
      yield {
        path: `${at}.coverPeriod`,
        message: `${duty.code} is covered by a party that isn't there, or until a day before the first.`,
      };
    }
    for (const partyId of Object.keys(duty.marks)) {
      if ((party.get(partyId)?.kind ?? "third-party") === "third-party")
        yield {
          path: `${at}.marks`,
          message: `${duty.code} is marked by somebody who isn't the client or the provider.`,
        };
    }
    if (!domains.has(duty.domainId))
      yield { path: `${at}.domainId`, message: `${duty.code} is in a domain that isn't there.` };
    const [prefix = "", number = ""] = duty.code.split("-");
    if (Number(number) > (matrix.issued[prefix] ?? 0))
      yield { path: `${at}.code`, message: `${duty.code} has a number that was never issued.` };
    for (const roleId of Object.keys(duty.letters)) {
      if (!role.has(roleId))
        yield { path: `${at}.letters`, message: `${duty.code} gives letters to a role that isn't there.` };
    }
    for (const [partyId, { does, answers }] of Object.entries(duty.suggestions)) {
      const isRoleOfParty = (roleId: string | null) => roleId === null || role.get(roleId)?.partyId === partyId;
      if (!party.has(partyId) || !isRoleOfParty(does) || !isRoleOfParty(answers))
        yield { path: `${at}.suggestions`, message: `${duty.code} suggests a role that isn't there.` };
    }
  }
}

type AnyFields = Readonly<Record<string, Pick<Field<unknown>, "rule" | "entries" | "texts">>>;

/** Caches the things whose own texts are valid. Things are immutable, so that one check is enough. */
const validThings = new WeakSet<Thing>();

/** Problems of a thing by itself, independent of its matrix. This is most of the work of a check, hence the cache. */
function* formProblems(at: string, thing: AnyThing, part: Part<AnyThing>): Generator<Problem> {
  if (validThings.has(thing)) return;
  const thingProblems = [...textProblems(thing, part.fields, `${at}.`), ...(part.formProblems?.(thing, at) ?? [])];
  if (thingProblems.length === 0) validThings.add(thing);
  yield* thingProblems;
}

/** Texts of a thing that break the rule in their field's description. */
function* textProblems(thing: object, fields: AnyFields, at: string): Generator<Problem> {
  for (const [name, value] of Object.entries(thing)) {
    const field = fields[name];
    if (!field) continue;
    if (field.rule && typeof value === "string") yield* textProblem(`${at}${name}`, value, field.rule);
    for (const text of field.texts?.(value) ?? []) yield* textProblem(`${at}${name}.${text.at}`, text.text, text.rule);
    if (!field.entries?.named || typeof value !== "object" || value === null) continue;
    for (const [key, entry] of Object.entries(value)) {
      const rule = field.entries.named[key]?.rule;
      if (rule && typeof entry === "string") yield* textProblem(`${at}${name}.${key}`, entry, rule);
    }
  }
}

function* textProblem(path: string, text: string, rule: TextRule): Generator<Problem> {
  const checked = checkStored(text, rule);
  if (!checked.ok) yield { path, message: checked.rejection.message };
  else if (checked.value !== text)
    yield {
      path,
      message: `${rule.called} is not in the form Demarc stores (Unicode NFC, line feeds, no space around it).`,
    };
}

function* repeats(path: string, values: readonly string[]): Generator<Problem> {
  const earlierValues = new Set<string>();
  for (const value of values) {
    if (earlierValues.has(value)) yield { path, message: `“${value}” is there twice.` };
    earlierValues.add(value);
  }
}
