import { describe, expect, it } from "vitest";
import { proposeHolidays } from "~/services/matrix/holidays.server";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-25T12:00:00Z");
const owner = await aUser("Maya Lindqvist");
const { matrixId } = await anEngagement(owner, aMatrix());
const ask = (country: string, parts: { state?: string; region?: string; year?: string } = {}) =>
  proposeHolidays(owner, matrixId, { country, state: "", region: "", year: "2027", ...parts }, NOW);

describe("proposed holidays", () => {
  it("are the public ones of the place and year, in the language of the place and in English", async () => {
    const germany = await ask("DE");
    expect(germany.days).toContainEqual({ day: "2027-03-26", name: "Karfreitag (Good Friday)" });
    expect(germany.days.map(({ name }) => name).join()).not.toMatch(/Weiberfastnacht|Valentinstag/);
    expect(germany.states).toContainEqual({ code: "BY", name: "Bayern" });
    const bavaria = await ask("DE", { state: "BY" });
    expect(bavaria.days).toContainEqual({ day: "2027-05-27", name: expect.stringMatching(/^Fronleichnam/) });
    expect(bavaria.regions.map(({ code }) => code)).toContain("A");
    expect((await ask("DE", { state: "BY", region: "A" })).days.map(({ day }) => day)).toContain("2027-08-08");
    expect((await ask("GB", { state: "SCT" })).days).toContainEqual({
      day: "2027-12-27",
      name: "Christmas Day (substitute day)",
    });
  });
  it("have each day of what lasts several, and name what is half a day among what is left out", async () => {
    const days = (await ask("AE")).days.map(({ day }) => day);
    expect(days).toEqual(expect.arrayContaining(["2027-03-09", "2027-03-10", "2027-03-11"]));
    const { leftOut } = await ask("IS");
    expect(leftOut).toContainEqual(expect.stringMatching(/^Aðfangadagur.*, 24 Dec 2027, isn't a whole day off/));
  });
  it("begin with the list of countries, and of the years that may be asked for", async () => {
    const first = await ask("", { year: "" });
    expect(first.countries).toContainEqual({ code: "DE", name: "Germany" });
    expect(first.years).toEqual([2025, 2026, 2027, 2028, 2029, 2030, 2031]);
    expect(first.usualYear).toBe(2027);
    expect(first.days).toEqual([]);
  });
  it.each([
    ["XX", {}, /No holidays are known of that country/],
    ["__proto__", {}, /No holidays are known of that country/],
    ["DE", { state: "XX" }, /No holidays are known of that region/],
    ["DE", { state: "BY", region: "constructor" }, /part of the region/],
    ["DE", { year: "9999" }, /Choose a year from 2025 to 2031/],
    ["DE", { year: "soon" }, /Choose a year/],
  ])("of %s %j are a sentence", async (country, parts, sentence) => {
    await expect(ask(country, parts)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(sentence),
    });
  });
});
