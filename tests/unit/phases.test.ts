import { describe, expect, it } from "vitest";
import { earliestToday, utcDay } from "~/domain/days";
import { agreedVersionInForce, phaseOf, phaseWords, toldStatus } from "~/domain/signing/version-dates";
import type { VersionStatus } from "~/domain/signing/sign-off";
import { answerFor, type ExaminedFile } from "~/domain/verify/answer";
import type { StoredVersion } from "~/domain/verify/facts";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import { aMatrix } from "../support/matrices";

const version = (number: number, status: VersionStatus, agreed: string | null, effectiveDate: string | null) => ({
  number,
  status,
  agreedAt: agreed && `${agreed}T10:00:00.000Z`,
  effectiveDate,
});
const FIRST = version(1, "superseded", "2026-01-05", null);
const SECOND = version(2, "agreed", "2026-03-01", "2026-04-01");
const BOTH = [SECOND, FIRST];
const said = (one: typeof FIRST, all: readonly (typeof FIRST)[], day: string) =>
  phaseWords(phaseOf(one, all, day, utcDay));

describe("a version whose successor takes effect later", () => {
  it("is in force until that day, and superseded from it on", () => {
    expect(said(FIRST, BOTH, "2026-03-15")).toBe("in force until version 2 takes its place on 1 Apr 2026");
    expect(said(SECOND, BOTH, "2026-03-15")).toBe("agreed, in force from 1 Apr 2026");
    expect(said(FIRST, BOTH, "2026-04-01")).toBe("superseded by version 2 on 1 Apr 2026");
    expect(said(SECOND, BOTH, "2026-04-01")).toBe("in force since 1 Apr 2026");
  });
  it("is told as agreed in files until then", () => {
    expect(["2026-03-31", "2026-04-01"].map((day) => toldStatus(FIRST, BOTH, day, utcDay))).toEqual([
      "agreed",
      "superseded",
    ]);
  });
});

it("a version that a newer one overtakes before its own day never takes effect", () => {
  const third = version(3, "agreed", "2026-03-02", "2026-03-20");
  const all = [third, { ...SECOND, status: "superseded" as const }, FIRST];
  expect(said(SECOND, all, "2026-03-10")).toBe("superseded by version 3 before it took effect");
  expect(said(FIRST, all, "2026-03-10")).toBe("in force until version 3 takes its place on 20 Mar 2026");
  expect(said(third, all, "2026-05-01")).toBe("in force since 20 Mar 2026");
});

it("what isn't agreed stands as it does, on any day", () => {
  expect(said(version(4, "proposed", null, "2026-04-01"), BOTH, "2030-01-01")).toBe("proposed");
  expect(said(version(4, "withdrawn", null, null), BOTH, "2030-01-01")).toBe("withdrawn");
});

it("exactly the version in force on a day is told as in force", () => {
  const all = [
    version(5, "agreed", "2026-06-01", "2026-05-01"),
    version(4, "proposed", null, null),
    version(3, "superseded", "2026-03-02", "2026-03-20"),
    version(2, "superseded", "2026-03-01", "2026-04-01"),
    FIRST,
  ];
  for (let day = new Date("2025-12-25"); day < new Date("2026-07-01"); day = new Date(day.getTime() + 86_400_000)) {
    const asked = utcDay(day);
    const inForce = all
      .filter((one) => phaseOf(one, all, asked, utcDay).kind === "in-force")
      .map(({ number }) => number);
    expect([asked, inForce]).toEqual([
      asked,
      [agreedVersionInForce(all, asked, utcDay)?.number].filter((number) => number !== undefined),
    ]);
  }
});

describe("the check", () => {
  const matrix = aMatrix();
  const text = canonicalText({ matrix, number: 1, previous: null });
  const examined: ExaminedFile = {
    carried: { kind: "version", number: 1, fingerprint: fingerprintOf(text), previous: null, text, beside: null },
    edition: { matrix, number: 1, previous: null },
    fingerprint: fingerprintOf(text),
    differences: [],
    notes: [],
    match: { kind: "exact" },
    scope: "whole",
    sealBroken: false,
  };
  const known: StoredVersion = {
    ...FIRST,
    reason: "",
    authorName: "",
    publishedAt: "2026-01-04T10:00:00.000Z",
    changes: [],
    earlierChanges: [],
    secondChanges: [],
    blockers: [],
    disputes: [],
    signatures: null,
    history: null,
    supersededBy: { number: 2, at: "2026-03-01T10:00:00.000Z", from: "2026-04-01" },
  };
  const answer = (now: string) => {
    const { verdict, sentence } = answerFor(examined, { kind: "here", known: [known], now: new Date(now) }, 10);
    return [verdict, sentence];
  };
  it("says that a version is in force until the day of the next, and superseded from it on", () => {
    expect(answer("2026-03-15T12:00:00Z")).toEqual([
      "in-force",
      "This is version 1, agreed on 5 Jan 2026, 10:00:00 UTC, in force until version 2 takes its place on 1 Apr 2026.",
    ]);
    expect(answer("2026-04-01T06:00:00Z")).toEqual([
      "in-force",
      "This is version 1, agreed on 5 Jan 2026, 10:00:00 UTC, in force until version 2 takes its place on 1 Apr 2026, a day that has begun in some parts of the world and not yet in others.",
    ]);
    expect(answer("2026-04-03T06:00:00Z")).toEqual([
      "superseded",
      "This was version 1, superseded by version 2 on 1 Apr 2026.",
    ]);
    expect(earliestToday(new Date("2026-04-01T06:00:00Z"))).toBe("2026-03-31");
  });
});
