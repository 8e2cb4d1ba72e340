/**
 * Node's parameters for a process that lives for seconds. The ORM's engine is WebAssembly; optimising it takes two
 * seconds of processor time, which pays off for a server that runs for days and not for one that a test kills.
 * Functions that are never called aren't compiled at all.
 */
export const SHORT_LIVED = ["--liftoff-only", "--wasm-lazy-compilation"];

/**
 * The same for a process that answers a few requests: no function is called often enough to be worth optimising, and a
 * small heap is enough.
 */
export const SOON_KILLED = [...SHORT_LIVED, "--no-opt", "--single-threaded-gc", "--min-semi-space-size=16"];

/** The `PASSWORD_COST` of tests. It saves a fifth of a second for each of some five hundred hashes. */
export const CHEAP = "4";
