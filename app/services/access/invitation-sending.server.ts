import { write, type Writer } from "~/db/client.server";
import { WAITING } from "~/db/invitation-store.server";
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

const VALID_MS = 14 * DAY_MS;
/** Open invitations to one engagement or organisation. */
const MOST_OPEN = 100;

/** What an invitation lets somebody into: a side of an engagement, named by its two parties, or an organisation. */
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

/** An invitation that waits to be accepted. */
export type Waiting = { id: string; email: string; to: InvitedTo };

/** What came of it, and the link to hand over where no mail can carry it. */
export type InvitationAnswer = { said: string; link: string | null };

/** Invites an address. `toOf` finds in the same transaction whereto, or refuses. Somebody invited again gets a new link, and the old one ends. */
export async function sendInvitation(
  actor: Actor,
  address: string,
  toOf: (tx: Writer, email: string) => Promise<InvitedTo>,
  now: Date,
): Promise<InvitationAnswer> {
  const email = checkEmail(address);
  if (!email.ok)
    throw new AppError("invalid", "The invitation needs another look.", { email: email.rejection.message });
  const token = newLinkSecret();
  await write(async (tx) => {
    const to = await toOf(tx, email.value);
    await countReached(tx, "invitation", actor.userId, [email.value]);
    const open = { ...placeOf(to), ...WAITING };
    if ((await tx.invitation.count({ where: { ...open, expiresAt: { gt: now } } })) >= MOST_OPEN)
      throw new AppError("conflict", `There are ${MOST_OPEN} open invitations. Take some back first.`);
    await tx.invitation.updateMany({ where: { ...open, email: email.value }, data: { revokedAt: now } });
    await tx.invitation.create({
      data: {
        ...placeOf(to),
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

/** Sends an invitation again, with a new link and a new term; the link before it ends. */
export async function renewInvitation(
  actor: Actor,
  waitingOf: (tx: Writer) => Promise<Waiting>,
  now: Date,
): Promise<InvitationAnswer> {
  const token = newLinkSecret();
  const email = await write(async (tx) => {
    const waiting = await waitingOf(tx);
    await countReached(tx, "invitation", actor.userId, [waiting.email]);
    await tx.invitation.update({
      where: { id: waiting.id },
      data: { tokenHash: hashOfSecret(token), mailed: mailIsSent(), expiresAt: new Date(now.getTime() + VALID_MS) },
    });
    await queueInvitation(tx, actor, waiting, token, now);
    await appendRecord(tx, [entry(actor, waiting.to, now, "invitation.resent", { email: waiting.email })]);
    return waiting.email;
  });
  return mailIsSent()
    ? { said: `A new link is on its way to ${email}.`, link: null }
    : { said: `The invitation for ${email} has a new link.`, link: linkOf(token) };
}

/** Takes an invitation back; its link says so from then on. */
export async function takeBackInvitation(
  actor: Actor,
  waitingOf: (tx: Writer) => Promise<Waiting>,
  now: Date,
): Promise<InvitationAnswer> {
  const email = await write(async (tx) => {
    const waiting = await waitingOf(tx);
    await tx.invitation.update({ where: { id: waiting.id }, data: { revokedAt: now } });
    await appendRecord(tx, [entry(actor, waiting.to, now, "invitation.revoked", { email: waiting.email })]);
    return waiting.email;
  });
  return { said: `The invitation for ${email} is taken back.`, link: null };
}

/** Why an invitation that was to be changed is not among those that wait. */
export function noLongerWaiting(): AppError {
  return new AppError("conflict", "This invitation was accepted or taken back meanwhile. Look at the list again.");
}

const placeOf = (to: InvitedTo) =>
  to.kind === "side" ? { engagementId: to.engagementId } : { organisationId: to.organisationId };
const sideOf = (to: InvitedTo) => (to.kind === "side" ? to.side : "provider");

function entry(
  actor: Actor,
  to: InvitedTo,
  now: Date,
  event: NewRecord["event"],
  detail: NonNullable<NewRecord["detail"]>,
): NewRecord {
  const where =
    to.kind === "side"
      ? { engagementId: to.engagementId, detail }
      : { engagementId: null, detail: { ...detail, organisation: to.name } };
  return { ...where, at: now, event, actorId: actor.userId, actorName: actor.name };
}

async function queueInvitation(
  tx: Writer,
  actor: Actor,
  { email, to }: Omit<Waiting, "id">,
  token: string,
  now: Date,
): Promise<void> {
  const place = to.kind === "side" ? `${to.clientName} and ${to.providerName}` : to.name;
  const offer =
    to.kind === "side"
      ? `${actor.name} invites you to Demarc, where ${place} agree who owns what in IT, and sign it.`
      : `${actor.name} invites you to ${place} on Demarc, where a provider and its clients agree who owns what in IT, and sign it.`;
  const mail = composeMail({
    subject: `${actor.name} invites you to ${place}`,
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
