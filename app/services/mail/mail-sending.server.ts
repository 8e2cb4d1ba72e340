import { read, write } from "~/db/client.server";
import {
  claimMail,
  dueMail,
  markFailed,
  markForRetry,
  markSent,
  renewClaim,
  type ClaimedMail,
} from "~/db/mail-store.server";
import { findSignedFile } from "~/db/signed-file-store.server";
import type { Deliver, Delivery, MailFile } from "~/files/mail/delivery";

/** Writes the files that go with the mailed minutes of a workshop. */
export type WriteMinutes = (workshopId: string, now: Date) => Promise<readonly MailFile[]>;

/** What sending needs: the transport, the clock, the log, whether to stop before the next message, and who writes minutes. */
export type Sending = {
  deliver: Deliver;
  clock: () => Date;
  report: (line: string) => void;
  stopped: () => boolean;
  minutes: WriteMinutes;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The milliseconds between each failed attempt and the next. After the last one, about a day after the first, a message
 * is given up.
 */
export const RETRY_AFTER = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR] as const;

/**
 * For how many milliseconds a message is claimed. A process renews its claim while it lives; when it has died, another
 * takes the message over after this time.
 */
export const CLAIM = 20 * SECOND;
const RENEWAL = 5 * SECOND;

/**
 * The ids of messages that were sent but couldn't yet be recorded as sent, because the database failed: they must not
 * be sent twice.
 */
const unrecorded = new Set<string>();

/**
 * Sends every message that is due, one after the other, and returns how many it sent. Several processes can do so on
 * one database. Rejects only where the database fails.
 */
export async function sendDueMail(sending: Sending): Promise<number> {
  let sent = 0;
  while (!sending.stopped()) {
    await recordSent(sending.clock);
    const now = sending.clock();
    const id = await dueMail(read, now);
    if (id === null) break;
    const mail = await write((tx) => claimMail(tx, id, now, new Date(now.getTime() + CLAIM)));
    if (mail && (await sendOne(mail, sending))) sent += 1;
  }
  return sent;
}

/**
 * How many attempts are put off while the attached file is still being written; later ones send the message without it.
 */
const ATTEMPTS_WAITING_FOR_FILE = 4;
/** In bytes. Mail servers commonly refuse larger messages; the link in the text leads to the file. */
const LARGEST_FILE = 10_000_000;

/** The files to attach to a message, without those that are too large; "unwritten" where one isn't there yet. */
async function filesFor(mail: ClaimedMail, { minutes, clock }: Sending): Promise<readonly MailFile[] | "unwritten"> {
  const { fileOf, minutesOf } = mail;
  const found = [
    ...(fileOf === null ? [] : [await findSignedFile(read, fileOf, "pdf")]),
    ...(minutesOf === null ? [] : await minutes(minutesOf, clock()).catch(() => [null])),
  ];
  const files = found.filter((file) => file !== null);
  if (files.length < found.length && mail.attempts <= ATTEMPTS_WAITING_FOR_FILE) return "unwritten";
  return files.flatMap(({ name, type, bytes }) => (bytes.byteLength > LARGEST_FILE ? [] : [{ name, type, bytes }]));
}

const UNWRITTEN: Delivery = {
  ok: false,
  permanent: false,
  code: "file-unwritten",
  reason: "A file that goes with it is still being written.",
};

async function sendOne(mail: ClaimedMail, sending: Sending): Promise<boolean> {
  const { clock, report } = sending;
  // An attempt is counted when it begins, so that a message that crashes the process each time is given up too.
  const exhausted: Delivery = {
    ok: false,
    permanent: true,
    code: "interrupted",
    reason: "Demarc ended each time while it was sending this.",
  };
  const delivery =
    mail.attempts > RETRY_AFTER.length + 1
      ? exhausted
      : await whileClaimed(mail, clock, () => attemptDelivery(mail, sending));
  if (delivery.ok) {
    unrecorded.add(mail.id);
    await recordSent(clock);
    return true;
  }
  const wait = RETRY_AFTER[mail.attempts - 1];
  const end = clock();
  if (delivery.permanent || wait === undefined) {
    await write((tx) => markFailed(tx, mail, delivery.reason, end));
    report(`Mail ${mail.id} (${mail.kind}) was given up after ${mail.attempts} attempt(s): ${delivery.code}.`);
  } else {
    const next = new Date(end.getTime() + wait);
    await write((tx) => markForRetry(tx, mail, delivery.reason, next));
    report(
      `Mail ${mail.id} (${mail.kind}) was not sent: ${delivery.code}. It is tried again at ${next.toISOString()}.`,
    );
  }
  return false;
}

/** Attaches the files and hands the message to the transport. */
async function attemptDelivery(mail: ClaimedMail, sending: Sending): Promise<Delivery> {
  const files = await filesFor(mail, sending);
  return files === "unwritten" ? UNWRITTEN : sending.deliver({ ...mail, files });
}

/** Records the messages that were sent; those the database refuses stay in the set. */
async function recordSent(clock: () => Date): Promise<void> {
  for (const id of unrecorded) {
    await write((tx) => markSent(tx, id, clock()));
    unrecorded.delete(id);
  }
}

/** Renews the claim while `run` is running. Where the database refuses a renewal, the next one makes up for it. */
async function whileClaimed<T>(mail: ClaimedMail, clock: () => Date, run: () => Promise<T>): Promise<T> {
  const renew = () => write((tx) => renewClaim(tx, mail, new Date(clock().getTime() + CLAIM)));
  const timer = setInterval(() => void renew().catch(() => undefined), RENEWAL);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
