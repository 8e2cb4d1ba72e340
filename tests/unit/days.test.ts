import { describe, expect, it } from "vitest";
import { dayIn as dayInZone, earliestToday, isPast, isTimeZone, isYetToCome, latestToday, localDay, ownToday, todays, utcDay } from "~/domain/days";

/** The day of a moment in a zone, as its people's calendars have it. */
const dayIn = (timeZone: string, now: Date) => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
const ZONES = ["Etc/GMT+12", "Pacific/Pago_Pago", "America/Los_Angeles", "America/St_Johns", "Europe/London", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati"];
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
    expect([isPast(today, now), isYetToCome(today, now), ownToday(today, now), dayInZone(zone, now), todays(now).includes(today), isTimeZone(zone)]).toEqual([false, false, today, today, true, true]);
    expect([earliestToday(now) <= today, today <= latestToday(now)]).toEqual([true, true]);
  });
  it("the day before the first zone's last is past, and the one after the last is yet to come, for everybody", () => {
    const [before, after] = [earliestToday(new Date(now.getTime() - 86_400_000)), latestToday(new Date(now.getTime() + 86_400_000))];
    expect([isPast(before, now), isYetToCome(after, now)]).toEqual([true, true]);
    for (const said of [before, after, "", "today", "2026-1-1"]) expect(ownToday(said, now)).toBe(utcDay(now));
  });
  it("the day where this program runs is that of its zone", () => {
    expect(localDay(now)).toBe(dayIn(Intl.DateTimeFormat().resolvedOptions().timeZone, now));
  });
});
