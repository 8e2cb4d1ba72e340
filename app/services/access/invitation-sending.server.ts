import { write, type Transaction } from "~/db/client.server";
import { OPEN_INVITATIONS } from "~/db/invitation-store.server";
import { queueMail } from "~/db/mail-store.server";
import { appendRecord, type NewRecord } from "~/db/record-store.server";
import { checkEmail } from "~/domain/mail-address";
import { composeMail } from "~/domain/mail/compose-mail";
import { AppError } from "~/domain/errors";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { OrganisationPermission } from "~/domain/engagement/organisation";
import type { Permission } from "~/domain/engagement/permissions";
import { momentWords } from "~/domain/day-words";
import { DAY_MS } from "~/domain/days";
import { publicUrl } from "~/env.server";
import { paths } from "~/paths";
import type { Actor } from "../who/actor.server";
import { countReached } from "../who/attempts.server";
import { hashOfSecret, newLinkSecret } from "../who/link-secret.server";
import { mailIsSent } from "../mail/mailer.server";

/** How long an invitation can be accepted, in milliseconds. */
const VALID_MS = 14 * DAY_MS;
/** The most open invitations to one engagement or organisation. */
const MOST_OPEN = 100;

/** What an invitation gives access to: a side of an engagement, named by its two parties, or an organisation. */
export type InvitedTo =
  | {
      kind: "side";
      engagementId: string;
      clientName: string;
      providerName: string;
      side: PartyKind;
      permission: Permission;
    }
  | { kind: "organisation"; organisationId: string; name: string; permission: OrganisationPermission };

/** An open invitation. */
export type OpenInvitation = { id: string; email: string; to: InvitedTo };

/** The outcome as a sentence, and the link to hand over where no mail is sent. */
export type InvitationAnswer = { said: string; link: string | null };

/**
 * Invites an address. `toOf` finds, in the same transaction, what the invitation gives access to, or throws. A new
 * invitation replaces an open one to the same address. Throws `conflict` at the limit of open invitations.
 */
export async function sendInvitation(
  actor: Actor,
  address: string,
  toOf: (tx: Transaction, email: string) => Promise<InvitedTo>,
  now: Date,
): Promise<InvitationAnswer> {
  const email = checkEmail(address);
  if (!email.ok)
    throw new AppError("invalid", "The invitation needs another look.", { email: email.rejection.message });
  const token = newLinkSecret();
  await write(async (tx) => {
    const to = await toOf(tx, email.value);
    await countReached(tx, "invitation", actor.userId, [email.value]);
    const open = { ...targetOf(to), ...OPEN_INVITATIONS };
    if ((await tx.invitation.count({ where: { ...open, expiresAt: { gt: now } } })) >= MOST_OPEN)
      throw new AppError("conflict", `There are ${MOST_OPEN} open invitations. Take some back first.`);
    await tx.invitation.updateMany({ where: { ...open, email: email.value }, data: { revokedAt: now } });
    await tx.invitation.create({
      data: {
        ...targetOf(to),
        id: crypto.randomUUID(),
        side: sideOf(to),
        permission: to.permission,
        email: email.value,
        tokenHash: hashOfSecret(token),
        mailed: mailIsSent(),
        invitedById: actor.userId,
        invitedByName: actor.name,
        createdAt: now,
        expiresAt: new Date(now.getTime() + VALID_MS),
      },
    });
    await queueInvitation(tx, actor, { email: email.value, to }, token, now);
    await appendRecord(tx, [
      entry(actor, to, now, to.kind === "side" ? "member.invited" : "organisation.invited", {
        email: email.value,
        side: sideOf(to),
        permission: to.permission,
      }),
    ]);
  });
  return mailIsSent()
    ? { said: `An invitation is on its way to ${email.value}.`, link: null }
    : { said: `${email.value} is invited.`, link: linkOf(token) };
}

/**
 * Sends an invitation again, with a new link and a new date of expiry; the earlier link ends. `findOpen` finds it, or
 * throws.
 */
export async function renewInvitation(
  actor: Actor,
  findOpen: (tx: Transaction) => Promise<OpenInvitation>,
  now: Date,
): Promise<InvitationAnswer> {
  const token = newLinkSecret();
  const email = await write(async (tx) => {
    const invitation = await findOpen(tx);
    await countReached(tx, "invitation", actor.userId, [invitation.email]);
    await tx.invitation.update({
      where: { id: invitation.id },
      data: { tokenHash: hashOfSecret(token), mailed: mailIsSent(), expiresAt: new Date(now.getTime() + VALID_MS) },
    });
    await queueInvitation(tx, actor, invitation, token, now);
    await appendRecord(tx, [entry(actor, invitation.to, now, "invitation.resent", { email: invitation.email })]);
    return invitation.email;
  });
  return mailIsSent()
    ? { said: `A new link is on its way to ${email}.`, link: null }
    : { said: `The invitation for ${email} has a new link.`, link: linkOf(token) };
}

/** Revokes an invitation; whoever opens its link is told so. `findOpen` finds it, or throws. */
export async function takeBackInvitation(
  actor: Actor,
  findOpen: (tx: Transaction) => Promise<OpenInvitation>,
  now: Date,
): Promise<InvitationAnswer> {
  const email = await write(async (tx) => {
    const invitation = await findOpen(tx);
    await tx.invitation.update({ where: { id: invitation.id }, data: { revokedAt: now } });
    await appendRecord(tx, [entry(actor, invitation.to, now, "invitation.revoked", { email: invitation.email })]);
    return invitation.email;
  });
  return { said: `The invitation for ${email} is taken back.`, link: null };
}

/** The error for an invitation that was to be changed and isn't open any more. */
export function invitationNotOpen(): AppError {
  return new AppError("conflict", "This invitation was accepted or taken back meanwhile. Look at the list again.");
}

const targetOf = (to: InvitedTo) =>
  to.kind === "side" ? { engagementId: to.engagementId } : { organisationId: to.organisationId };
const sideOf = (to: InvitedTo) => (to.kind === "side" ? to.side : "provider");

function entry(
  actor: Actor,
  to: InvitedTo,
  now: Date,
  event: NewRecord["event"],
  detail: NonNullable<NewRecord["detail"]>,
): NewRecord {
  const subject =
    to.kind === "side"
      ? { engagementId: to.engagementId, detail }
      : { engagementId: null, detail: { ...detail, organisation: to.name } };
  return { ...subject, at: now, event, actorId: actor.userId, actorName: actor.name };
}

async function queueInvitation(
  tx: Transaction,
  actor: Actor,
  { email, to }: Omit<OpenInvitation, "id">,
  token: string,
  now: Date,
): Promise<void> {
  const target = to.kind === "side" ? `${to.clientName} and ${to.providerName}` : to.name;
  const offer =
    to.kind === "side"
      ? `${actor.name} invites you to Demarc, where ${target} agree who owns what in IT, and sign it.`
      : `${actor.name} invites you to ${target} on Demarc, where a provider and its clients agree who owns what in IT, and sign it.`;
  const mail = composeMail({
    subject: `${actor.name} invites you to ${target}`,
    paragraphs: [offer],
    link: { label: "Open the invitation", url: linkOf(token) },
    closing: [
      `The link works once, for your address alone, until ${momentWords(new Date(now.getTime() + VALID_MS).toISOString())}.`,
      "If you don't know what this is about, do nothing.",
    ],
  });
  await queueMail(tx, {
    ...mail,
    to: email,
    kind: "invitation",
    engagementId: to.kind === "side" ? to.engagementId : null,
    at: now,
  });
}

function linkOf(token: string): string {
  return `${publicUrl()}${paths.invitation(token)}`;
}
