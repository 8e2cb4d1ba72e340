import type { Rota } from "../cover/rota";
import type { WeeklyHours } from "../cover/working-hours";
import { DAY_MS, daysBetween, utcDay } from "../days";
import { dayWords } from "../day-words";
import { nextTurns } from "../escalation/rota-preview.server";
import { absencesOf, rotaOf, type Behind } from "../escalation/staffing-of";
import type { Channel, Clock, ContainmentStance, EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import { minuteWords } from "../minute-words";
import { NO_HOURS, weekInRuns } from "../parts/hours";
import { partyName } from "../parts/parties";
import { channelWords, levelsInOrder, levelTime, PATH_FIELDS, PATH_KINDS } from "../parts/paths";
import { roleWordsOr } from "../parts/role-of";
import { shortTime } from "../escalation/short-time";
import { channelsOf } from "../people/channels";
import { currentHoldings, holdingsOfRole, isStale, STALE_DAYS, type Person } from "../people/people";
import type { CallCard } from "./call-card";

/** A card is good for so many days at most, and no longer than the contacts on it are fresh. */
const GOOD_FOR_DAYS = 90;

type About = {
  matrix: Matrix;
  /** Who is behind the roles; null where names and numbers are withheld. */
  behind: Behind | null;
  now: Date;
  edition: string;
  /** Why names and numbers are withheld; empty where they aren't. */
  withheld: string;
  addressOf: (pathId: string) => string;
};

/** The call card of one path, with the people behind its roles as they are on the day of printing. */
export function callCardOf(path: EscalationPath, about: About): CallCard {
  const { matrix, now, edition, withheld, addressOf } = about;
  const today = utcDay(now);
  const { client, provider } = indexOf(matrix);
  const named = new Map<string, Person>();
  const levels = levelsInOrder(path.levels).map(({ level }, i): CallCard["levels"][number] => ({
    number: i + 1,
    when: levelTime(level),
    short: shortTime(level),
    channels: channelWords(level.channels),
    mayDecide: level.decides,
    may: level.may,
    calls: level.calls.map(({ roleId }) => cardCall(roleId, level.channels, about, named)),
  }));
  const validity = about.behind
    ? freshness([...named.values()], today)
    : { words: "", until: addDays(today, GOOD_FOR_DAYS) };
  return {
    pathId: path.id,
    name: path.name,
    kind: PATH_KINDS[path.kind],
    parties: [client?.name, provider?.name].filter(Boolean).join(" and "),
    trigger: path.trigger,
    examples: path.examples,
    edition,
    clock: cardClock(path.clock, matrix),
    levels,
    lastResort: path.lastResort.trim(),
    handover: path.handover,
    times: timesOf(path, matrix),
    containment: {
      act: actionsOf("act", matrix),
      callFirst: actionsOf("call-first", matrix),
      never: actionsOf("never", matrix),
    },
    offLimits: matrix.offLimits.map(({ system, reason }) => ({ action: system, about: reason })),
    validity: [
      `Printed on ${dayWords(today)} at ${timeInUtc(now)}.`,
      validity.words,
      `Ask for a new card after ${dayWords(validity.until)}, or when a name or a number changes.`,
    ]
      .filter(Boolean)
      .join(" "),
    until: [`Printed ${dayWords(today)}, good until ${dayWords(validity.until)}.`, validity.words]
      .filter(Boolean)
      .join(" "),
    withheld,
    scale: 1,
    left: [],
    address: addressOf(path.id),
  };
}

type Call = CallCard["levels"][number]["calls"][number];

function cardCall(roleId: string, channels: readonly Channel[], about: About, named: Map<string, Person>): Call {
  const { matrix, behind } = about;
  const { role, party } = indexOf(matrix);
  const called = role.get(roleId);
  const side = called && party.get(called.partyId);
  const face = { role: called?.name ?? "A deleted role", party: side?.name ?? "", kind: side?.kind ?? null };
  if (!behind) return { ...face, people: [], note: offDutyWords(roleId, matrix) };
  const people = peopleBehind(roleId, side?.id ?? "", { ...about, behind });
  for (const { person } of people) named.set(person.id, person);
  return {
    ...face,
    people: people.map(({ person, when }) => ({
      name: person.name,
      when,
      ways: waysOf(person, channels),
      verified: person.lastVerified ? `verified ${dayWords(person.lastVerified)}` : "never verified",
    })),
    note: [people.length === 0 ? "Nobody holds this role" : "", offDutyWords(roleId, matrix)]
      .filter(Boolean)
      .join(". "),
  };
}

/** When a role is agreed to be off duty, and so isn't called; empty where it never is. */
function offDutyWords(roleId: string, { offDuties }: Pick<Matrix, "offDuties">): string {
  const words = offDuties
    .filter((one) => one.roleId === roleId)
    .flatMap(({ week, days, timeZone }) => [
      runsOf(week) === "" ? "" : `${runsOf(week)} ${timeZone}`,
      days.length > 3 ? `${days.length} agreed days` : days.map(dayWords).join(", "),
    ]);
  const said = words.filter(Boolean).join("; ");
  return said === "" ? "" : `Off duty ${said}`;
}

type Answering = { person: Person; when: string };

/** Whoever is behind a role: those whose turn it is, the next first, since they are there at night; then its holders with their hours, within which they are called before them. */
function peopleBehind(
  roleId: string,
  partyId: string,
  { matrix, behind, now }: About & { behind: Behind },
): Answering[] {
  const byId = new Map(behind.people.map((person) => [person.id, person]));
  const stored = behind.rotas.find((one) => one.roleId === roleId);
  const rota = stored ? rotaOf(stored.rota, byId) : null;
  const turns = rota ? nextTurns(rota, absencesOf(matrix, behind.people, behind.absences), now.getTime()) : [];
  const onCall = turnOrder(rota, turns);
  const first = turns[0]?.personIds[0];
  const holders = holdingsOfRole(currentHoldings(matrix, behind.people, behind.holdings, utcDay(now)), roleId).map(
    ({ personId }) => personId,
  );
  const answering = (personIds: readonly string[], whenOf: (person: Person) => string) =>
    personIds.flatMap((personId): Answering[] => {
      const person = byId.get(personId);
      return person ? [{ person, when: whenOf(person) }] : [];
    });
  return [
    ...answering(onCall, ({ id }) => `on call by turns${id === first ? ", first when printed" : ""}${rotaHours(rota)}`),
    ...answering(
      holders.filter((personId) => !onCall.includes(personId)),
      (person) => hoursShort(person, matrix, partyId, onCall.length > 0),
    ),
  ];
}

/** When a rota applies, where that isn't always. */
function rotaHours(rota: Rota | null): string {
  return rota && rota.hours !== "always" ? `, ${runsOf(rota.hours.days)} ${rota.hours.timeZone}` : "";
}

/** The people of a rota, each once, in the order in which their turns come. */
function turnOrder(rota: Rota | null, turns: ReturnType<typeof nextTurns>): string[] {
  return [...new Set([...turns.flatMap(({ personIds }) => personIds), ...(rota?.turns.flat() ?? [])])];
}

/** The working hours of a person, or else of their party, such as “Mon to Fri 09:00 to 17:30 Europe/London”. Within them they are called before those on call. */
function hoursShort({ week, timeZone }: Person, { hours }: Matrix, partyId: string, besideOnCall: boolean): string {
  const partys = hours.find((one) => one.partyId === partyId);
  const runs = runsOf(week ?? partys?.week ?? NO_HOURS);
  const zone = week && timeZone ? timeZone : (partys?.timeZone ?? timeZone);
  if (runs === "" || zone === "") return "hours not known";
  return `${besideOnCall ? "called first " : ""}${runs} ${zone}`;
}

const WHOLE_DAY = /^(?:00:00 to 24:00|(\d\d:\d\d) to \1)$/;

function runsOf(week: WeeklyHours["days"]): string {
  const runs = weekInRuns(week).filter(({ hours }) => hours !== "");
  const [only] = runs;
  if (only && runs.length === 1 && only.days === "Monday to Sunday" && WHOLE_DAY.test(only.hours)) return "any hour";
  return runs.map(({ days, hours }) => `${days.replace(/(\w{3})\w*day/g, "$1")} ${hours}`).join("; ");
}

type Ways = Call["people"][number]["ways"];

/** How a level's channels reach a person: by phone, in writing, or both where the level names none. */
function waysOf({ phones, email }: Person, channels: readonly Channel[]): Ways {
  const working = channels.length === 0 ? null : new Set<Channel>(channels);
  const serves = (reached: Pick<Person, "phones" | "email">) =>
    working === null || [...channelsOf(reached)].some((channel) => working.has(channel));
  return [
    ...(serves({ phones, email: "" }) ? phones.map(({ label, number }) => ({ to: number, label })) : []),
    ...(email !== "" && serves({ phones: [], email }) ? [{ to: email, label: "" }] : []),
  ];
}

/** What the minutes of a path are, in a sentence, with the hours of a clock that doesn't always run. */
function cardClock(clock: Clock, matrix: Matrix): string {
  const from = "Minutes count from the start of the path";
  if (clock.kind === "always") return `${from}, at any hour of any day.`;
  const hours = matrix.hours.find(({ partyId }) => partyId === clock.partyId);
  const runs = hours ? runsOf(hours.week) : "";
  const which = hours && runs !== "" ? `: ${runs} ${hours.timeZone}, not on its holidays` : ", which aren't agreed yet";
  return `${from}, only within the working hours of ${partyName(matrix, clock.partyId)}${which}.`;
}

function timesOf(path: EscalationPath, matrix: Matrix): CallCard["times"] {
  const minutes = (["updateMinutes", "decisionTarget", "restoreTarget"] as const).flatMap((name) => {
    const value = path[name];
    return value === null ? [] : [{ label: PATH_FIELDS[name].label, value: minuteWords(value) }];
  });
  const again =
    path.repeats > 0
      ? [{ label: PATH_FIELDS.repeats.label, value: PATH_FIELDS.repeats.words(path.repeats, matrix) }]
      : [];
  return [...minutes, ...again];
}

function actionsOf(stance: ContainmentStance, matrix: Matrix): CallCard["offLimits"] {
  return matrix.containments
    .filter((one) => one.stance === stance)
    .map(({ action, roleId, callsId, condition }) => {
      const called = stance === "call-first" ? `call ${roleWordsOr("nobody named yet", callsId, matrix)}` : "";
      const acts = stance === "act" ? roleWordsOr("", roleId, matrix) : "";
      return { action, about: [called, acts, condition].filter(Boolean).join(". ") };
    });
}

/** How fresh the numbers of a card are, in words, and the day until which it is good. */
function freshness(people: readonly Person[], today: string): { words: string; until: string } {
  const latest = addDays(today, GOOD_FOR_DAYS);
  if (people.length === 0) return { words: "It names nobody.", until: latest };
  const days = people.flatMap(({ lastVerified }) => lastVerified ?? []).sort();
  const [oldest] = days;
  const newest = days.at(-1);
  const never = people.length - days.length;
  const stale = days.filter((day) => isStale(day, today)).length;
  const words = [
    oldest === undefined || newest === undefined
      ? ""
      : oldest === newest
        ? `Numbers verified on ${dayWords(oldest)}.`
        : `Numbers verified from ${dayWords(oldest)} to ${dayWords(newest)}.`,
    never === 0 ? "" : `${never} of ${people.length} people never verified.`,
    stale === 0 ? "" : `${stale} verified more than ${STALE_DAYS} days ago.`,
  ];
  const ends = days.map((day) => addDays(day, STALE_DAYS)).filter((day) => daysBetween(today, day) > 0);
  return { words: words.filter(Boolean).join(" "), until: [latest, ...ends].sort()[0] ?? latest };
}

/** Names the zone, since a card is read in every one. */
function timeInUtc(now: Date): string {
  return `${now.toISOString().slice(11, 16)} UTC`;
}

function addDays(day: string, days: number): string {
  return utcDay(new Date(Date.parse(day) + days * DAY_MS));
}
