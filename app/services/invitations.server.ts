import { z } from "zod";
import { read, write, type Reader, type Writer } from "~/db/client.server";
import { queueMail } from "~/db/mail-store.server";
import { appendRecord } from "~/db/record-store.server";
import { checkEmail } from "~/domain/account";
import { composeMail } from "~/domain/compose-mail";
import { AppError } from "~/domain/errors";
import type { Matrix, PartyKind } from "~/domain/matrix";
import { indexOf } from "~/domain/owner";
import { may, mayInvite, PERMISSIONS, permissionOf, SIDES, sideOf, type Permission } from "~/domain/permissions";
import { dayWords } from "~/domain/report";
import { publicUrl } from "~/env.server";
import { paths } from "~/paths";
import { checkNewAccount, openAccount, recordSignIn } from "./accounts.server";
import type { Actor, Caller } from "./actor.server";
import { countTry } from "./attempts.server";
import { hashOfSecret, newLinkSecret } from "./link-secret.server";
import { mailIsSent } from "./mailer.server";
import { matrixFor } from "./matrix-access.server";

const VALID_MS = 14 * 24 * 60 * 60_000;
/** Open invitations of one engagement. */
const MOST_OPEN = 100;

export const invitationForm = z.object({ intent: z.literal("invite"), email: z.string(), side: z.enum(SIDES), permission: z.enum(PERMISSIONS) });

type Answer = { said: string; link: string | null };

/** Invites an address to a side with a permission. Somebody invited again gets a new link, and the old one ends. */
export async function inviteSomebody(actor: Actor, matrixId: string, form: { email: string; side: PartyKind; permission: Permission }, now: Date): Promise<Answer> {
  const email = checkEmail(form.email);
  if (!email.ok) throw new AppError("invalid", "The invitation needs another look.", { email: email.rejection.message });
  const token = newLinkSecret();
  await write(async (tx) => {
    const { engagementId, access, matrix } = await matrixFor(tx, actor, matrixId, "invite");
    const owned = (await tx.member.count({ where: { engagementId, side: form.side, permission: "owner" } })) > 0;
    const allowed = mayInvite(access, { side: form.side, permission: form.permission, owned });
    if (!allowed.ok) throw new AppError("forbidden", allowed.rejection.message);
    if (await tx.member.findFirst({ where: { engagementId, user: { email: email.value } }, select: { userId: true } })) throw new AppError("invalid", "The invitation needs another look.", { email: "This person has access already." });
    if ((await tx.invitation.count({ where: { engagementId, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } } })) >= MOST_OPEN) throw new AppError("conflict", `There are ${MOST_OPEN} open invitations. Take some back first.`);
    await tx.invitation.updateMany({ where: { engagementId, email: email.value, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
    await tx.invitation.create({
      data: { id: crypto.randomUUID(), engagementId, side: form.side, permission: form.permission, email: email.value, tokenHash: hashOfSecret(token), invitedById: actor.userId, invitedByName: actor.name, createdAt: now, expiresAt: new Date(now.getTime() + VALID_MS) },
    });
    await queueMail(tx, { ...invitationMail(actor, matrix, linkOf(token), now), to: email.value, kind: "invitation", engagementId, at: now });
    await appendRecord(tx, [{ engagementId, at: now, event: "member.invited", actorId: actor.userId, actorName: actor.name, detail: { email: email.value, side: form.side, permission: form.permission } }]);
  });
  return mailIsSent() ? { said: `An invitation is on its way to ${email.value}.`, link: null } : { said: `${email.value} is invited.`, link: linkOf(token) };
}

function invitationMail(actor: Actor, matrix: Matrix, url: string, now: Date) {
  const { client, provider } = indexOf(matrix);
  const between = `${client?.name ?? ""} and ${provider?.name ?? ""}`;
  return composeMail({
    subject: `${actor.name} invites you to ${between}`,
    paragraphs: [`${actor.name} invites you to Demarc, where ${between} agree who owns what in IT, and sign it.`],
    link: { label: "Open the invitation", url },
    closing: [`The link works once, for your address alone, until ${dayWords(new Date(now.getTime() + VALID_MS).toISOString().slice(0, 10))}.`, "If you don't know what this is about, do nothing."],
  });
}

function linkOf(token: string): string {
  return `${publicUrl()}${paths.invitation(token)}`;
}

/** Sends an invitation again, with a new link and a new term; the link before it ends. */
export async function resendInvitation(actor: Actor, matrixId: string, invitationId: string, now: Date): Promise<Answer> {
  const token = newLinkSecret();
  const email = await write(async (tx) => {
    const invitation = await openInvitation(tx, actor, matrixId, invitationId);
    await tx.invitation.update({ where: { id: invitation.id }, data: { tokenHash: hashOfSecret(token), expiresAt: new Date(now.getTime() + VALID_MS) } });
    await queueMail(tx, { ...invitationMail(actor, invitation.matrix, linkOf(token), now), to: invitation.email, kind: "invitation", engagementId: invitation.engagementId, at: now });
    await appendRecord(tx, [{ engagementId: invitation.engagementId, at: now, event: "invitation.resent", actorId: actor.userId, actorName: actor.name, detail: { email: invitation.email } }]);
    return invitation.email;
  });
  return mailIsSent() ? { said: `A new link is on its way to ${email}.`, link: null } : { said: `The invitation for ${email} has a new link.`, link: linkOf(token) };
}

/** Takes an invitation back; its link says so from then on. */
export async function revokeInvitation(actor: Actor, matrixId: string, invitationId: string, now: Date): Promise<Answer> {
  const email = await write(async (tx) => {
    const invitation = await openInvitation(tx, actor, matrixId, invitationId);
    await tx.invitation.update({ where: { id: invitation.id }, data: { revokedAt: now } });
    await appendRecord(tx, [{ engagementId: invitation.engagementId, at: now, event: "invitation.revoked", actorId: actor.userId, actorName: actor.name, detail: { email: invitation.email } }]);
    return invitation.email;
  });
  return { said: `The invitation for ${email} is taken back.`, link: null };
}

/** An invitation that waits, which this owner may change: its own side's, a third party's, or the other side's first owner's. */
async function openInvitation(tx: Writer, actor: Actor, matrixId: string, invitationId: string) {
  const { engagementId, access, matrix } = await matrixFor(tx, actor, matrixId, "invite");
  const invitation = await tx.invitation.findFirst({ where: { id: invitationId, engagementId, acceptedAt: null, revokedAt: null } });
  if (!invitation) throw new AppError("conflict", "This invitation was accepted or taken back meanwhile. Look at the list again.");
  const owned = (await tx.member.count({ where: { engagementId, side: invitation.side, permission: "owner" } })) > 0;
  const side = sideOf(invitation.side) ?? "third-party";
  if (!may(access, "invite") || (side !== access.side && side !== "third-party" && owned)) throw new AppError("forbidden", "The other side changes its own invitations. Ask an owner of that side.");
  return { ...invitation, matrix };
}

/** What a link to an invitation shows before anybody accepts it. */
export type InvitationView = { clientName: string; providerName: string; side: PartyKind; permission: Permission; email: string; invitedBy: string; expiresAt: string; hasAccount: boolean };

const NO_INVITATION = "This link doesn't lead to an invitation. Ask whoever invited you to send it again, and copy the whole link.";

/** The invitation of a link. Refused with a sentence where it is over, taken back, used or not one of ours. */
export async function findInvitation(token: string, caller: Caller, now: Date): Promise<InvitationView> {
  await countTry("link", { account: hashOfSecret(token), address: caller.address });
  const invitation = await usable(read, token, now);
  const matrix = await read.matrix.findFirst({ where: { engagementId: invitation.engagementId }, orderBy: { createdAt: "asc" }, select: { parties: { select: { kind: true, name: true } } } });
  const nameOf = (kind: string) => matrix?.parties.find((party) => party.kind === kind)?.name ?? "";
  const hasAccount = (await read.user.findUnique({ where: { email: invitation.email }, select: { id: true } })) !== null;
  return { clientName: nameOf("client"), providerName: nameOf("provider"), side: sideOf(invitation.side) ?? "third-party", permission: permissionOf(invitation.permission) ?? "viewer", email: invitation.email, invitedBy: invitation.invitedByName, expiresAt: invitation.expiresAt.toISOString(), hasAccount };
}

/** Whom an invitation that can still be accepted is for; null for any other link. */
export async function invitedAddress(token: string, caller: Caller, now: Date): Promise<string | null> {
  await countTry("link", { account: hashOfSecret(token), address: caller.address });
  const invitation = await read.invitation.findUnique({ where: { tokenHash: hashOfSecret(token) } });
  return invitation && !invitation.acceptedAt && !invitation.revokedAt && invitation.expiresAt > now ? invitation.email : null;
}

async function usable(db: Reader, token: string, now: Date) {
  const invitation = await db.invitation.findUnique({ where: { tokenHash: hashOfSecret(token) } });
  if (!invitation?.engagementId) throw new AppError("not-found", NO_INVITATION);
  if (invitation.acceptedAt) throw new AppError("conflict", "This invitation was used already. If it was you, sign in; if not, tell whoever invited you.");
  if (invitation.revokedAt) throw new AppError("conflict", `${invitation.invitedByName} took this invitation back or sent a newer one. Use the newest link, or ask for one.`);
  if (invitation.expiresAt <= now) throw new AppError("conflict", `This invitation ended on its day. Ask ${invitation.invitedByName} to send it again.`);
  return { ...invitation, engagementId: invitation.engagementId };
}

/** Accepts an invitation as somebody who is signed in; the address must be the one that was invited. Returns the matrix to open. */
export async function acceptInvitation(actor: Actor, token: string, caller: Caller, now: Date): Promise<string> {
  await countTry("link", { account: hashOfSecret(token), address: caller.address });
  return write((tx) => join(tx, actor, token, caller, now));
}

/** Opens an account for the invited address and accepts; returns the matrix to open and the session's cookies. */
export async function acceptWithNewAccount(token: string, form: { name: string; password: string }, caller: Caller, now: Date): Promise<{ matrixId: string; cookies: string[] }> {
  await countTry("link", { account: hashOfSecret(token), address: caller.address });
  const { email } = await usable(read, token, now);
  const { name } = checkNewAccount({ ...form, email });
  const { userId, cookies } = await openAccount({ name, email, password: form.password }, caller);
  const matrixId = await write(async (tx) => {
    // The link reached whoever has the address, or came from an owner who vouches for them.
    await tx.user.update({ where: { id: userId }, data: { emailVerified: true } });
    return join(tx, { userId, name, email, secondFactor: false }, token, caller, now);
  });
  await recordSignIn(userId, caller, "password", now);
  return { matrixId, cookies };
}

async function join(tx: Writer, actor: Actor, token: string, caller: Caller, now: Date): Promise<string> {
  const invitation = await usable(tx, token, now);
  const { engagementId } = invitation;
  if (invitation.email !== actor.email) throw new AppError("forbidden", `This invitation is for ${invitation.email}, and you are signed in as ${actor.email}. Sign out and open it again, or ask for one to your address.`);
  const inviter = await tx.member.findUnique({ where: { engagementId_userId: { engagementId, userId: invitation.invitedById } }, select: { side: true } });
  const across = inviter?.side !== invitation.side && invitation.side !== "third-party";
  if (across && (await tx.member.count({ where: { engagementId, side: invitation.side, permission: "owner" } })) > 0) throw new AppError("conflict", "Your side has an owner meanwhile, who lets its own people in. Ask them for an invitation.");
  // Two who accept at the same moment: the row takes one of them.
  const { count } = await tx.invitation.updateMany({ where: { id: invitation.id, acceptedAt: null, revokedAt: null }, data: { acceptedAt: now } });
  if (count !== 1) throw new AppError("conflict", "This invitation was used or taken back a moment ago. Open the link again.");
  const before = await tx.member.findUnique({ where: { engagementId_userId: { engagementId, userId: actor.userId } }, select: { side: true } });
  if (before) throw new AppError("conflict", "You have access to this engagement already. You'll find it on your first page.");
  await tx.member.create({ data: { engagementId, userId: actor.userId, side: invitation.side, permission: invitation.permission, createdAt: now } });
  await appendRecord(tx, [{ engagementId, at: now, event: "member.joined", actorId: actor.userId, actorName: actor.name, aboutId: actor.userId, detail: { side: invitation.side, permission: invitation.permission, invitedBy: invitation.invitedByName }, address: caller.address }]);
  const matrix = await tx.matrix.findFirst({ where: { engagementId, archivedAt: null }, orderBy: { createdAt: "asc" }, select: { id: true } });
  if (!matrix) throw new AppError("conflict", "This engagement has no open matrix any more. Ask whoever invited you.");
  return matrix.id;
}
