import { afterEach, beforeEach, expect, vi } from "vitest";

/** A warning or error on the console that a test didn't expect fails it, because regressions first show there. */
const spies = () =>
  (["error", "warn"] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => undefined));
let watched = spies();
/** Refusals are logged as lines, which most tests cause and don't check. */
const quiet = () => vi.spyOn(console, "info").mockImplementation(() => undefined);
quiet();

beforeEach(() => {
  vi.restoreAllMocks();
  quiet();
  watched = spies();
});

afterEach(() => {
  for (const spy of watched) expect(spy.mock.calls).toEqual([]);
});
