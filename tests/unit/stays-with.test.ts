import { expect, it } from "vitest";
import { partyShare } from "~/domain/agreement/stays-with";
import { aDuty, aMatrix, cells } from "../support/matrices";

it("what stays with a party is what it answers for or does, by domain, the reserved by name; what is declined or doesn't apply is nobody's", () => {
  const matrix = aMatrix({
    duties: [
      aDuty({ id: "one", letters: cells({ "it-lead": "A", "service-desk": "R" }), reserved: true }),
      aDuty({ id: "two", letters: cells({ "service-desk": "A/R", "it-team": "R" }) }),
      aDuty({ id: "three", domainId: "net", letters: cells({ "service-desk": "A/R", "it-lead": "C" }) }),
      aDuty({
        id: "four",
        letters: cells({ "it-lead": "A/R" }),
        standing: { kind: "not-applicable", reason: "No such thing" },
      }),
    ],
  });
  const client = partyShare(matrix, "client");
  expect([client.answers, client.does, client.reserved.map(({ id }) => id)]).toEqual([1, 1, ["one"]]);
  expect(client.domains.map(({ domain, answers, does }) => [domain.id, answers, does])).toEqual([["sup", 1, 1]]);
  const provider = partyShare(matrix, "provider");
  expect(provider.domains.map(({ domain, answers, does }) => [domain.id, answers, does])).toEqual([
    ["sup", 1, 2],
    ["net", 1, 1],
  ]);
  expect(provider.reserved.map(({ id }) => id)).toEqual(["one"]);
});
