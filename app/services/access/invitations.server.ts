import { z } from "zod";
import { read, write, type Reader, type Transaction } from "~/db/client.server";
import { OPEN_INVITATIONS } from "~/db/invitation-store.server";
import { sideHasOwner } from "~/db/owner-store.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import type { PartyKind } from "~/domain/matrix/shapes";
import { organisationPermissionOf, type OrganisationPermission } from "~/domain/engagement/organisation";
import { indexOf } from "~/domain/matrix/owner";
import {
  may,
  mayInvite,
  PERMISSIONS,
  permissionOf,
  SIDES,
  sideOf,
  type Permission,
} from "~/domain/engagement/permissions";
import { paths } from "~/paths";
import { checkNewAccount, openAccount, recordSignIn } from "../who/accounts.server";
import type { Actor, Caller } from "../who/actor.server";
import { confirmAddress } from "../who/address-proof.server";
import { findBySecret } from "../who/attempts.server";
import {
  invitationNotOpen,
  renewInvitation,
  sendInvitation,
  takeBackInvitation,
  type InvitationAnswer,
  type InvitedTo,
  type OpenInvitation,
} from "./invitation-sending.server";
import { hashOfSecret } from "../who/link-secret.server";
import { matrixFor } from "../who/matrix-access.server";
import { signingOf } from "../signing/signing-core.server";
import { tellOut } from "../signing/signing-mail.server";

/** The form that invites an address to a side. */
export const invitationForm = z.object({
  intent: z.literal("invite"),
  email: z.string(),
  side: z.enum(SIDES),
  permission: z.enum(PERMISSIONS),
});

/** Invites an address to a side, with a permission. A new invitation replaces an open one to the same address. */
export async function inviteSomebody(
  actor: Actor,
  matrixId: string,
  { email: address, side, permission }: { email: string; side: PartyKind; permission: Permission },
  now: Date,
): Promise<InvitationAnswer> {
  const toOf = async (tx: Transaction, email: string): Promise<InvitedTo> => {
    const { engagementId, access, matrix } = await matrixFor(tx, actor, matrixId, "invite");
    const owned = await sideHasOwner(tx, engagementId, side);
    const allowed = mayInvite(access, { side, permission, owned });
    if (!allowed.ok) throw new AppError("forbidden", allowed.rejection.message);
    if (await tx.member.findFirst({ where: { engagementId, user: { email } }, select: { userId: true } }))
      throw new AppError("invalid", "The invitation needs another look.", { email: "This person has access already." });
    return { kind: "side", engagementId, side, permission, ...namesOf(matrix) };
  };
  return sendInvitation(actor, address, toOf, now);
}

function namesOf(matrix: Matrix) {
  const { client, provider } = indexOf(matrix);
  return { clientName: client?.name ?? "", providerName: provider?.name ?? "" };
}

/** Sends an invitation again, with a new link and a new date of expiry; the earlier link ends. */
export async function resendInvitation(
  actor: Actor,
  matrixId: string,
  invitationId: string,
  now: Date,
): Promise<InvitationAnswer> {
  return renewInvitation(actor, (tx) => openInvitation(tx, actor, matrixId, invitationId), now);
}

/** Revokes an invitation; whoever opens its link is told so. */
export async function revokeInvitation(
  actor: Actor,
  matrixId: string,
  invitationId: string,
  now: Date,
): Promise<InvitationAnswer> {
  return takeBackInvitation(actor, (tx) => openInvitation(tx, actor, matrixId, invitationId), now);
}

/**
 * An open invitation that this owner may change: one to their own side, to a third party, or to the other side's first
 * owner.
 */
async function openInvitation(
  tx: Transaction,
  actor: Actor,
  matrixId: string,
  invitationId: string,
): Promise<OpenInvitation> {
  const { engagementId, access, matrix } = await matrixFor(tx, actor, matrixId, "invite");
  const invitation = await tx.invitation.findFirst({ where: { id: invitationId, engagementId, ...OPEN_INVITATIONS } });
  if (!invitation) throw invitationNotOpen();
  const owned = await sideHasOwner(tx, engagementId, invitation.side);
  const side = sideOf(invitation.side) ?? "third-party";
  if (!may(access, "invite") || (side !== access.side && side !== "third-party" && owned))
    throw new AppError("forbidden", "The other side changes its own invitations. Ask an owner of that side.");
  return {
    id: invitation.id,
    email: invitation.email,
    to: {
      kind: "side",
      engagementId,
      side,
      permission: permissionOf(invitation.permission) ?? "viewer",
      ...namesOf(matrix),
    },
  };
}

/** What an invitation gives access to, as the page of the link shows it. */
export type InvitationTo =
  | { kind: "side"; clientName: string; providerName: string; side: PartyKind; permission: Permission }
  | { kind: "organisation"; name: string; permission: OrganisationPermission };
/** What the page of an invitation's link shows before the invitation is accepted. */
export type InvitationView = {
  to: InvitationTo;
  email: string;
  invitedBy: string;
  expiresAt: string;
  hasAccount: boolean;
};

const NO_INVITATION =
  "This link doesn't lead to an invitation. Ask whoever invited you to send it again, and copy the whole link.";

/** The invitation of a link. Throws with a sentence where it has expired, was revoked or accepted, or doesn't exist. */
export async function findInvitation(token: string, caller: Caller, now: Date): Promise<InvitationView> {
  const invitation = await openByLink(caller, token, now);
  const hasAccount =
    (await read.user.findUnique({ where: { email: invitation.email }, select: { id: true } })) !== null;
  return {
    to: await targetView(invitation),
    email: invitation.email,
    invitedBy: invitation.invitedByName,
    expiresAt: invitation.expiresAt.toISOString(),
    hasAccount,
  };
}

async function targetView({ target, side, permission }: CheckedInvitation): Promise<InvitationTo> {
  if ("organisationId" in target) {
    const organisation = await read.organisation.findUnique({
      where: { id: target.organisationId },
      select: { name: true },
    });
    return { kind: "organisation", name: organisation?.name ?? "", permission: organisationPermissionOf(permission) };
  }
  const matrix = await read.matrix.findFirst({
    where: { engagementId: target.engagementId },
    orderBy: { createdAt: "asc" },
    select: { parties: { select: { kind: true, name: true } } },
  });
  const nameOf = (kind: string) => matrix?.parties.find((party) => party.kind === kind)?.name ?? "";
  return {
    kind: "side",
    clientName: nameOf("client"),
    providerName: nameOf("provider"),
    side: sideOf(side) ?? "third-party",
    permission: permissionOf(permission) ?? "viewer",
  };
}

/** The invited address of an invitation that can still be accepted; null for any other link. */
export async function invitedAddress(token: string, caller: Caller, now: Date): Promise<string | null> {
  const invitation = await findBySecret(caller, () => invitationOf(read, token));
  return invitation && !invitation.acceptedAt && !invitation.revokedAt && invitation.expiresAt > now
    ? invitation.email
    : null;
}

/** The engagement or organisation that an invitation gives access to. */
type InvitationTarget = { engagementId: string } | { organisationId: string };
type CheckedInvitation = ReturnType<typeof checkedInvitation>;

function invitationOf(db: Reader, token: string) {
  return db.invitation.findUnique({ where: { tokenHash: hashOfSecret(token) } });
}

/** The invitation of a link that somebody opens. A link without one counts as a guess. */
async function openByLink(caller: Caller, token: string, now: Date): Promise<CheckedInvitation> {
  return checkedInvitation(await findBySecret(caller, () => invitationOf(read, token)), now);
}

/** Throws with a sentence where the invitation can't be accepted. */
function checkedInvitation(invitation: Awaited<ReturnType<typeof invitationOf>>, now: Date) {
  const { engagementId = null, organisationId = null } = invitation ?? {};
  const target: InvitationTarget | null =
    organisationId !== null ? { organisationId } : engagementId !== null ? { engagementId } : null;
  if (!invitation || !target) throw new AppError("not-found", NO_INVITATION);
  if (invitation.acceptedAt)
    throw new AppError(
      "conflict",
      "This invitation was used already. If it was you, sign in; if not, tell whoever invited you.",
    );
  if (invitation.revokedAt)
    throw new AppError(
      "conflict",
      `${invitation.invitedByName} took this invitation back or sent a newer one. Use the newest link, or ask for one.`,
    );
  if (invitation.expiresAt <= now)
    throw new AppError(
      "conflict",
      `This invitation ended on its day. Ask ${invitation.invitedByName} to send it again.`,
    );
  return { ...invitation, target };
}

/** Accepts an invitation as an actor whose address is the invited one; returns the path of the page to open. */
export async function acceptInvitation(actor: Actor, token: string, caller: Caller, now: Date): Promise<string> {
  await openByLink(caller, token, now);
  return write((tx) => join(tx, actor, token, caller, now));
}

/**
 * Creates an account for the invited address and accepts the invitation; returns the path of the page to open, and the
 * session's cookies.
 */
export async function acceptWithNewAccount(
  token: string,
  form: { name: string; password: string },
  caller: Caller,
  now: Date,
): Promise<{ to: string; cookies: string[] }> {
  const { email, mailed } = await openByLink(caller, token, now);
  const { name } = await checkNewAccount({ ...form, email });
  const accept = async (tx: Transaction, userId: string) => {
    // A link that was mailed was opened by somebody who reads the address; one that was shown on screen proves nothing.
    if (mailed) await confirmAddress(tx, { id: userId, name, email }, "invitation", caller, now);
    return join(tx, { userId, name, email, secondFactor: false }, token, caller, now);
  };
  const {
    userId,
    cookies,
    result: to,
  } = await openAccount({ name, email, password: form.password }, accept, caller, now);
  await recordSignIn(userId, caller, "password", now);
  return { to, cookies };
}

async function join(tx: Transaction, actor: Actor, token: string, caller: Caller, now: Date): Promise<string> {
  const invitation = checkedInvitation(await invitationOf(tx, token), now);
  if (invitation.email !== actor.email)
    throw new AppError(
      "forbidden",
      `This invitation is for ${invitation.email}, and you are signed in as ${actor.email}. Sign out and open it again, or ask for one to your address.`,
    );
  const { target, ...stored } = invitation;
  return "organisationId" in target
    ? joinOrganisation(tx, actor, { ...stored, ...target }, caller, now)
    : joinSide(tx, actor, { ...stored, ...target }, caller, now);
}

type StoredInvitation = Omit<CheckedInvitation, "target" | "engagementId" | "organisationId">;

/** Marks the invitation as accepted. Of two who accept at once, the second is refused. */
async function markAccepted(tx: Transaction, { id }: StoredInvitation, now: Date): Promise<void> {
  const { count } = await tx.invitation.updateMany({ where: { id, ...OPEN_INVITATIONS }, data: { acceptedAt: now } });
  if (count !== 1)
    throw new AppError("conflict", "This invitation was used or taken back a moment ago. Open the link again.");
}

async function joinOrganisation(
  tx: Transaction,
  actor: Actor,
  invitation: StoredInvitation & { organisationId: string },
  caller: Caller,
  now: Date,
): Promise<string> {
  const { organisationId, invitedByName: invitedBy } = invitation;
  const before = await tx.organisationMember.findUnique({
    where: { userId: actor.userId },
    select: { organisationId: true, organisation: { select: { name: true } } },
  });
  if (before?.organisationId === organisationId)
    throw new AppError("conflict", `You belong to ${before.organisation.name} already.`);
  if (before)
    throw new AppError(
      "conflict",
      `You belong to ${before.organisation.name}, and nobody belongs to two organisations. Leave it on its page first, then open this link again.`,
    );
  await markAccepted(tx, invitation, now);
  const permission = organisationPermissionOf(invitation.permission);
  await tx.organisationMember.create({ data: { userId: actor.userId, organisationId, permission, createdAt: now } });
  const { name } = await tx.organisation.findUniqueOrThrow({ where: { id: organisationId }, select: { name: true } });
  await appendRecord(tx, [
    {
      engagementId: null,
      at: now,
      event: "organisation.joined",
      actorId: actor.userId,
      actorName: actor.name,
      aboutId: actor.userId,
      detail: { organisation: name, permission, invitedBy },
      address: caller.address,
    },
  ]);
  return paths.organisation();
}

async function joinSide(
  tx: Transaction,
  actor: Actor,
  invitation: StoredInvitation & { engagementId: string },
  caller: Caller,
  now: Date,
): Promise<string> {
  const { engagementId } = invitation;
  const inviter = await tx.member.findUnique({
    where: { engagementId_userId: { engagementId, userId: invitation.invitedById } },
    select: { side: true },
  });
  const invitedAcross = inviter?.side !== invitation.side && invitation.side !== "third-party";
  if (invitedAcross && (await sideHasOwner(tx, engagementId, invitation.side)))
    throw new AppError(
      "conflict",
      "Your side has an owner meanwhile, who lets its own people in. Ask them for an invitation.",
    );
  await markAccepted(tx, invitation, now);
  const before = await tx.member.findUnique({
    where: { engagementId_userId: { engagementId, userId: actor.userId } },
    select: { side: true },
  });
  if (before)
    throw new AppError("conflict", "You have access to this engagement already. You'll find it on your first page.");
  await tx.member.create({
    data: {
      engagementId,
      userId: actor.userId,
      side: invitation.side,
      permission: invitation.permission,
      createdAt: now,
    },
  });
  await appendRecord(tx, [
    {
      engagementId,
      at: now,
      event: "member.joined",
      actorId: actor.userId,
      actorName: actor.name,
      aboutId: actor.userId,
      detail: { side: invitation.side, permission: invitation.permission, invitedBy: invitation.invitedByName },
      address: caller.address,
    },
  ]);
  if (invitation.permission === "owner")
    await tellWhatIsOut(tx, { engagementId, email: actor.email, side: invitation.side }, now);
  const matrix = await tx.matrix.findFirst({
    where: { engagementId, archivedAt: null },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  if (!matrix) throw new AppError("conflict", "This engagement has no open matrix any more. Ask whoever invited you.");
  return paths.board(matrix.id);
}

/**
 * Mails a new owner what is out for signing: the mail about what their side must confirm was sent before it had an
 * owner.
 */
async function tellWhatIsOut(
  tx: Transaction,
  { engagementId, email, side }: { engagementId: string; email: string; side: string },
  now: Date,
): Promise<void> {
  const rounds = await tx.signRound.findMany({
    where: { outcome: null, version: { matrix: { engagementId, archivedAt: null } } },
    orderBy: { sentAt: "asc" },
    select: { version: { select: { number: true, matrix: { select: { id: true, revision: true } } } } },
  });
  for (const { version } of rounds)
    await tellOut(
      tx,
      await signingOf(
        tx,
        { matrixId: version.matrix.id, engagementId, revision: version.matrix.revision },
        version.number,
      ),
      { email, side },
      now,
    );
}
