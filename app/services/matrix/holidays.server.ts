import { read } from "~/db/client.server";
import { DAY_MS, isDay, utcDay } from "~/domain/days";
import { dayWords } from "~/domain/day-words";
import { AppError } from "~/domain/errors";
import { beginningOf } from "~/domain/beginning";
import { LIMITS } from "~/domain/limits";
import { midnightOf } from "~/domain/cover/wall-time";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

/** Where and when holidays are asked for: a country by its two letters, a region of it and of that, and a year. */
type HolidayQuestion = { country: string; state: string; region: string; year: string };

type Place = { code: string; name: string };

/** What a calendar of a country proposes. What counts is what the parties then agree. */
export type ProposedHolidays = {
  countries: Place[];
  /** Regions of the country, and of the region; empty where there are none, or no country is chosen. */
  states: Place[];
  regions: Place[];
  years: number[];
  /** The year that is most likely asked for: towards the end of one, the next. */
  usualYear: number;
  days: { day: string; name: string }[];
  /** Public holidays that aren't proposed, in sentences. */
  leftOut: string[];
};

/** Laws change: a year far from today says what nobody knows. */
const YEARS = { back: 1, ahead: 5 };

const OCTOBER = 9;

/** A day that is shorter than this is half a holiday. The day on which clocks are set has 23 hours. */
const WHOLE_DAY_HOURS = 23;

/** The public holidays of a country or region in a year, from `date-holidays`, which is loaded when somebody first asks. */
export async function proposeHolidays(
  actor: Actor,
  matrixId: string,
  { country, state, region, year }: HolidayQuestion,
  now: Date,
): Promise<ProposedHolidays> {
  await matrixFor(read, actor, matrixId, "edit");
  const { default: Holidays } = await import("date-holidays");
  const known = new Holidays();
  const countries = placesOf(known.getCountries("en"));
  const current = now.getUTCFullYear();
  const years = Array.from({ length: YEARS.back + 1 + YEARS.ahead }, (_, i) => current - YEARS.back + i);
  const usualYear = now.getUTCMonth() >= OCTOBER ? current + 1 : current;
  const none = { countries, states: [], regions: [], years, usualYear, days: [], leftOut: [] };
  if (country === "") return none;
  refuseUnknown(countries, country, "country");
  const states = placesOf(known.getStates(country, "en"));
  if (state !== "") refuseUnknown(states, state, "region");
  const regions = state === "" ? [] : placesOf(known.getRegions(country, state, "en"));
  if (region !== "") refuseUnknown(regions, region, "part of the region");
  if (!years.includes(Number(year)))
    throw new AppError(
      "invalid",
      `Choose a year from ${years[0]} to ${years.at(-1)}. What is further away may change.`,
    );
  const holidays = new Holidays(country, state, region);
  const found = daysOf(holidays, Number(year));
  if (found.days.length === 0 && found.leftOut.length === 0)
    throw new AppError("invalid", "No public holidays are known there. Choose a region, or write the days by hand.");
  return { ...none, states, regions, ...found };
}

function placesOf(names: Record<string, string> | undefined): Place[] {
  return Object.entries(names ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function refuseUnknown(places: readonly Place[], code: string, called: string): void {
  if (!places.some((place) => place.code === code))
    throw new AppError(
      "invalid",
      `No holidays are known of that ${called}. Choose one of the list, or write the days by hand.`,
    );
}

type Holidays = {
  getLanguages(): string[];
  getHolidays(
    year: number,
    language?: string,
  ): { date: string; start: Date; end: Date; name: string; type: string; rule: string }[];
};

function daysOf(holidays: Holidays, year: number): Pick<ProposedHolidays, "days" | "leftOut"> {
  const [local] = holidays.getLanguages();
  const english = new Map(holidays.getHolidays(year, "en").map(({ date, rule, name }) => [`${date} ${rule}`, name]));
  const names = new Map<string, Set<string>>();
  const leftOut: string[] = [];
  for (const { date, start, end, name, type, rule } of holidays.getHolidays(year, local)) {
    if (type !== "public") continue;
    const [day = "", time = ""] = date.split(" ");
    const hours = (end.getTime() - start.getTime()) / 3_600_000;
    const both = inTwoLanguages(name, english.get(`${date} ${rule}`));
    if (!isDay(day) || time !== "00:00:00" || hours < WHOLE_DAY_HOURS) {
      leftOut.push(`${both}, ${dayWords(day)}, isn't a whole day off, and is left out.`);
      continue;
    }
    for (let at = midnightOf(day), left = Math.round(hours / 24); left > 0; at += DAY_MS, left--) {
      const one = utcDay(new Date(at));
      names.set(one, (names.get(one) ?? new Set()).add(both));
    }
  }
  const days = [...names].map(([day, said]) => ({ day, name: beginningOf([...said].join(", "), LIMITS.name) }));
  return { days: days.sort((a, b) => (a.day < b.day ? -1 : 1)), leftOut };
}

function inTwoLanguages(local: string, english: string | undefined): string {
  return english === undefined || english === local ? local : `${local} (${english})`;
}
