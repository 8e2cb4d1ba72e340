import { describe, expect, it } from "vitest";
import { dayIn, earliestToday, datesOfToday, utcDay } from "~/domain/days";
import { describeSigning } from "~/domain/changes/describe-signing";
import { paperKind, paperName } from "~/domain/signing/paper";
import { isTheirTurn, applySignOffEvent, type Register } from "~/domain/signing/sign-off";
import { dateRemarks, effectRemark, effectiveFrom, agreedVersionInForce } from "~/domain/signing/version-dates";

const version = (number: number, agreedAt: string | null, effectiveDate: string | null = null) => ({
  number,
  status: "agreed" as const,
  agreedAt,
  effectiveDate,
});

describe("the version in force on a day", () => {
  const versions = [
    version(1, "2026-01-10T09:00:00Z"),
    version(2, "2026-03-01T09:00:00Z", "2026-04-01"),
    version(3, null),
    version(4, "2026-06-01T09:00:00Z", "2026-02-01"),
  ];

  it("is the newest that was agreed and has taken effect by then", () => {
    expect(
      ["2026-01-09", "2026-01-10", "2026-03-31", "2026-04-01", "2026-06-01"].map(
        (day) => agreedVersionInForce(versions, day, utcDay)?.number ?? null,
      ),
    ).toEqual([null, 1, 1, 2, 4]);
  });
  it.each([
    ["America/Los_Angeles", "2026-11-28T04:30:00Z", "2026-11-27"],
    ["Pacific/Auckland", "2026-11-27T20:00:00Z", "2026-11-28"],
    ["Etc/GMT+12", "2026-11-28T11:30:00Z", "2026-11-27"],
    ["Pacific/Kiritimati", "2026-11-27T10:30:00Z", "2026-11-28"],
  ])("counts what was agreed on the day on which it was agreed for whoever asks from %s", (zone, agreedAt, day) => {
    const agreed = [version(1, agreedAt)];
    const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    expect(
      [before, day].map((one) => agreedVersionInForce(agreed, one, (at) => dayIn(zone, at))?.number ?? null),
    ).toEqual([null, 1]);
    // The minute it is agreed it is in force for everybody, on whichever day they are.
    expect(
      datesOfToday(new Date(agreedAt)).map((one) => agreedVersionInForce(agreed, one, earliestToday)?.number),
    ).toEqual(datesOfToday(new Date(agreedAt)).map(() => 1));
    expect(datesOfToday(new Date(agreedAt))).toContain(day);
  });
  it("holds from the chosen day where that is later, else from the moment at which it was agreed", () => {
    const agreedAt = "2026-11-28T04:30:00Z";
    const from = (effectiveDate: string | null, zone: string) =>
      effectiveFrom({ agreedAt, effectiveDate }, (at) => dayIn(zone, at));
    expect([
      from(null, "UTC"),
      from("2026-11-28", "UTC"),
      from("2026-11-28", "America/Los_Angeles"),
      from("2026-11-27", "America/Los_Angeles"),
    ]).toEqual([agreedAt, agreedAt, "2026-11-28", agreedAt]);
  });
});

describe("what is out of order in a version's dates", () => {
  const dated = (
    number: number,
    effectiveDate: string | null,
    publishedAt = `2026-0${number}-01T09:00:00.000Z`,
    status: "proposed" | "agreed" | "withdrawn" = "agreed",
  ) => ({ number, status, publishedAt, effectiveDate });

  it("is that it takes effect before the version it follows, and what that leads to", () => {
    const versions = [dated(1, "2027-01-01"), dated(2, "2026-12-01")];
    expect(dateRemarks(dated(2, "2026-12-01"), versions)).toEqual([
      "The effective date is 1 Dec 2026, before that of version 1, 1 Jan 2027. Once it is agreed, version 2 holds from its own day, or from the day it is agreed where that is later, and version 1 no more.",
    ]);
    const agreed = versions.map((version) => ({ ...version, agreedAt: "2026-06-01T09:00:00Z" }));
    expect(
      ["2026-11-30", "2026-12-01", "2027-01-01"].map(
        (day) => agreedVersionInForce(agreed, day, utcDay)?.number ?? null,
      ),
    ).toEqual([null, 2, 2]);
  });

  it("is nothing where it takes effect on the same day or later, where no day is set, and against a version that was withdrawn", () => {
    expect(dateRemarks(dated(2, "2026-05-01"), [dated(1, "2026-05-01")])).toEqual([]);
    expect(dateRemarks(dated(2, null), [dated(1, "2026-05-01")])).toEqual([]);
    expect(dateRemarks(dated(2, "2026-05-01"), [dated(1, null)])).toEqual([]);
    expect(
      dateRemarks(dated(3, "2026-05-01"), [dated(1, "2026-04-01"), dated(2, "2026-09-01", undefined, "withdrawn")]),
    ).toEqual([]);
    expect(effectRemark({ number: 1, effectiveDate: "2026-05-01" }, null)).toEqual([]);
    expect(effectRemark({ number: 2, effectiveDate: "" }, { number: 1, effectiveDate: "2026-05-01" })).toEqual([]);
  });

  it("is that it bears an earlier time than the version before, beyond what the clocks of several machines differ by", () => {
    const first = dated(1, null, "2026-03-02T09:00:00.000Z", "withdrawn");
    expect(dateRemarks(dated(2, null, "2026-03-01T09:00:00.000Z"), [first])).toEqual([
      expect.stringMatching(
        /^Version 2 bears an earlier time than version 1, 2 Mar 2026, 09:00:00 UTC: a clock was wrong/,
      ),
    ]);
    expect(dateRemarks(dated(2, null, "2026-03-02T08:59:30.000Z"), [first])).toEqual([]);
  });
});

describe("a version that others have overtaken", () => {
  const fingerprint = "1".repeat(64);
  const person = (id: string, partyId: string) => ({ id, partyId, name: id, title: "", email: `${id}@people.example` });
  const proposed = { fingerprint, status: "proposed" as const, supersededBy: null, round: null, ending: null };
  const start: Register = {
    parties: { client: "client", provider: "provider" },
    owned: ["client", "provider"],
    versions: [
      { ...proposed, number: 1 },
      { ...proposed, number: 2, status: "agreed" },
    ],
  };

  it("is neither sent nor signed any more, and says which one was agreed", () => {
    const sent = applySignOffEvent(start, 1, {
      type: "send",
      partyId: "client",
      order: "together",
      signatories: [person("c", "client"), person("p", "provider")],
      blockers: [],
    });
    expect(sent).toMatchObject({
      ok: false,
      rejection: { code: "overtaken", message: expect.stringContaining("Version 2 was agreed meanwhile") },
    });
  });

  it("is refused with what stops it, for a third party, and for one person twice", () => {
    const alone = { ...start, versions: start.versions.slice(0, 1) };
    const send = (signatories: ReturnType<typeof person>[], blockers: string[] = []) =>
      applySignOffEvent(alone, 1, { type: "send", partyId: "client", order: "in-order", signatories, blockers });
    expect(
      [
        send([person("c", "client"), person("p", "provider")], ["SUP-01: Nobody does it."]),
        send([person("c", "client"), person("v", "vendors")]),
        send([person("c", "client"), { ...person("p", "provider"), email: "c@people.example" }]),
      ].map((result) => (result.ok ? "sent" : result.rejection.code)),
    ).toEqual(["blocked", "third-party", "same-address"]);
    const sent = send([person("c", "client"), person("p", "provider")]);
    const round = sent.ok ? sent.value.versions[0]?.round : null;
    expect(round && [isTheirTurn(alone, round, { id: "c" }), isTheirTurn(alone, round, { id: "p" })]).toEqual([
      true,
      false,
    ]);
    expect(
      round && [
        isTheirTurn({ owned: ["client"] }, { ...round, order: "together" }, { id: "p" }),
        isTheirTurn(alone, { ...round, order: "together" }, { id: "p" }),
      ],
    ).toEqual([true, false]);
  });
});

describe("a file signed on paper", () => {
  it("is told by its first bytes, whatever it is called, and gets the ending of what it is", () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const kinds = [
      bytes("\u0000\u0000%PDF-1.4"),
      Uint8Array.of(0xff, 0xd8, 0xff, 0xe0),
      bytes("PK\u0003\u0004 xl/workbook.xml"),
      bytes("PK\u0003\u0004 word/document.xml"),
      bytes("<svg/>"),
    ].map((file) => paperKind(file));
    expect(kinds.map((kind) => (kind.ok ? kind.value : kind.rejection.code))).toEqual([
      "pdf",
      "jpg",
      "xlsx",
      "paper-kind",
      "paper-kind",
    ]);
    expect([
      paperName("../../etc/signed.exe", "pdf"),
      paperName("\u202e<>.png", "png"),
      paperName("Contract v2.final", "xlsx"),
    ]).toEqual(["signed.pdf", "signed.png", "Contract v2.xlsx"]);
  });
});

it("what happened to a version is told in a sentence, and nothing else is", () => {
  expect(describeSigning("version.declined", { number: 3, party: "Northwind", reason: "Not at night." })).toBe(
    "Declined to sign version 3 for Northwind: “Not at night.”",
  );
  expect(describeSigning("draft.edited", {})).toBeNull();
});
