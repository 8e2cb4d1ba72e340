import { blankDuty } from "~/domain/parts/duties";
import { NO_THINGS } from "~/domain/parts/registry";
import { issuedNumbers } from "~/domain/matrix/issued";
import type { Matrix } from "~/domain/matrix/matrix";
import { lettersOf } from "~/domain/matrix/letters";
import type { Duty, Party, Role } from "~/domain/matrix/shapes";
import { normaliseText } from "~/domain/text";
import { DEFAULT_SETTINGS, SCHEMA } from "~/domain/version/upgrade";
import { LIBRARY } from "./library";
import { STANDARD_WORDING } from "./standard-wording";
import type { LibraryDuty, PresetId } from "./schema";
import { dutyWithNames } from "./with-names";

type Names = { client: string; provider: string; agreementReference: string };

/** What a new matrix says about where it and the agreement differ. */
export const PRECEDENCE =
  "Where this schedule and the agreement differ on who does or answers for a duty, this schedule stands. In everything else the agreement stands.";

const role = (id: string, partyId: string, name: string, lead = false): Role => ({ id, partyId, name, lead });

const IT_LEAD = role("it-lead", "client", "IT lead", true);
const LEADERSHIP = role("leadership", "client", "Leadership");
/** The client's roles where the provider runs most systems, and where internal IT runs them itself. */
const SMALL_IT = [IT_LEAD, role("it-team", "client", "IT team"), LEADERSHIP];
const LARGE_IT = [
  IT_LEAD,
  role("it-support", "client", "Support team"),
  role("it-systems", "client", "Systems team"),
  LEADERSHIP,
];
const SERVICE_DESK = role("service-desk", "provider", "Service desk");
const ENGINEER = role("engineer", "provider", "Engineer");
const SECURITY = role("security-operations", "provider", "Security operations");
const VCIO = role("vcio", "provider", "vCIO", true);
const SERVICE_MANAGER = role("account-manager", "provider", "Service manager", true);
const VENDOR = role("vendor", "vendors", "Vendor", true);
const MONITORING = role("monitoring-desk", "monitoring", "Monitoring desk", true);
const FULL_SERVICE = [...SMALL_IT, SERVICE_DESK, ENGINEER, VCIO, SECURITY, VENDOR];

/** The roles that the library's letters of each preset are written for. */
const PRESET_ROLES: Readonly<Record<PresetId, readonly Role[]>> = {
  shared: FULL_SERVICE,
  "provider-led": FULL_SERVICE,
  "security-night": [
    ...LARGE_IT,
    role("service-desk", "provider", "Watch desk"),
    role("engineer", "provider", "On-call engineer"),
    SECURITY,
    SERVICE_MANAGER,
    VENDOR,
  ],
  projects: [...LARGE_IT, ENGINEER, VCIO, VENDOR, MONITORING],
  "first-line": [...LARGE_IT, SERVICE_DESK, SERVICE_MANAGER, VENDOR, MONITORING],
};

/** The third parties whose roles a preset may have. */
const THIRD_PARTIES: readonly Party[] = [
  { id: "vendors", kind: "third-party", name: "Vendors", engagedBy: "client", legal: {} },
  { id: "monitoring", kind: "third-party", name: "Monitoring service", engagedBy: "client", legal: {} },
];

const BLANK_ROLES: Role[] = [
  role("it-lead", "client", "IT lead", true),
  role("it-team", "client", "IT team"),
  role("account-manager", "provider", "Account manager", true),
  role("service-desk", "provider", "Service desk"),
];

/** A new draft with every duty of the library and the letters of a preset. Nothing of it is a blocker or a warning. */
export function matrixFromLibrary({ preset, ...names }: Names & { preset: PresetId }): Matrix {
  const start = emptyMatrix(names);
  const roles = [...PRESET_ROLES[preset]];
  const matrix = {
    ...start,
    parties: [...start.parties, ...THIRD_PARTIES.filter(({ id }) => roles.some(({ partyId }) => partyId === id))],
    roles,
    domains: LIBRARY.domains,
  };
  const duties = LIBRARY.duties.map(({ presets, suggestions, ...duty }) => {
    const placed = { ...blankDuty(duty), ...duty, ...presets[preset] };
    return { ...dutyWithNames(placed, matrix), suggestions: suggestionsFor(suggestions, placed.letters, roles) };
  });
  return { ...matrix, duties, issued: issuedNumbers(duties) };
}

/** The suggestions of a duty where a matrix has their roles; where it hasn't, its roles that do and answer, or the lead. */
function suggestionsFor(
  suggestions: LibraryDuty["suggestions"],
  letters: Duty["letters"],
  roles: readonly Role[],
): Duty["suggestions"] {
  return Object.fromEntries(
    Object.entries(suggestions).map(([partyId, { does, answers }]) => {
      const own = roles.filter((one) => one.partyId === partyId);
      const holding = (letter: "A" | "R") =>
        own.find(({ id }) => lettersOf({ letters }, id).includes(letter))?.id ?? null;
      const known = (id: string | null, letter: "A" | "R") => (own.some((one) => one.id === id) ? id : holding(letter));
      return [partyId, { does: known(does, "R"), answers: known(answers, "A") }];
    }),
  );
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
    ...STANDARD_WORDING,
    parties: [
      { id: "client", kind: "client", name: normaliseText(client, false), engagedBy: null, legal: {} },
      { id: "provider", kind: "provider", name: normaliseText(provider, false), engagedBy: null, legal: {} },
    ],
    issued: {},
    accepted: {},
    deleted: {},
  };
}
