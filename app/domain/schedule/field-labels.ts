import type { WordingField } from "../parts/wording/field-names";

/** What each field of a clause or definition is filled with. It stands apart from their names, which the browser loads with the board. */
export const FIELD_LABELS: Readonly<Record<WordingField, string>> = {
  client: "The client's short name",
  provider: "The provider's short name",
  clientLegalName: "The client's legal name, or its short name",
  providerLegalName: "The provider's legal name, or its short name",
  clientLead: "The client's lead role",
  providerLead: "The provider's lead role",
  clientRoles: "The client's roles",
  providerRoles: "The provider's roles",
  desk: "The role that takes calls first",
  agreement: "The agreement, by its reference",
  exhibit: "The exhibit that this schedule is",
  precedence: "The order of precedence",
  effective: "The day from which this schedule holds",
  review: "When it is reviewed",
  disagreement: "How a disagreement is talked over",
  settlement: "How what stays open is settled, and who rules",
  workingDays: "The days on which each party works",
  workingHours: "The hours in which each party works",
};
