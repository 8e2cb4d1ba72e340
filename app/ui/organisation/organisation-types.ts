import type { OrganisationAbility, OrganisationPermission } from "~/domain/organisation";
import type { Permission } from "~/domain/permissions";

export type ClientMember = { userId: string; name: string; permission: Permission; outside: boolean };
export type ClientRow = { engagementId: string; name: string; matrixId: string | null; members: ClientMember[] };
export type AccessChoice = { userId: string; name: string; permission: Permission | null; elsewhere: boolean };
export type ClientsView = { clients: ClientRow[]; found: number; page: number; pages: number; q: string; open: { engagementId: string; people: AccessChoice[] } | null };

export type PersonRow = { userId: string; name: string; email: string; permission: OrganisationPermission; since: string; clients: number; you: boolean };
export type WaitingRow = { id: string; email: string; permission: OrganisationPermission; invitedBy: string; expiresAt: string; expired: boolean };
export type Removal = { userId: string; name: string; you: boolean; clients: number; refusal: string | null };
export type PeopleView = { people: PersonRow[]; waiting: WaitingRow[]; removal: Removal | null };

export type PresetRow = { id: string; name: string; meaning: string; duties: number; by: string; since: string };
export type PresetsView = { presets: PresetRow[] };

type Part = ({ show: "clients" } & ClientsView) | ({ show: "people" } & PeopleView) | ({ show: "presets" } & PresetsView);
export type Organisation = { name: string; permission: OrganisationPermission; abilities: OrganisationAbility[]; counts: { clients: number; people: number; presets: number }; bringsIn: number; part: Part };

/** The result of an action: a sentence, and without mail the link to hand over. */
export type Done = { intent: string; said: string; link: string | null };
/** A refused form: the values that were sent, and a sentence for each wrong field. */
export type Trouble = { values: Record<string, string>; errors: Record<string, string> };
