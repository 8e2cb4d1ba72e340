import { describe, expect, it } from "vitest";
import { matchPeople, turnsOfPeople, withImported } from "~/domain/escalation/rota-import";
import { LIMITS } from "~/domain/limits";
import { readCalendar } from "~/files/read/calendar/calendar.server";
import { utc } from "../support/rotas";

const NOW = utc("2026-11-25T12:00");

const calendarOf = (...lines: (string | string[])[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", lines.flat().join("\r\n"), "END:VCALENDAR", ""].join("\r\n");
const entry = (...lines: string[]) => ["BEGIN:VEVENT", "UID:1", "SUMMARY:Ann Shah", ...lines, "END:VEVENT"];
const inBerlin = (...lines: string[]) => readIn("Europe/Berlin", calendarOf(...entry(...lines)));

function answerTo(text: string | Uint8Array, timeZone = "Europe/Berlin") {
  return readCalendar(typeof text === "string" ? new TextEncoder().encode(text) : text, timeZone, NOW);
}
function readIn(timeZone: string, text: string) {
  const answer = answerTo(text, timeZone);
  if (!answer.ok) throw new Error(answer.message);
  return answer.calendar;
}
function refusal(text: string | Uint8Array) {
  const answer = answerTo(text);
  return answer.ok ? "It was read." : answer.message;
}
const spans = (calendar: ReturnType<typeof readIn>) => calendar.turns.map(({ from, to }) => `${from} ${to}`);
const why = (calendar: ReturnType<typeof readIn>) => calendar.leftOut.map((remark) => remark.why);
const notes = (calendar: ReturnType<typeof readIn>) => calendar.notes.map((remark) => remark.why);

describe("a calendar read into a rota", () => {
  it.each([
    [
      "in UTC, on the rota's clocks",
      ["DTSTART:20261201T080000Z", "DTEND:20261201T170000Z"],
      "2026-12-01T09:00 2026-12-01T18:00",
    ],
    [
      "in its own zone",
      ["DTSTART;TZID=America/New_York:20261201T090000", "DURATION:PT8H"],
      "2026-12-01T15:00 2026-12-01T23:00",
    ],
    [
      "as Outlook calls the zone",
      ["DTSTART;TZID=W. Europe Standard Time:20261201T090000", "DURATION:P1D"],
      "2026-12-01T09:00 2026-12-02T09:00",
    ],
    [
      "with a prefix before the zone",
      ["DTSTART;TZID=/example.com/2020/Europe/Berlin:20261201T090000", "DURATION:P1W"],
      "2026-12-01T09:00 2026-12-08T09:00",
    ],
    [
      "without a zone, on the rota's clocks",
      ["DTSTART:20261201T090000", "DTEND:20261201T170000"],
      "2026-12-01T09:00 2026-12-01T17:00",
    ],
    ["in whole days", ["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"], "2026-12-01 2026-12-03"],
    ["of one day, where it has no end", ["DTSTART;VALUE=DATE:20261201"], "2026-12-01 2026-12-01"],
    [
      "folded, with quoted parameters",
      ['DTSTART;X-A="b:c;d";TZID=Europe/Ber', " lin:20261201T090", "\t000", "DURATION:PT1H"],
      "2026-12-01T09:00 2026-12-01T10:00",
    ],
    ["up to a second before midnight", ["DTSTART:20261201T000000", "DTEND:20261201T235959"], "2026-12-01 2026-12-01"],
  ])("has a turn %s", (_how, lines, expected) => {
    const calendar = inBerlin(...lines);
    expect(spans(calendar)).toEqual([expected]);
    expect(why(calendar)).toEqual([]);
  });

  it("has those of a recurrence, without what is taken out or stands by itself, and with what is added", () => {
    const calendar = readIn(
      "Europe/Berlin",
      calendarOf(
        ...entry(
          "DTSTART;TZID=Europe/Berlin:20261130T090000",
          "DTEND;TZID=Europe/Berlin:20261130T170000",
          "RRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20261215T080000Z",
          "EXDATE;TZID=Europe/Berlin:20261201T090000",
          "RDATE;TZID=Europe/Berlin:20261217T090000",
        ),
        ...entry("RECURRENCE-ID:20261207T080000Z", "DTSTART:20261207T100000Z", "DURATION:PT1H"),
      ),
    );
    expect(spans(calendar)).toEqual([
      "2026-11-30T09:00 2026-11-30T17:00",
      "2026-12-07T11:00 2026-12-07T12:00",
      "2026-12-08T09:00 2026-12-08T17:00",
      "2026-12-14T09:00 2026-12-14T17:00",
      "2026-12-15T09:00 2026-12-15T17:00",
      "2026-12-17T09:00 2026-12-17T17:00",
    ]);
  });

  it("tells what recurs at a time that clocks leave out, which RFC 5545 drops", () => {
    const calendar = inBerlin(
      "DTSTART;TZID=Europe/Berlin:20270327T023000",
      "DURATION:PT2H",
      "RRULE:FREQ=DAILY;COUNT=3",
    );
    expect(spans(calendar)).toEqual(["2027-03-27T02:30 2027-03-27T04:30", "2027-03-29T02:30 2027-03-29T04:30"]);
    expect(calendar.leftOut).toEqual([
      {
        line: 3,
        title: "Ann Shah",
        why: expect.stringMatching(
          /^On 28 Mar 2027 the clocks of Europe\/Berlin leave out 02:30, and what recurs .* dropped/,
        ),
      },
    ]);
  });
  it("tells what begins twice, what a single entry becomes, and what lasts over a clock change", () => {
    expect(notes(inBerlin("DTSTART;TZID=Europe/Berlin:20271031T023000", "DURATION:PT2H"))).toEqual([
      expect.stringMatching(/^On 31 Oct 2027 the clocks of Europe\/Berlin show 02:30 twice: it begins at the first/),
    ]);
    expect(notes(inBerlin("DTSTART;TZID=Europe/Berlin:20270328T023000", "DURATION:PT2H"))).toEqual([
      expect.stringMatching(/leave out 02:30: it begins at 03:00\./),
    ]);
    const nights = inBerlin(
      "DTSTART;TZID=Europe/Berlin:20270327T200000",
      "DTEND;TZID=Europe/Berlin:20270328T080000",
      "RRULE:FREQ=DAILY;COUNT=2",
    );
    expect(spans(nights)).toEqual(["2027-03-27T20:00 2027-03-28T08:00", "2027-03-28T20:00 2027-03-29T08:00"]);
    expect(notes(nights)).toEqual([expect.stringMatching(/ends at 08:00 as always, and lasts 11 hours/)]);
  });
  it("takes what recurs without end for a year, and says so; what is over is counted alone", () => {
    const calendar = inBerlin("DTSTART:20200101T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY");
    expect(calendar.turns).toHaveLength(53);
    expect(notes(calendar)).toContain("It recurs without an end, and is taken up to 1 Dec 2027.");
    expect(inBerlin("DTSTART:20200101T080000Z", "DURATION:PT1H")).toMatchObject({ turns: [], over: 1, leftOut: [] });
  });

  it.each([
    [
      "a zone that isn't one",
      ["DTSTART;TZID=Mars/Olympus:20261201T090000", "DURATION:PT1H"],
      /no time zone “Mars\/Olympus”/,
    ],
    [
      "a zone of thousands of parts",
      [`DTSTART;TZID=${"a/".repeat(40_000)}b:20261201T090000`, "DURATION:PT1H"],
      /no time zone “a\/a/,
    ],
    ["an abbreviation for a zone", ["DTSTART;TZID=IST:20261201T090000", "DURATION:PT1H"], /no time zone “IST”/],
    ["a day that isn't one", ["DTSTART:20260230T090000", "DURATION:PT1H"], /isn't a day or a time/],
    ["words for a time", ["DTSTART:soon", "DURATION:PT1H"], /isn't a day or a time/],
    ["the year 9999", ["DTSTART:99991201T090000Z", "DURATION:PT1H"], /in the year 9999/],
    ["a day two years from now", ["DTSTART:20281201T090000Z", "DURATION:PT1H"], /a year ahead/],
    [
      "an end before the beginning",
      ["DTSTART:20261201T090000Z", "DTEND:20261201T080000Z"],
      /ends where it begins, or before/,
    ],
    ["a negative duration", ["DTSTART:20261201T090000Z", "DURATION:-PT1H"], /ends where it begins, or before/],
    ["a length of a century", ["DTSTART:20261201T090000Z", "DURATION:P5200W"], /longer than two years/],
    ["no end", ["DTSTART:20261201T090000Z"], /doesn't say when it ends/],
    ["no beginning", ["DTEND:20261201T090000Z"], /doesn't say when it begins/],
    [
      "a million seconds",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY;COUNT=1000000"],
      /recurs within a day/,
    ],
    [
      "a rule of minutes",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMINUTE=1,2,3"],
      /recurs within a day/,
    ],
    ["a rule of no kind", ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=NEVER"], /recurs within a day/],
    [
      "a rule with words of its own",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;SKIP=OMIT"],
      /says SKIP/,
    ],
    [
      "a rule that counts words",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=many"],
      /COUNT=MANY/,
    ],
    [
      "two rules",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"],
      /several rules/,
    ],
    [
      "periods",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20261202T090000Z/PT3H"],
      /at periods/,
    ],
    [
      "a flood of exceptions",
      [
        "DTSTART:20261201T090000Z",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY",
        ...Array.from({ length: 1_100 }, () => "EXDATE:20261202T090000Z"),
      ],
      /lists more than 1000 times/,
    ],
    [
      "a line of a megabyte",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", `X-A:${"a".repeat(1_000_000)}`],
      /can't be read, or is longer/,
    ],
    ["a parameter that isn't closed", ['DTSTART;X="a:20261201T090000Z', "DURATION:PT1H"], /can't be read/],
    ["a cancellation", ["DTSTART:20261201T090000Z", "DURATION:PT1H", "STATUS:CANCELLED"], /is cancelled/],
    [
      "everybody declining",
      ["DTSTART:20261201T090000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example"],
      /names nobody/,
    ],
  ])("leaves out an entry with %s, and says why with its line", (_what, lines, sentence) => {
    const calendar = inBerlin(...lines);
    expect(calendar.turns).toEqual([]);
    expect(calendar.leftOut).toHaveLength(1);
    expect(calendar.leftOut[0]).toMatchObject({ title: "Ann Shah", why: expect.stringMatching(sentence) });
    expect(calendar.leftOut[0]?.line).toBeGreaterThan(2);
  });
  it("takes the rest where one entry can't be read, and lists tasks and notes among what is left out", () => {
    const calendar = readIn(
      "Europe/Berlin",
      calendarOf(
        ...entry("DTSTART:soon"),
        "BEGIN:VTODO",
        "SUMMARY:Do",
        "END:VTODO",
        ...entry("DTSTART:20261201T090000", "DURATION:PT1H", "BEGIN:VALARM", "DTSTART:x", "END:VALARM"),
      ),
    );
    expect(spans(calendar)).toEqual(["2026-12-01T09:00 2026-12-01T10:00"]);
    expect(why(calendar)).toHaveLength(2);
  });
  it("lists at most two hundred remarks, and says how many there are more", () => {
    const calendar = readIn("UTC", calendarOf(...Array.from({ length: 500 }, () => entry("DTSTART:soon")).flat()));
    expect(calendar.leftOut).toHaveLength(201);
    expect(calendar.leftOut.at(-1)?.why).toBe("And 300 more that aren't listed.");
  });
});

describe("what is no calendar is refused whole, with a sentence", () => {
  const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
  const latin1 = new Uint8Array(Buffer.from(calendarOf(...entry("LOCATION:Zürich")), "latin1"));
  it.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /is empty/],
    ["words", "Dear Sir or Madam,", /is no calendar/],
    ["HTML", "<html><body>Sign in</body></html>", /is no calendar/],
    ["a picture", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 255]), /isn't text in UTF-8/],
    ["UTF-16", utf16(calendarOf()), /UTF-16/],
    ["UTF-16 without a mark", new Uint8Array(Buffer.from(calendarOf(), "utf16le")), /UTF-16/],
    ["Latin-1", latin1, /isn't text in UTF-8/],
    ["half a file", calendarOf(...entry("DTSTART:20261201T090000Z")).slice(0, 80), /ends in the middle/],
    ["an end without a beginning", calendarOf("END:VEVENT"), /ends something that didn't begin/],
    [
      "crossed entries",
      calendarOf("BEGIN:VEVENT", "BEGIN:VALARM", "END:VEVENT", "END:VALARM"),
      /ends something that didn't begin/,
    ],
    ["entries within entries", calendarOf(...Array.from({ length: 50_000 }, () => "BEGIN:VEVENT")), /nested deeper/],
    ["lines after its end", `${calendarOf()}SUMMARY:x\r\n`, /stands outside/],
    [
      "100,000 entries",
      calendarOf(Array.from({ length: 100_000 }, () => ["BEGIN:VEVENT", "END:VEVENT"]).flat()),
      /more than the 10000 entries/,
    ],
    [
      "too many turns",
      calendarOf(
        ...Array.from({ length: 8 }, () =>
          entry("DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
        ).flat(),
      ),
      /more than the 2000 turns/,
    ],
  ])("%s", (_what, text, sentence) => {
    expect(refusal(text)).toMatch(sentence);
  });
  it("is read with a mark of UTF-8 before it, with lone line feeds, and as two calendars in one file", () => {
    const text = calendarOf(...entry("DTSTART:20261201T090000", "DURATION:PT1H")).replaceAll("\r\n", "\n");
    expect(readIn("UTC", `\ufeff${text}\n${text}`).turns).toHaveLength(2);
  });
});

const PEOPLE = [
  { id: "ann", name: "Ann Shah", email: "ann@northwind.example" },
  { id: "ben", name: "Ben Okafor", email: "" },
  { id: "zoe", name: "Zoë Ó Briain", email: "zoe@northwind.example" },
];
const named = (...who: string[]) =>
  matchPeople([{ from: "2026-12-01", to: "2026-12-01", who }], PEOPLE).map(({ personId }) => personId);

describe("whom a calendar names", () => {
  it("is found by address whatever its case, and by the whole name within the words", () => {
    expect(named("Somebody <ANN@northwind.example>", "zoe@Northwind.example")).toEqual(["ann", "zoe"]);
    expect(named("On call: ben okafor (primary)", "ZOE O BRIAIN")).toEqual(["ben", "zoe"]);
    expect(named("Ben Okafor <ben@elsewhere.example>")).toEqual(["ben"]);
  });
  it("is nobody where it is a part of a name, two people, or somebody else", () => {
    expect(named("Ann", "Joann Shahi", "Ann Shah and Ben Okafor", "eve@elsewhere.example")).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
  it("is read of those who are invited and come, with the name beside the address", () => {
    const calendar = inBerlin(
      "DTSTART:20261201T090000",
      "DURATION:PT1H",
      'ATTENDEE;CN="Shah: Ann; IT":MAILTO:Ann@Northwind.example',
      "ATTENDEE;PARTSTAT=DECLINED:mailto:ben@northwind.example",
      "ATTENDEE;CUTYPE=ROOM:mailto:room@northwind.example",
    );
    expect(calendar.turns[0]?.who).toEqual(["Shah: Ann; IT <ann@northwind.example>"]);
  });
});

describe("overrides with turns imported into them", () => {
  const override = (from: string, to: string, ...personIds: string[]) => ({ from, to, personIds });
  it("are cut where a turn takes their place, and stay where it says the same", () => {
    const before = [
      override("2026-12-01", "2026-12-03", "ann"),
      override("2026-12-10", "2026-12-10", "ben"),
      override("2026-12-20T08:00", "2026-12-20T20:00"),
    ];
    const turns = [override("2026-12-02", "2026-12-02", "ben"), override("2026-12-10", "2026-12-10", "ben")];
    const { overrides, added, replaced } = withImported(before, turns, LIMITS.rotaPeople);
    expect(overrides).toEqual([
      override("2026-12-01", "2026-12-01", "ann"),
      override("2026-12-02", "2026-12-02", "ben"),
      override("2026-12-03", "2026-12-03", "ann"),
      override("2026-12-10", "2026-12-10", "ben"),
      override("2026-12-20T08:00", "2026-12-20T20:00"),
    ]);
    expect(added).toEqual([override("2026-12-02", "2026-12-02", "ben")]);
    expect(replaced).toEqual([override("2026-12-01", "2026-12-03", "ann")]);
    expect(withImported(overrides, turns, LIMITS.rotaPeople)).toEqual({ overrides, added: [], replaced: [] });
  });
  it("call the people of turns that overlap, those of the earlier first, and join turns of the same", () => {
    const turns = [
      override("2026-12-01T18:00", "2026-12-02T09:00", "ann"),
      override("2026-12-02T08:00", "2026-12-02T18:00", "ben"),
      override("2026-12-02T18:00", "2026-12-03T09:00", "ben"),
    ];
    expect(withImported([], turns, LIMITS.rotaPeople).overrides).toEqual([
      override("2026-12-01T18:00", "2026-12-02T08:00", "ann"),
      override("2026-12-02T08:00", "2026-12-02T09:00", "ann", "ben"),
      override("2026-12-02T09:00", "2026-12-03T09:00", "ben"),
    ]);
  });
  it("have no turn of those whom nobody was chosen for", () => {
    const read = [
      { from: "2026-12-01", to: "2026-12-01", who: ["a", "b"] },
      { from: "2026-12-02", to: "2026-12-02", who: ["b"] },
    ];
    expect(
      turnsOfPeople(
        read,
        new Map([
          ["a", "ann"],
          ["b", null],
        ]),
      ),
    ).toEqual([override("2026-12-01", "2026-12-01", "ann")]);
  });
});
