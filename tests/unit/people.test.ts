import { describe, expect, it } from "vitest";
import {
  checkPerson,
  currentHoldings,
  holdingsAfterMerge,
  dutiesByLetter,
  isStale,
  roleHolders,
  vacantRoles,
  gapsWithoutPerson,
  type Holding,
  type PersonValues,
} from "~/domain/people/people";
import { matrixSchema } from "~/domain/matrix/matrix";
import { canonicalText } from "~/domain/version/snapshot";
import { DEFAULT_SETTINGS, upgradeMatrix } from "~/domain/version/upgrade";
import { paths } from "~/paths";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { aPerson } from "../support/people";

const TODAY = "2026-11-24";
const fields: PersonValues = {
  side: "client",
  name: "Priya Shah",
  title: "",
  email: "",
  phones: [],
  hours: "",
  timeZone: "",
  week: null,
  deputyId: null,
  lastVerified: null,
};
const known = (id: string, deputyId: string | null = null, side: PersonValues["side"] = "client", removed = false) => ({
  id,
  name: id,
  side,
  email: "",
  deputyId,
  removed,
});
const errors = (form: Partial<PersonValues>, people = [known("me"), known("sam")]) => {
  const result = checkPerson({ ...fields, ...form }, { id: "me", people, now: new Date(TODAY) });
  return result.ok ? {} : result.errors;
};
const holding = (roleId: string, personId: string, more: Partial<Holding> = {}): Holding => ({
  id: `${roleId}-${personId}`,
  roleId,
  personId,
  since: "2026-01-01",
  until: null,
  carriedFrom: null,
  ...more,
});

describe("a person's form", () => {
  it("keeps what people write, tidied", () => {
    const result = checkPerson(
      {
        ...fields,
        name: " Priya  Shah\n",
        email: "priya@example.com",
        phones: [
          { label: "Desk", number: "+44 (0)20 7946 0123 ext. 4" },
          { label: "", number: " " },
        ],
        timeZone: "Europe/London",
        deputyId: "sam",
      },
      { id: "me", people: [known("me"), known("sam")], now: new Date(TODAY) },
    );
    expect(result).toEqual({
      ok: true,
      value: {
        ...fields,
        name: "Priya  Shah",
        email: "priya@example.com",
        phones: [{ label: "Desk", number: "+44 (0)20 7946 0123 ext. 4" }],
        timeZone: "Europe/London",
        deputyId: "sam",
      },
    });
  });
  it.each<[string, Partial<PersonValues>, RegExp]>([
    ["name", { name: " " }, /empty/],
    ["name", { name: "x".repeat(200) }, /at most 120/],
    ["name", { name: "a\u202Eb" }, /hidden marks/],
    ["email", { email: "priya" }, /not an e-mail address/],
    ["email", { email: "priya@example.com?bcc=all" }, /not an e-mail address/],
    ["phones", { phones: [{ label: "Desk", number: "call me" }] }, /isn't a phone number/],
    ["phones", { phones: [{ label: "Desk", number: "" }] }, /phone number is empty/],
    ["phones", { phones: Array.from({ length: 6 }, () => ({ label: "", number: "02079460123" })) }, /at most 5/],
    ["timeZone", { timeZone: "Mars/Olympus" }, /no time zone “Mars\/Olympus”/],
    ["timeZone", { timeZone: "+01:00" }, /no time zone/],
    ["lastVerified", { lastVerified: "2026-11-25" }, /yet to come/],
    ["deputyId", { deputyId: "me" }, /themselves/],
    ["deputyId", { deputyId: "gone" }, /removed/],
  ])("refuses a bad %s with a sentence", (field, form, sentence) => {
    expect(errors(form)[field]).toMatch(sentence);
  });
  it("wants a deputy of the same side, and no circle, however long", () => {
    expect(errors({ deputyId: "sam" }, [known("me"), known("sam", null, "provider")]).deputyId).toMatch(/another side/);
    expect(errors({ deputyId: "sam" }, [known("me"), known("sam", "lena"), known("lena", "me")]).deputyId).toBe(
      "Priya Shah, then sam, then lena, then Priya Shah: that goes round in a circle. Choose somebody else.",
    );
    expect(
      errors({ deputyId: "sam" }, [known("me"), known("sam", "lena"), known("lena", "me", "client", true)]).deputyId,
    ).toMatch(/circle/);
    expect(errors({ side: "provider" }, [known("me"), known("sam", "me")]).side).toMatch(/deputy/);
    expect(errors({ deputyId: "sam" }, [known("me"), known("sam", "lena"), known("lena", "sam")])).toEqual({});
  });
});

describe("who holds what", () => {
  const matrix = aMatrix({
    duties: [
      aDuty({ id: "a", letters: cells({ "it-lead": "A", "it-team": "R" }) }),
      aDuty({ id: "b", letters: cells({ "it-lead": "A/R", "service-desk": "R" }) }),
      aDuty({
        id: "c",
        letters: cells({ "it-lead": "A/R" }),
        standing: { kind: "not-applicable", reason: "None here" },
      }),
    ],
  });
  const people = [aPerson("priya", { deputyId: "sam" }), aPerson("sam", { deputyId: "gone" })];
  const held = [holding("it-lead", "priya"), holding("it-team", "priya"), holding("service-desk", "sam")];

  it("counts a holding from its first day to before its last, of roles and people that are there", () => {
    const count = (...all: Holding[]) => currentHoldings(matrix, people, all, TODAY).length;
    expect(count(holding("it-lead", "priya", { since: TODAY }))).toBe(1);
    expect(count(holding("it-lead", "priya", { since: "2026-11-25" }))).toBe(0);
    expect(count(holding("it-lead", "priya", { until: "2026-11-25" }))).toBe(1);
    expect(count(holding("it-lead", "priya", { until: TODAY }))).toBe(0);
    expect(count(holding("gone", "priya"))).toBe(0);
    expect(count(holding("it-lead", "gone"))).toBe(0);
    expect(count(holding("it-lead", "priya"), holding("it-lead", "priya", { id: "twice" }))).toBe(1);
    expect(count(holding("it-lead", "priya", { carriedFrom: "gone" }))).toBe(1);
    expect(count(holding("it-lead", "priya", { carriedFrom: "it-team" }))).toBe(0);
  });
  it("tells the rules whether somebody stands in", () => {
    expect(roleHolders(matrix, people, held, TODAY).map(({ personId, deputy }) => [personId, deputy])).toEqual([
      ["priya", true],
      ["priya", true],
      ["sam", false],
    ]);
  });
  it("names the duties of a person by letter", () => {
    expect(
      dutiesByLetter(matrix, held, "priya").map(({ letter, duties }) => [letter, duties.map(({ id }) => id)]),
    ).toEqual([
      ["A", ["a", "b"]],
      ["R", ["a", "b"]],
    ]);
    expect(dutiesByLetter(matrix, held, "nobody")).toEqual([]);
  });
  it("says what would be missing if one left", () => {
    const gap = gapsWithoutPerson(matrix, held, "priya");
    expect(gap.roles.map(({ id }) => id)).toEqual(["it-lead", "it-team"]);
    expect(gap.noAnswerer.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(gap.noDoer.map(({ id }) => id)).toEqual(["a"]);
    expect(vacantRoles(matrix, held).map(({ id }) => id)).toEqual(["vendor"]);
  });
  it("hands holders over when roles merge, within a side", () => {
    const merge = (roleId: string, intoId: string) =>
      holdingsAfterMerge(matrix, people, [...held, holding("it-team", "sam", { since: "2026-02-01" })], {
        roleId,
        intoId,
        today: TODAY,
      });
    expect(merge("it-team", "it-lead")).toEqual([
      { roleId: "it-lead", personId: "sam", since: "2026-02-01", until: null, carriedFrom: "it-team" },
    ]);
    expect(merge("it-team", "service-desk")).toEqual([]);
  });
});

it("a contact is stale after 180 days", () => {
  expect(isStale("2026-05-28", TODAY)).toBe(false);
  expect(isStale("2026-05-27", TODAY)).toBe(true);
  expect(isStale(null, TODAY)).toBe(true);
});

it("a number to call and an address to write to hold nothing that leads elsewhere", () => {
  expect(paths.call("+44 (0)20 7946 0123 ext. 4")).toBe("tel:+442079460123");
  expect(paths.call("020-7946-0123;phone-context=x")).toBe("tel:02079460123");
  expect(paths.mail("a+b&c?d@example.com")).toBe("mailto:a%2Bb%26c%3Fd@example.com");
});

it("a matrix from before the threshold takes its default, and holders are no part of what is signed", () => {
  const { personDuties: _later, ...earlier } = DEFAULT_SETTINGS;
  expect(matrixSchema.parse(upgradeMatrix({ ...aMatrix(), settings: earlier }))).toEqual(aMatrix());
  expect(canonicalText({ matrix: aMatrix(), number: 1, previous: null })).not.toMatch(/holder|phone|email/);
});
