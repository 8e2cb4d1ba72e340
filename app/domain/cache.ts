/** Values by key, of which only those used last stay. */
export type Cache<Value> = {
  /** The value under a key, which counts as used now. */
  get(key: string): Value | undefined;
  /** Puts a value under a key, in place of whatever is there; gives it back. */
  set(key: string, value: Value): Value;
  delete(key: string): void;
};

/** A cache of at most `limit` values: one more drops the one that was used longest ago. Whoever reads it says when a value is out of date. */
export function cacheOf<Value>(limit: number): Cache<Value> {
  // A map keeps the order in which keys were put in, so the first is always the one used longest ago.
  const values = new Map<string, Value>();
  const set = (key: string, value: Value) => {
    values.delete(key);
    values.set(key, value);
    const [oldest] = values.keys();
    if (values.size > limit && oldest !== undefined) values.delete(oldest);
    return value;
  };
  return {
    set,
    get(key) {
      const value = values.get(key);
      return value === undefined ? undefined : set(key, value);
    },
    delete(key) {
      values.delete(key);
    },
  };
}

/** A cache of what is still being made as well: whoever asks for the same meanwhile gets the same. What fails is made anew the next time. */
export function makingCacheOf<Value>(limit: number): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const cache = cacheOf<Promise<Value>>(limit);
  return (key, make) => {
    const known = cache.get(key);
    if (known) return known;
    const making = make();
    making.catch(() => cache.delete(key));
    return cache.set(key, making);
  };
}

/** A function that computes something once for each object, which doesn't change, and remembers it for as long as the object is there. */
export function oncePer<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { value: Value }>();
  return (key) => {
    const there = known.get(key);
    if (there) return there.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}
