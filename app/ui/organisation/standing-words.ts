import type { OrganisationPermission } from "~/domain/organisation";

/** What each permission in an organisation is called and lets somebody do. */
export const STANDING_WORDS: Record<OrganisationPermission, { name: string; meaning: string }> = {
  member: { name: "Member", meaning: "sees the clients they were given access to" },
  owner: { name: "Owner", meaning: "also looks after people, presets, and who sees which client" },
};
