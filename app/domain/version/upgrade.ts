import { blankDuty } from "../parts/duties";
import type { Settings } from "../matrix/shapes";

/** The form of a matrix that this Demarc writes. */
export const SCHEMA = 2 as const;

/** What a matrix is set to until somebody changes it. */
export const DEFAULT_SETTINGS: Settings = {
  accountability: "follows-work",
  scheme: "RACI",
  ruler: "",
  manyDoers: 3,
  manyAsked: 3,
  answererShare: 33,
  personDuties: 20,
};

type Loose = Record<string, unknown>;

/**
 * A stored matrix of any earlier form in the form of today; what isn't one is given back as it is, for its schema to
 * judge. Forms are numbered by the matrix's `schema`: 1 knew neither terms beyond letters and boundary nor agreement. What
 * came since and is no part of what is signed, or has a default, needs no form of its own.
 */
export function upgradeMatrix(stored: unknown): unknown {
  if (!isRecord(stored)) return stored;
  const { deleted = {} } = stored;
  if (stored.schema === SCHEMA && isRecord(stored.settings)) {
    const { personDuties = DEFAULT_SETTINGS.personDuties } = stored.settings;
    return { ...stored, settings: { ...stored.settings, personDuties }, deleted };
  }
  if (stored.schema !== 1) return stored;
  return {
    ...stored,
    deleted,
    schema: SCHEMA,
    settings: isRecord(stored.settings) ? { ...DEFAULT_SETTINGS, ...stored.settings } : stored.settings,
    duties: Array.isArray(stored.duties)
      ? stored.duties.map((duty: unknown) =>
          isRecord(duty) ? { ...blankDuty({ id: "", code: "", domainId: "", text: "" }), ...duty } : duty,
        )
      : stored.duties,
    accepted: {},
  };
}

function isRecord(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
