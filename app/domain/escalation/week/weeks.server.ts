import type { Span } from "../../cover/spans";
import { midnightBefore, midnightOf, MINUTE_MS, timeOf, type WallTime } from "../../cover/wall-time";
import { WEEKDAYS, weekdayAt } from "../../cover/working-hours";
import { zoneClock } from "../../cover/zoned.server";
import { DAY_MS, utcDay } from "../../days";
import { dayWords } from "../../day-words";
import type { Matrix } from "../../matrix/matrix";
import { indexOf } from "../../matrix/owner";
import { partyName } from "../../parts/parties";
import { WEEKDAY_WORDS } from "../weekday-words";

/** A week from Monday on, as the clocks of a zone show it. It lasts longer or shorter than 168 hours where they are set in it. */
export type Week = Span & { /** The Monday, as YYYY-MM-DD. */ firstDay: string; timeZone: string };

/** The week of a day (YYYY-MM-DD) on the clocks of a zone. */
export function weekOf(timeZone: string, day: string): Week {
  const midnight = midnightOf(day);
  const monday = midnight - WEEKDAYS.indexOf(weekdayAt(midnight)) * DAY_MS;
  const clock = zoneClock(timeZone);
  return {
    from: clock.momentOf(monday, "begins"),
    to: clock.momentOf(monday + 7 * DAY_MS, "begins"),
    firstDay: utcDay(new Date(monday)),
    timeZone,
  };
}

/** The week of a moment on the clocks of a zone. */
export function weekAt(timeZone: string, moment: number): Week {
  return weekOf(timeZone, dayAt(timeZone, moment));
}

/** The week that begins so many weeks after another one. */
export function weeksLater({ firstDay, timeZone }: Week, weeks: number): Week {
  return weekOf(timeZone, utcDay(new Date(midnightOf(firstDay) + weeks * 7 * DAY_MS)));
}

/** How many minutes a week has: 10,080 but where clocks are set in it. */
export function minutesOfWeek({ from, to }: Week): number {
  return (to - from) / MINUTE_MS;
}

/** A day of a week: the minutes of the week at which it begins, and the holidays that are agreed for it. */
export type WeekDay = { day: string; words: string; at: number; holidays: string[] };

/** The days of a week, with what each party agreed as a holiday. */
export function daysOfWeek(week: Week, matrix: WithHours): WeekDay[] {
  const clock = zoneClock(week.timeZone);
  const monday = midnightOf(week.firstDay);
  return WEEKDAYS.map((weekday, i) => {
    const day = utcDay(new Date(monday + i * DAY_MS));
    return {
      day,
      words: `${WEEKDAY_WORDS[weekday]} ${Number(day.slice(8))}`,
      at: (clock.momentOf(monday + i * DAY_MS, "begins") - week.from) / MINUTE_MS,
      holidays: namedBy(holidaysOf(matrix).filter((holiday) => holiday.day === day)),
    };
  });
}

/** Holidays of one day by name, each with the parties that agreed it. */
function namedBy(holidays: readonly Holiday[]): string[] {
  const parties = new Map<string, string[]>();
  for (const { name, party } of holidays) parties.set(name, [...(parties.get(name) ?? []), party]);
  return [...parties].map(([name, names]) => `${name} (${names.join(", ")})`);
}

/** What is said of a week whose clocks are set: “The week has 167 hours: clocks are set forward by 1 hour on Sun 29 Mar 2026 at 01:00.” Empty where they aren't. */
export function clockChangeWords(week: Week): string {
  const changes = zoneClock(week.timeZone).changesWithin(week);
  if (changes.length === 0) return "";
  const hours = lengthWords(minutesOfWeek(week));
  const said = changes.map(({ at, minutes }) => {
    // Clocks show this time for the last time before they are set.
    const { day, time } = shownAt(week.timeZone, at - 1);
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return `${minutes > 0 ? "forward" : "back"} by ${lengthWords(Math.abs(minutes))} on ${day} at ${timeOf((hour * 60 + minute + 1) % (24 * 60))}`;
  });
  return `This week has ${hours}: clocks are set ${said.join(", and ")}.`;
}

/** A length of time in hours and minutes, as in 167 hours 30 minutes. */
export function lengthWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  return [
    ...(hours > 0 ? [`${hours} ${hours === 1 ? "hour" : "hours"}`] : []),
    ...(rest > 0 || hours === 0 ? [`${rest} ${rest === 1 ? "minute" : "minutes"}`] : []),
  ].join(" ");
}

type WithHours = Pick<Matrix, "hours" | "parties">;

/** A week that is worth looking at; `firstDay` names its Monday. */
export type WeekChoice = { label: string; firstDay: string; why: string };

/** How far clock changes and holidays are looked for. */
const YEAR_MS = 400 * DAY_MS;

/** The weeks that are offered: this one, the next, those of the next two clock changes, and the next with an agreed holiday. */
export function weekChoices(timeZone: string, matrix: WithHours, now: number): WeekChoice[] {
  const week = weekAt(timeZone, now);
  const changes = nextClockChanges(timeZone, now).slice(0, 2);
  const [holiday] = nextHolidays(matrix, dayAt(timeZone, now));
  return [
    { label: "This week", firstDay: week.firstDay, why: "" },
    { label: "Next week", firstDay: weeksLater(week, 1).firstDay, why: "" },
    ...changes.map(({ at, minutes }) => ({
      label: `Clocks ${minutes > 0 ? "forward" : "back"}, ${dayWords(dayAt(timeZone, at))}`,
      firstDay: weekAt(timeZone, at).firstDay,
      why: "clocks are set",
    })),
    ...(holiday
      ? [
          {
            label: `${holiday.name}, ${dayWords(holiday.day)}`,
            firstDay: weekOf(timeZone, holiday.day).firstDay,
            why: `holiday of ${holiday.party}`,
          },
        ]
      : []),
  ];
}

/** The moments from one on at which clocks of a zone are set, within a good year. */
export function nextClockChanges(timeZone: string, now: number) {
  return zoneClock(timeZone).changesWithin({ from: now, to: now + YEAR_MS });
}

type Holiday = { day: string; name: string; party: string };

/** The agreed holidays from a day on, the next one first. */
export function nextHolidays(matrix: WithHours, today: string): Holiday[] {
  return holidaysOf(matrix).filter(({ day }) => day >= today);
}

function holidaysOf(matrix: WithHours): Holiday[] {
  return matrix.hours
    .flatMap(({ partyId, holidays }) =>
      Object.entries(holidays).map(([day, name]) => ({ day, name, party: partyName(matrix, partyId) })),
    )
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** The zone whose clocks both parties look at first: that of the client's agreed hours, or else of the provider's; UTC where neither agreed any. */
export function commonZone(matrix: Pick<Matrix, "hours" | "parties" | "roles">): string {
  const { client, provider } = indexOf(matrix);
  const zoneOf = (partyId: string | undefined) => matrix.hours.find((hours) => hours.partyId === partyId)?.timeZone;
  return zoneOf(client?.id) || zoneOf(provider?.id) || "UTC";
}

/** The calendar day, as YYYY-MM-DD, that the clocks of a zone show at a moment. */
export function dayAt(timeZone: string, moment: number): string {
  return utcDay(new Date(zoneClock(timeZone).wallAt(moment)));
}

/** A stretch of time in words on the clocks of a zone: “Sat 00:00 to 08:00”, “Fri 17:00 to Mon 09:00”. */
export function stretchWords(timeZone: string, { from, to }: Span): string {
  const begins = edgeOf(timeZone, from, "begins");
  const ends = edgeOf(timeZone, to, "ends");
  return `${begins.weekday} ${begins.time} to ${ends.day === begins.day ? "" : `${ends.weekday} `}${ends.time}`;
}

/** One end of a stretch on the wall. What ends at midnight ends at 24:00 of the day before; a time that comes twice says which of the two it is. */
export function edgeOf(timeZone: string, moment: number, edge: "begins" | "ends") {
  const clock = zoneClock(timeZone);
  const wall = clock.wallAt(moment);
  const isMidnight = edge === "ends" && midnightBefore(wall) === wall;
  const day = isMidnight ? wall - DAY_MS : midnightBefore(wall);
  const time = isMidnight ? "24:00" : timeOf(Math.floor((wall - day) / MINUTE_MS));
  const twice = clock.momentOf(wall, "begins") !== clock.momentOf(wall, "ends");
  return {
    day: utcDay(new Date(day)),
    weekday: WEEKDAY_WORDS[weekdayAt(day)],
    time: twice ? `${time} (${offsetWords(wall - moment)})` : time,
  };
}

function offsetWords(ahead: WallTime): string {
  const minutes = Math.abs(ahead) / MINUTE_MS;
  return `UTC${ahead < 0 ? "−" : "+"}${timeOf(Math.round(minutes))}`;
}

function shownAt(timeZone: string, moment: number): { day: string; time: string } {
  const { day, time, weekday } = edgeOf(timeZone, moment, "begins");
  return { day: `${weekday} ${dayWords(day)}`, time: time.slice(0, 5) };
}
