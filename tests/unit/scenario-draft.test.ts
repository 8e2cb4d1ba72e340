import { describe, expect, it } from "vitest";
import {
  addressOf,
  askedInAddress,
  askedOf,
  draftOf,
  firstDraft,
  THIS_PATH,
  withChoice,
} from "~/ui/escalation/scenario/scenario-draft";
import { scenarioInAddress } from "~/ui/escalation/escalation-view";
import type { OfferedScenario } from "~/services/people/scenario-answers.server";
import { aDuty, aMatrix } from "../support/matrices";

const FRIDAY = "2026-11-27";
const offered: OfferedScenario[] = [
  { id: "ransomware", title: "Ransomware", story: "", when: { weekday: "sat", time: "02:10" } },
  { id: "line-down", title: "The line is down", story: "", when: { weekday: "tue", time: "10:05" } },
];
const duties = [aDuty({ id: "d1", code: "IAM-01" }), aDuty({ id: "d2", code: "IAM-02", pathId: "s1" })];
const matrix = aMatrix({ duties });
const path = { id: "s1", name: "S1", trigger: "Work has stopped" };
const first = { ...firstDraft({ matrix, offered, today: FRIDAY }), zone: "Europe/London" };
const moment = { day: "2026-11-28", time: "02:10", timeZone: "Europe/London", awayId: null };

describe("the fields of a scenario", () => {
  it("begin with the first one when it hurts, and follow another one unless the moment is the reader's own", () => {
    expect([first.choice, first.day, first.time]).toEqual(["ransomware", "2026-11-28", "02:10"]);
    const next = withChoice(first, "line-down", { offered, today: FRIDAY });
    expect([next.day, next.time]).toEqual(["2026-12-01", "10:05"]);
    const own = withChoice({ ...first, time: "03:00" }, "line-down", { offered, today: FRIDAY });
    expect([own.choice, own.day, own.time]).toEqual(["line-down", "2026-11-28", "03:00"]);
  });

  it("ask for a scenario of the library, for the path that is shown with its duties, and for one's own by codes", () => {
    const asked = (fields: Partial<typeof first>) => askedOf({ ...first, ...fields }, matrix, path);
    expect(asked({})).toEqual({ ok: true, value: { scenario: { id: "ransomware" }, ...moment } });
    expect(asked({ choice: THIS_PATH })).toEqual({
      ok: true,
      value: { scenario: { title: "Work has stopped", pathId: "s1", dutyIds: ["d2"] }, ...moment },
    });
    expect(asked({ choice: "own", title: "The door", codes: "iam-02; IAM-01" })).toEqual({
      ok: true,
      value: { scenario: { title: "The door", pathId: null, dutyIds: ["d2", "d1"] }, ...moment },
    });
  });

  it("say in a sentence what can't be asked", () => {
    const wrong = (fields: Partial<typeof first>) => {
      const asked = askedOf({ ...first, ...fields }, matrix, path);
      return asked.ok ? "" : asked.rejection.message;
    };
    expect(wrong({ choice: "own", title: " " })).toMatch(/title is empty/);
    expect(wrong({ choice: "own", title: "The door", codes: "ABC-01" })).toMatch(/^There is no duty ABC-01/);
    expect(wrong({ day: "2026-02-30" })).toMatch(/isn't a day/);
    expect(wrong({ time: "" })).toMatch(/isn't a time/);
    expect(wrong({ zone: "IST" })).toMatch(/no time zone “IST”/);
  });
});

describe("the address of an answer", () => {
  it("is read back as it was asked, beside the path that the page shows", () => {
    const asked = { scenario: { title: "The door", pathId: "s2", dutyIds: ["d1"] }, ...moment, awayId: "ann" };
    const address = addressOf(asked);
    const params = new URLSearchParams({ path: "s1", level: "s1-2", ...address });
    expect(params.get("path")).toBe("s1");
    expect(scenarioInAddress(params)).toEqual(address);
    expect(askedInAddress(scenarioInAddress(params))).toEqual({ ok: true, value: asked });
    expect(draftOf(asked, matrix)).toMatchObject({ choice: "own", title: "The door", pathId: "s2", codes: "IAM-01" });
  });

  it("asks nothing where it names no scenario, and says what is wrong with one that somebody broke", () => {
    expect(scenarioInAddress(new URLSearchParams({ path: "s1", day: "2027-01-09" }))).toEqual({});
    expect(askedInAddress({})).toBeNull();
    expect(askedInAddress({ ...addressOf({ scenario: { id: "x" }, ...moment }), day: "soon" })).toMatchObject({
      ok: false,
      rejection: { code: "day" },
    });
  });
});
