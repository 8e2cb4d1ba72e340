import { isActive } from "../agreement/agreement";
import { daysBetween, isTimeZone, isYetToCome } from "../days";
import { holdersOf as rolesHolding, lettersOf, LETTER_ORDER } from "../matrix/letters";
import { LIMITS } from "../limits";
import { checkEmail } from "../mail-address";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Letter, PartyKind, Role } from "../matrix/shapes";
import { partyOfRole } from "../matrix/owner";
import { ok, reject, type Result } from "../result";
import { checkText, isSeen, type TextRule } from "../text";

export type Phone = { label: string; number: string };

/** A contact of an engagement. It belongs to no matrix and is not part of what is signed: a new phone number needs no new signature. */
export type Person = {
  id: string;
  side: PartyKind;
  name: string;
  title: string;
  email: string;
  phones: Phone[];
  /** When the person works, in words. */
  hours: string;
  /** A name of the IANA time zone database; empty where nobody said. */
  timeZone: string;
  /** Who stands in; a person of the same side. */
  deputyId: string | null;
  /** The day somebody last made sure all of this is right, as YYYY-MM-DD. */
  lastVerified: string | null;
  /** Counts the changes, so that two who change at the same moment are told apart. */
  revision: number;
};

/** What a person's form holds. */
export type PersonFields = Omit<Person, "id" | "revision">;

/** A person holds a role from a day on; `until` is the first day no longer. Days are written YYYY-MM-DD. */
export type Holding = {
  id: string;
  roleId: string;
  personId: string;
  since: string;
  until: string | null;
  /** The role it was taken over from by a merge: it counts as long as that one is gone. */ carriedFrom: string | null;
};

/** Who holds what now, with what the rules ask of a person. */
export type RoleHolder = {
  roleId: string;
  personId: string;
  name: string;
  /** Whether somebody stands in. */ deputy: boolean;
};

type Held = Pick<Holding, "roleId" | "personId">;
type WithRoles = Pick<Matrix, "roles">;
type WithDuties = Pick<Matrix, "roles" | "duties">;

/** The holdings of roles and people that are there. One taken over in a merge stands as long as the merge does. */
export function standingHoldings(
  matrix: WithRoles,
  people: readonly Pick<Person, "id">[],
  holdings: readonly Holding[],
): Holding[] {
  const roles = new Set(matrix.roles.map(({ id }) => id));
  const persons = new Set(people.map(({ id }) => id));
  return holdings.filter(
    ({ roleId, personId, carriedFrom }) =>
      roles.has(roleId) && persons.has(personId) && (carriedFrom === null || !roles.has(carriedFrom)),
  );
}

/** The holdings that count on a day, one a role and person. */
export function currentHoldings(
  matrix: WithRoles,
  people: readonly Pick<Person, "id">[],
  holdings: readonly Holding[],
  today: string,
): Holding[] {
  const seen = new Set<string>();
  return standingHoldings(matrix, people, holdings).filter(({ roleId, personId, since, until }) => {
    const key = `${roleId} ${personId}`;
    if (since > today || (until !== null && until <= today) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Who holds which role on a day, as the rules are told. */
export function roleHolders(
  matrix: WithRoles,
  people: readonly Person[],
  holdings: readonly Holding[],
  today: string,
): RoleHolder[] {
  const known = new Map(people.map((person) => [person.id, person]));
  return currentHoldings(matrix, people, holdings, today).flatMap(({ roleId, personId }): RoleHolder[] => {
    const person = known.get(personId);
    return person
      ? [{ roleId, personId, name: person.name, deputy: person.deputyId !== null && known.has(person.deputyId) }]
      : [];
  });
}

/** Those who hold a role. */
export function holdersOf<T extends Held>(held: readonly T[], roleId: string): T[] {
  return held.filter((holding) => holding.roleId === roleId);
}

/** The roles nobody holds. */
export function vacantRoles(matrix: WithRoles, held: readonly Held[]): Role[] {
  const filled = new Set(held.map(({ roleId }) => roleId));
  return matrix.roles.filter(({ id }) => !filled.has(id));
}

/** The duties on which a person's roles hold letters, by letter, in the order of the duties. */
export function holds(
  matrix: WithDuties,
  held: readonly Held[],
  personId: string,
): { letter: Letter; duties: Duty[] }[] {
  const mine = held.filter((holding) => holding.personId === personId).map(({ roleId }) => roleId);
  const active = matrix.duties.filter(isActive);
  return LETTER_ORDER.flatMap((letter) => {
    const duties = active.filter((duty) => mine.some((roleId) => lettersOf(duty, roleId).includes(letter)));
    return duties.length > 0 ? [{ letter, duties }] : [];
  });
}

/** What would be missing: roles nobody would hold, and duties that would lose their last doer or answerer. */
type Gap = { roles: Role[]; noDoer: Duty[]; noAnswerer: Duty[] };

/** What would be missing if a person left. */
export function whatIfLeaves(matrix: WithDuties, held: readonly Held[], personId: string): Gap {
  const left = held.filter((holding) => holding.personId !== personId);
  const vacant = new Set(vacantRoles(matrix, held).map(({ id }) => id));
  const losing = (letter: "A" | "R") =>
    matrix.duties.filter((duty) => {
      const roles = new Set(rolesHolding(duty, letter));
      return (
        isActive(duty) && held.some(({ roleId }) => roles.has(roleId)) && !left.some(({ roleId }) => roles.has(roleId))
      );
    });
  return {
    roles: vacantRoles(matrix, left).filter(({ id }) => !vacant.has(id)),
    noDoer: losing("R"),
    noAnswerer: losing("A"),
  };
}

/**
 * The holdings that a merge of one role into another hands over: those that count, of people who don't hold the other one
 * already. Across parties nothing is handed over, since a role is held by people of its own side.
 */
export function handedOver(
  matrix: Pick<Matrix, "roles" | "parties">,
  people: readonly Pick<Person, "id">[],
  holdings: readonly Holding[],
  { roleId, intoId, today }: { roleId: string; intoId: string; today: string },
): Omit<Holding, "id">[] {
  if (partyOfRole(matrix, roleId)?.kind !== partyOfRole(matrix, intoId)?.kind) return [];
  const standing = standingHoldings(matrix, people, holdings).filter(({ until }) => until === null || until > today);
  const there = new Set(holdersOf(standing, intoId).map(({ personId }) => personId));
  return holdersOf(standing, roleId).flatMap(({ personId, since, until }) =>
    there.has(personId) ? [] : [{ roleId: intoId, personId, since, until, carriedFrom: roleId }],
  );
}

/** The duties that one person alone does or answers for, by person. */
export function restingOnOne(matrix: Pick<Matrix, "duties">, held: readonly Held[]): Map<string, Duty[]> {
  const behind = new Map<string, string[]>();
  for (const { roleId, personId } of held) behind.set(roleId, [...(behind.get(roleId) ?? []), personId]);
  const resting = new Map<string, Duty[]>();
  for (const duty of matrix.duties) {
    if (!isActive(duty)) continue;
    const alone = new Set<string>();
    for (const letter of ["A", "R"] as const) {
      const people = new Set(rolesHolding(duty, letter).flatMap((roleId) => behind.get(roleId) ?? []));
      const [only] = people;
      if (only !== undefined && people.size === 1) alone.add(only);
    }
    for (const personId of alone) resting.set(personId, [...(resting.get(personId) ?? []), duty]);
  }
  return resting;
}

/** After how many days a contact that nobody looked at may be out of date. */
export const STALE_DAYS = 180;

/** Whether a contact was last verified so long ago, or never, that it may be wrong. */
export function isStale(lastVerified: string | null, today: string): boolean {
  return lastVerified === null || daysBetween(lastVerified, today) > STALE_DAYS;
}

const TEXTS = {
  name: { called: "The name", max: LIMITS.name, lines: false, optional: false },
  title: { called: "The title", max: LIMITS.name, lines: false, optional: true },
  email: { called: "The e-mail address", max: LIMITS.email, lines: false, optional: true },
  hours: { called: "The hours", max: LIMITS.hours, lines: false, optional: true },
  timeZone: { called: "The time zone", max: LIMITS.name, lines: false, optional: true },
} as const satisfies Record<string, TextRule>;
const PHONE_LABEL: TextRule = { called: "What the number is", max: LIMITS.phone, lines: false, optional: true };
const PHONE_NUMBER: TextRule = { called: "The phone number", max: LIMITS.phone, lines: false, optional: false };

/** A person as stored, or a sentence for each field that can't be. */
type PersonCheck = { ok: true; value: PersonFields } | { ok: false; errors: Record<string, string> };

type Known = Pick<Person, "id" | "name" | "side" | "email" | "deputyId"> & { removed: boolean };

/** Checks a person's form. `people` is everybody of the engagement, removed people too, so that deputies never go round in a circle. */
export function checkPerson(
  form: PersonFields,
  { id, people, now }: { id: string; people: readonly Known[]; now: Date },
): PersonCheck {
  const errors: Record<string, string> = {};
  const value: PersonFields = { ...form };
  const take = <T>(field: string, result: Result<T>, store: (stored: T) => void) => {
    if (result.ok) store(result.value);
    else errors[field] = result.rejection.message;
  };
  for (const field of ["name", "title", "email", "hours", "timeZone"] as const)
    take(field, checkText(form[field], TEXTS[field]), (text) => (value[field] = text));
  // What was stored by an earlier rule stays until somebody changes it.
  if (!errors.email && value.email !== "" && value.email !== people.find((person) => person.id === id)?.email)
    take("email", checkEmail(value.email), (email) => (value.email = email));
  if (!errors.timeZone && value.timeZone !== "" && !isTimeZone(value.timeZone))
    errors.timeZone = `There is no time zone “${value.timeZone}”. Write it as in Europe/London.`;
  take("phones", checkPhones(form.phones), (phones) => (value.phones = phones));
  take("deputyId", checkDeputy(form, id, people), (deputyId) => (value.deputyId = deputyId));
  const standsInFor = people.find(({ deputyId, removed, side }) => deputyId === id && !removed && side !== form.side);
  if (standsInFor)
    errors.side = `${standsInFor.name} of the other side has this person as deputy. Choose another deputy there first.`;
  if (form.lastVerified !== null && isYetToCome(form.lastVerified, now))
    errors.lastVerified = "That day is yet to come. Choose today or an earlier day.";
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value };
}

/** Numbers are written in many ways; three digits and no control characters are all that is asked. */
function checkPhones(phones: readonly Phone[]): Result<Phone[]> {
  const stored: Phone[] = [];
  for (const phone of phones) {
    if (!isSeen(`${phone.label}${phone.number}`)) continue;
    const label = checkText(phone.label, PHONE_LABEL);
    if (!label.ok) return label;
    const number = checkText(phone.number, PHONE_NUMBER);
    if (!number.ok) return number;
    if (number.value.replace(/\P{Nd}/gu, "").length < 3)
      return reject("phone", `“${number.value}” isn't a phone number. Write its digits, as in +44 20 7946 0123.`);
    stored.push({ label: label.value, number: number.value });
  }
  return stored.length > LIMITS.phones
    ? reject("phones-full", `A person has at most ${LIMITS.phones} phone numbers. Keep those that are answered.`)
    : ok(stored);
}

function checkDeputy(
  { deputyId, side, name }: PersonFields,
  id: string,
  people: readonly Known[],
): Result<string | null> {
  if (deputyId === null) return ok(null);
  const byId = new Map(people.map((person) => [person.id, person]));
  const deputy = byId.get(deputyId);
  if (deputyId === id) return reject("deputy-self", "Nobody stands in for themselves. Choose somebody else.");
  if (!deputy || deputy.removed) return reject("deputy-gone", "That person was removed. Choose somebody else.");
  if (deputy.side !== side)
    return reject("deputy-side", `${deputy.name} is of another side. Choose a deputy of the same side.`);
  const path = [name];
  for (
    let next: Known | undefined = deputy;
    next && path.length <= people.length;
    next = next.deputyId === null ? undefined : byId.get(next.deputyId)
  ) {
    path.push(next.name);
    if (next.deputyId === id)
      return reject(
        "deputy-circle",
        `${[...path, name].join(", then ")}: that goes round in a circle. Choose somebody else.`,
      );
  }
  return ok(deputyId);
}
