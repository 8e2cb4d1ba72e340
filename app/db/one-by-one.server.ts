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
