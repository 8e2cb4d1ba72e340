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
import type { Deliver, Delivery, MailMessage } from "~/files/mail/delivery";

/** What sending needs: a way out, the clock, where a line for the log goes, and whether to stop before the next message. */
export type Sending = { deliver: Deliver; clock: () => Date; report: (line: string) => void; stopped: () => boolean };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after each failed attempt the next one is due; after the last a message is given up, about a day after the first. */
export const RETRY_AFTER = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR] as const;

/** A message whose process died is taken up by the next one after this time. While a process lives it renews its claim. */
export const CLAIM = 20 * SECOND;
const RENEWAL = 5 * SECOND;

/** Messages that are out but not yet recorded as such: they must not go out again because the database was away. */
const unrecorded = new Set<string>();

/**
 * Sends every message that is due, one after the other, and returns how many went out. Safe beside other processes on
 * the same database. Rejects only where the database does.
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

/** How many attempts wait for the file of a version whose files are still being written; later ones go without. */
const WAITS_FOR_FILE = 4;
/** Mail servers commonly refuse more than this many bytes in one message; the link in it leads to the file. */
const LARGEST_FILE = 10_000_000;

/** The signed PDF that goes with a message; null where none does; "unwritten" while it isn't kept yet. */
async function fileFor({ fileOf, attempts }: ClaimedMail): Promise<MailMessage["file"] | "unwritten"> {
  if (fileOf === null) return null;
  const file = await findSignedFile(read, fileOf, "pdf");
  if (!file) return attempts <= WAITS_FOR_FILE ? "unwritten" : null;
  return file.bytes.byteLength > LARGEST_FILE ? null : { name: file.name, type: file.type, bytes: file.bytes };
}

const UNWRITTEN: Delivery = {
  ok: false,
  permanent: false,
  code: "file-unwritten",
  reason: "The signed PDF that goes with it is still being written.",
};

async function sendOne(mail: ClaimedMail, { deliver, clock, report }: Sending): Promise<boolean> {
  // An attempt is counted when it begins: a message that ends the process each time is given up like any other.
  const exhausted: Delivery = {
    ok: false,
    permanent: true,
    code: "interrupted",
    reason: "Demarc ended each time while it was sending this.",
  };
  const delivery =
    mail.attempts > RETRY_AFTER.length + 1 ? exhausted : await holding(mail, clock, () => delivered(mail, deliver));
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

async function delivered(mail: ClaimedMail, deliver: Deliver): Promise<Delivery> {
  const file = await fileFor(mail);
  return file === "unwritten" ? UNWRITTEN : deliver({ ...mail, file });
}

async function recordSent(clock: () => Date): Promise<void> {
  for (const id of unrecorded) {
    await write((tx) => markSent(tx, id, clock()));
    unrecorded.delete(id);
  }
}

/** Renews the claim for as long as something takes. A renewal the database refuses is made up for by the next. */
async function holding<T>(mail: ClaimedMail, clock: () => Date, run: () => Promise<T>): Promise<T> {
  const renew = () => write((tx) => renewClaim(tx, mail, new Date(clock().getTime() + CLAIM)));
  const timer = setInterval(() => void renew().catch(() => undefined), RENEWAL);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
