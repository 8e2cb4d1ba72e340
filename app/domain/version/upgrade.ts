import { blankDuty } from "../parts/duties";
import type { Settings } from "../matrix/shapes";

/** The schema number of matrices that this release writes. */
export const SCHEMA = 2 as const;

/** The default settings of a matrix. */
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
 * Upgrades a stored matrix of an earlier schema to the current one. Anything else is returned unchanged, and the zod
 * schema refuses it. Schema 1 had no terms beyond letters and boundary notes and no agreement. Fields added since need
 * no new schema number if they are unsigned or have a default.
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
