import { WEEKDAYS, type Weekday } from "../cover/working-hours";

/** How often a conversation takes place, with its name on screen. */
export const RHYTHMS = {
  once: "Once",
  weekly: "Every week",
  "two-weekly": "Every two weeks",
  monthly: "Every month",
  "two-monthly": "Every two months",
  quarterly: "Every quarter",
  "half-yearly": "Every half year",
  yearly: "Every year",
} as const;
export type Rhythm = keyof typeof RHYTHMS;

/** The words in which a rhythm is usually agreed; the more exact ones come first, since “two weeks” has “week” in it. */
const WORDS: readonly (readonly [Rhythm, RegExp])[] = [
  ["two-weekly", /\b(fortnight(ly)?|bi-?weekly|every (two|2|second|other) weeks?)\b/i],
  ["weekly", /\b(weekly|(every|each|a|per) week|every (mon|tues|wednes|thurs|fri)day)\b/i],
  ["two-monthly", /\b(every (two|2|second|other) months?)\b/i],
  ["quarterly", /\b(quarterly|(every|each|a|per) quarter|every (three|3|third) months?)\b/i],
  ["half-yearly", /\b(half-yearly|semi-?annual(ly)?|(every )?half (a )?year|every (six|6) months|twice a year)\b/i],
  ["monthly", /\b(monthly|(every|each|a|per) month)\b/i],
  ["yearly", /\b(yearly|annual(ly)?|(every|each|a|per) year)\b/i],
];

/** A number of weeks or months that isn't one of the rhythms, such as every five weeks, and what happens several times. */
const OTHERWISE =
  /\bevery ([a-z]+|\d+) (days|weeks|months|years)\b|\b(twice|\d+ times|(two|three|four) times)\b|\bdaily\b/i;

/** The rhythm that an agreed text says, such as “Every week, 30 minutes”; null where it says none of them for sure. */
export function rhythmOf(cadence: string): Rhythm | null {
  const said: Rhythm[] = [];
  let left = cadence;
  // What one rhythm says is taken out before the next is looked for: “twice a year” doesn't say “a year”.
  for (const [rhythm, words] of WORDS) {
    if (!words.test(left)) continue;
    said.push(rhythm);
    left = left.replace(words, " ");
  }
  const [only, ...others] = said;
  return only === undefined || others.length > 0 || OTHERWISE.test(left) ? null : only;
}

const NUMBERS = new Map([
  ["one", 1],
  ["an", 1],
  ["two", 2],
  ["three", 3],
  ["half an", 0.5],
]);

/** How many minutes an agreed text says, such as “30 minutes” or “one hour”; null where it says none. */
export function minutesOfText(cadence: string): number | null {
  const [, minutes] = /\b(\d{1,3})\s*(?:minutes|mins?)\b/i.exec(cadence) ?? [];
  if (minutes !== undefined) return bounded(Number(minutes));
  const [, hours = ""] = /\b(half an|one|an|two|three|\d{1,2}(?:[.,]5)?)\s*(?:hours?|h)\b/i.exec(cadence) ?? [];
  const count = NUMBERS.get(hours.toLowerCase()) ?? Number(hours.replace(",", "."));
  return hours === "" ? null : bounded(count * 60);
}

function bounded(minutes: number): number | null {
  return Number.isInteger(minutes) && minutes >= MINUTES.least && minutes <= MINUTES.most ? minutes : null;
}

/** How long a conversation lasts. */
export const MINUTES = { least: 5, most: 24 * 60 };

const EVERY: Record<Exclude<Rhythm, "once">, { weeks: number } | { months: number }> = {
  weekly: { weeks: 1 },
  "two-weekly": { weeks: 2 },
  monthly: { months: 1 },
  "two-monthly": { months: 2 },
  quarterly: { months: 3 },
  "half-yearly": { months: 6 },
  yearly: { months: 12 },
};

const ORDINALS = ["first", "second", "third", "fourth", "last"] as const;

/**
 * The recurrence (RFC 5545, without its end) of a rhythm from a first day on; null for once. What recurs by months keeps the
 * day of the week and its place in the month: a meeting on the 13th would be on a Sunday sooner or later.
 */
export function recurrenceOf(rhythm: Rhythm, firstDay: string): string | null {
  if (rhythm === "once") return null;
  const every = EVERY[rhythm];
  if ("weeks" in every) return `FREQ=WEEKLY;INTERVAL=${every.weeks}`;
  const { place, weekday } = placeInMonth(firstDay);
  return `FREQ=MONTHLY;INTERVAL=${every.months};BYDAY=${place}${weekday.slice(0, 2).toUpperCase()}`;
}

/** When a rhythm takes place, as its reader sees it: “on the second Tuesday”. Empty where the rhythm says it all. */
export function placeWords(rhythm: Rhythm, firstDay: string, weekdayName: (weekday: Weekday) => string) {
  if (rhythm === "once") return "";
  const { place, weekday } = placeInMonth(firstDay);
  return "weeks" in EVERY[rhythm]
    ? `on ${weekdayName(weekday)}`
    : `on the ${ORDINALS.at(place === -1 ? -1 : place - 1)} ${weekdayName(weekday)}`;
}

/** Which one of its weekday in the month a day is. The fifth is the last, since most months have no fifth. */
function placeInMonth(day: string): { place: number; weekday: Weekday } {
  const at = new Date(`${day}T00:00:00Z`);
  const place = Math.ceil(at.getUTCDate() / 7);
  return { place: place === 5 ? -1 : place, weekday: WEEKDAYS[(at.getUTCDay() + 6) % 7] ?? "mon" };
}
