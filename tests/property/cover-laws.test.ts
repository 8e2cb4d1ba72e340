import fc from "fast-check";
import { expect, it } from "vitest";
import type { Absence, Absences } from "~/domain/cover/absences";
import { callsOf } from "~/domain/cover/calls.server";
import { coverOf, presenceOf } from "~/domain/cover/cover.server";
import { minutesBetween, momentAfter } from "~/domain/cover/path-clock.server";
import { checkPath, type CallPath } from "~/domain/cover/path";
import { checkRota, type Override, type Rota } from "~/domain/cover/rota";
import type { Channels, OffDuty, Reachable, Staffing } from "~/domain/cover/staffing";
import {
  checkWeeklyHours,
  WEEKDAYS,
  type DayHours,
  type Weekday,
  type WeeklyHours,
} from "~/domain/cover/working-hours";

/** Half-hour and 45-minute zones, one whose clocks are set by half an hour, and some whose midnight is left out or comes twice. */
const ZONES = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/Havana",
  "America/Santiago",
  "Africa/Cairo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
];

/** Days in 2026 and 2027 on or right before which clocks are set in one of the zones, and two on which they aren't. */
const CHANGES = [
  ["America/New_York", "2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"],
  ["Europe/Berlin", "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"],
  ["Europe/London", "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"],
  ["Australia/Lord_Howe", "2026-04-05", "2026-10-04", "2027-04-04", "2027-10-03"],
  ["Pacific/Chatham", "2026-04-05", "2026-09-27", "2027-04-04", "2027-09-26"],
  ["America/Havana", "2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"],
  ["America/Santiago", "2026-04-05", "2026-09-06"],
  ["Africa/Cairo", "2026-04-24", "2026-10-30"],
  ["Asia/Kolkata", "2026-06-10"],
  ["Asia/Kathmandu", "2027-01-01"],
].flatMap(([zone = "", ...days]) => days.map((day) => ({ zone, day })));

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** So many days on each side of a change are walked through, and so many of them are compared. */
const REACH = 6;
const COMPARED = 2;

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** What the clocks of a zone show at every minute around a day, found by asking for it: minutes since 1970 as if they showed UTC. */
type Walk = { begin: number; shown: Int32Array };
const walks = new Map<string, Walk>();

function walkOf(zone: string, around: string): Walk {
  const known = walks.get(`${zone} ${around}`);
  if (known) return known;
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const walk = { begin: Date.parse(`${around}T00:00Z`) - REACH * DAY, shown: new Int32Array(2 * REACH * 24 * 60) };
  // Clocks are set on the quarter of an hour, so the minutes of one follow each other.
  for (let i = 0; i < walk.shown.length; i += 15) {
    const quarter = minuteOf(format.format(walk.begin + i * MINUTE).replace(" ", "T"));
    for (let minute = 0; minute < 15; minute++) walk.shown[i + minute] = quarter + minute;
  }
  walks.set(`${zone} ${around}`, walk);
  return walk;
}

const minuteOf = (time: string) => Date.parse(`${time}Z`) / MINUTE;

/** The place in the walk at which something begins or ends at a time on the wall; a time that isn't shown is the first that is after it. */
function placeOf({ shown }: Walk, time: string, edge: "first" | "last"): number {
  const wanted = minuteOf(time);
  const there = edge === "first" ? shown.indexOf(wanted) : shown.lastIndexOf(wanted);
  if (there !== -1) return there;
  const next = shown.findIndex((minute) => minute > wanted);
  return next === -1 ? Infinity : next === 0 ? -Infinity : next;
}

/** Hours as places in the walk, from and up to. */
type Places = { from: number; to: number };

function placesOfHours(hours: WeeklyHours, around: string): Places[] {
  const walk = walkOf(hours.timeZone, around);
  const places: Places[] = [];
  for (let i = -REACH + 1; i < REACH; i++) {
    const day = dayAfter(around, i);
    if (hours.holidays.includes(day)) continue;
    const weekday = (["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const)[new Date(`${day}T00:00Z`).getUTCDay()];
    for (const { from, to } of weekday ? hours.days[weekday] : [])
      places.push({
        from: placeOf(walk, `${day}T${from}`, "first"),
        to: placeOf(
          walk,
          to === "24:00" ? `${dayAfter(day, 1)}T00:00` : `${to <= from ? dayAfter(day, 1) : day}T${to}`,
          "last",
        ),
      });
  }
  return places;
}

const wholeDays = (zone: string, around: string, from: string, to: string): Places => ({
  from: placeOf(walkOf(zone, around), `${from}T00:00`, "first"),
  to: placeOf(walkOf(zone, around), `${dayAfter(to, 1)}T00:00`, "last"),
});

/** Whether a minute of the walk is in one of some hours, for each. */
function minutesIn(places: readonly Places[]): Uint8Array {
  const minutes = new Uint8Array(2 * REACH * 24 * 60);
  for (const { from, to } of places) minutes.fill(1, Math.max(0, from), Math.max(0, to));
  return minutes;
}

type Case = {
  around: string;
  staffing: Staffing;
  absences: Absences;
  reachable: Reachable;
  channels: Channels;
};

/** Who is there at each minute, asked of the walk alone. */
function walkedCover({ around, staffing, absences, reachable, channels }: Case): (minute: number) => string {
  const { holders, rota, declaredOff } = staffing;
  const shifts = holders.map(({ personId, hours }) => ({
    personId,
    minutes: minutesIn(hours ? placesOfHours(hours, around) : []),
  }));
  const off = minutesIn(
    declaredOff
      ? [
          ...placesOfHours(declaredOff.weekly, around),
          ...declaredOff.days.map((day) => wholeDays(declaredOff.weekly.timeZone, around, day, day)),
        ]
      : [],
  );
  const away = new Map(
    PEOPLE.map((id) => [
      id,
      minutesIn(
        absences.absences.flatMap(({ personId, from, to, timeZone }) =>
          personId === id ? [wholeDays(timeZone, around, from, to)] : [],
        ),
      ),
    ]),
  );
  const turns = rota ? placesOfTurns(rota, around) : [];
  const applies = rota && rota.hours !== "always" ? minutesIn(placesOfHours(rota.hours, around)) : null;
  const overrides = rota
    ? rota.overrides.map((override) => placeOfOverride(override, rota, around)).sort((a, b) => b.from - a.from)
    : [];

  const standIn = (personId: string, minute: number): string[] => {
    const asked: string[] = [];
    for (let next: string | undefined = personId; next && !asked.includes(next); next = absences.deputies.get(next)) {
      if (!away.get(next)?.[minute]) return [next];
      asked.push(next);
    }
    return [];
  };
  const works = new Map(
    PEOPLE.map((id) => {
      const working = [...(reachable.get(id) ?? [])];
      return [id, channels === "any" ? working.length > 0 : working.some((channel) => channels.includes(channel))];
    }),
  );
  const callable = (people: readonly string[], minute: number) =>
    [...new Set(people.flatMap((id) => standIn(id, minute)))].filter((id) => works.get(id));
  return (minute) => {
    if (off[minute]) return "declared-off";
    const shift = callable(
      shifts.flatMap(({ personId, minutes }) => (minutes[minute] ? [personId] : [])),
      minute,
    );
    const override = overrides.find(({ from, to }) => from <= minute && minute < to);
    const turn = !applies || applies[minute] ? turns.findLast(({ from }) => from <= minute) : undefined;
    const call = callable((override ?? turn)?.personIds ?? [], minute).filter((id) => !shift.includes(id));
    if (shift.length > 0) return ["on-shift", ...shift, ...call].join(" ");
    if (call.length > 0) return ["on-call", ...call].join(" ");
    return override?.personIds.length === 0 ? "declared-off" : "nobody";
  };
}

function placesOfTurns(rota: Rota, around: string): { from: number; personIds: readonly string[] }[] {
  const walk = walkOf(rota.timeZone, around);
  const turns: { from: number; personIds: readonly string[] }[] = [];
  let day = rota.firstDay;
  while (
    rota.period === "weekly" &&
    new Date(`${day}T00:00Z`).getUTCDay() !== (WEEKDAYS.indexOf(rota.handOver.weekday) + 1) % 7
  )
    day = dayAfter(day, 1);
  for (let turn = 0; day < dayAfter(around, REACH); turn++) {
    turns.push({
      from: placeOf(walk, `${day}T${rota.handOver.time}`, "first"),
      personIds: rota.turns[turn % rota.turns.length] ?? [],
    });
    day = dayAfter(day, rota.every * (rota.period === "weekly" ? 7 : 1));
  }
  return turns;
}

function placeOfOverride({ from, to, personIds }: Override, rota: Rota, around: string) {
  const walk = walkOf(rota.timeZone, around);
  return {
    from: placeOf(walk, from.includes("T") ? from : `${from}T00:00`, "first"),
    to: placeOf(walk, to.includes("T") ? to : `${dayAfter(to, 1)}T00:00`, "last"),
    personIds,
  };
}

const PEOPLE = ["ana", "ben", "cleo", "dora", "eva"];
const arbitraryPerson = fc.constantFrom(...PEOPLE);
type Change = { zone: string; day: string };
const arbitraryChange = fc.constantFrom(...CHANGES);
/** Any zone, every other time the one whose clocks are set. */
const arbitraryZone = ({ zone }: Change) => fc.oneof(fc.constant(zone), fc.constantFrom(...ZONES));
const two = (value: number) => String(value).padStart(2, "0");
const timeOf = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
/** Any minute of a day, often one at which clocks are set. */
const arbitraryMinute = fc.oneof(
  fc.integer({ min: 0, max: 24 * 60 - 1 }),
  fc.constantFrom(0, 30, 60, 90, 105, 120, 135, 150, 165, 180, 195, 225, 22 * 60, 23 * 60, 23 * 60 + 30, 6 * 60),
);

const arbitraryDayHours: fc.Arbitrary<DayHours[]> = fc
  .tuple(fc.uniqueArray(arbitraryMinute, { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 4 }))
  .map(([minutes, kind]) => {
    const [a = 0, b = 0, c = 0, d = 0] = [...minutes].sort((x, y) => x - y).map(Number);
    const hours = (from: number, to: number) => ({ from: timeOf(from), to: timeOf(to) });
    if (kind === 0) return [];
    if (kind === 1) return [hours(c, a), hours(a, b)];
    if (kind === 2) return [{ from: timeOf(b), to: "24:00" }];
    if (kind === 3) return [hours(a, a)];
    return [hours(a, b), hours(c, d)];
  });
const arbitraryHours = (change: Change): fc.Arbitrary<WeeklyHours> =>
  fc.record({
    days: fc.record(
      Object.fromEntries(WEEKDAYS.map((day) => [day, arbitraryDayHours])) as Record<Weekday, typeof arbitraryDayHours>,
    ),
    timeZone: arbitraryZone(change),
    holidays: fc.array(
      fc.integer({ min: -3, max: 3 }).map((days) => dayAfter(change.day, days)),
      { maxLength: 2 },
    ),
  });

/** Overrides between sorted times around a day; some meet, some are whole days. */
const arbitraryOverrides = (change: Change): fc.Arbitrary<Override[]> =>
  fc
    .tuple(
      fc.uniqueArray(
        fc
          .tuple(fc.integer({ min: -2, max: 1 }), arbitraryMinute)
          .map(([day, minute]) => `${dayAfter(change.day, day)}T${timeOf(minute)}`),
        {
          maxLength: 5,
        },
      ),
      fc.array(fc.array(arbitraryPerson, { maxLength: 2 }), { minLength: 6, maxLength: 6 }),
      fc.boolean(),
    )
    .map(([times, people, whole]) => {
      const sorted = [...times].sort();
      const timed = sorted
        .slice(1)
        .flatMap((to, i) => (i === 2 ? [] : [{ from: sorted[i] ?? to, to, personIds: people[i] ?? [] }]));
      const day = dayAfter(change.day, 2);
      return whole ? [...timed, { from: day, to: day, personIds: people[5] ?? [] }] : timed;
    });
const arbitraryRota = (change: Change): fc.Arbitrary<Rota> =>
  fc.record({
    timeZone: arbitraryZone(change),
    period: fc.constantFrom("daily", "weekly"),
    every: fc.integer({ min: 1, max: 3 }),
    handOver: fc.record({ time: arbitraryMinute.map(timeOf), weekday: fc.constantFrom(...WEEKDAYS) }),
    firstDay: fc.integer({ min: -40, max: 2 }).map((days) => dayAfter(change.day, days)),
    turns: fc.array(fc.array(arbitraryPerson, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    hours: fc.oneof(fc.constant("always" as const), arbitraryHours(change)),
    overrides: arbitraryOverrides(change),
  });
const arbitraryAbsences = (change: Change): fc.Arbitrary<Absences> =>
  fc.record({
    absences: fc.array(
      fc
        .tuple(arbitraryPerson, fc.integer({ min: -3, max: 2 }), fc.integer({ min: 0, max: 3 }), arbitraryZone(change))
        .map(([personId, from, length, timeZone]): Absence => ({
          personId,
          from: dayAfter(change.day, from),
          to: dayAfter(change.day, from + length),
          timeZone,
        })),
      { maxLength: 3 },
    ),
    deputies: fc.array(fc.tuple(arbitraryPerson, arbitraryPerson), { maxLength: 3 }).map((pairs) => new Map(pairs)),
  });
const arbitraryOffDuty = (change: Change): fc.Arbitrary<OffDuty> =>
  fc.record({
    weekly: fc.record({
      days: fc
        .tuple(fc.constantFrom(...WEEKDAYS), arbitraryDayHours)
        .map(
          ([weekday, hours]) =>
            Object.fromEntries(
              WEEKDAYS.map((day) => [day, day === weekday ? hours : []]),
            ) as unknown as WeeklyHours["days"],
        ),
      timeZone: arbitraryZone(change),
      holidays: fc.constant([]),
    }),
    days: fc.array(
      fc.integer({ min: -2, max: 2 }).map((days) => dayAfter(change.day, days)),
      { maxLength: 1 },
    ),
  });
const arbitraryStaffing = (change: Change): fc.Arbitrary<Staffing> =>
  fc.record({
    holders: fc.array(
      fc.record({
        personId: arbitraryPerson,
        hours: fc.oneof({ weight: 4, arbitrary: arbitraryHours(change) }, { weight: 1, arbitrary: fc.constant(null) }),
      }),
      { maxLength: 3 },
    ),
    rota: fc.option(arbitraryRota(change), { freq: 5 }),
    declaredOff: fc.option(arbitraryOffDuty(change), { freq: 1 }),
  });
const arbitraryReachable: fc.Arbitrary<Reachable> = fc
  .tuple(...PEOPLE.map(() => fc.subarray(["phone", "sms", "mail"])))
  .map((channels) => new Map(PEOPLE.map((id, i) => [id, new Set(channels[i])])));
const arbitraryCase: fc.Arbitrary<Case> = arbitraryChange.chain((change) =>
  fc.record({
    around: fc.constant(change.day),
    staffing: arbitraryStaffing(change),
    absences: arbitraryAbsences(change),
    reachable: arbitraryReachable,
    channels: fc.oneof(fc.constant("any" as const), fc.subarray(["phone", "sms", "mail"])),
  }),
);

it("clocks are set around each of the days walked through, once forward and once back in every zone that does", () => {
  const unusual = CHANGES.flatMap(({ zone, day }) => {
    const { shown } = walkOf(zone, day);
    const skips = shown.filter((minute, i) => i > 0 && minute - (shown[i - 1] ?? 0) > 1);
    const repeats = shown.filter((minute, i) => shown.lastIndexOf(minute, i + 240) > i);
    return [{ zone, skips: skips.length, repeats: repeats.length }];
  });
  const zonesWith = (what: "skips" | "repeats") => new Set(unusual.flatMap((one) => (one[what] > 0 ? [one.zone] : [])));
  expect(zonesWith("skips")).toEqual(zonesWith("repeats"));
  expect([...zonesWith("skips")].sort()).toEqual([
    "Africa/Cairo",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/London",
    "Pacific/Chatham",
  ]);
});

it("cover is what a walk by the minute finds, fills the window, and never says the same twice in a row", () => {
  const found = { "on-shift": 0, "on-call": 0, "declared-off": 0, nobody: 0 };
  fc.assert(
    fc.property(arbitraryCase, (one) => {
      const { staffing, absences, reachable, channels, around } = one;
      expect(staffing.rota ? checkRota(staffing.rota) : []).toEqual([]);
      expect(staffing.holders.flatMap(({ hours }) => (hours ? checkWeeklyHours(hours) : []))).toEqual([]);
      const middle = Date.parse(`${around}T00:00Z`);
      const window = { from: middle - COMPARED * DAY, to: middle + COMPARED * DAY };
      const cover = coverOf(presenceOf(staffing, absences, window), reachable, channels);
      const said = cover.map(({ state, personIds }) => [state, ...personIds].join(" "));
      expect(cover[0]?.from).toBe(window.from);
      expect(cover.at(-1)?.to).toBe(window.to);
      cover.forEach(({ from, to, state }, i) => {
        expect(from).toBeLessThan(to);
        expect(to).toBe(cover[i + 1]?.from ?? window.to);
        expect(said[i]).not.toBe(said[i + 1]);
        found[state] += (to - from) / MINUTE;
      });
      const walked = walkedCover(one);
      const begin = (window.from - walkOf("UTC", around).begin) / MINUTE;
      for (let minute = 0, place = 0; minute < (2 * COMPARED * DAY) / MINUTE; minute++) {
        const moment = window.from + minute * MINUTE;
        while ((cover[place]?.to ?? Infinity) <= moment) place++;
        const expected = walked(begin + minute);
        if (said[place] !== expected)
          expect(`${new Date(moment).toISOString()} ${said[place]}`).toBe(
            `${new Date(moment).toISOString()} ${expected}`,
          );
      }
    }),
    { numRuns: 500, seed: 20_261_127 },
  );
  // Each state is met often enough to be worth comparing.
  expect(Math.min(...Object.values(found))).toBeGreaterThan(50_000);
});

it("a path's clock runs through exactly the minutes that a walk finds in its hours", () => {
  fc.assert(
    fc.property(
      arbitraryChange.chain((change) => fc.tuple(fc.constant(change.day), arbitraryHours(change))),
      fc.integer({ min: 0, max: 24 * 60 }),
      fc.integer({ min: 0, max: 3_000 }),
      ([around, hours], late, minutes) => {
        const walk = walkOf("UTC", around);
        const running = minutesIn(placesOfHours(hours, around));
        const begin = (Date.parse(`${around}T00:00Z`) - 2 * DAY - walk.begin) / MINUTE + late;
        let passed = 0;
        let place = begin;
        const end = walk.shown.length - 2 * 24 * 60;
        for (; place < end && !(passed === minutes && running[place]); place++) passed += running[place] ?? 0;
        const start = walk.begin + begin * MINUTE;
        const reached = momentAfter(hours, start, minutes);
        if (place < end) {
          expect(reached).toBe(walk.begin + place * MINUTE);
          expect(minutesBetween(hours, start, walk.begin + place * MINUTE)).toBe(minutes);
        } else expect(reached ?? Infinity).toBeGreaterThanOrEqual(walk.begin + end * MINUTE);
      },
    ),
    { numRuns: 300, seed: 20_261_127 },
  );
});

const ROLES = ["desk", "engineer", "lead"];
const arbitraryPath = (change: Change): fc.Arbitrary<CallPath> =>
  fc
    .record({
      minutes: fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 5 }),
      calls: fc.array(
        fc.array(
          fc.record({
            roleId: fc.constantFrom(...ROLES, "empty"),
            channels: fc.subarray(["phone", "sms", "mail"], { minLength: 1 }),
            mayDecide: fc.boolean(),
          }),
          { minLength: 1, maxLength: 2 },
        ),
        { minLength: 5, maxLength: 5 },
      ),
      clock: fc.oneof(fc.constant("always" as const), arbitraryHours(change)),
      repeats: fc.integer({ min: 0, max: 3 }),
      targetMinutes: fc.option(fc.integer({ min: 0, max: 600 })),
    })
    .map(({ minutes, calls, ...rest }) => ({
      levels: [...minutes].sort((a, b) => a - b).map((minute, i) => ({ minutes: minute, calls: calls[i] ?? [] })),
      roundMinutes: 601,
      ...rest,
    }));

it("a path never waits for nobody, calls whom the cover has, goes through its levels in order, and ends", () => {
  let passedOver = 0;
  fc.assert(
    fc.property(
      arbitraryChange.chain((change) =>
        fc.record({
          start: fc
            .integer({ min: 0, max: 24 * 60 })
            .map((minute) => Date.parse(`${change.day}T00:00Z`) + minute * MINUTE),
          path: arbitraryPath(change),
          staffing: fc
            .tuple(...ROLES.map(() => arbitraryStaffing(change)))
            .map(
              (all) => new Map(ROLES.map((id, i) => [id, all[i] ?? { holders: [], rota: null, declaredOff: null }])),
            ),
          absences: arbitraryAbsences(change),
          reachable: arbitraryReachable,
        }),
      ),
      ({ start, path, staffing, absences, reachable }) => {
        expect(checkPath(path, new Set([...ROLES, "empty"]))).toEqual([]);
        const { steps, lastResort, decision } = callsOf(path, start, { staffing, absences, reachable });
        expect(steps.length).toBeLessThanOrEqual(path.levels.length * (path.repeats + 1));
        steps.forEach((step, i) => {
          const next = steps[i + 1];
          expect([step.round, step.level]).toEqual([Math.floor(i / path.levels.length), i % path.levels.length]);
          expect(step.at).toBeGreaterThanOrEqual(steps[i - 1]?.at ?? start);
          expect(step.at).toBeLessThanOrEqual(step.plannedAt);
          expect(step.passedOver).toBe(step.calls.every(({ answers }) => answers.length === 0));
          if (step.passedOver) passedOver++;
          if (step.passedOver) expect(next?.at ?? lastResort.at).toBe(step.at);
          else if (next) expect(next.at).toBe(next.plannedAt);
          step.calls.forEach(({ roleId, answers, silence }, place) => {
            const call = path.levels[step.level]?.calls[place];
            const cover = coverOf(
              presenceOf(staffing.get(roleId) ?? { holders: [], rota: null, declaredOff: null }, absences, {
                from: step.at - DAY,
                to: step.at + DAY,
              }),
              reachable,
              call?.channels ?? [],
            ).find(({ from, to }) => from <= step.at && step.at < to);
            expect(answers.map(({ personId }) => personId)).toEqual(cover?.personIds);
            expect(silence === null).toBe(answers.length > 0);
            for (const { personId, channel } of answers) {
              expect(reachable.get(personId)?.has(channel)).toBe(true);
              const wanted = call && call.channels !== "any" ? call.channels : [];
              expect(wanted.find((one) => reachable.get(personId)?.has(one))).toBe(channel);
            }
          });
        });
        expect(lastResort.at).toBeGreaterThanOrEqual(steps.at(-1)?.at ?? start);
        const deciding = steps.find(({ calls }) =>
          calls.some(({ mayDecide, answers }) => mayDecide && answers.length > 0),
        );
        expect(decision?.at).toBe(deciding?.at);
      },
    ),
    { numRuns: 300, seed: 20_261_127 },
  );
  expect(passedOver).toBeGreaterThan(50);
});
