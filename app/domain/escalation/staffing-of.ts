import type { Absences } from "../cover/absences";
import { checkRota, type Rota } from "../cover/rota";
import { checkOffDuty, type Holder, type OffDuty, type Reachable, type Staffing } from "../cover/staffing";
import { checkWeeklyHours, WEEKDAYS, type WeeklyHours } from "../cover/working-hours";
import { isTimeZone } from "../days";
import type { AgreedOffDuty, PartyHours, Week } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { channelsOf } from "../people/channels";
import { currentHoldings, holdingsOfRole, type DaysAway, type Holding, type Person } from "../people/people";

/** The rota of a role as it is stored. What it says of people and roles that are gone stays in it. */
export type RoleRota = { roleId: string; rota: Rota };

/** What is known of the people behind the roles of a matrix; `people` are those who weren't removed. */
export type Behind = {
  people: readonly Person[];
  holdings: readonly Holding[];
  rotas: readonly RoleRota[];
  absences: readonly DaysAway[];
};

/** Who is behind each role, as cover and calls are computed from. */
type Staffed = {
  staffing: ReadonlyMap<string, Staffing>;
  absences: Absences;
  reachable: Reachable;
  /** Whoever holds a role and has no working hours, and whose party has none either: only a rota calls them. */
  hoursUnknown: { roleId: string; personId: string }[];
  /** Roles whose rota can't be followed, such as one of people who were all removed. */
  rotasWithoutPeople: string[];
};

type WithRoles = Pick<Matrix, "parties" | "roles" | "hours" | "offDuties">;

/** Who is behind the roles of a matrix on a day (YYYY-MM-DD): holders, rotas, absences, and the channels that work. */
export function staffingOf(matrix: WithRoles, behind: Behind, today: string): Staffed {
  const { people, holdings, rotas, absences } = behind;
  const peopleById = new Map(people.map((person) => [person.id, person]));
  const held = currentHoldings(matrix, people, holdings, today);
  // Whoever works in their party's hours shares them, so that when those are is computed once.
  const hoursOfParty = new Map(matrix.hours.map((agreed) => [agreed.partyId, { agreed, hours: weeklyOf(agreed) }]));
  const staffing = new Map<string, Staffing>();
  const hoursUnknown: Staffed["hoursUnknown"] = [];
  const rotasWithoutPeople: string[] = [];
  for (const { id: roleId, partyId } of matrix.roles) {
    const holders = holdingsOfRole(held, roleId).map(({ personId }): Holder => {
      const hours = hoursOf(peopleById.get(personId), hoursOfParty.get(partyId));
      if (hours === null) hoursUnknown.push({ roleId, personId });
      return { personId, hours };
    });
    const stored = rotas.find((one) => one.roleId === roleId);
    const rota = stored ? rotaOf(stored.rota, peopleById) : null;
    if (stored && !rota) rotasWithoutPeople.push(roleId);
    staffing.set(roleId, { holders, rota, declaredOff: offDutyOf(matrix.offDuties, roleId) });
  }
  return {
    staffing,
    absences: absencesOf(matrix, people, absences),
    reachable: new Map(people.map((person) => [person.id, channelsOf(person)])),
    hoursUnknown,
    rotasWithoutPeople,
  };
}

/** Who is away when, on the clocks of each person or else of their party, and who stands in for whom. */
export function absencesOf(
  { parties, hours }: Pick<Matrix, "parties" | "hours">,
  people: readonly Person[],
  absences: readonly DaysAway[],
): Absences {
  const peopleById = new Map(people.map((person) => [person.id, person]));
  const zoneOf = ({ timeZone, side }: Person) => {
    const partyIds = new Set(parties.filter(({ kind }) => kind === side).map(({ id }) => id));
    return zoneAmong(timeZone, hours.find(({ partyId }) => partyIds.has(partyId))?.timeZone) ?? "UTC";
  };
  return {
    absences: absences.flatMap(({ personId, from, to }) => {
      const person = peopleById.get(personId);
      return person ? [{ personId, from, to, timeZone: zoneOf(person) }] : [];
    }),
    deputies: new Map(
      people.flatMap(({ id, deputyId }) =>
        deputyId !== null && peopleById.has(deputyId) ? [[id, deputyId] as const] : [],
      ),
    ),
  };
}

/**
 * A rota with those of its people who weren't removed; null where it can't be followed. The turn of a removed person stays, so
 * that nobody else's days move. An override that names removed people alone counts no more, and the turn holds again.
 */
export function rotaOf(rota: Rota, people: { has(personId: string): boolean }): Rota | null {
  if (checkRota(rota).length > 0) return null;
  const there = (personIds: readonly string[]) => personIds.filter((personId) => people.has(personId));
  const turns = rota.turns.map(there);
  const overrides = rota.overrides.flatMap((override) => {
    const personIds = there(override.personIds);
    return personIds.length === 0 && override.personIds.length > 0 ? [] : [{ ...override, personIds }];
  });
  return turns.some((turn) => turn.length > 0) || overrides.length > 0 ? { ...rota, turns, overrides } : null;
}

type HoursOfParty = { agreed: PartyHours; hours: WeeklyHours | null };

/** The hours of a holder: their own, or else those of the party; on neither's holidays. Null where nobody said any. */
function hoursOf(person: Person | undefined, party: HoursOfParty | undefined): WeeklyHours | null {
  if (!person?.week) return party?.hours ?? null;
  const timeZone = zoneAmong(person.timeZone, party?.agreed.timeZone);
  if (timeZone === null) return null;
  return soundHours({ days: person.week, timeZone, holidays: Object.keys(party?.agreed.holidays ?? {}) });
}

/** The hours of a party as they are computed with; null where it has none, or they can't be. */
function weeklyOf({ week, timeZone, holidays }: PartyHours): WeeklyHours | null {
  return WEEKDAYS.some((weekday) => week[weekday].length > 0)
    ? soundHours({ days: week, timeZone, holidays: Object.keys(holidays) })
    : null;
}

function soundHours(hours: WeeklyHours): WeeklyHours | null {
  return checkWeeklyHours(hours).length === 0 ? hours : null;
}

/** The first of a person's zone and their party's that there is; null where there is neither. */
function zoneAmong(own: string, partys: string | undefined): string | null {
  if (isTimeZone(own)) return own;
  return partys !== undefined && isTimeZone(partys) ? partys : null;
}

/** When a role is agreed to be off duty. What is agreed in several pieces counts together, on the clocks of the first. */
function offDutyOf(offDuties: readonly AgreedOffDuty[], roleId: string): OffDuty | null {
  const [first, ...more] = offDuties.filter((offDuty) => {
    const { timeZone, week, days } = offDuty;
    return (
      offDuty.roleId === roleId && checkOffDuty({ weekly: { days: week, timeZone, holidays: [] }, days }).length === 0
    );
  });
  if (!first) return null;
  const { timeZone } = first;
  const pieces = [first, ...more.filter((other) => other.timeZone === timeZone)];
  const on = (weekday: (typeof WEEKDAYS)[number]) => pieces.flatMap(({ week }) => week[weekday]);
  const days: Week = {
    mon: on("mon"),
    tue: on("tue"),
    wed: on("wed"),
    thu: on("thu"),
    fri: on("fri"),
    sat: on("sat"),
    sun: on("sun"),
  };
  return { weekly: { days, timeZone, holidays: [] }, days: [...new Set(pieces.flatMap((piece) => piece.days))] };
}
