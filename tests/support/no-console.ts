import { afterEach, beforeEach, expect, vi } from "vitest";

/** What a test did not expect on the console fails it: warnings there are how regressions first show. */
const spies = () =>
  (["error", "warn"] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => undefined));
let watched = spies();
/** What was refused is told line by line, which most tests bring about without looking. */
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
