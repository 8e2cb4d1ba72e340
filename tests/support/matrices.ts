import { blankDuty } from "~/domain/parts/duties";
import { issuedNumbers } from "~/domain/matrix/issued";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty, Letter } from "~/domain/matrix/shapes";
import { NO_THINGS } from "~/domain/parts/registry";
import { DEFAULT_SETTINGS, SCHEMA } from "~/domain/version/upgrade";

/** A duty with defaults; a test names only the fields it is about. */
export function aDuty(fields: Partial<Duty> = {}): Duty {
  return {
    ...blankDuty({ id: "duty-1", code: "SUP-01", domainId: "sup", text: "Answer user calls" }),
    suggestions: {
      client: { does: "it-team", answers: "it-lead" },
      provider: { does: "service-desk", answers: "service-desk" },
    },
    ...fields,
  };
}

/** A small engagement: a client with a lead and a team, a provider with a desk, a vendor the client engages. */
export function aMatrix(fields: Partial<Matrix> = {}): Matrix {
  const duties = fields.duties ?? [aDuty()];
  return {
    ...NO_THINGS,
    schema: SCHEMA,
    title: "Responsibility matrix",
    terms: { agreementReference: "", exhibit: "", precedence: "", effectiveDate: null, reviewDate: null },
    settings: DEFAULT_SETTINGS,
    parties: [
      { id: "client", kind: "client", name: "Northwind", engagedBy: null, legal: {} },
      { id: "provider", kind: "provider", name: "Harbour IT", engagedBy: null, legal: {} },
      { id: "vendors", kind: "third-party", name: "Line vendor", engagedBy: "client", legal: {} },
    ],
    roles: [
      { id: "it-lead", partyId: "client", name: "IT lead", lead: true },
      { id: "it-team", partyId: "client", name: "IT team", lead: false },
      { id: "service-desk", partyId: "provider", name: "Service desk", lead: true },
      { id: "vendor", partyId: "vendors", name: "Vendor", lead: true },
    ],
    domains: [
      { id: "sup", code: "SUP", name: "Service desk", pathId: null },
      { id: "net", code: "NET", name: "Network", pathId: null },
    ],
    duties,
    issued: issuedNumbers(duties),
    accepted: {},
    deleted: {},
    ...fields,
  };
}

/** Letters written as in a grid: { "it-lead": "A/R" }. */
export function cells(grid: Record<string, string>): Duty["letters"] {
  return Object.fromEntries(Object.entries(grid).map(([roleId, cell]) => [roleId, cell.split("/") as Letter[]]));
}
