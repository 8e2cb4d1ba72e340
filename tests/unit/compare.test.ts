import { describe, expect, it } from "vitest";
import { compareDuties } from "~/domain/changes/comparison";
import type { Duty } from "~/domain/matrix/shapes";
import { aDuty, aMatrix, cells } from "../support/matrices";

const base = aDuty({ letters: cells({ "it-lead": "A", "it-team": "R", "service-desk": "C" }) });
const compared = (change: Partial<Duty>) => {
  const { groups } = compareDuties(aMatrix({ duties: [base] }), aMatrix({ duties: [{ ...base, ...change }] }));
  return groups[0]?.duties[0];
};

describe("two matrices", () => {
  it("that agree the same have nothing to compare, whatever was marked, suggested or found out meanwhile", () => {
    const other = {
      ...base,
      marks: { client: { state: "agreed" as const, terms: "0".repeat(32), position: "" } },
      knowledge: "Sam",
      searchWords: "hotline",
      documentation: "wiki",
      earlyWin: "2026-12-01",
      suggestions: {},
    };
    expect(compareDuties(aMatrix({ duties: [base] }), aMatrix({ duties: [other] }))).toMatchObject({
      groups: [],
      changed: 0,
      unchanged: 1,
    });
  });

  it("tell who does it and who answers now, with the letters before and after", () => {
    expect(compared({ letters: cells({ "it-team": "C", "service-desk": "A/R" }) })).toMatchObject({
      code: "SUP-01",
      kinds: ["does", "answers"],
      does: { before: ["client"], after: ["provider"] },
      answers: { before: "client", after: "provider" },
      letters: [
        { role: "IT lead", before: ["A"], after: [] },
        { role: "IT team", before: ["R"], after: ["C"] },
        { role: "Service desk", before: ["C"], after: ["A", "R"] },
      ],
      concerns: ["client", "provider"],
    });
  });

  it("tell that another party does it where the role that does moved to that party, though its letters are the same", () => {
    const before = aMatrix({ duties: [base] });
    const roles = before.roles.map((role) => (role.id === "it-team" ? { ...role, partyId: "provider" } : role));
    const { groups } = compareDuties(before, { ...before, roles });
    expect(groups[0]?.duties).toMatchObject([
      { code: "SUP-01", kinds: ["does"], does: { before: ["client"], after: ["provider"] }, letters: [] },
    ]);
  });

  it("call it letters where neither changes, and concern the party whose letters they are", () => {
    expect(compared({ letters: { ...base.letters, "service-desk": ["I"] } })).toMatchObject({
      kinds: ["letters"],
      concerns: ["provider"],
      letters: [{ role: "Service desk", before: ["C"], after: ["I"] }],
    });
  });

  it.each<[string, Partial<Duty>, string[], { field: string; before: string; after: string }]>([
    [
      "boundary",
      { boundary: "Desk to the handover" },
      ["boundary"],
      { field: "Boundary note", before: "", after: "Desk to the handover" },
    ],
    [
      "tools",
      { tools: "Your ticket system" },
      ["tools"],
      { field: "Tools and standards", before: "", after: "Your ticket system" },
    ],
    [
      "decisions",
      { decisions: { decides: "IT lead", limit: "EUR 500" } },
      ["decisions"],
      { field: "Who decides", before: "", after: "IT lead" },
    ],
    [
      "wording",
      { text: "Answer calls by day" },
      ["wording"],
      { field: "Duty", before: "Answer user calls", after: "Answer calls by day" },
    ],
    ["domain", { domainId: "net" }, ["wording"], { field: "Domain", before: "Service desk", after: "Network" }],
    ["cover", { cover: "24x7" }, ["wording"], { field: "Covered", before: "In office hours", after: "24x7" }],
    [
      "standing",
      { standing: { kind: "not-applicable", reason: "No site" } },
      ["standing"],
      { field: "Standing", before: "", after: "Doesn't apply: No site" },
    ],
    [
      "cover period",
      { coverPeriod: { partyId: "provider", from: "2026-12-01", to: "2026-12-31" } },
      ["standing"],
      { field: "Covered for a while", before: "", after: "Harbour IT, 1 Dec 2026 to 31 Dec 2026" },
    ],
  ])("tell what the %s was and is, which concerns everybody", (_name, change, kinds, text) => {
    const found = compared(change);
    expect(found?.kinds).toEqual(kinds);
    expect(found?.texts).toContainEqual(text);
    expect(found?.concerns).toEqual(["client", "provider", "vendors"]);
  });

  it("are told by domain, what was added and removed too, a domain that is gone last", () => {
    const net = aDuty({ id: "duty-2", code: "NET-01", domainId: "net", letters: cells({ vendor: "R" }) });
    const old = aMatrix({ duties: [base, net] });
    const now = {
      ...aMatrix({ duties: [aDuty({ id: "duty-3", code: "SUP-02" }), { ...base, doneWhen: "Answered" }] }),
      domains: [{ id: "sup", code: "SUP", name: "Desk", pathId: null }],
    };
    const { groups, counts, changed, unchanged } = compareDuties(old, now);
    expect(groups.map(({ name, duties }) => [name, duties.map(({ code, kinds }) => [code, kinds])])).toEqual([
      [
        "Desk",
        [
          ["SUP-02", ["added"]],
          ["SUP-01", ["wording"]],
        ],
      ],
      ["Network", [["NET-01", ["removed"]]]],
    ]);
    // Another name of a domain, role or party is no change of its duties.
    expect(groups[0]?.duties[1]?.texts).toEqual([{ field: "Done when", before: "", after: "Answered" }]);
    expect(counts).toMatchObject({ added: 1, removed: 1, wording: 1, does: 0 });
    expect([changed, unchanged]).toEqual([3, 0]);
    expect(groups[1]?.duties[0]).toMatchObject({
      does: { before: ["vendors"], after: [] },
      letters: [{ role: "Vendor", before: ["R"], after: [] }],
      concerns: ["vendors"],
    });
  });
});
