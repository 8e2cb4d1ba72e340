import { checkOffDuty } from "../cover/staffing";
import {
  checkWeeklyHours,
  DAY_NAMES,
  WEEKDAYS,
  type DayHours,
  type Weekday,
  type WeeklyHours,
} from "../cover/working-hours";
import { dayWords } from "../day-words";
import { LIMITS } from "../limits";
import type { AgreedOffDuty, PartyHours, Week } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { agreed, textField, type Entries, type Entry, type EntryWords, type Fields } from "./field";
import type { Part } from "./part";
import { partyName } from "./parties";
import type { Problem } from "./problem";
import { roleWords } from "./role-of";

const HOLIDAY = { called: "The holiday's name", max: LIMITS.name, lines: false, optional: false } as const;

/** A week in which nobody works. */
export const NO_HOURS: Week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

const timeZone = textField("Time zone", { called: "The time zone", max: LIMITS.name, optional: false, preset: "keep" });

const dayEntry = (weekday: Weekday): Entry => ({
  label: DAY_NAMES[weekday],
  rule: null,
  words: (hours) => hoursWords(Array.isArray(hours) ? hours : []),
});

const WEEK_ENTRIES: Entries = {
  named: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, dayEntry(weekday)])),
  holdsNull: false,
};

export const PARTY_HOURS_FIELDS = {
  partyId: agreed({ label: "Party", words: (partyId, matrix) => partyName(matrix, partyId) }),
  timeZone,
  week: agreed<Week>({ label: "Working hours", entries: WEEK_ENTRIES, words: weekWords }),
  holidays: agreed<PartyHours["holidays"]>({
    label: "Holidays",
    preset: "neutral",
    entries: { named: null, holdsNull: false, each: holidayWords },
    words: (holidays) =>
      holidayWords(holidays)
        .map(({ label, text }) => `${label}: ${text}`)
        .join("\n"),
    texts: (holidays) => Object.entries(holidays).map(([day, text]) => ({ at: day, text, rule: HOLIDAY })),
    rewritten: (holidays, write) =>
      Object.fromEntries(Object.entries(holidays).map(([day, name]) => [day, write(name, HOLIDAY)])),
  }),
  billable: textField("Billed outside these hours", {
    called: "What is billed outside these hours",
    max: LIMITS.conversationText,
    lines: true,
  }),
} satisfies Fields<Omit<PartyHours, "id">>;

/** When each party works, by its own clocks and its own list of holidays. */
export const PARTY_HOURS: Part<PartyHours> = {
  name: "hours",
  one: "set of working hours",
  many: "working hours",
  limit: LIMITS.parties,
  since: 3,
  fields: PARTY_HOURS_FIELDS,
  title: ({ partyId }, matrix) => `The set of working hours of ${partyName(matrix, partyId)}`,
  titled: ["partyId"],
  editing: "common",
  references: [{ to: "parties", ids: ({ partyId }) => [partyId], gone: () => null }],
  blank: ({ id, partyId }) => blankHours(id, partyId),
  formProblems: ({ timeZone: zone, week, holidays }, at) =>
    checkWeeklyHours({ days: week, timeZone: zone, holidays: Object.keys(holidays) }).map(({ message }) => ({
      path: `${at}.week`,
      message,
    })),
  problems: twiceProblems,
};

/** Working hours of a party without any. */
export function blankHours(id: string, partyId: string): PartyHours {
  return { id, partyId, timeZone: "Europe/London", week: NO_HOURS, holidays: {}, billable: "" };
}

function* twiceProblems({ hours, parties }: Matrix): Generator<Problem> {
  const partyIds = new Set<string>();
  for (const [i, { partyId }] of hours.entries()) {
    if (partyIds.has(partyId))
      yield {
        path: `hours[${i}]`,
        message: `${partyName({ parties }, partyId)} has working hours already. Change those instead.`,
      };
    partyIds.add(partyId);
  }
}

export const OFF_DUTY_FIELDS = {
  roleId: agreed<string>({ label: "Role", words: roleWords }),
  timeZone,
  week: agreed<Week>({ label: "Off duty each week", entries: WEEK_ENTRIES, words: weekWords }),
  days: agreed<string[]>({ label: "Off duty on", words: (days) => days.map(dayWords).join(", ") }),
  reason: textField("Reason", { called: "The reason", max: LIMITS.reason, lines: true }),
} satisfies Fields<Omit<AgreedOffDuty, "id">>;

/** When a role is agreed to be off duty, which is no hole in its cover. */
export const OFF_DUTIES: Part<AgreedOffDuty> = {
  name: "offDuties",
  one: "time off duty",
  many: "times off duty",
  limit: LIMITS.roles,
  since: 3,
  fields: OFF_DUTY_FIELDS,
  title: ({ roleId }, matrix) => `The time off duty of ${roleWords(roleId, matrix)}`,
  titled: ["roleId"],
  editing: "common",
  references: [{ to: "roles", ids: ({ roleId }) => [roleId], gone: () => null }],
  blank: ({ id, roleId }) => blankOffDuty(id, roleId),
  formProblems: ({ timeZone: zone, week, days }, at) =>
    checkOffDuty({ weekly: { days: week, timeZone: zone, holidays: [] }, days }).map(({ message }) => ({
      path: `${at}.week`,
      message,
    })),
};

/** A time off duty of a role that names no time yet. */
export function blankOffDuty(id: string, roleId: string): AgreedOffDuty {
  return { id, roleId, timeZone: "Europe/London", week: NO_HOURS, days: [], reason: "" };
}

/** Days of a week one after another with the same hours, such as “Monday to Friday”, and their hours in words. */
export function weekInRuns(week: WeeklyHours["days"]): { days: string; hours: string }[] {
  const runs: { first: Weekday; last: Weekday; hours: string }[] = [];
  for (const weekday of WEEKDAYS) {
    const hours = hoursWords(week[weekday]);
    const run = runs.at(-1);
    if (run?.hours === hours) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, hours });
  }
  return runs.map(({ first, last, hours }) => ({
    days: first === last ? DAY_NAMES[first] : `${DAY_NAMES[first]} to ${DAY_NAMES[last]}`,
    hours,
  }));
}

/** The hours of one day in words, such as “09:00 to 12:30, 13:15 to 17:00”. */
export function hoursWords(hours: readonly DayHours[]): string {
  return hours.map(({ from, to }) => `${from} to ${to}`).join(", ");
}

/** The hours of a week in words, such as “Monday to Friday 09:00 to 17:30; Saturday 10:00 to 12:00”. */
export function weekWords(week: Week): string {
  return weekInRuns(week)
    .flatMap(({ days, hours }) => (hours === "" ? [] : [`${days} ${hours}`]))
    .join("; ");
}

export function holidayWords(holidays: PartyHours["holidays"]): EntryWords[] {
  return Object.entries(holidays)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, name]) => ({ key: day, label: dayWords(day), text: name }));
}
