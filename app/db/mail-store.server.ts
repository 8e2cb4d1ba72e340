import type { ComposedMail } from "~/domain/mail/compose-mail";
import { LIMITS } from "~/domain/limits";
import { isMailAddress } from "~/domain/mail-address";
import { onCommit, type Reader, type Transaction } from "./client.server";

/** A message to be queued. `kind` names its occasion, in lower case with hyphens. */
export type NewMail = Omit<ComposedMail, "html"> & {
  to: string;
  html?: string | null;
  kind: string;
  engagementId?: string | null;
  /** The id of the agreed version whose signed PDF goes with it. */
  fileOf?: string | null;
  /** The id of the workshop whose minutes go with it. */
  minutesOf?: string | null;
  at: Date;
};

/**
 * A message that a process has claimed for sending. `attempts` counts this attempt too. A result is stored only where
 * the row still has this number, so that a process whose claim has passed on to another changes nothing.
 */
export type ClaimedMail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  kind: string;
  fileOf: string | null;
  minutesOf: string | null;
  createdAt: Date;
  attempts: number;
};

/** The listener is kept on `globalThis`, so that a reload of this module in development doesn't lose it. */
const globals = globalThis as typeof globalThis & { demarcMailQueued?: () => void };

/** Sets the one listener that is called after each commit that queued a message. It must not throw. */
export function onMailQueued(listener: () => void): void {
  globals.demarcMailQueued = listener;
}

/**
 * Queues a message in the transaction of its cause and returns its id: it is sent after the commit, and never after a
 * rollback. Throws a `RangeError` where the address or the subject could break out of its header, or where a text is
 * too long: forms check addresses with `isMailAddress`, and `composeMail` makes the rest fit.
 */
export async function queueMail(tx: Transaction, { at, ...mail }: NewMail): Promise<string> {
  if (!isMailAddress(mail.to)) throw new RangeError("A mail is addressed to what is no e-mail address.");
  if (/\p{Cc}/u.test(mail.subject) || mail.subject.length > LIMITS.mailSubject)
    throw new RangeError("A mail's subject is not one short line.");
  if (mail.text.length > LIMITS.mailText || (mail.html?.length ?? 0) > LIMITS.mailHtml)
    throw new RangeError("A mail is too large.");
  if (!/^[a-z][a-z-]{0,39}$/.test(mail.kind)) throw new RangeError("A mail's kind is not in lower case with hyphens.");
  const id = crypto.randomUUID();
  await tx.outgoingMail.create({ data: { ...mail, id, createdAt: at, nextAttemptAt: at } });
  onCommit(tx, () => globals.demarcMailQueued?.());
  return id;
}

/** The id of the message that has been due longest and isn't claimed by a process, or null. */
export async function dueMail(db: Reader, now: Date): Promise<string | null> {
  const due = await db.outgoingMail.findFirst({
    where: isDue(now),
    orderBy: [{ nextAttemptAt: "asc" }, { createdAt: "asc" }],
    select: { id: true },
  });
  return due?.id ?? null;
}

/** Claims a due message until `until`; null where another process was first. */
export async function claimMail(tx: Transaction, id: string, now: Date, until: Date): Promise<ClaimedMail | null> {
  // A single statement claims the row: of two concurrent calls the second finds it claimed.
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
      minutesOf: true,
      createdAt: true,
      attempts: true,
    },
  });
}

/** Extends the claim on a message that is being sent. */
export async function renewClaim(tx: Transaction, mail: ClaimedMail, until: Date): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, ...OPEN },
    data: { claimedUntil: until },
  });
}

/** Records that a message was sent, and deletes its text, which may hold a secret link. */
export async function markSent(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id, sentAt: null },
    data: { sentAt: at, failedAt: null, claimedUntil: null, lastError: "", ...NO_TEXT },
  });
}

/** Records why an attempt failed and when the next one is due. */
export async function markForRetry(
  tx: Transaction,
  mail: ClaimedMail,
  reason: string,
  nextAttemptAt: Date,
): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, ...OPEN },
    data: { nextAttemptAt, claimedUntil: null, lastError: shortened(reason) },
  });
}

/** Gives a message up: stores the reason and deletes the text. */
export async function markFailed(tx: Transaction, mail: ClaimedMail, reason: string, at: Date): Promise<void> {
  await tx.outgoingMail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, ...OPEN },
    data: { failedAt: at, claimedUntil: null, lastError: shortened(reason), ...NO_TEXT },
  });
}

const OPEN = { sentAt: null, failedAt: null };
const NO_TEXT = { text: "", html: null };

function isDue(now: Date) {
  return { ...OPEN, nextAttemptAt: { lte: now }, OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] };
}

/** PostgreSQL refuses a NUL in a text, and a mail server's reply may hold any character. */
function shortened(reason: string): string {
  return reason.replace(/\p{Cc}+/gu, " ").slice(0, LIMITS.mailReason);
}
