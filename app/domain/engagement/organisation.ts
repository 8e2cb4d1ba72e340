import { LIMITS } from "../limits";
import type { TextRule } from "../text";

/** The permissions of people in a provider's organisation, the lowest first. */
export const ORGANISATION_PERMISSIONS = ["member", "owner"] as const;
export type OrganisationPermission = (typeof ORGANISATION_PERMISSIONS)[number];

/** The name of each permission in a sentence. */
export const ORGANISATION_PERMISSION_CALLED: Record<OrganisationPermission, string> = {
  member: "a member",
  owner: "an owner",
};

/** The abilities that a permission in an organisation can grant. */
const ORGANISATION_ABILITIES = [
  "read",
  "leave",
  "bring-in",
  "keep-preset",
  "people",
  "clients",
  "presets",
  "wording",
  "name",
] as const;
export type OrganisationAbility = (typeof ORGANISATION_ABILITIES)[number];

/** The lowest permission that has each ability. An owner has all abilities of a member. */
const REQUIRED_PERMISSION: Record<OrganisationAbility, OrganisationPermission> = {
  read: "member",
  leave: "member",
  "bring-in": "member",
  "keep-preset": "member",
  people: "owner",
  clients: "owner",
  presets: "owner",
  wording: "owner",
  name: "owner",
};

/** Whether a permission in an organisation grants an ability. */
export function mayInOrganisation(permission: OrganisationPermission, ability: OrganisationAbility): boolean {
  return ORGANISATION_PERMISSIONS.indexOf(permission) >= ORGANISATION_PERMISSIONS.indexOf(REQUIRED_PERMISSION[ability]);
}

/** All abilities that a permission in an organisation grants. The screen offers exactly these. */
export function organisationAbilities(permission: OrganisationPermission): OrganisationAbility[] {
  return ORGANISATION_ABILITIES.filter((ability) => mayInOrganisation(permission, ability));
}

/** The permission that a text names; "member", the lowest, when it names none. */
export function organisationPermissionOf(text: string): OrganisationPermission {
  return ORGANISATION_PERMISSIONS.find((permission) => permission === text) ?? "member";
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
