/** A least-recently-used cache: values by key, of which only the most recently used ones are kept. */
export type Cache<Value> = {
  /** Reads the value of a key and marks it as used. */
  get(key: string): Value | undefined;
  /** Stores a value under a key and returns it. */
  set(key: string, value: Value): Value;
  delete(key: string): void;
};

/**
 * A cache of at most `limit` values. Adding one more drops the least recently used value. Callers decide themselves
 * whether a value is out of date.
 */
export function cacheOf<Value>(limit: number): Cache<Value> {
  // A Map iterates in insertion order, so that its first key is the least recently used one.
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

/**
 * A cache of promises: callers that ask for the same key while its value is being made share one promise. A rejected
 * promise is removed, so that the next caller tries again.
 */
export function promiseCacheOf<Value>(limit: number): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const cache = cacheOf<Promise<Value>>(limit);
  return (key, make) => {
    const cached = cache.get(key);
    if (cached) return cached;
    const promise = make();
    promise.catch(() => cache.delete(key));
    return cache.set(key, promise);
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
