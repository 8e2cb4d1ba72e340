import { describe, expect, it } from "vitest";
import { agreementOf } from "~/domain/agreement/agreement";
import { findAll } from "~/domain/findings/findings";
import { ownerOf, partiesHolding } from "~/domain/matrix/owner";
import { firstProblem } from "~/domain/parts/invariants";
import { workshopOf } from "~/domain/workshop/apply-workshop";
import { minutesOf } from "~/domain/workshop/minutes/minutes";
import { workshopEventSchema } from "~/domain/workshop/events";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { sampleWorkshop } from "~/library/sample-workshop";

describe.each(["2026-11-27", "2028-02-29"])("the workshop of the sample begun on %s", (today) => {
  const before = sampleMatrix(today);
  const { events, workshop, matrix } = sampleWorkshop(before, today);

  it("is what its stored events lead to", () => {
    expect(workshopOf(events.map((event) => workshopEventSchema.parse(event)))).toEqual({ ok: true, value: workshop });
  });

  it("has believable minutes: settled with both hosts' word, one parked with owner and date, one disputed, two left", () => {
    const minutes = minutesOf(workshop, matrix);
    expect({
      settled: minutes.settled.map(({ code, outcome }) => [code, outcome]),
      parked: minutes.parked.map(({ words }) => words),
      disputed: minutes.disputed.map(({ code }) => code),
      left: minutes.left.map(({ code }) => code),
      spent: minutes.spentMs / 60_000,
      rate: minutes.settledAnHour,
    }).toMatchObject({
      settled: [
        ["SUP-01", "agree"],
        ["NET-06", "gap"],
        ["SUP-06", "overlap"],
        ["IAM-03", expect.any(String)],
        ["VUL-02", "agree"],
        ["", "agree"],
      ],
      parked: [expect.stringMatching(/^Parked until .* with Ruth Adeyemi\.$/)],
      disputed: ["SUP-05"],
      left: ["BCK-05", "CHG-02"],
      spent: 48,
      rate: 7.5,
    });
    expect(minutes.settled.every(({ confirmedBy }) => confirmedBy.length === 2)).toBe(true);
  });

  it("was held by people of the sample, and the board has what they settled with both marks", () => {
    const known = new Set(samplePeople(today).people.map(({ name }) => name));
    expect(workshop.participants.filter(({ name }) => !known.has(name))).toEqual([]);
    expect(firstProblem(matrix)).toBeNull();
    const shared = matrix.duties.find(({ id }) => id === "sup-06");
    if (!shared) throw new Error("The duty is gone.");
    expect(partiesHolding(matrix, shared, "R").map(({ id }) => id)).toEqual(["client", "provider"]);
    expect(ownerOf(matrix, shared)?.id).toBe("client");
    expect(agreementOf(matrix, shared)).toBe("agreed");
    const rules = (of: typeof matrix) => findAll(of, { today }).map(({ rule }) => rule);
    const now = new Set(rules(matrix));
    expect([...now].filter((rule) => !rules(before).includes(rule)).sort()).toEqual(["disputed"]);
  });
});
