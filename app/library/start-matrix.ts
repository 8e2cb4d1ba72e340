import { blankDuty } from "~/domain/parts/duties";
import { NO_THINGS } from "~/domain/parts/registry";
import { issuedNumbers } from "~/domain/matrix/issued";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Role } from "~/domain/matrix/shapes";
import { normaliseText } from "~/domain/text";
import { DEFAULT_SETTINGS, SCHEMA } from "~/domain/version/upgrade";
import { LIBRARY } from "./library";
import type { PresetId } from "./schema";

type Names = { client: string; provider: string; agreementReference: string };

/** What a new matrix says about where it and the agreement differ. */
export const PRECEDENCE =
  "Where this schedule and the agreement differ on who does or answers for a duty, this schedule stands. In everything else the agreement stands.";

const role = (id: string, partyId: string, name: string, lead = false): Role => ({ id, partyId, name, lead });

/** The roles the library's letters are written for. */
const LIBRARY_ROLES: Role[] = [
  role("it-lead", "client", "IT lead", true),
  role("it-team", "client", "IT team"),
  role("leadership", "client", "Leadership"),
  role("service-desk", "provider", "Service desk"),
  role("engineer", "provider", "Engineer"),
  role("vcio", "provider", "vCIO", true),
  role("security-operations", "provider", "Security operations"),
  role("vendor", "vendors", "Vendor", true),
];

const BLANK_ROLES: Role[] = [
  role("it-lead", "client", "IT lead", true),
  role("it-team", "client", "IT team"),
  role("account-manager", "provider", "Account manager", true),
  role("service-desk", "provider", "Service desk"),
];

/** A new draft with every duty of the library and the letters of a preset. It has no blockers. */
export function matrixFromLibrary({ preset, ...names }: Names & { preset: PresetId }): Matrix {
  const duties = LIBRARY.duties.map(({ presets, ...duty }) => ({ ...blankDuty(duty), ...duty, ...presets[preset] }));
  const start = emptyMatrix(names);
  return {
    ...start,
    parties: [...start.parties, { id: "vendors", kind: "third-party", name: "Vendors", engagedBy: "client" }],
    roles: LIBRARY_ROLES,
    domains: LIBRARY.domains,
    duties,
    issued: issuedNumbers(duties),
  };
}

/** A new draft with two parties, two roles each, and nothing to do yet. */
export function blankMatrix(names: Names): Matrix {
  return { ...emptyMatrix(names), roles: BLANK_ROLES };
}

function emptyMatrix({ client, provider, agreementReference }: Names): Matrix {
  return {
    schema: SCHEMA,
    title: "Responsibility matrix",
    terms: {
      agreementReference: normaliseText(agreementReference, false),
      exhibit: "",
      precedence: PRECEDENCE,
      effectiveDate: null,
      reviewDate: null,
    },
    settings: DEFAULT_SETTINGS,
    ...NO_THINGS,
    parties: [
      { id: "client", kind: "client", name: normaliseText(client, false), engagedBy: null },
      { id: "provider", kind: "provider", name: normaliseText(provider, false), engagedBy: null },
    ],
    issued: {},
    accepted: {},
    deleted: {},
  };
}
