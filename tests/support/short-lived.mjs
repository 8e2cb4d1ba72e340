/**
 * How Node is told that a process lives for seconds. The ORM's engine is WebAssembly, and compiling it for speed takes two
 * seconds of processor time, which pays for a server that runs for days and never for one that a test kills. What of it is
 * never called needn't be compiled at all.
 */
export const SHORT_LIVED = ["--liftoff-only", "--wasm-lazy-compilation"];

/** What `PASSWORD_COST` is where nobody guesses: a fifth of a second less for each of some five hundred. */
export const CHEAP = "4";
