/**
 * Shares a reading among all who ask for it at once: whoever asks while one is on its way gets the one after it, which
 * begins after they asked and so holds whatever they were woken for.
 */
export function sharedRuns<Value>(run: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const running = new Map<string, Promise<Value>>();
  const following = new Map<string, Promise<Value>>();

  function begin(key: string): Promise<Value> {
    const begun = run(key).finally(() => {
      if (running.get(key) === begun) running.delete(key);
    });
    running.set(key, begun);
    return begun;
  }

  return (key) => {
    const there = following.get(key);
    if (there) return there;
    const before = running.get(key);
    if (!before) return begin(key);
    const next = before
      .catch(() => undefined)
      .then(() => {
        following.delete(key);
        return begin(key);
      });
    following.set(key, next);
    return next;
  };
}
