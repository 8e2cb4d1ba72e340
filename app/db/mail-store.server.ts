import type { ComposedMail } from "~/domain/mail/compose-mail";
import { LIMITS } from "~/domain/limits";
import { isMailAddress } from "~/domain/mail-address";
import { onCommit, type Reader, type Writer } from "./client.server";

/** A message to be sent: to whom, what it says, what it is about (lower case with hyphens), and which engagement if any. */
export type NewMail = Omit<ComposedMail, "html"> & {
  to: string;
  html?: string | null;
  kind: string;
  engagementId?: string | null;
  /** The id of the agreed version whose signed PDF goes with it. */
  fileOf?: string | null;
  at: Date;
};

/** A message one process has taken to send; `attempts` counts this one and guards what is written about its end. */
export type ClaimedMail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  kind: string;
  fileOf: string | null;
  createdAt: Date;
  attempts: number;
};

/** Waking outlives a reload of this module in development. */
const kept = globalThis as typeof globalThis & { demarcMailQueued?: () => void };

/** Has something done after each commit that queued a message. There is one such listener; it must not throw. */
export function onMailQueued(listener: () => void): void {
  kept.demarcMailQueued = listener;
}

/**
 * Records a message in the transaction of what causes it and returns its id: it is sent after the commit, and never
 * without one. Throws where the address or the subject could reach beyond their header, or where a text is too large:
 * forms check addresses with `isMailAddress`, and `composeMail` makes the rest fit.
 */
export async function queueMail(tx: Writer, { at, ...mail }: NewMail): Promise<string> {
  if (!isMailAddress(mail.to)) throw new RangeError("A mail is addressed to what is no e-mail address.");
  if (/\p{Cc}/u.test(mail.subject) || mail.subject.length > LIMITS.mailSubject)
    throw new RangeError("A mail's subject is not one short line.");
  if (mail.text.length > LIMITS.mailText || (mail.html?.length ?? 0) > LIMITS.mailHtml)
    throw new RangeError("A mail is too large.");
  if (!/^[a-z][a-z-]{0,39}$/.test(mail.kind)) throw new RangeError("A mail's kind is not in lower case with hyphens.");
  const id = crypto.randomUUID();
  await tx.outgoingMail.create({ data: { ...mail, id, createdAt: at, nextAttemptAt: at } });
  onCommit(tx, () => kept.demarcMailQueued?.());
  return id;
}

/** The id of the message that has been due longest and that no living process is sending, or null. */
export async function dueMail(db: Reader, now: Date): Promise<string | null> {
  const due = await db.outgoingMail.findFirst({
    where: isDue(now),
    orderBy: [{ nextAttemptAt: "asc" }, { createdAt: "asc" }],
    select: { id: true },
  });
  return due?.id ?? null;
}

/** Takes a due message until then; null where another process was first. */
export async function claimMail(tx: Writer, id: string, now: Date, until: Date): Promise<ClaimedMail | null> {
  // One statement decides: of two at the same moment the second finds the row claimed.
  const { count } = await tx.outgoingMail.updateMany({
    where: { id, ...isDue(now) },
    data: { claimedUntil: until, attempts: { increment: 1 } },
  });
  if (count === 0) return null;
  return tx.outgoingMail.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      to: true,
      subject: true,
      text: true,
      html: true,
      kind: true,
      fileOf: true,
      createdAt: true,
      attempts: true,
    },
  });
}

/** Holds on to a message while it is being sent. */
export async function renewClaim(tx: Writer, mail: ClaimedMail, until: Date): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, ...OPEN },
    data: { claimedUntil: until },
  });
}

/** Records that a message went out. What it said is not kept: it may hold a secret link. */
export async function markSent(tx: Writer, id: string, at: Date): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id, sentAt: null },
    data: { sentAt: at, failedAt: null, claimedUntil: null, lastError: "", ...NOTHING },
  });
}

/** Records why an attempt failed and when the next one is due. */
export async function markForRetry(tx: Writer, mail: ClaimedMail, reason: string, nextAttemptAt: Date): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, ...OPEN },
    data: { nextAttemptAt, claimedUntil: null, lastError: shortened(reason) },
  });
}

/** Gives a message up. The reason stays; what it said doesn't. */
export async function markFailed(tx: Writer, mail: ClaimedMail, reason: string, at: Date): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, ...OPEN },
    data: { failedAt: at, claimedUntil: null, lastError: shortened(reason), ...NOTHING },
  });
}

const OPEN = { sentAt: null, failedAt: null };
const NOTHING = { text: "", html: null };

function isDue(now: Date) {
  return { ...OPEN, nextAttemptAt: { lte: now }, OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] };
}

/** PostgreSQL takes no NUL in a text, and a server may say anything. */
function shortened(reason: string): string {
  return reason.replace(/\p{Cc}+/gu, " ").slice(0, LIMITS.mailReason);
}
