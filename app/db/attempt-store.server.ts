import type { Reader, Transaction } from "./client.server";

/** How many tries a key has in its time window, and when that window ends. */
export type Tries = { key: string; count: number; until: Date };

const TRIES = { key: true, count: true, until: true } as const;

/** The tries of these keys in windows that are open at `now`; a key without one is left out. */
export async function triesOf(db: Reader, keys: readonly string[], now: Date): Promise<Tries[]> {
  return db.attempt.findMany({ where: { key: { in: [...keys] }, until: { gt: now } }, select: TRIES });
}

/**
 * Counts a try and returns the total of its window. The first try opens a window that ends at `until`. Concurrent
 * calls, also of several processes, each get a different total.
 */
export async function addTry(tx: Transaction, key: string, now: Date, until: Date): Promise<Tries> {
  await tx.attempt.deleteMany({ where: { key, until: { lte: now } } });
  // A single statement counts: two concurrent calls that read first and wrote afterwards would count as one.
  return tx.attempt.upsert({
    where: { key },
    create: { key, count: 1, until },
    update: { count: { increment: 1 } },
    select: TRIES,
  });
}

/** Takes one try off a key, if its window is still the one that ends at `until`. Concurrent calls each take off one. */
export async function takeTryOff(tx: Transaction, key: string, until: Date): Promise<void> {
  await tx.attempt.updateMany({ where: { key, until, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}

/** Deletes the tries of a key. */
export async function forgetKey(tx: Transaction, key: string): Promise<void> {
  await tx.attempt.deleteMany({ where: { key } });
}

/** Deletes the tries whose window has ended; returns the number of rows. */
export async function sweepTries(tx: Transaction, now: Date): Promise<number> {
  return (await tx.attempt.deleteMany({ where: { until: { lte: now } } })).count;
}
