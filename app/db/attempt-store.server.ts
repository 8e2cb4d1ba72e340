import type { Reader, Writer } from "./client.server";

/** How often something was tried since its window began, and when the window ends. */
export type Tries = { key: string; count: number; until: Date };

const TRIES = { key: true, count: true, until: true } as const;

/** The tries of those keys whose window hasn't ended; a key that wasn't tried is left out. */
export async function triesOf(db: Reader, keys: readonly string[], now: Date): Promise<Tries[]> {
  return db.attempt.findMany({ where: { key: { in: [...keys] }, until: { gt: now } }, select: TRIES });
}

/** Counts a try and returns how many there are with it; the first begins a window that lasts until then. Of several at the same moment, in whichever process, each finds another count. */
export async function addTry(tx: Writer, key: string, now: Date, until: Date): Promise<Tries> {
  await tx.attempt.deleteMany({ where: { key, until: { lte: now } } });
  // One statement of the database's own: what is read first and written then would count two as one.
  return tx.attempt.upsert({
    where: { key },
    create: { key, count: 1, until },
    update: { count: { increment: 1 } },
    select: TRIES,
  });
}

/** Takes one try off a key, within the window that ends then; of several at once each takes its own. */
export async function takeTryOff(tx: Writer, key: string, until: Date): Promise<void> {
  await tx.attempt.updateMany({ where: { key, until, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}

/** Forgets what was tried under a key. */
export async function forgetKey(tx: Writer, key: string): Promise<void> {
  await tx.attempt.deleteMany({ where: { key } });
}

/** Removes the tries whose window has ended; returns how many rows that were. */
export async function sweepTries(tx: Writer, now: Date): Promise<number> {
  return (await tx.attempt.deleteMany({ where: { until: { lte: now } } })).count;
}
