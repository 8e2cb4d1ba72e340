import { describe, expect, it } from "vitest";
import {
  dayIn as dayInZone,
  dayOf,
  daysBetween,
  earliestToday,
  isDay,
  isPast,
  isTimeZone,
  isYetToCome,
  latestToday,
  localDay,
  checkedToday,
  datesOfToday,
  utcDay,
} from "~/domain/days";

/** The day of a moment in a zone, as its people's calendars have it. */
const dayIn = (timeZone: string, now: Date) =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
const ZONES = [
  "Etc/GMT+12",
  "Pacific/Pago_Pago",
  "America/Los_Angeles",
  "America/St_Johns",
  "Europe/London",
  "Asia/Kathmandu",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
];
const MOMENTS = [
  ["evening in Los Angeles, the next day in UTC", "2026-11-28T04:30:00Z"],
  ["morning in Auckland, the day before in UTC", "2026-11-26T21:00:00Z"],
  ["midnight in UTC", "2026-12-31T00:00:00Z"],
  ["the last moment of a year in UTC", "2026-12-31T23:59:59.999Z"],
  ["noon, when all of the earth has one day but for the ends", "2028-02-29T12:00:00Z"],
] as const;

describe.each(MOMENTS)("at %s", (_name, at) => {
  const now = new Date(at);
  it.each(ZONES)("nobody's today is past or yet to come: %s", (zone) => {
    const today = dayIn(zone, now);
    expect([
      isPast(today, now),
      isYetToCome(today, now),
      checkedToday(today, now),
      dayInZone(zone, now),
      datesOfToday(now).includes(today),
      isTimeZone(zone),
    ]).toEqual([false, false, today, today, true, true]);
    expect([earliestToday(now) <= today, today <= latestToday(now)]).toEqual([true, true]);
  });
  it("the day before the first zone's last is past, and the one after the last is yet to come, for everybody", () => {
    const [before, after] = [
      earliestToday(new Date(now.getTime() - 86_400_000)),
      latestToday(new Date(now.getTime() + 86_400_000)),
    ];
    expect([isPast(before, now), isYetToCome(after, now)]).toEqual([true, true]);
    for (const said of [before, after, "", "today", "2026-1-1"]) expect(checkedToday(said, now)).toBe(utcDay(now));
  });
  it("the day where this program runs is that of its zone", () => {
    expect(localDay(now)).toBe(dayIn(Intl.DateTimeFormat().resolvedOptions().timeZone, now));
  });
});

describe("a day", () => {
  it.each(["2026-02-28", "2028-02-29", "2026-12-31", "0001-01-01"])("%s is one", (day) =>
    expect(isDay(day)).toBe(true),
  );
  it.each([
    "2026-02-29",
    "2026-02-30",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "26-01-01",
    "2026-01-01T00:00:00Z",
    "",
    "today",
  ])("%j is none, and nobody's today", (day) => {
    expect(isDay(day)).toBe(false);
    expect(checkedToday(day, new Date("2026-03-01T12:00:00Z"))).toBe("2026-03-01");
  });
  it("of a moment is UTC's, and of a day itself", () => {
    expect([dayOf("2026-03-03T23:59:59.999Z"), dayOf("2026-03-03")]).toEqual(["2026-03-03", "2026-03-03"]);
    expect([
      daysBetween("2028-02-28", "2028-03-01"),
      daysBetween("2026-03-01", "2026-02-28"),
      daysBetween("2026-03-01", "2026-03-01"),
    ]).toEqual([2, -1, 0]);
  });
});

it("a zone has a name of the IANA database, and none of those abbreviations that several zones share", () => {
  const zones = ["UTC", "GMT", "EST", "CET", "NZ", "Europe/London", "europe/london", "US/Pacific", "Etc/GMT+12"];
  expect(zones.filter((name) => !isTimeZone(name))).toEqual([]);
  const none = ["", "JST", "jst", "PST", "IST", "Factory", "Etc/Unknown", "+05:30", "UTC+3", "Z", "Mars/Olympus"];
  expect(none.filter((name) => isTimeZone(name))).toEqual([]);
});
