import { expect, it } from "vitest";
import { begunWorkshop } from "~/domain/workshop/apply-workshop";
import type { Item, Settlement, Workshop } from "~/domain/workshop/shapes";
import { workshopReason } from "~/domain/workshop/minutes/version-reason";

const DAY = Date.parse("2026-11-27T10:00:00Z");
const AGREED: Settlement = { kind: "split", does: ["client"], answers: "client", boundary: "" };
const PARKED: Settlement = { kind: "park", owner: "Helen", until: "2027-01-01" };
const DISPUTED: Settlement = { kind: "dispute", positions: { client: "Ours.", provider: "Ours." } };

const item = (settlement: Settlement | null, at = DAY, kind: "duty" | "path" = "duty"): Item => ({
  id: crypto.randomUUID(),
  subject: { kind, id: "x" },
  minutes: 3,
  sealed: [],
  revealed: null,
  settling: null,
  settled: settlement && { settlement, at, confirmed: {} },
  skipped: false,
  spentMs: 0,
  roundFromMs: 0,
});

function workshop(title: string, items: Item[]): Workshop {
  const begun = begunWorkshop({
    type: "begin",
    title,
    sides: { client: "client", provider: "provider" },
    participantId: "p",
    name: "Priya",
    partyId: "provider",
  });
  if (!begun.ok) throw new Error(begun.rejection.message);
  return { ...begun.value, items };
}

it("the reason of a version begins with what each workshop has settled since, on which day", () => {
  const first = workshop("Onboarding workshop", [
    ...Array.from({ length: 12 }, () => item(AGREED)),
    item(PARKED),
    item(PARKED),
    item(DISPUTED),
    item(null),
  ]);
  expect(workshopReason([first], 0)).toBe("Onboarding workshop, 27 Nov 2026: 12 duties agreed, 2 parked, 1 disputed.");
  expect(workshopReason([first], DAY)).toBe("");
  const second = workshop("Second", [item(AGREED, DAY + 86_400_000), item({ kind: "stands" }, DAY, "path")]);
  expect(workshopReason([first, second], DAY)).toBe("Second, 28 Nov 2026: 1 duty agreed.");
  expect(workshopReason([second], 0)).toBe("Second, 28 Nov 2026: 1 duty and 1 path agreed.");
  expect(workshopReason([workshop("Empty", [item(null)])], 0)).toBe("");
});

it("of many workshops the newest are named, and a name of any length leaves a reason that can be stored", () => {
  const many = Array.from({ length: 9 }, (_, i) => workshop(`W${i}`, [item(PARKED)]));
  expect(workshopReason(many, 0).match(/W\d/g)).toEqual(["W6", "W7", "W8"]);
  const long = workshop("Long", [item(PARKED)]);
  expect(workshopReason([{ ...long, title: "x".repeat(5_000) }], 0)).toBe("");
});
