import type { Reader, Writer } from "~/db/client.server";
import { holdOrganisation } from "~/db/held-rows.server";
import { AppError } from "~/domain/errors";
import {
  mayInOrganisation,
  organisationPermissionOf,
  type OrganisationAbility,
  type OrganisationPermission,
} from "~/domain/engagement/organisation";
import type { Actor } from "./actor.server";

/** The organisation somebody belongs to, and what they are there. */
export type OrganisationFor = { organisationId: string; name: string; permission: OrganisationPermission };

/** The actor's own organisation; null for who belongs to none. */
export async function organisationOf(db: Reader, actor: Pick<Actor, "userId">): Promise<OrganisationFor | null> {
  const row = await db.organisationMember.findUnique({
    where: { userId: actor.userId },
    select: { organisationId: true, permission: true, organisation: { select: { name: true } } },
  });
  return (
    row && {
      organisationId: row.organisationId,
      name: row.organisation.name,
      permission: organisationPermissionOf(row.permission),
    }
  );
}

const REFUSALS: Record<OrganisationAbility, string> = {
  read: "You can't read this.",
  leave: "You can't leave this.",
  "bring-in": "You can't bring engagements in.",
  "keep-preset": "You can't keep presets.",
  people: "Only an owner of the organisation changes its people. Ask one of them.",
  clients: "Only an owner of the organisation changes who sees which client. Ask one of them.",
  presets: "Only an owner of the organisation changes its presets. Ask one of them.",
  name: "Only an owner renames the organisation. Ask one of them.",
};

/** The actor's own organisation, where they may do something in it. Nobody reaches another one: every id is looked for inside their own. */
export async function organisationFor(
  db: Reader,
  actor: Actor,
  ability: OrganisationAbility,
): Promise<OrganisationFor> {
  const own = await organisationOf(db, actor);
  if (!own) throw new AppError("not-found", "You don't belong to an organisation, or not any more.");
  if (!mayInOrganisation(own.permission, ability)) throw new AppError("forbidden", REFUSALS[ability]);
  return own;
}

/** The same for a change: the organisation's row is held until the transaction ends, so that two changes can't cross. */
export async function organisationHeld(
  tx: Writer,
  actor: Actor,
  ability: OrganisationAbility,
): Promise<OrganisationFor> {
  const { organisationId } = await organisationFor(tx, actor, ability);
  await holdOrganisation(tx, organisationId);
  // What was read before the row was held may have changed meanwhile.
  return organisationFor(tx, actor, ability);
}

/** The engagements of an organisation that this actor can be told about: an owner of all, anybody else of their own; what asks for a second factor isn't shown without one. */
export function clientsOf(actor: Actor, { organisationId, permission }: OrganisationFor) {
  return {
    organisationId,
    ...(actor.secondFactor ? {} : { requireTwoFactor: false }),
    ...(mayInOrganisation(permission, "clients") ? {} : { members: { some: { userId: actor.userId } } }),
  };
}

/** The clients' names of engagements, by engagement; of the oldest matrix, an open one first. */
export async function clientNames(db: Reader, engagementIds: readonly string[]): Promise<Map<string, string>> {
  const parties = await db.party.findMany({
    where: { kind: "client", matrix: { engagementId: { in: [...engagementIds] } } },
    orderBy: [{ matrix: { createdAt: "asc" } }, { matrixId: "asc" }],
    select: { name: true, matrix: { select: { engagementId: true, archivedAt: true } } },
  });
  const names = new Map<string, string>();
  for (const { name, matrix } of [...parties.filter(({ matrix }) => !matrix.archivedAt), ...parties])
    if (!names.has(matrix.engagementId)) names.set(matrix.engagementId, name);
  return names;
}
