import type { OrganisationPermission } from "~/domain/engagement/organisation";

/** The name of each permission in an organisation and what it allows. */
export const STANDING_WORDS: Record<OrganisationPermission, { name: string; meaning: string }> = {
  member: { name: "Member", meaning: "sees the clients they were given access to" },
  owner: { name: "Owner", meaning: "also looks after people, presets, and who sees which client" },
};
