import { LIMITS } from "../limits";
import type { TextRule } from "../text";

/** What somebody of a provider's organisation may be, from the least to the most. */
export const STANDINGS = ["member", "owner"] as const;
export type OrganisationPermission = (typeof STANDINGS)[number];

/** How each is called in a sentence. */
export const STANDING_CALLED: Record<OrganisationPermission, string> = { member: "a member", owner: "an owner" };

/** Everything that belonging to an organisation can allow. */
const ORGANISATION_ABILITIES = [
  "read",
  "leave",
  "bring-in",
  "keep-preset",
  "people",
  "clients",
  "presets",
  "name",
] as const;
export type OrganisationAbility = (typeof ORGANISATION_ABILITIES)[number];

/** Who may do what in an organisation; an owner may do everything that a member may. */
const TABLE: Record<OrganisationAbility, OrganisationPermission> = {
  read: "member",
  leave: "member",
  "bring-in": "member",
  "keep-preset": "member",
  people: "owner",
  clients: "owner",
  presets: "owner",
  name: "owner",
};

/** Whether somebody of an organisation may do something there. */
export function mayInOrganisation(permission: OrganisationPermission, ability: OrganisationAbility): boolean {
  return STANDINGS.indexOf(permission) >= STANDINGS.indexOf(TABLE[ability]);
}

/** All that somebody of an organisation may do there, which the screen offers and nothing else. */
export function organisationAbilities(permission: OrganisationPermission): OrganisationAbility[] {
  return ORGANISATION_ABILITIES.filter((ability) => mayInOrganisation(permission, ability));
}

/** The permission a text names; the least where it names none. */
export function standingOf(text: string): OrganisationPermission {
  return STANDINGS.find((known) => known === text) ?? "member";
}

export const ORGANISATION_NAME: TextRule = {
  called: "The organisation's name",
  max: LIMITS.name,
  lines: false,
  optional: false,
};
export const PRESET_NAME: TextRule = { called: "The preset's name", max: LIMITS.name, lines: false, optional: false };
export const PRESET_MEANING: TextRule = {
  called: "What it is for",
  max: LIMITS.presetMeaning,
  lines: false,
  optional: true,
};
