import { expect, it } from "vitest";
import { previewImport } from "~/services/people/rota-import.server";
import { anAddress } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-25T12:00:00Z");
const owner = await aUser("Maya Lindqvist");

it("a calendar of rules that ask for millions of steps costs no more than its thread may take, and the next is read", async () => {
  const { matrixId } = await anEngagement(owner, aMatrix());
  const read = (rule: string, entries: number) => {
    const entry = ["BEGIN:VEVENT", "SUMMARY:Ann", "DTSTART:19700101T000000", "DURATION:PT1M", rule, "END:VEVENT"];
    const lines = ["BEGIN:VCALENDAR", ...Array.from({ length: entries }, () => entry).flat(), "END:VCALENDAR"];
    const bytes = new TextEncoder().encode(lines.join("\r\n"));
    const caller = { address: anAddress(), userAgent: "", cookie: "" };
    return previewImport(owner, matrixId, { roleId: "it-lead", timeZone: "UTC", bytes }, caller, NOW);
  };
  await expect(read("RRULE:FREQ=DAILY;COUNT=1000000", 9_000)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/took too long/),
  });
  const one = await read("RRULE:FREQ=DAILY;COUNT=1000000", 1);
  expect(one.calendar.leftOut[0]?.why).toMatch(/can't be followed, or not within 5000 steps/);
  expect((await read("RRULE:FREQ=MONTHLY;BYDAY=1MO", 1)).calendar.turns).toHaveLength(12);
});
