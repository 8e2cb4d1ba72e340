/**
 * How Node is told that a process lives for seconds. The ORM's engine is WebAssembly, and compiling it for speed takes two
 * seconds of processor time, which pays for a server that runs for days and never for one that a test kills. What of it is
 * never called needn't be compiled at all.
 */
export const SHORT_LIVED = ["--liftoff-only", "--wasm-lazy-compilation"];

/** The same for one that answers a few requests: nothing is called often enough to be worth compiling for speed, or to fill a memory of some size. */
export const SOON_KILLED = [...SHORT_LIVED, "--no-opt", "--single-threaded-gc", "--min-semi-space-size=16"];

/** What `PASSWORD_COST` is where nobody guesses: a fifth of a second less for each of some five hundred. */
export const CHEAP = "4";
