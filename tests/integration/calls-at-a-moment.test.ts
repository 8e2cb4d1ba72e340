import { beforeEach, describe, expect, it } from "vitest";
import type { EscalationPath, Level, Week } from "~/domain/matrix/escalation-shapes";
import { changePeople, peopleFormSchema } from "~/services/people/people.server";
import { scenarioAnswer } from "~/services/people/scenario-answers.server";
import type { Actor } from "~/services/who/actor.server";
import { aLevel } from "../support/escalation";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-27T12:00:00Z");
const ZONE = "Europe/London";
let owner: Actor;
let matrixId: string;

const office = [{ from: "09:00", to: "17:30" }];
const OFFICE: Week = { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] };
const NO_HOURS: Week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

const path = (id: string, levels: Level[], more: Partial<EscalationPath> = {}): EscalationPath => ({
  id,
  kind: "incident",
  name: id.toUpperCase(),
  trigger: "Work has stopped",
  examples: "",
  clock: { kind: "always" },
  levels: Object.fromEntries(levels.map((one, i) => [`l${i + 1}`, one])),
  repeats: 0,
  roundMinutes: 60,
  updateMinutes: null,
  decisionTarget: 10,
  restoreTarget: null,
  handover: "",
  lastResort: "Harbour IT cuts the site off",
  marks: {},
  ruling: null,
  ...more,
});

const send = (form: Record<string, string>) => changePeople(owner, matrixId, peopleFormSchema.parse(form), NOW);
/** A person with a phone and without an e-mail address, who holds a role. */
async function holder(name: string, side: string, roleId: string, more: Record<string, string> = {}): Promise<string> {
  const id = crypto.randomUUID();
  await send({ intent: "add", id, side, name, phoneNumber0: "020 7946 0123", email: "", timeZone: ZONE, ...more });
  await send({ intent: "hold", roleId, personId: id });
  return id;
}
const answer = (pathId: string, day: string, time: string, timeZone = ZONE) => {
  const scenario = { title: "Something else", pathId, dutyIds: [] };
  return scenarioAnswer(owner, matrixId, { scenario, day, time, timeZone, awayId: null });
};
const calls = async (pathId: string, day: string, time: string, timeZone = ZONE) =>
  (await answer(pathId, day, time, timeZone)).calls;

/**
 * S1 calls the desk at once, the team after 15 minutes, and after 30 minutes the lead and the vendor, who may decide. Dee of
 * the desk works on Saturdays until six; nobody holds the team; Ann leads and works in the client's office hours, Monday to
 * Friday from nine; Vic of the vendor is always on call by a rota, apart from the Sunday that is declared off.
 */
beforeEach(async () => {
  owner = await aUser("Daniel");
  const matrix = aMatrix({
    hours: [{ id: "h1", partyId: "client", timeZone: ZONE, week: OFFICE, holidays: {}, billable: "" }],
    offDuties: [{ id: "o1", roleId: "vendor", timeZone: ZONE, week: NO_HOURS, days: ["2027-01-10"], reason: "" }],
    paths: [
      path("s1", [
        aLevel(0, ["service-desk"]),
        aLevel(15, ["it-team"]),
        aLevel(30, ["it-lead", "vendor"], { decides: true }),
      ]),
      path("s2", [aLevel(0, ["it-lead"])], { clock: { kind: "working-hours", partyId: "provider" } }),
      path("s3", [aLevel(0, ["service-desk"], { channels: ["email"] })], { lastResort: "" }),
      path("s4", [aLevel(0, ["it-lead"], { decides: true })], { clock: { kind: "working-hours", partyId: "client" } }),
      path("s5", []),
    ],
  });
  ({ matrixId } = await anEngagement(owner, matrix));
  await holder("Ann", "client", "it-lead");
  await holder("Dee", "provider", "service-desk", { "week-sat": "00:00-06:00" });
  const vic = await holder("Vic", "third-party", "vendor");
  const rota = {
    timeZone: ZONE,
    period: "weekly",
    every: 1,
    handOver: { time: "09:00", weekday: "mon" },
    firstDay: "2026-11-02",
    turns: [[vic]],
    hours: "always",
    overrides: [],
  };
  await send({ intent: "rota", roleId: "vendor", revision: "", rota: JSON.stringify(rota) });
});

describe("who a path calls from a moment on", () => {
  it("is each level with its time, and the first decision with its delay", async () => {
    // 9 January 2027 is a Saturday. 02:10: Dee is at work. 02:25: nobody holds the team, so the level after it, agreed for
    // 02:40, comes at 02:25 too. Ann is off, Vic on call: a decision after 15 minutes, 5 more than the 10 of the target.
    // The round of 60 minutes is over at 03:10. Two calls, from 02:10 to 02:25.
    const answer = await calls("s1", "2027-01-09", "02:10");
    const saturday = "Sat 9 Jan 2027";
    expect(answer).toEqual({
      sentence: "2 calls in 15 minutes. First decision possible at 02:25, 5 minutes late.",
      steps: [
        {
          time: "02:10",
          day: saturday,
          level: "Level 1, at the start",
          passedOver: false,
          calls: [
            {
              roleId: "service-desk",
              role: "Service desk",
              party: { name: "Harbour IT", kind: "provider" },
              answers: [{ name: "Dee", state: "On shift", channel: "phone" }],
              why: null,
              mayDecide: false,
            },
          ],
          may: [],
        },
        {
          time: "02:25",
          day: saturday,
          level: "Level 2, after 15 minutes",
          passedOver: true,
          calls: [
            {
              roleId: "it-team",
              role: "IT team",
              party: { name: "Northwind", kind: "client" },
              answers: [],
              why: "No holder",
              mayDecide: false,
            },
          ],
          may: [],
        },
        {
          time: "02:25",
          day: saturday,
          level: "Level 3, after 30 minutes",
          passedOver: false,
          calls: [
            {
              roleId: "it-lead",
              role: "IT lead",
              party: { name: "Northwind", kind: "client" },
              answers: [],
              why: "Nobody on shift or on call",
              mayDecide: true,
            },
            {
              roleId: "vendor",
              role: "Vendor",
              party: { name: "Line vendor", kind: "third-party" },
              answers: [{ name: "Vic", state: "On call", channel: "phone" }],
              why: null,
              mayDecide: true,
            },
          ],
          may: [],
        },
      ],
      lastResort: {
        time: "03:10",
        day: saturday,
        sentence: "Everybody was called; what holds then: Harbour IT cuts the site off",
      },
    });
    expect(JSON.stringify(answer)).not.toContain("7946");
  });
  it("is in time where whoever may decide is at work, however early the levels before are passed over", async () => {
    // Monday 11 January, 09:00: Dee and the team answer nothing, so that Ann and Vic are called at 09:00 at once.
    const answer = await calls("s1", "2027-01-11", "09:00");
    expect(answer?.sentence).toBe("2 calls at once. First decision possible at 09:00, in time.");
    expect(answer?.steps.map(({ time, passedOver }) => [time, passedOver])).toEqual([
      ["09:00", true],
      ["09:00", true],
      ["09:00", false],
    ]);
  });
  it("is nobody, with what holds then, where each has a reason not to answer", async () => {
    // Sunday 10 January, 02:10: Dee works on Saturdays, the vendor is declared off, Ann is off.
    const answer = await calls("s1", "2027-01-10", "02:10");
    expect(answer?.sentence).toBe("Nobody can be reached; what holds then: Harbour IT cuts the site off");
    expect(answer?.steps.flatMap((step) => step.calls.map(({ why }) => why))).toEqual([
      "Nobody on shift or on call",
      "No holder",
      "Nobody on shift or on call",
      "Off duty",
    ]);
    expect(answer?.lastResort.time).toBe("02:10");
    // Dee is at work on Saturday, and has no e-mail address.
    const mail = await calls("s3", "2027-01-09", "02:10");
    expect(mail?.steps[0]?.calls[0]?.why).toBe("No working channel");
    expect(mail?.sentence).toMatch(/^Nobody can be reached\. What holds then isn't agreed/);
    expect((await calls("s5", "2027-01-09", "02:10"))?.sentence).toMatch(/^The path has no level\./);
  });
  it("waits for the path's clock, and begins after a time that a clock change leaves out", async () => {
    // Friday 8 January, 18:00 is after hours; the client's clock runs again on Monday at 09:00, when Ann is at work.
    expect((await calls("s4", "2027-01-08", "18:00"))?.sentence).toBe(
      "The path's clock stands until 09:00 on Mon 11 Jan 2027. 1 call at once. First decision possible at 09:00 on Mon 11 Jan 2027, in time.",
    );
    // On 28 March 2027 London has no 01:30: the first moment after the gap is 02:00.
    expect((await calls("s1", "2027-03-28", "01:30"))?.steps[0]?.time).toBe("02:00");
    // The same Saturday, asked for in Tokyo, nine hours ahead: 11:10 there is 02:10 in London.
    expect((await calls("s1", "2027-01-09", "11:10", "Asia/Tokyo"))?.sentence).toBe(
      "2 calls in 15 minutes. First decision possible at 11:25, 5 minutes late.",
    );
  });
  it.each([
    ["s1", "2027-02-30", "02:10", ZONE, /“2027-02-30” isn't a day/],
    ["s1", "9999-12-31", "02:10", ZONE, /^Choose a day from 2000 to 2100/],
    ["s1", "2027-01-09", "2 am", ZONE, /“2 am” isn't a time/],
    ["s1", "2027-01-09", "02:10", "Mars/Olympus", /no time zone “Mars\/Olympus”/],
  ])("is refused with a sentence: %s at %s %s in %s", async (pathId, day, time, zone, message) => {
    await expect(calls(pathId, day, time, zone)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(message),
    });
  });
  it("is nothing, with why, where the path can't be followed", async () => {
    expect(await answer("s2", "2027-01-09", "02:10")).toMatchObject({
      calls: null,
      why: expect.stringMatching(/the working hours of Harbour IT, which aren't agreed yet/),
    });
  });
  it("is nothing for a path that was deleted", async () => {
    expect(await calls("gone", "2027-01-09", "02:10")).toBeNull();
  });
});
