import { describe, expect, it } from "vitest";
import { checkAbsences, type Absences } from "~/domain/cover/absences";
import { coverOf, presenceOf } from "~/domain/cover/cover.server";
import { hoursWithin } from "~/domain/cover/hours-within.server";
import { checkRota, type Rota } from "~/domain/cover/rota";
import { everybodyAway, rotaWithin } from "~/domain/cover/rota-within.server";
import { difference, intersection, piecesOf, union, within, type Span } from "~/domain/cover/spans";
import { checkOffDuty, type Channels, type Reachable, type Staffing } from "~/domain/cover/staffing";
import { checkTimeZone, midnightOf, MINUTE_MS, minutesOf } from "~/domain/cover/wall-time";
import { checkWeeklyHours, type WeeklyHours } from "~/domain/cover/working-hours";
import { zoneClock } from "~/domain/cover/zoned.server";
import { LIMITS } from "~/domain/limits";
import { ALL_THERE, allHours, aRota, between, officeHours, staffed, utc, weekly } from "../support/rotas";

const span = (from: number, to: number) => ({ from, to });
const iso = (moment: number) => new Date(moment).toISOString().slice(0, 16);
const said = (spans: readonly Span[]) => spans.map(({ from, to }) => `${iso(from)} ${iso(to)}`);
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);

describe("spans", () => {
  it("joins what touches or overlaps and leaves out what is empty", () => {
    expect(union([span(5, 7), span(1, 3), span(3, 4), span(6, 9), span(2, 2), span(4, 3)])).toEqual([
      span(1, 4),
      span(5, 9),
    ]);
  });

  it("keeps what both cover, and what one covers alone", () => {
    const a = [span(0, 10), span(20, 30)];
    const b = [span(5, 22), span(25, 26)];
    expect(intersection(a, b)).toEqual([span(5, 10), span(20, 22), span(25, 26)]);
    expect(difference(a, b)).toEqual([span(0, 5), span(22, 25), span(26, 30)]);
    expect(difference(a, [])).toEqual(a);
    expect(difference(a, [span(-5, 50)])).toEqual([]);
    expect(within(a, span(8, 21))).toEqual([span(8, 10), span(20, 21)]);
    expect(within(a, span(8, 8))).toEqual([]);
  });

  it("cuts a window wherever a layer begins or ends, and leaves no gap in it", () => {
    expect(piecesOf([[span(0, 4), span(6, 20)], [span(2, 8)]], span(1, 10))).toEqual([
      { from: 1, to: 2, layers: [0] },
      { from: 2, to: 4, layers: [0, 1] },
      { from: 4, to: 6, layers: [1] },
      { from: 6, to: 8, layers: [0, 1] },
      { from: 8, to: 10, layers: [0] },
    ]);
    expect(piecesOf([], span(1, 10))).toEqual([{ from: 1, to: 10, layers: [] }]);
    expect(piecesOf([[span(0, 4)]], span(3, 3))).toEqual([]);
  });
});

describe("a time on the clocks of a zone", () => {
  const moment = (zone: string, day: string, time: string, edge: "begins" | "ends") =>
    iso(zoneClock(zone).momentOf(midnightOf(day) + (minutesOf(time) ?? NaN) * MINUTE_MS, edge));

  it.each([
    ["once", "Europe/Berlin", "2026-06-01", "09:00", "2026-06-01T07:00", "2026-06-01T07:00"],
    ["once, 5:45 hours ahead", "Asia/Kathmandu", "2026-06-01", "09:00", "2026-06-01T03:15", "2026-06-01T03:15"],
    ["once, half an hour ahead", "Asia/Kolkata", "2026-06-01", "09:00", "2026-06-01T03:30", "2026-06-01T03:30"],
    ["never: it is the next that is", "Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00", "2026-03-29T01:00"],
    ["twice: begins first, ends last", "Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30", "2026-10-25T01:30"],
    [
      "never, in a gap of 30 minutes",
      "Australia/Lord_Howe",
      "2026-10-04",
      "02:15",
      "2026-10-03T15:30",
      "2026-10-03T15:30",
    ],
    ["twice, 30 minutes apart", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45", "2026-04-04T15:15"],
    ["twice, 12:45 hours ahead", "Pacific/Chatham", "2026-04-05", "03:00", "2026-04-04T13:15", "2026-04-04T14:15"],
    ["at a midnight that isn't there", "Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00", "2026-04-23T22:00"],
    ["at a midnight that comes twice", "America/Havana", "2026-11-01", "00:00", "2026-11-01T04:00", "2026-11-01T05:00"],
    ["on a day that was left out", "Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00", "2011-12-30T10:00"],
    ["at the end of a year", "America/New_York", "2026-12-31", "23:59", "2027-01-01T04:59", "2027-01-01T04:59"],
  ])("is shown %s (%s %s %s)", (_name, zone, day, time, begins, ends) => {
    expect([moment(zone, day, time, "begins"), moment(zone, day, time, "ends")]).toEqual([begins, ends]);
  });

  it("is in every zone there is what it is by another way of asking, back and forth", () => {
    const zones = [...Intl.supportedValuesOf("timeZone"), "EST", "Etc/GMT+5", "US/Pacific", "europe/london"];
    const wrong = zones.flatMap((timeZone) => {
      const clock = zoneClock(timeZone);
      const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
      return ["2024-02-29T12:34", "2026-03-29T01:10", "2026-07-15T23:59", "2027-11-07T06:30"].flatMap((day) => {
        const wall = Date.parse(`${format.format(utc(day)).replace(" ", "T")}Z`);
        const back = [clock.momentOf(wall, "begins"), clock.momentOf(wall, "ends")];
        return clock.wallAt(utc(day)) === wall && back.includes(utc(day)) ? [] : [`${timeZone} ${day}`];
      });
    });
    expect(zones.length).toBeGreaterThan(400);
    expect(wrong).toEqual([]);
  });

  it("is refused with a sentence where there is no such zone", () => {
    expect(checkTimeZone("Europe/London")).toEqual([]);
    expect(checkTimeZone("Mars/Olympus")).toEqual([
      { code: "zone-unknown", message: "There is no time zone “Mars/Olympus”. Write it as in Europe/London." },
    ]);
    expect(checkTimeZone("x".repeat(1_000_000))[0]?.message.length).toBeLessThan(200);
  });
});

describe("hours of a week", () => {
  const night = (zone: string) => weekly(zone, { sat: ["22:00-06:00"] });

  it("a night from 22:00 to 06:00 is an hour shorter and an hour longer over the two clock changes", () => {
    const week = (from: string, to: string) => said(hoursWithin(night("Europe/London"), between(from, to)));
    expect(week("2026-03-23T00:00", "2026-03-30T00:00")).toEqual(["2026-03-28T22:00 2026-03-29T05:00"]);
    expect(week("2026-10-19T00:00", "2026-10-26T00:00")).toEqual(["2026-10-24T21:00 2026-10-25T06:00"]);
    expect(week("2026-06-01T00:00", "2026-06-08T00:00")).toEqual(["2026-06-06T21:00 2026-06-07T05:00"]);
  });

  it("two shifts that meet at a time clocks show twice leave no hole, nor at one they leave out", () => {
    const shifts = weekly("Europe/Berlin", { sat: ["22:00-02:30"], sun: ["02:30-10:00"] });
    expect(said(hoursWithin(shifts, between("2026-10-24T00:00", "2026-10-26T00:00")))).toEqual([
      "2026-10-24T20:00 2026-10-25T09:00",
    ]);
    expect(said(hoursWithin(shifts, between("2026-03-28T00:00", "2026-03-30T00:00")))).toEqual([
      "2026-03-28T21:00 2026-03-29T08:00",
    ]);
  });

  it("hours that lie in what clocks leave out are none", () => {
    const hours = weekly("Europe/Berlin", { sun: ["02:15-02:45"] });
    expect(hoursWithin(hours, between("2026-03-28T00:00", "2026-03-30T00:00"))).toEqual([]);
    expect(said(hoursWithin(hours, between("2026-10-24T00:00", "2026-10-26T00:00")))).toEqual([
      "2026-10-25T00:15 2026-10-25T01:45",
    ]);
  });

  it("on a holiday none begin, and a night that began before it goes on", () => {
    const hours = weekly("UTC", { thu: ["22:00-06:00"], fri: ["09:00-17:00", "22:00-06:00"], sat: ["10:00-12:00"] }, [
      "2026-12-25",
    ]);
    expect(said(hoursWithin(hours, between("2026-12-24T00:00", "2026-12-27T00:00")))).toEqual([
      "2026-12-24T22:00 2026-12-25T06:00",
      "2026-12-26T10:00 2026-12-26T12:00",
    ]);
  });

  it("are whole days to 24:00, round the clock from a time to itself, and cut by the window", () => {
    expect(said(hoursWithin(allHours("Asia/Kathmandu"), between("2026-12-24T03:00", "2026-12-27T04:00")))).toEqual([
      "2026-12-24T03:00 2026-12-27T04:00",
    ]);
    const round = weekly("UTC", { mon: ["08:00-08:00"] });
    expect(said(hoursWithin(round, between("2026-12-21T00:00", "2026-12-28T00:00")))).toEqual([
      "2026-12-21T08:00 2026-12-22T08:00",
    ]);
    expect(said(hoursWithin(round, between("2026-12-22T07:00", "2026-12-22T09:00")))).toEqual([
      "2026-12-22T07:00 2026-12-22T08:00",
    ]);
    expect(hoursWithin(round, between("2026-12-22T07:00", "2026-12-22T07:00"))).toEqual([]);
  });

  it("what is wrong with them is said, a sentence each", () => {
    const wrong: WeeklyHours = weekly(
      "Moon/Base",
      {
        mon: ["09:00-17:00", "16:00-20:00"],
        tue: ["24:00-25:00"],
        wed: ["9:00-17:00"],
        thu: ["20:00-04:00", "02:00-03:00"],
      },
      ["2026-02-30"],
    );
    expect(checkWeeklyHours(wrong)).toEqual([
      { code: "zone-unknown", message: "There is no time zone “Moon/Base”. Write it as in Europe/London." },
      {
        code: "hours-overlap",
        message: "On Monday, 09:00 to 17:00 and 16:00 to 20:00 overlap. Join them, or move one of them.",
      },
      {
        code: "hours-time",
        message: "On Tuesday, “24:00” isn't a time. Write it with four digits, as in 09:30, from 00:00 to 23:59.",
      },
      {
        code: "hours-time",
        message: "On Tuesday, “25:00” isn't a time. Write it with four digits, as in 09:30, from 00:00 to 24:00.",
      },
      {
        code: "hours-time",
        message: "On Wednesday, “9:00” isn't a time. Write it with four digits, as in 09:30, from 00:00 to 23:59.",
      },
      { code: "day", message: "“2026-02-30” isn't a day. Write it as in 2026-12-25." },
    ]);
    expect(checkWeeklyHours(officeHours("Europe/London", "09:00-17:00", ["2026-12-25"]))).toEqual([]);
    expect(checkWeeklyHours(weekly("UTC", { mon: ["09:00-12:00", "12:00-24:00", "00:00-09:00"] }))).toEqual([]);
    // One that reaches over two others overlaps both.
    expect(codes(checkWeeklyHours(weekly("UTC", { mon: ["01:00-23:00", "02:00-03:00", "04:00-05:00"] })))).toEqual([
      "hours-overlap",
      "hours-overlap",
    ]);
    const many = Array.from({ length: LIMITS.hoursPerDay + 1 }, (_, i) => `0${i % 10}:00-0${i % 10}:30`);
    expect(codes(checkWeeklyHours(weekly("UTC", { mon: many })))).toEqual(["hours-many"]);
    const days = Array.from({ length: LIMITS.listedDays + 1 }, () => "2026-12-25");
    expect(codes(checkWeeklyHours(weekly("UTC", {}, days)))).toEqual(["days-many"]);
  });
});

describe("a rota", () => {
  const onCall = (rota: Rota, window: Span, absences: Absences = ALL_THERE) =>
    rotaWithin(rota, absences, window).map(
      ({ from, to, personIds, declaredOff }) => `${iso(from)} ${iso(to)} ${declaredOff ? "off" : personIds.join(" ")}`,
    );

  it("hands over each week at its time, also over a clock change, and begins again after the last turn", () => {
    expect(onCall(aRota(), between("2026-03-01T00:00", "2026-03-31T00:00"))).toEqual([
      "2026-03-02T09:00 2026-03-09T09:00 ana",
      "2026-03-09T09:00 2026-03-16T09:00 ben",
      "2026-03-16T09:00 2026-03-23T09:00 cleo",
      "2026-03-23T09:00 2026-03-30T08:00 ana",
      "2026-03-30T08:00 2026-03-31T00:00 ben",
    ]);
  });

  it("begins on the first such weekday from its first day on, and turns may last several weeks or days", () => {
    expect(
      onCall(aRota({ firstDay: "2026-03-03", every: 2 }), between("2026-03-01T00:00", "2026-04-01T00:00")),
    ).toEqual(["2026-03-09T09:00 2026-03-23T09:00 ana", "2026-03-23T09:00 2026-04-01T00:00 ben"]);
    expect(onCall(aRota({ period: "daily", every: 3 }), between("2026-03-06T00:00", "2026-03-12T00:00"))).toEqual([
      "2026-03-06T00:00 2026-03-08T09:00 ben",
      "2026-03-08T09:00 2026-03-11T09:00 cleo",
      "2026-03-11T09:00 2026-03-12T00:00 ana",
    ]);
  });

  it("hands over once where clocks show that time twice, and at the next time where they leave it out", () => {
    const daily = aRota({ timeZone: "Europe/Berlin", period: "daily", handOver: { time: "02:30", weekday: "mon" } });
    expect(onCall(daily, between("2026-10-24T12:00", "2026-10-25T12:00"))).toEqual([
      "2026-10-24T12:00 2026-10-25T00:30 cleo",
      "2026-10-25T00:30 2026-10-25T12:00 ana",
    ]);
    expect(onCall(daily, between("2026-03-28T12:00", "2026-03-29T12:00"))).toEqual([
      "2026-03-28T12:00 2026-03-29T01:00 cleo",
      "2026-03-29T01:00 2026-03-29T12:00 ana",
    ]);
  });

  it("applies in its hours alone, and calls the first before the second", () => {
    expect(
      onCall(
        aRota({ turns: [["ana", "ben"]], hours: officeHours("Europe/London", "17:00-09:00") }),
        between("2026-03-05T00:00", "2026-03-08T00:00"),
      ),
    ).toEqual([
      "2026-03-05T00:00 2026-03-05T09:00 ana ben",
      "2026-03-05T17:00 2026-03-06T09:00 ana ben",
      "2026-03-06T17:00 2026-03-07T09:00 ana ben",
    ]);
  });

  it("gives way to an override of whole days or times, whether it applies then or not; one that names nobody is off duty", () => {
    const rota = aRota({
      hours: officeHours("Europe/London", "00:00-24:00"),
      overrides: [
        { from: "2026-03-07", to: "2026-03-07", personIds: ["dora", "ben"] },
        { from: "2026-03-06T18:00", to: "2026-03-06T20:00", personIds: [] },
      ],
    });
    expect(checkRota(rota)).toEqual([]);
    expect(onCall(rota, between("2026-03-06T12:00", "2026-03-09T08:00"))).toEqual([
      "2026-03-06T12:00 2026-03-06T18:00 ana",
      "2026-03-06T18:00 2026-03-06T20:00 off",
      "2026-03-06T20:00 2026-03-07T00:00 ana",
      "2026-03-07T00:00 2026-03-08T00:00 dora ben",
      "2026-03-09T00:00 2026-03-09T08:00 ana",
    ]);
  });

  it("overrides that meet at a time clocks show twice call nobody twice and leave no hole", () => {
    const rota = aRota({
      timeZone: "Europe/Berlin",
      overrides: [
        { from: "2026-10-25T02:30", to: "2026-10-25T04:00", personIds: ["ben"] },
        { from: "2026-10-25T01:00", to: "2026-10-25T02:30", personIds: ["dora"] },
      ],
    });
    expect(checkRota(rota)).toEqual([]);
    expect(onCall(rota, between("2026-10-24T23:00", "2026-10-25T03:00"))).toEqual([
      "2026-10-24T23:00 2026-10-25T00:30 dora",
      "2026-10-25T00:30 2026-10-25T03:00 ben",
    ]);
  });

  const away = (personId: string, from: string, to: string) => ({ personId, from, to, timeZone: "Europe/London" });

  it("calls the deputy of whoever is away, the deputy's own where that one is away too, and else the others of the turn", () => {
    const rota = aRota({ turns: [["ana", "ben"]] });
    const absences: Absences = {
      absences: [away("ana", "2026-03-04", "2026-03-06"), away("dora", "2026-03-05", "2026-03-05")],
      deputies: new Map([
        ["ana", "dora"],
        ["dora", "ben"],
      ]),
    };
    expect(onCall(rota, between("2026-03-03T12:00", "2026-03-07T12:00"), absences)).toEqual([
      "2026-03-03T12:00 2026-03-04T00:00 ana ben",
      "2026-03-04T00:00 2026-03-05T00:00 dora ben",
      "2026-03-05T00:00 2026-03-06T00:00 ben",
      "2026-03-06T00:00 2026-03-07T00:00 dora ben",
      "2026-03-07T00:00 2026-03-07T12:00 ana ben",
    ]);
    const inACircle = {
      ...absences,
      deputies: new Map([
        ["ana", "dora"],
        ["dora", "ana"],
      ]),
    };
    expect(onCall(rota, between("2026-03-05T00:00", "2026-03-06T00:00"), inACircle)).toEqual([
      "2026-03-05T00:00 2026-03-06T00:00 ben",
    ]);
  });

  it("an absence lasts until its last day is over, also where the midnight after it comes twice", () => {
    const absences = {
      absences: [{ personId: "ana", from: "2026-10-31", to: "2026-10-31", timeZone: "America/Havana" }],
      deputies: new Map(),
    };
    expect(onCall(aRota({ turns: [["ana"]] }), between("2026-10-31T00:00", "2026-11-01T12:00"), absences)).toEqual([
      "2026-10-31T00:00 2026-10-31T04:00 ana",
      "2026-11-01T05:00 2026-11-01T12:00 ana",
    ]);
  });

  it("is nobody's while the only one of a turn is away", () => {
    const absences = { absences: [away("ana", "2026-03-04", "2026-03-04")], deputies: new Map() };
    expect(onCall(aRota(), between("2026-03-03T12:00", "2026-03-05T12:00"), absences)).toEqual([
      "2026-03-03T12:00 2026-03-04T00:00 ana",
      "2026-03-05T00:00 2026-03-05T12:00 ana",
    ]);
  });

  it("says when everybody of it is away and nobody stands in, which is no reason to refuse it", () => {
    const all = [
      away("ana", "2026-03-01", "2026-03-10"),
      away("ben", "2026-03-04", "2026-03-20"),
      away("cleo", "2026-03-01", "2026-03-06"),
      away("cleo", "2026-03-09", "2026-03-09"),
    ];
    const found = (deputies: [string, string][]) =>
      said(everybodyAway(aRota(), { absences: all, deputies: new Map(deputies) }));
    expect(found([])).toEqual(["2026-03-04T00:00 2026-03-07T00:00", "2026-03-09T00:00 2026-03-10T00:00"]);
    expect(found([["ben", "dora"]])).toEqual([]);
    expect(found([["ben", "ana"]])).toEqual(found([]));
    expect(checkRota(aRota())).toEqual([]);
    expect(said(everybodyAway(aRota(), ALL_THERE))).toEqual([]);
  });

  it("what is wrong with it is said, a sentence each", () => {
    const override = (from: string, to: string) => ({ from, to, personIds: [] });
    expect(checkRota(aRota({ turns: [] }))).toEqual([
      { code: "rota-nobody", message: "The rota names nobody. Add at least one person." },
    ]);
    expect(codes(checkRota(aRota({ turns: [[], []] })))).toEqual(["rota-nobody"]);
    expect(checkRota(aRota({ turns: [["ana"], []] }))).toEqual([
      { code: "rota-turn-nobody", message: "Turn 2 of the rota names nobody. Add a person, or remove the turn." },
    ]);
    expect(
      codes(
        checkRota(
          aRota({
            timeZone: "",
            every: 0,
            handOver: { time: "24:00", weekday: "mon" },
            firstDay: "soon",
            hours: officeHours("Moon/Base"),
          }),
        ),
      ),
    ).toEqual(["zone-unknown", "rota-every", "rota-hand-over", "rota-first", "zone-unknown"]);
    expect(
      checkRota(
        aRota({
          overrides: [
            override("2026-03-07", "2026-03-08"),
            override("2026-03-08T23:00", "2026-03-09T08:00"),
            override("2026-03-12T08:00", "2026-03-12T08:00"),
            override("2026-03-15", "2026-03-14"),
            override("Friday", "2026-03-14"),
            override("2026-03-14T24:00", "2026-03-15"),
          ],
        }),
      ).map(({ message }) => message),
    ).toEqual([
      "The override from 2026-03-12T08:00 to 2026-03-12T08:00 ends before it begins, or where it begins. Choose a later end.",
      "The override from 2026-03-15 to 2026-03-14 ends before it begins, or where it begins. Choose a later end.",
      "“Friday” isn't a day or a time. Write a day as in 2026-12-24, a time as in 2026-12-24T18:00.",
      "“2026-03-14T24:00” isn't a day or a time. Write a day as in 2026-12-24, a time as in 2026-12-24T18:00.",
      "The overrides from 2026-03-07 to 2026-03-08 and from 2026-03-08T23:00 to 2026-03-09T08:00 overlap. Shorten one of them.",
    ]);
    expect(checkAbsences([away("ana", "2026-03-09", "2026-03-08"), away("ana", "x", "2026-03-08")])).toEqual([
      {
        code: "absence-ends",
        message: "The absence from 2026-03-09 ends on 2026-03-08, before it begins. Swap the days.",
      },
      { code: "day", message: "“x” isn't a day. Write it as in 2026-12-25." },
    ]);
    expect(codes(checkAbsences([{ ...away("ana", "2026-03-08", "2026-03-08"), timeZone: "Moon/Base" }]))).toEqual([
      "zone-unknown",
    ]);
    expect(codes(checkOffDuty({ weekly: allHours("Moon/Base"), days: ["x"] }))).toEqual(["zone-unknown", "day"]);
  });

  it("as large as it may be is refused beyond that alone", () => {
    const many = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i));
    const day = (i: number) => new Date(utc("2026-01-01T00:00") + i * 86_400_000).toISOString().slice(0, 10);
    const largest = aRota({
      turns: many(LIMITS.rotaTurns, () => many(LIMITS.rotaPeople, (i) => `person-${i}`)),
      overrides: many(LIMITS.overrides, (i) => ({ from: day(i), to: day(i), personIds: ["ana"] })),
    });
    expect(checkRota(largest)).toEqual([]);
    expect(codes(checkRota({ ...largest, turns: [...largest.turns, ["ana"]] }))).toEqual(["rota-turns"]);
    expect(codes(checkRota({ ...largest, turns: [many(LIMITS.rotaPeople + 1, (i) => `p-${i}`)] }))).toEqual([
      "rota-turn-people",
    ]);
    expect(
      codes(
        checkRota({
          ...largest,
          overrides: many(LIMITS.overrides + 1, () => ({ from: day(0), to: day(0), personIds: [] })),
        }),
      ),
    ).toEqual(["overrides-many"]);
    expect(codes(checkAbsences(many(LIMITS.absences + 1, () => away("ana", "2026-03-08", "2026-03-08"))))).toEqual([
      "absences-many",
    ]);
  });
});

describe("cover", () => {
  const REACHABLE: Reachable = new Map([
    ["ana", new Set(["phone", "sms"])],
    ["ben", new Set(["phone"])],
    ["cleo", new Set(["mail"])],
    ["dora", new Set<string>()],
  ]);
  const cover = (staffing: Staffing, window: Span, channels: Channels = ["phone"], absences = ALL_THERE) =>
    coverOf(presenceOf(staffing, absences, window), REACHABLE, channels).map(
      ({ from, to, state, personIds }) => `${iso(from)} ${iso(to)} ${[state, ...personIds].join(" ")}`,
    );
  const DAY = between("2026-03-06T00:00", "2026-03-07T00:00");

  it("is on shift in somebody's hours, on call by the rota, and nobody else's", () => {
    const staffing = staffed({
      holders: [{ personId: "ben", hours: officeHours("Europe/London") }],
      rota: aRota({ turns: [["ana"]], hours: weekly("Europe/London", { fri: ["06:00-20:00"] }) }),
    });
    expect(cover(staffing, DAY)).toEqual([
      "2026-03-06T00:00 2026-03-06T06:00 nobody",
      "2026-03-06T06:00 2026-03-06T09:00 on-call ana",
      "2026-03-06T09:00 2026-03-06T17:00 on-shift ben ana",
      "2026-03-06T17:00 2026-03-06T20:00 on-call ana",
      "2026-03-06T20:00 2026-03-07T00:00 nobody",
    ]);
  });

  it("counts only those for whom one of the channels works", () => {
    const staffing = staffed({
      holders: ["dora", "cleo", "ben", "stranger"].map((personId) => ({ personId, hours: allHours() })),
      rota: aRota({ turns: [["ana"]] }),
    });
    const day = (state: string) => [`2026-03-06T00:00 2026-03-07T00:00 ${state}`];
    expect(cover(staffing, DAY, ["phone"])).toEqual(day("on-shift ben ana"));
    expect(cover(staffing, DAY, ["sms"])).toEqual(day("on-call ana"));
    expect(cover(staffing, DAY, ["mail", "sms"])).toEqual(day("on-shift cleo ana"));
    expect(cover(staffing, DAY, "any")).toEqual(day("on-shift cleo ben ana"));
    expect(cover(staffing, DAY, ["pager"])).toEqual(day("nobody"));
    expect(cover(staffing, DAY, [])).toEqual(day("nobody"));
  });

  it("a holder without hours is there only on call, and one on both is called once", () => {
    const holders = [{ personId: "ana", hours: null }];
    expect(cover(staffed({ holders }), DAY)).toEqual(["2026-03-06T00:00 2026-03-07T00:00 nobody"]);
    const both = staffed({
      holders: [{ personId: "ana", hours: allHours() }],
      rota: aRota({ turns: [["ben", "ana"]] }),
    });
    expect(cover(both, DAY)).toEqual(["2026-03-06T00:00 2026-03-07T00:00 on-shift ana ben"]);
  });

  it("is declared off whoever is there, and where the rota is, unless somebody is on shift", () => {
    const staffing = staffed({
      holders: [{ personId: "ben", hours: officeHours("Europe/London", "06:00-10:00") }],
      rota: aRota({
        turns: [["ana"]],
        overrides: [{ from: "2026-03-06T08:00", to: "2026-03-06T12:00", personIds: [] }],
      }),
      declaredOff: { weekly: weekly("Europe/London", { fri: ["00:00-07:00"] }), days: ["2026-03-07"] },
    });
    expect(cover(staffing, between("2026-03-06T00:00", "2026-03-09T00:00"))).toEqual([
      "2026-03-06T00:00 2026-03-06T07:00 declared-off",
      "2026-03-06T07:00 2026-03-06T08:00 on-shift ben ana",
      "2026-03-06T08:00 2026-03-06T10:00 on-shift ben",
      "2026-03-06T10:00 2026-03-06T12:00 declared-off",
      "2026-03-06T12:00 2026-03-07T00:00 on-call ana",
      "2026-03-07T00:00 2026-03-08T00:00 declared-off",
      "2026-03-08T00:00 2026-03-09T00:00 on-call ana",
    ]);
  });

  it("somebody who is away isn't on shift; the deputy is, in the same hours", () => {
    const staffing = staffed({ holders: [{ personId: "ben", hours: officeHours("Europe/London") }] });
    const absences = (deputies: [string, string][]): Absences => ({
      absences: [{ personId: "ben", from: "2026-03-06", to: "2026-03-06", timeZone: "Europe/London" }],
      deputies: new Map(deputies),
    });
    const shift = (state: string) => [
      "2026-03-06T00:00 2026-03-06T09:00 nobody",
      `2026-03-06T09:00 2026-03-06T17:00 ${state}`,
      "2026-03-06T17:00 2026-03-07T00:00 nobody",
    ];
    expect(cover(staffing, DAY, "any", absences([["ben", "ana"]]))).toEqual(shift("on-shift ana"));
    expect(cover(staffing, DAY, "any", absences([]))).toEqual(["2026-03-06T00:00 2026-03-07T00:00 nobody"]);
  });

  it("a day off duty begins at the first of two midnights and ends at the last", () => {
    const offOn = (day: string) => staffed({ declaredOff: { weekly: weekly("America/Havana", {}), days: [day] } });
    const window = between("2026-10-31T00:00", "2026-11-03T00:00");
    expect(cover(offOn("2026-11-01"), window)[1]).toBe("2026-11-01T04:00 2026-11-02T05:00 declared-off");
    expect(cover(offOn("2026-10-31"), window)[1]).toBe("2026-10-31T04:00 2026-11-01T05:00 declared-off");
  });

  it("of an empty window is none", () => {
    expect(cover(staffed(), between("2026-03-06T00:00", "2026-03-06T00:00"))).toEqual([]);
  });
});
