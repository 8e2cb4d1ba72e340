import { callsOf } from "~/domain/cover/calls.server";
import { coverOf, presenceOf } from "~/domain/cover/cover.server";
import type { CallPath } from "~/domain/cover/path";
import type { Staffing } from "~/domain/cover/staffing";
import type { WeeklyHours } from "~/domain/cover/working-hours";
import { measure, measureOn, ratio } from "./measure";

const ZONES = [
  "Europe/London",
  "America/New_York",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Pacific/Chatham",
  "Europe/Berlin",
];
const CHANNELS = ["phone", "sms", "bridge", "mail"];
const PEOPLE = Array.from({ length: 300 }, (_, i) => `person-${i}`);
/** The week in which clocks are set in Europe. */
const WEEK = { from: Date.parse("2026-03-23T00:00Z"), to: Date.parse("2026-03-30T00:00Z") };
const ROLES = 200;
const PATHS = 10;

const zone = (i: number) => ZONES[i % ZONES.length] ?? "UTC";
const person = (i: number) => PEOPLE[i % PEOPLE.length] ?? "";
const day = (i: number) => `2026-03-${String(20 + (i % 11)).padStart(2, "0")}`;

const SHIFTS = [
  { from: "08:30", to: "12:30" },
  { from: "13:15", to: "17:45" },
];
const NIGHT = [{ from: "22:00", to: "06:00" }];
const DAYS = { mon: SHIFTS, tue: SHIFTS, wed: SHIFTS, thu: SHIFTS, fri: SHIFTS, sat: [], sun: NIGHT };
const hours = (i: number): WeeklyHours => ({
  days: DAYS,
  timeZone: zone(i),
  holidays: ["2026-03-25", "2026-12-25"],
});

/** Three holders with hours of their own, a daily rota of five turns of two with two overrides, and nights off duty for every fifth role. */
function staffing(i: number): Staffing {
  return {
    holders: [0, 1, 2].map((k) => ({ personId: person(i + k), hours: hours(i + k) })),
    rota: {
      timeZone: zone(i),
      period: "daily",
      every: 1,
      handOver: { time: "09:00", weekday: "mon" },
      firstDay: "2026-01-05",
      turns: [0, 1, 2, 3, 4].map((k) => [person(i + k), person(i + k + 7)]),
      hours: i % 2 === 0 ? "always" : hours(i + 3),
      overrides: [
        { from: "2026-03-24T18:00", to: "2026-03-25T06:00", personIds: [person(i + 9)] },
        { from: "2026-03-28", to: "2026-03-28", personIds: [] },
      ],
    },
    declaredOff: i % 5 === 0 ? { weekly: hours(i + 4), days: ["2026-03-27"] } : null,
  };
}

const reachable = new Map(PEOPLE.map((id, i) => [id, new Set(CHANNELS.filter((_channel, k) => (i + k) % 3 !== 0))]));
const absences = () => ({
  absences: PEOPLE.filter((_id, i) => i % 6 === 0).map((personId, i) => ({
    personId,
    from: day(i),
    to: day(i) > day(i + 2) ? day(i) : day(i + 2),
    timeZone: zone(i),
  })),
  deputies: new Map(PEOPLE.map((id, i) => [id, person(i + 11)])),
});
/** The channels of a path's levels: another order and choice for each. */
const channels = Array.from({ length: PATHS }, (_, i) => CHANNELS.filter((_channel, k) => (i >> k) % 2 === 0));

/** What one run is asked about: everything is new in it but the clocks of the zones. */
const fresh = (roles: number) => ({
  all: Array.from({ length: roles }, (_, i) => staffing(i)),
  away: absences(),
  clock: hours(0),
});

/** The cover of 200 roles by the channels of ten paths over a week, beside writing as JSON who is there; and the calls of one path by a clock that always runs and by one that runs in hours. */
export async function benchCover() {
  let spans = 0;
  const cover = await measureOn(
    30,
    () => fresh(ROLES),
    ({ all, away }) => {
      spans = all
        .map((role) => presenceOf(role, away, WEEK))
        .reduce(
          (sum, there) => sum + channels.reduce((of, wanted) => of + coverOf(there, reachable, wanted).length, 0),
          0,
        );
    },
  );
  const { all, away } = fresh(ROLES);
  const presences = all.map((role) => presenceOf(role, away, WEEK));
  const floor = await measure(30, () => JSON.stringify(presences).length);
  const levels = [0, 15, 30, 60, 120].map((minutes, i) => ({
    minutes,
    calls: [0, 1, 2].map((k) => ({ roleId: `role-${i * 3 + k}`, channels: CHANNELS, mayDecide: i > 2 })),
  }));
  const path: CallPath = { levels, clock: "always", repeats: 2, roundMinutes: 240, targetMinutes: 60 };
  const start = Date.parse("2026-03-28T02:10Z");
  const timeline = (inHours: boolean) =>
    measureOn(
      100,
      () => fresh(15),
      ({ all: roles, away: gone, clock }) =>
        callsOf(inHours ? { ...path, clock } : path, start, {
          staffing: new Map(roles.map((role, i) => [`role-${i}`, role])),
          absences: gone,
          reachable,
        }),
    );
  return {
    roles: ROLES,
    paths: PATHS,
    spans,
    floor,
    cover,
    ratio: ratio(cover, floor),
    calls: await timeline(false),
    callsInHours: await timeline(true),
  };
}
