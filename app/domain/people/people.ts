import { isActive } from "../agreement/agreement";
import { daysBetween, isDay, isTimeZone, isYetToCome } from "../days";
import { holdersOf as rolesHolding, lettersOf, LETTER_ORDER } from "../matrix/letters";
import { LIMITS } from "../limits";
import { checkEmail } from "../mail-address";
import type { Channel, Week } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Letter, PartyKind, Role } from "../matrix/shapes";
import { partyOfRole } from "../matrix/owner";
import { ok, reject, type Result } from "../result";
import { checkText, hasVisibleText, type TextRule } from "../text";
import { channelsOf } from "./channels";

export type Phone = { label: string; number: string };

/**
 * A contact of an engagement. Contacts belong to no matrix and aren't signed, so that a new phone number needs no new
 * signature.
 */
export type Person = {
  id: string;
  side: PartyKind;
  name: string;
  title: string;
  email: string;
  phones: Phone[];
  /** The working hours, in words. */
  hours: string;
  /** The name of an IANA time zone; empty when it isn't known. */
  timeZone: string;
  /** The working hours by the day of the week, on the clocks of that zone; null where nobody said any. */
  week: Week | null;
  /** The id of the deputy, a person of the same side. */
  deputyId: string | null;
  /** The day (YYYY-MM-DD) on which somebody last checked the entry; null when nobody has. */
  lastVerified: string | null;
  /** The number of changes. It detects two edits at the same time. */
  revision: number;
};

/** The fields of a person's form. */
export type PersonValues = Omit<Person, "id" | "revision">;

/**
 * A person's holding of a role, from the day `since`. `until` is the first day on which it no longer holds; null when
 * no end is set. Days are YYYY-MM-DD.
 */
export type Holding = {
  id: string;
  roleId: string;
  personId: string;
  since: string;
  until: string | null;
  /**
   * The id of the role that this holding was taken over from when roles were merged. It counts only while that role
   * doesn't exist, since undoing the merge brings the role back.
   */
  carriedFrom: string | null;
};

/** A present holder of a role, with the facts that rules need. */
export type RoleHolder = {
  roleId: string;
  personId: string;
  name: string;
  /** Whether the person has a deputy. */
  deputy: boolean;
  /** The channels that work for the person. */
  channels: readonly Channel[];
  /** Whether the person said working hours of their own. */
  ownHours: boolean;
  /** The day on which somebody last checked how to reach the person; null when nobody has. */
  lastVerified: string | null;
};

type RoleAndPerson = Pick<Holding, "roleId" | "personId">;
type WithRoles = Pick<Matrix, "roles">;
type WithDuties = Pick<Matrix, "roles" | "duties">;

/**
 * The holdings whose role and person exist. A holding taken over by a merge counts only while the merge isn't undone.
 */
export function validHoldings(
  matrix: WithRoles,
  people: readonly Pick<Person, "id">[],
  holdings: readonly Holding[],
): Holding[] {
  const roles = new Set(matrix.roles.map(({ id }) => id));
  const personIds = new Set(people.map(({ id }) => id));
  return holdings.filter(
    ({ roleId, personId, carriedFrom }) =>
      roles.has(roleId) && personIds.has(personId) && (carriedFrom === null || !roles.has(carriedFrom)),
  );
}

/** The holdings that are valid on a day (YYYY-MM-DD), one for each role and person. */
export function currentHoldings(
  matrix: WithRoles,
  people: readonly Pick<Person, "id">[],
  holdings: readonly Holding[],
  today: string,
): Holding[] {
  const foundKeys = new Set<string>();
  return validHoldings(matrix, people, holdings).filter(({ roleId, personId, since, until }) => {
    const key = `${roleId} ${personId}`;
    if (since > today || (until !== null && until <= today) || foundKeys.has(key)) return false;
    foundKeys.add(key);
    return true;
  });
}

/** The holders of roles on a day (YYYY-MM-DD), in the form that rules need. */
export function roleHolders(
  matrix: WithRoles,
  people: readonly Person[],
  holdings: readonly Holding[],
  today: string,
): RoleHolder[] {
  const peopleById = new Map(people.map((person) => [person.id, person]));
  return currentHoldings(matrix, people, holdings, today).flatMap(({ roleId, personId }): RoleHolder[] => {
    const person = peopleById.get(personId);
    if (!person) return [];
    const deputy = person.deputyId !== null && peopleById.has(person.deputyId);
    return [
      {
        roleId,
        personId,
        name: person.name,
        deputy,
        channels: [...channelsOf(person)],
        ownHours: person.week !== null,
        lastVerified: person.lastVerified,
      },
    ];
  });
}

/** The holdings of one role. */
export function holdingsOfRole<T extends RoleAndPerson>(holdings: readonly T[], roleId: string): T[] {
  return holdings.filter((holding) => holding.roleId === roleId);
}

/** The roles without a holder. */
export function vacantRoles(matrix: WithRoles, holdings: readonly RoleAndPerson[]): Role[] {
  const filled = new Set(holdings.map(({ roleId }) => roleId));
  return matrix.roles.filter(({ id }) => !filled.has(id));
}

/**
 * A person's duties by letter: for each letter, the active duties on which a role of the person holds it, in the order
 * of the matrix.
 */
export function dutiesByLetter(
  matrix: WithDuties,
  holdings: readonly RoleAndPerson[],
  personId: string,
): { letter: Letter; duties: Duty[] }[] {
  const roleIds = holdings.filter((holding) => holding.personId === personId).map(({ roleId }) => roleId);
  const active = matrix.duties.filter(isActive);
  return LETTER_ORDER.flatMap((letter) => {
    const duties = active.filter((duty) => roleIds.some((roleId) => lettersOf(duty, roleId).includes(letter)));
    return duties.length > 0 ? [{ letter, duties }] : [];
  });
}

/**
 * The gaps that a person would leave: roles without a holder, and duties without anybody who does or answers for them.
 */
type Gap = { roles: Role[]; noDoer: Duty[]; noAnswerer: Duty[] };

/** The gaps that would appear if a person left. Gaps that exist already aren't listed. */
export function gapsWithoutPerson(matrix: WithDuties, holdings: readonly RoleAndPerson[], personId: string): Gap {
  const remaining = holdings.filter((holding) => holding.personId !== personId);
  const vacant = new Set(vacantRoles(matrix, holdings).map(({ id }) => id));
  const losing = (letter: "A" | "R") =>
    matrix.duties.filter((duty) => {
      const roles = new Set(rolesHolding(duty, letter));
      return (
        isActive(duty) &&
        holdings.some(({ roleId }) => roles.has(roleId)) &&
        !remaining.some(({ roleId }) => roles.has(roleId))
      );
    });
  return {
    roles: vacantRoles(matrix, remaining).filter(({ id }) => !vacant.has(id)),
    noDoer: losing("R"),
    noAnswerer: losing("A"),
  };
}

/**
 * The holdings that a merge of one role into another adds to the other: those that are valid today or later, of people
 * who don't hold the other role yet. A merge across parties adds none, since people hold only roles of their own side.
 */
export function holdingsAfterMerge(
  matrix: Pick<Matrix, "roles" | "parties">,
  people: readonly Pick<Person, "id">[],
  holdings: readonly Holding[],
  { roleId, intoId, today }: { roleId: string; intoId: string; today: string },
): Omit<Holding, "id">[] {
  if (partyOfRole(matrix, roleId)?.kind !== partyOfRole(matrix, intoId)?.kind) return [];
  const lasting = validHoldings(matrix, people, holdings).filter(({ until }) => until === null || until > today);
  const intoHolders = new Set(holdingsOfRole(lasting, intoId).map(({ personId }) => personId));
  return holdingsOfRole(lasting, roleId).flatMap(({ personId, since, until }) =>
    intoHolders.has(personId) ? [] : [{ roleId: intoId, personId, since, until, carriedFrom: roleId }],
  );
}

/** The duties that only one person does or answers for, by the person's id. */
export function dutiesOfOnePerson(
  matrix: Pick<Matrix, "duties">,
  holdings: readonly RoleAndPerson[],
): Map<string, Duty[]> {
  const personIdsByRole = new Map<string, string[]>();
  for (const { roleId, personId } of holdings)
    personIdsByRole.set(roleId, [...(personIdsByRole.get(roleId) ?? []), personId]);
  const dutiesByPerson = new Map<string, Duty[]>();
  for (const duty of matrix.duties) {
    if (!isActive(duty)) continue;
    const onlyPersonIds = new Set<string>();
    for (const letter of ["A", "R"] as const) {
      const people = new Set(rolesHolding(duty, letter).flatMap((roleId) => personIdsByRole.get(roleId) ?? []));
      const [only] = people;
      if (only !== undefined && people.size === 1) onlyPersonIds.add(only);
    }
    for (const personId of onlyPersonIds) dutiesByPerson.set(personId, [...(dutiesByPerson.get(personId) ?? []), duty]);
  }
  return dutiesByPerson;
}

/** The number of days after which a contact may be out of date if nobody checked it. */
export const STALE_DAYS = 180;

/** Whether a contact was last verified more than `STALE_DAYS` days ago or never. */
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

/** The stored form of a person, or a sentence for each invalid field. */
type PersonCheck = { ok: true; value: PersonValues } | { ok: false; errors: Record<string, string> };

type KnownPerson = Pick<Person, "id" | "name" | "side" | "email" | "deputyId"> & { removed: boolean };

/**
 * Checks the form of a person. `people` must contain everybody of the engagement, including removed people, so that a
 * circle of deputies is found.
 */
export function checkPerson(
  form: PersonValues,
  { id, people, now }: { id: string; people: readonly KnownPerson[]; now: Date },
): PersonCheck {
  const errors: Record<string, string> = {};
  const value: PersonValues = { ...form };
  const apply = <T>(field: string, result: Result<T>, store: (stored: T) => void) => {
    if (result.ok) store(result.value);
    else errors[field] = result.rejection.message;
  };
  for (const field of ["name", "title", "email", "hours", "timeZone"] as const)
    apply(field, checkText(form[field], TEXTS[field]), (text) => (value[field] = text));
  // An unchanged address isn't checked again, since it may have been stored under an earlier rule.
  if (!errors.email && value.email !== "" && value.email !== people.find((person) => person.id === id)?.email)
    apply("email", checkEmail(value.email), (email) => (value.email = email));
  if (!errors.timeZone && value.timeZone !== "" && !isTimeZone(value.timeZone))
    errors.timeZone = `There is no time zone “${value.timeZone}”. Write it as in Europe/London.`;
  apply("phones", checkPhones(form.phones), (phones) => (value.phones = phones));
  apply("deputyId", checkDeputy(form, id, people), (deputyId) => (value.deputyId = deputyId));
  const standsInFor = people.find(({ deputyId, removed, side }) => deputyId === id && !removed && side !== form.side);
  if (standsInFor)
    errors.side = `${standsInFor.name} of the other side has this person as deputy. Choose another deputy there first.`;
  if (form.lastVerified !== null && isYetToCome(form.lastVerified, now))
    errors.lastVerified = "That day is yet to come. Choose today or an earlier day.";
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value };
}

/** Phone numbers have many notations, so only three digits and displayable characters are required. */
function checkPhones(phones: readonly Phone[]): Result<Phone[]> {
  const stored: Phone[] = [];
  for (const phone of phones) {
    if (!hasVisibleText(`${phone.label}${phone.number}`)) continue;
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
  { deputyId, side, name }: PersonValues,
  id: string,
  people: readonly KnownPerson[],
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
    let next: KnownPerson | undefined = deputy;
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

/** Whole days on which a person is away, as YYYY-MM-DD on the clocks of that person; the last one too. */
export type DaysAway = { id: string; personId: string; from: string; to: string; note: string };

const NOTE: TextRule = { called: "The note", max: LIMITS.name, lines: false, optional: true };

/** The stored form of days away, or a sentence for each field that needs another look. */
export function checkDaysAway(
  form: Pick<DaysAway, "from" | "to" | "note">,
): { ok: true; value: Pick<DaysAway, "from" | "to" | "note"> } | { ok: false; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  for (const field of ["from", "to"] as const)
    if (!isDay(form[field])) errors[field] = "Choose a day, as in 2026-12-24.";
  if (!errors.from && !errors.to && form.to < form.from)
    errors.to = "That is before the first day. Choose a later one.";
  const note = checkText(form.note, NOTE);
  if (!note.ok) errors.note = note.rejection.message;
  return note.ok && Object.keys(errors).length === 0
    ? { ok: true, value: { from: form.from, to: form.to, note: note.value } }
    : { ok: false, errors };
}
