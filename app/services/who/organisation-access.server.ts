import type { Reader, Transaction } from "~/db/client.server";
import { lockOrganisation } from "~/db/row-locks.server";
import { AppError } from "~/domain/errors";
import {
  mayInOrganisation,
  organisationPermissionOf,
  type OrganisationAbility,
  type OrganisationPermission,
} from "~/domain/engagement/organisation";
import type { Actor } from "./actor.server";

/** The organisation that somebody belongs to, and their permission in it. */
export type OrganisationFor = { organisationId: string; name: string; permission: OrganisationPermission };

/** The actor's organisation; null for somebody who belongs to none. */
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
  wording: "Only an owner of the organisation changes its wording. Ask one of them.",
  name: "Only an owner renames the organisation. Ask one of them.",
};

/**
 * The actor's organisation, if they may do this in it; throws `not-found` or `forbidden` otherwise. Callers look up
 * every id within this organisation, so nobody reaches another one.
 */
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

/**
 * Like `organisationFor`, for a change: locks the organisation's row until the transaction ends, so that changes run
 * one after the other.
 */
export async function organisationLocked(
  tx: Transaction,
  actor: Actor,
  ability: OrganisationAbility,
): Promise<OrganisationFor> {
  const { organisationId } = await organisationFor(tx, actor, ability);
  await lockOrganisation(tx, organisationId);
  // The permission is read again, because it may have changed before the row was locked.
  return organisationFor(tx, actor, ability);
}

/**
 * Selects the engagements of an organisation that this actor may know of: all for an owner, their own for anybody else.
 * Those that ask for a second factor are left out for a session without one.
 */
export function clientsOf(actor: Actor, { organisationId, permission }: OrganisationFor) {
  return {
    organisationId,
    ...(actor.secondFactor ? {} : { requireTwoFactor: false }),
    ...(mayInOrganisation(permission, "clients") ? {} : { members: { some: { userId: actor.userId } } }),
  };
}

/**
 * The client's name of each engagement, by engagement id, taken from its oldest matrix that isn't archived, or else
 * from its oldest.
 */
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
