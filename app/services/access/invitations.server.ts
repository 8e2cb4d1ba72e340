import { z } from "zod";
import { read, write, type Reader, type Writer } from "~/db/client.server";
import { WAITING } from "~/db/invitation-store.server";
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
  noLongerWaiting,
  renewInvitation,
  sendInvitation,
  takeBackInvitation,
  type InvitationAnswer,
  type InvitedTo,
  type Waiting,
} from "./invitation-sending.server";
import { hashOfSecret } from "../who/link-secret.server";
import { matrixFor } from "../who/matrix-access.server";
import { signingOf } from "../signing/signing-core.server";
import { tellOut } from "../signing/signing-mail.server";

export const invitationForm = z.object({
  intent: z.literal("invite"),
  email: z.string(),
  side: z.enum(SIDES),
  permission: z.enum(PERMISSIONS),
});

/** Invites an address to a side with a permission. Somebody invited again gets a new link, and the old one ends. */
export async function inviteSomebody(
  actor: Actor,
  matrixId: string,
  { email: address, side, permission }: { email: string; side: PartyKind; permission: Permission },
  now: Date,
): Promise<InvitationAnswer> {
  const toOf = async (tx: Writer, email: string): Promise<InvitedTo> => {
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

/** Sends an invitation again, with a new link and a new term; the link before it ends. */
export async function resendInvitation(
  actor: Actor,
  matrixId: string,
  invitationId: string,
  now: Date,
): Promise<InvitationAnswer> {
  return renewInvitation(actor, (tx) => openInvitation(tx, actor, matrixId, invitationId), now);
}

/** Takes an invitation back; its link says so from then on. */
export async function revokeInvitation(
  actor: Actor,
  matrixId: string,
  invitationId: string,
  now: Date,
): Promise<InvitationAnswer> {
  return takeBackInvitation(actor, (tx) => openInvitation(tx, actor, matrixId, invitationId), now);
}

/** An invitation that waits, which this owner may change: its own side's, a third party's, or the other side's first owner's. */
async function openInvitation(tx: Writer, actor: Actor, matrixId: string, invitationId: string): Promise<Waiting> {
  const { engagementId, access, matrix } = await matrixFor(tx, actor, matrixId, "invite");
  const invitation = await tx.invitation.findFirst({ where: { id: invitationId, engagementId, ...WAITING } });
  if (!invitation) throw noLongerWaiting();
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

/** What an invitation lets somebody into, as they are shown it. */
export type InvitationTo =
  | { kind: "side"; clientName: string; providerName: string; side: PartyKind; permission: Permission }
  | { kind: "organisation"; name: string; permission: OrganisationPermission };
/** What a link to an invitation shows before anybody accepts it. */
export type InvitationView = {
  to: InvitationTo;
  email: string;
  invitedBy: string;
  expiresAt: string;
  hasAccount: boolean;
};

const NO_INVITATION =
  "This link doesn't lead to an invitation. Ask whoever invited you to send it again, and copy the whole link.";

/** The invitation of a link. Refused with a sentence where it is over, taken back, used or not one of ours. */
export async function findInvitation(token: string, caller: Caller, now: Date): Promise<InvitationView> {
  const invitation = await usableBy(caller, token, now);
  const hasAccount =
    (await read.user.findUnique({ where: { email: invitation.email }, select: { id: true } })) !== null;
  return {
    to: await shownTo(invitation),
    email: invitation.email,
    invitedBy: invitation.invitedByName,
    expiresAt: invitation.expiresAt.toISOString(),
    hasAccount,
  };
}

async function shownTo({ place, side, permission }: Usable): Promise<InvitationTo> {
  if ("organisationId" in place) {
    const organisation = await read.organisation.findUnique({
      where: { id: place.organisationId },
      select: { name: true },
    });
    return { kind: "organisation", name: organisation?.name ?? "", permission: organisationPermissionOf(permission) };
  }
  const matrix = await read.matrix.findFirst({
    where: { engagementId: place.engagementId },
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

/** Whom an invitation that can still be accepted is for; null for any other link. */
export async function invitedAddress(token: string, caller: Caller, now: Date): Promise<string | null> {
  const invitation = await findBySecret(caller, () => invitationOf(read, token));
  return invitation && !invitation.acceptedAt && !invitation.revokedAt && invitation.expiresAt > now
    ? invitation.email
    : null;
}

/** Where an invitation leads. */
type Place = { engagementId: string } | { organisationId: string };
type Usable = ReturnType<typeof usable>;

function invitationOf(db: Reader, token: string) {
  return db.invitation.findUnique({ where: { tokenHash: hashOfSecret(token) } });
}

/** The invitation of a link that somebody opens; one that leads nowhere counts as a guess. */
async function usableBy(caller: Caller, token: string, now: Date): Promise<Usable> {
  return usable(await findBySecret(caller, () => invitationOf(read, token)), now);
}

function usable(invitation: Awaited<ReturnType<typeof invitationOf>>, now: Date) {
  const { engagementId = null, organisationId = null } = invitation ?? {};
  const place: Place | null =
    organisationId !== null ? { organisationId } : engagementId !== null ? { engagementId } : null;
  if (!invitation || !place) throw new AppError("not-found", NO_INVITATION);
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
  return { ...invitation, place };
}

/** Accepts an invitation as somebody who is signed in; the address must be the one that was invited. Returns the page to open. */
export async function acceptInvitation(actor: Actor, token: string, caller: Caller, now: Date): Promise<string> {
  await usableBy(caller, token, now);
  return write((tx) => join(tx, actor, token, caller, now));
}

/** Opens an account for the invited address and accepts; returns the page to open and the session's cookies. */
export async function acceptWithNewAccount(
  token: string,
  form: { name: string; password: string },
  caller: Caller,
  now: Date,
): Promise<{ to: string; cookies: string[] }> {
  const { email, mailed } = await usableBy(caller, token, now);
  const { name } = await checkNewAccount({ ...form, email });
  const accept = async (tx: Writer, userId: string) => {
    // A link that came by mail reached whoever has the address; one that was shown on screen proves nothing of the kind.
    if (mailed) await confirmAddress(tx, { id: userId, name, email }, "invitation", caller, now);
    return join(tx, { userId, name, email, secondFactor: false }, token, caller, now);
  };
  const {
    userId,
    cookies,
    done: to,
  } = await openAccount({ name, email, password: form.password }, accept, caller, now);
  await recordSignIn(userId, caller, "password", now);
  return { to, cookies };
}

async function join(tx: Writer, actor: Actor, token: string, caller: Caller, now: Date): Promise<string> {
  const invitation = usable(await invitationOf(tx, token), now);
  if (invitation.email !== actor.email)
    throw new AppError(
      "forbidden",
      `This invitation is for ${invitation.email}, and you are signed in as ${actor.email}. Sign out and open it again, or ask for one to your address.`,
    );
  const { place, ...stored } = invitation;
  return "organisationId" in place
    ? joinOrganisation(tx, actor, { ...stored, ...place }, caller, now)
    : joinSide(tx, actor, { ...stored, ...place }, caller, now);
}

type Stored = Omit<Usable, "place" | "engagementId" | "organisationId">;

/** Two who accept at the same moment: the row takes one of them. */
async function claim(tx: Writer, { id }: Stored, now: Date): Promise<void> {
  const { count } = await tx.invitation.updateMany({ where: { id, ...WAITING }, data: { acceptedAt: now } });
  if (count !== 1)
    throw new AppError("conflict", "This invitation was used or taken back a moment ago. Open the link again.");
}

async function joinOrganisation(
  tx: Writer,
  actor: Actor,
  invitation: Stored & { organisationId: string },
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
  await claim(tx, invitation, now);
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
  tx: Writer,
  actor: Actor,
  invitation: Stored & { engagementId: string },
  caller: Caller,
  now: Date,
): Promise<string> {
  const { engagementId } = invitation;
  const inviter = await tx.member.findUnique({
    where: { engagementId_userId: { engagementId, userId: invitation.invitedById } },
    select: { side: true },
  });
  const across = inviter?.side !== invitation.side && invitation.side !== "third-party";
  if (across && (await sideHasOwner(tx, engagementId, invitation.side)))
    throw new AppError(
      "conflict",
      "Your side has an owner meanwhile, who lets its own people in. Ask them for an invitation.",
    );
  await claim(tx, invitation, now);
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

/** Tells a new owner what is out for signing: what their side has to confirm was sent before there was anybody to hear of it. */
async function tellWhatIsOut(
  tx: Writer,
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
