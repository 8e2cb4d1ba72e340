import { describe, expect, it } from "vitest";
import { portfolioNeeds, portfolio, portfolioQuery, type PortfolioRow } from "~/domain/engagement/portfolio";

const TODAY = "2026-11-25";
let made = 0;

function aRow(fields: Partial<PortfolioRow> = {}): PortfolioRow {
  made += 1;
  return {
    engagementId: `e${made}`,
    matrixId: `m${made}`,
    clientName: `Client ${made}`,
    providerName: "Harbour IT",
    agreementReference: "",
    title: "Responsibility matrix",
    several: false,
    sample: false,
    duties: 133,
    blockers: 0,
    disputed: 0,
    balance: [],
    changes: null,
    reviewDate: null,
    version: null,
    updatedAt: `2026-01-${String((made % 28) + 1).padStart(2, "0")}T00:00:00.000Z`,
    ...fields,
  };
}

const asked = (rows: readonly PortfolioRow[], address: string) =>
  portfolio(rows, portfolioQuery(new URLSearchParams(address)), TODAY).map(({ clientName }) => clientName);
const version = (status: string, publishedAt = "2026-11-20T10:00:00.000Z") => ({ number: 1, status, publishedAt });

describe("the list of engagements", () => {
  const rows = [
    aRow({
      clientName: "Ålesund Marine",
      blockers: 2,
      duties: 10,
      reviewDate: "2026-12-20",
      updatedAt: "2026-11-01T00:00:00.000Z",
    }),
    aRow({
      clientName: "brae precision",
      disputed: 3,
      reviewDate: "2026-10-01",
      version: version("agreed"),
      changes: 0,
      updatedAt: "2026-11-03T00:00:00.000Z",
    }),
    aRow({
      clientName: "Casterly & Vane",
      agreementReference: "MSA-2026-17",
      version: version("proposed"),
      changes: 4,
      reviewDate: "2027-06-01",
      updatedAt: "2026-11-02T00:00:00.000Z",
    }),
    aRow({ clientName: "Depot 10", several: true, title: "Night shift", updatedAt: "2026-10-01T00:00:00.000Z" }),
    aRow({ clientName: "Depot 9", title: "Night shift", updatedAt: "2026-09-01T00:00:00.000Z" }),
  ];

  it("stands in the order of the last edit, unless asked otherwise", () => {
    expect(asked(rows, "")).toEqual(["brae precision", "Casterly & Vane", "Ålesund Marine", "Depot 10", "Depot 9"]);
    expect(asked(rows, "sort=nonsense&show=nonsense")).toEqual(asked(rows, ""));
  });

  it("sorts names as people do, counts from the most, reviews from the nearest, and each the other way round", () => {
    expect(asked(rows, "sort=client")).toEqual([
      "Ålesund Marine",
      "brae precision",
      "Casterly & Vane",
      "Depot 9",
      "Depot 10",
    ]);
    expect(asked(rows, "sort=-client")[0]).toBe("Depot 10");
    expect(asked(rows, "sort=blockers")[0]).toBe("Ålesund Marine");
    expect(asked(rows, "sort=disputed").slice(0, 2)).toEqual(["brae precision", "Casterly & Vane"]);
    expect(asked(rows, "sort=review").slice(0, 3)).toEqual(["brae precision", "Ålesund Marine", "Casterly & Vane"]);
    expect(asked(rows, "sort=-duties")[0]).toBe("Ålesund Marine");
  });

  it("finds words in names, agreement reference and, where there are several, the matrix's title", () => {
    expect(asked(rows, "q=vane+casterly")).toEqual(["Casterly & Vane"]);
    expect(asked(rows, "q=msa-2026")).toEqual(["Casterly & Vane"]);
    expect(asked(rows, "q=night")).toEqual(["Depot 10"]);
    expect(asked(rows, "q=nowhere")).toEqual([]);
    expect(asked(rows, `q=${"x".repeat(100_000)}`)).toEqual([]);
  });

  it("shows those with blockers, disputes, a review within thirty days or past, a version that waits, or changes", () => {
    expect(asked(rows, "show=blockers")).toEqual(["Ålesund Marine"]);
    expect(asked(rows, "show=disputed")).toEqual(["brae precision"]);
    expect(asked(rows, "show=review&sort=review")).toEqual(["brae precision", "Ålesund Marine"]);
    expect(asked(rows, "show=unsigned")).toEqual(["Casterly & Vane"]);
    expect(asked(rows, "show=changed&q=vane")).toEqual(["Casterly & Vane"]);
    expect(asked(rows, "show=changed&q=brae")).toEqual([]);
  });
});

describe("what waits for somebody", () => {
  it("is the longest overdue review, then disputes, then versions long unsigned; each matrix once, no samples", () => {
    const late = aRow({ reviewDate: "2026-11-24", disputed: 1 });
    const later = aRow({ reviewDate: "2026-01-24" });
    const disputed = aRow({ disputed: 2, version: version("proposed", "2026-01-01T00:00:00.000Z") });
    const unsigned = aRow({ version: version("proposed", "2026-11-10T00:00:00.000Z") });
    const quiet = [
      aRow({ reviewDate: TODAY }),
      aRow({ version: version("proposed") }),
      aRow({ version: version("agreed", "2025-01-01T00:00:00.000Z") }),
      aRow({ sample: true, disputed: 4, reviewDate: "2020-01-01" }),
    ];
    expect(portfolioNeeds([...quiet, unsigned, disputed, late, later], TODAY)).toEqual([
      { reason: "review", row: later },
      { reason: "review", row: late },
      { reason: "disputed", row: disputed },
      { reason: "unsigned", row: unsigned },
    ]);
  });
});
