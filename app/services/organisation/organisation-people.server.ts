import { read, write, type Reader, type Transaction } from "~/db/client.server";
import { lockClients } from "~/db/row-locks.server";
import { revokeInvitationsBy, OPEN_INVITATIONS } from "~/db/invitation-store.server";
import { organisationHasOwner, engagementsOwnedAlone } from "~/db/owner-store.server";
import { appendRecord, type NewRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { shortNameList } from "~/domain/name-list";
import {
  mayInOrganisation,
  ORGANISATION_PERMISSION_CALLED,
  organisationPermissionOf,
  type OrganisationPermission,
} from "~/domain/engagement/organisation";
import type { OrganisationQuery } from "~/paths";
import type { Actor } from "../who/actor.server";
import {
  invitationNotOpen,
  renewInvitation,
  sendInvitation,
  takeBackInvitation,
  type InvitationAnswer,
  type OpenInvitation,
} from "../access/invitation-sending.server";
import { entryAbout, endAccessGivenBy, endCalendarsOf } from "../access/member-rules.server";
import {
  clientNames,
  organisationFor,
  organisationLocked,
  type OrganisationFor,
} from "../who/organisation-access.server";

/** A person of the organisation in the list. */
export type PersonRow = {
  userId: string;
  name: string;
  email: string;
  permission: OrganisationPermission;
  since: string;
  /** To how many clients they have access on the provider's side. */ clients: number;
  you: boolean;
};
/** An open invitation in the list. */
export type WaitingRow = {
  id: string;
  email: string;
  permission: OrganisationPermission;
  invitedBy: string;
  expiresAt: string;
  expired: boolean;
};
/**
 * What removing a person from the organisation would do: to how many clients they would lose access, and why they can't
 * be removed yet.
 */
export type Removal = { userId: string; name: string; you: boolean; clients: number; refusal: string | null };
/** The people of the organisation; only owners see the open invitations. */
export type OrganisationPeopleView = { people: PersonRow[]; waiting: WaitingRow[]; removal: Removal | null };

/** The people of the actor's organisation, and what removing the person `remove` would do. */
export async function listOrganisationPeople(
  actor: Actor,
  { remove }: Pick<OrganisationQuery, "remove">,
  now: Date,
): Promise<OrganisationPeopleView> {
  const { organisationId, permission } = await organisationFor(read, actor, "read");
  const owner = mayInOrganisation(permission, "people");
  const [rows, clientMembers, invitations] = await Promise.all([
    read.organisationMember.findMany({
      where: { organisationId },
      select: { userId: true, permission: true, createdAt: true, user: { select: { name: true, email: true } } },
      orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
    }),
    read.member.findMany({ where: { side: "provider", engagement: { organisationId } }, select: { userId: true } }),
    owner
      ? read.invitation.findMany({
          where: { organisationId, ...OPEN_INVITATIONS },
          orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        })
      : [],
  ]);
  const clients = new Map<string, number>();
  for (const { userId } of clientMembers) clients.set(userId, (clients.get(userId) ?? 0) + 1);
  const people = rows.map(({ userId, permission, createdAt, user }) => ({
    userId,
    ...user,
    permission: organisationPermissionOf(permission),
    since: createdAt.toISOString(),
    clients: clients.get(userId) ?? 0,
    you: userId === actor.userId,
  }));
  const leaving = people.find(({ userId, you }) => userId === remove && (owner || you));
  return {
    people,
    waiting: invitations.map(({ id, email, permission, invitedByName, expiresAt }) => ({
      id,
      email,
      permission: organisationPermissionOf(permission),
      invitedBy: invitedByName,
      expiresAt: expiresAt.toISOString(),
      expired: expiresAt <= now,
    })),
    removal: leaving
      ? {
          userId: leaving.userId,
          name: leaving.name,
          you: leaving.you,
          clients: leaving.clients,
          refusal: await removalRefusal(read, actor, organisationId, leaving),
        }
      : null,
  };
}

/**
 * Invites an address to the actor's organisation. That it belongs to somebody of another organisation is shown to that
 * person only, when they open the link.
 */
export async function inviteToOrganisation(
  actor: Actor,
  form: { email: string; permission: OrganisationPermission },
  now: Date,
): Promise<InvitationAnswer> {
  return sendInvitation(
    actor,
    form.email,
    async (tx, email) => {
      const { organisationId, name } = await organisationLocked(tx, actor, "people");
      if (
        await tx.organisationMember.findFirst({ where: { organisationId, user: { email } }, select: { userId: true } })
      )
        throw new AppError("invalid", "The invitation needs another look.", {
          email: "This person belongs to the organisation already.",
        });
      if ((await tx.organisationMember.count({ where: { organisationId } })) >= LIMITS.organisationPeople)
        throw new AppError(
          "conflict",
          `An organisation has at most ${LIMITS.organisationPeople} people here. Remove somebody first.`,
        );
      return { kind: "organisation", organisationId, name, permission: form.permission };
    },
    now,
  );
}

/** Sends an invitation to the organisation again, with a new link and a new date of expiry. */
export async function resendToOrganisation(actor: Actor, invitationId: string, now: Date): Promise<InvitationAnswer> {
  return renewInvitation(actor, (tx) => openInvitation(tx, actor, invitationId), now);
}

/** Revokes an invitation to the organisation. */
export async function revokeToOrganisation(actor: Actor, invitationId: string, now: Date): Promise<InvitationAnswer> {
  return takeBackInvitation(actor, (tx) => openInvitation(tx, actor, invitationId), now);
}

async function openInvitation(tx: Transaction, actor: Actor, invitationId: string): Promise<OpenInvitation> {
  const { organisationId, name } = await organisationFor(tx, actor, "people");
  const invitation = await tx.invitation.findFirst({
    where: { id: invitationId, organisationId, ...OPEN_INVITATIONS },
    select: { id: true, email: true, permission: true },
  });
  if (!invitation) throw invitationNotOpen();
  return {
    id: invitation.id,
    email: invitation.email,
    to: { kind: "organisation", organisationId, name, permission: organisationPermissionOf(invitation.permission) },
  };
}

async function personIn(tx: Transaction, organisationId: string, userId: string) {
  const row = await tx.organisationMember.findFirst({
    where: { userId, organisationId },
    select: { permission: true, user: { select: { name: true } } },
  });
  if (!row)
    throw new AppError(
      "conflict",
      "This person doesn't belong to the organisation, or not any more. Look at the list again.",
    );
  return { userId, name: row.user.name, permission: organisationPermissionOf(row.permission) };
}

/** Makes a person of the organisation an owner or a member. */
export async function changePerson(
  actor: Actor,
  userId: string,
  permission: OrganisationPermission,
  now: Date,
): Promise<string> {
  return write(async (tx) => {
    const { organisationId, name: organisation } = await organisationLocked(tx, actor, "people");
    const person = await personIn(tx, organisationId, userId);
    if (person.permission !== permission) {
      if (person.permission === "owner") {
        await requireOrganisationOwner(tx, organisationId, userId);
        await revokeInvitationsBy(tx, userId, { organisationId }, now);
      }
      await tx.organisationMember.update({ where: { userId }, data: { permission } });
      await appendRecord(tx, [
        {
          engagementId: null,
          at: now,
          event: "organisation.changed",
          actorId: actor.userId,
          actorName: actor.name,
          aboutId: userId,
          detail: { organisation, name: person.name, from: person.permission, to: permission },
        },
      ]);
    }
    return `${person.name} is ${ORGANISATION_PERMISSION_CALLED[permission]} now.`;
  });
}

/** Removes a person from the organisation and from its clients. What they did stays under their name. */
export async function removePerson(actor: Actor, userId: string, now: Date): Promise<string> {
  if (userId === actor.userId) return leaveOrganisation(actor, now);
  return write(async (tx) => {
    const own = await organisationLocked(tx, actor, "people");
    const person = await personIn(tx, own.organisationId, userId);
    const clients = await endMembership(tx, actor, own, person, "removed", now);
    return `${person.name} doesn't belong to ${own.name} any more${clients === 0 ? "." : `, and has no access to ${clients === 1 ? "one client" : `${clients} clients`} any more.`}`;
  });
}

/** Removes the actor from their organisation and from its clients. */
export async function leaveOrganisation(actor: Actor, now: Date): Promise<string> {
  return write(async (tx) => {
    const own = await organisationLocked(tx, actor, "leave");
    await endMembership(
      tx,
      actor,
      own,
      { userId: actor.userId, name: actor.name, permission: own.permission },
      "left",
      now,
    );
    return `You left ${own.name}.`;
  });
}

type Person = { userId: string; name: string; permission: OrganisationPermission };

/** Ends a person's membership and their access to the clients; returns to how many clients they had access. */
async function endMembership(
  tx: Transaction,
  actor: Actor,
  { organisationId, name: organisation }: OrganisationFor,
  person: Person,
  how: "removed" | "left",
  now: Date,
): Promise<number> {
  const { userId, name } = person;
  // The rows stay locked until the transaction ends, so that the last two owners of a side can't leave at once.
  await lockClients(tx, organisationId);
  const refusal = await removalRefusal(tx, actor, organisationId, person);
  if (refusal) throw new AppError("conflict", refusal);
  const access = await tx.member.findMany({
    where: { userId, side: "provider", engagement: { organisationId } },
    select: { engagementId: true, permission: true },
  });
  await revokeInvitationsBy(tx, userId, { organisationId }, now);
  await endAccessGivenBy(
    tx,
    access.map(({ engagementId }) => engagementId),
    actor,
    userId,
    now,
  );
  await endCalendarsOf(
    tx,
    access.map(({ engagementId }) => engagementId),
    actor,
    userId,
    now,
  );
  await tx.member.deleteMany({ where: { userId, side: "provider", engagement: { organisationId } } });
  await tx.organisationMember.delete({ where: { userId } });
  const entries = access.map(({ engagementId, permission }): NewRecord =>
    entryAbout(engagementId, actor, now, how === "left" ? "member.left" : "member.removed", userId, {
      name,
      side: "provider",
      permission,
    }),
  );
  await appendRecord(tx, [
    ...entries,
    {
      engagementId: null,
      at: now,
      event: `organisation.${how}`,
      actorId: actor.userId,
      actorName: actor.name,
      aboutId: userId,
      detail: { organisation, name },
    },
  ]);
  return access.length;
}

async function requireOrganisationOwner(db: Reader, organisationId: string, without: string): Promise<void> {
  if (!(await organisationHasOwner(db, organisationId, without))) throw new AppError("conflict", LAST_OWNER);
}

const LAST_OWNER = "An organisation keeps at least one owner. Make somebody else an owner first.";

/**
 * Why a person can't be removed yet: they are the organisation's last owner, or the last owner of the provider's side
 * of a client. Null where they can.
 */
async function removalRefusal(
  db: Reader,
  actor: Actor,
  organisationId: string,
  { userId, name, permission }: Pick<Person, "userId" | "name" | "permission">,
): Promise<string | null> {
  if (permission === "owner" && !(await organisationHasOwner(db, organisationId, userId))) return LAST_OWNER;
  const you = userId === actor.userId;
  if (
    !actor.secondFactor &&
    (await db.member.count({
      where: { userId, side: "provider", engagement: { organisationId, requireTwoFactor: true } },
    })) > 0
  ) {
    return `Some of the clients ${you ? "you see" : `${name} sees`} ask for a second factor. Turn it on under Your account, or sign in with your directory, then come back.`;
  }
  const alone = await clientsOwnedAlone(db, organisationId, userId);
  if (alone.length === 0) return null;
  return `${you ? "You are" : `${name} is`} the last owner of the provider's side for ${shortNameList(alone)}. Make somebody else an owner there first.`;
}

/** The clients, by name, for whom somebody is the only owner of the provider's side. */
async function clientsOwnedAlone(db: Reader, organisationId: string, userId: string): Promise<string[]> {
  const alone = await engagementsOwnedAlone(db, userId, organisationId);
  const names = alone.length === 0 ? new Map<string, string>() : await clientNames(db, alone);
  return alone.map((engagementId) => names.get(engagementId) ?? "a client").sort((a, b) => a.localeCompare(b, "en"));
}
