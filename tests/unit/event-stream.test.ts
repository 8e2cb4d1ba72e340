import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { abortedByEither } from "~/http/event-stream.server";

describe("the signal that ends a stream", () => {
  it("is aborted by its reader and by the server's end, at once where that has been", () => {
    const [reader, server] = [new AbortController(), new AbortController()];
    const [one, other] = [abortedByEither(reader.signal, server.signal), abortedByEither(reader.signal, undefined)];
    expect([one.aborted, other.aborted]).toEqual([false, false]);
    reader.abort();
    expect([one.aborted, other.aborted]).toEqual([true, true]);
    expect(abortedByEither(reader.signal, server.signal).aborted).toBe(true);
    const next = abortedByEither(new AbortController().signal, server.signal);
    server.abort();
    expect(next.aborted).toBe(true);
  });

  it("leaves nothing behind at the signal of the server, which outlasts every stream", () => {
    const server = new AbortController();
    for (let i = 0; i < 100; i++) {
      const reader = new AbortController();
      abortedByEither(reader.signal, server.signal);
      reader.abort();
    }
    expect(getEventListeners(server.signal, "abort")).toHaveLength(0);
  });

  it("warns of no leak where many streams are open at once", async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error) => void warnings.push(warning);
    process.on("warning", hear);
    const server = new AbortController();
    for (let i = 0; i < 100; i++) abortedByEither(new AbortController().signal, server.signal);
    await setImmediate();
    process.off("warning", hear);
    expect(warnings).toEqual([]);
  });
});
