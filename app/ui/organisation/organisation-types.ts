import type { OrganisationAnswer } from "~/services/organisation/organisations.server";

/** What was carried out, and what of. */
export type Done = OrganisationAnswer & { intent: string };
