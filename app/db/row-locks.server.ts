import type { Transaction } from "./client.server";

/**
 * Writing to a row locks it until the transaction ends, so that of two transactions that change the same engagement the
 * second one sees what the first one did. These functions set an id to itself, which locks the row and changes nothing.
 */

/** Locks an engagement, so that changes of its access and of its sign-offs run one after the other. */
export async function lockEngagement(tx: Transaction, engagementId: string): Promise<void> {
  await tx.engagement.update({ where: { id: engagementId }, data: { id: engagementId }, select: { id: true } });
}

/** Locks all engagements of an organisation. */
export async function lockClients(tx: Transaction, organisationId: string): Promise<void> {
  await tx.engagement.updateMany({ where: { organisationId }, data: { organisationId } });
}

/** Locks an organisation, so that changes of its people run one after the other. */
export async function lockOrganisation(tx: Transaction, organisationId: string): Promise<void> {
  await tx.organisation.update({ where: { id: organisationId }, data: { id: organisationId }, select: { id: true } });
}
/** When the last of those that wait under a key has ended. */
const queueEnds = new Map<string, Promise<unknown>>();

/**
 * Runs what concerns the same thing one after the other within this process, in the order of the calls. Each then waits
 * for its turn without a connection of the database; other processes are told apart by revisions and locks.
 */
export function oneByOne<T>(key: string, run: () => Promise<T>): Promise<T> {
  const result = (queueEnds.get(key) ?? Promise.resolve()).then(run, run);
  queueEnds.set(key, result);
  const leaveQueue = () => {
    if (queueEnds.get(key) === result) queueEnds.delete(key);
  };
  result.then(leaveQueue, leaveQueue);
  return result;
}
