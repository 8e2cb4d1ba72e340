import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { admitted, withBodyRoom, type Sender } from "~/http/held-bodies.server";

const MB = 1_000_000;
const visitor = (network: string, closed?: AbortSignal): Sender => ({ account: null, network, closed });

/** A body that comes as the test lets it. */
function sending(size: number, told = true) {
  let line: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (line = controller) });
  const request = new Request("http://localhost/verify", {
    method: "POST",
    body,
    duplex: "half",
    headers: told ? { "content-length": String(size) } : {},
  } as RequestInit);
  const arrive = () => {
    line?.enqueue(new Uint8Array(10));
    line?.close();
    line = undefined;
  };
  return { request, arrive };
}

/** One that is taken in; `done` is what answering it came to. */
function upload(sender: Sender, size = 20 * MB, told = true) {
  const { request, arrive } = sending(size, told);
  const state = { admitted: false };
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const done = withBodyRoom(request, sender, async () => {
    const reading = await admitted(request, 20 * MB);
    state.admitted = true;
    const bytes = await reading.arrayBuffer();
    await finished;
    return bytes.byteLength;
  }).catch((error: Error) => error.message);
  return { state, arrive, finish, done };
}

/** Streams hand on what they hold in turns of their own. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await setImmediate();
}

async function passed(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}
const all: ReturnType<typeof upload>[] = [];
function begun(...asked: Parameters<typeof upload>) {
  const one = upload(...asked);
  all.push(one);
  return one;
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(async () => {
  const begun = all.splice(0);
  for (const one of begun) {
    one.arrive();
    one.finish();
  }
  await passed(200_000);
  await Promise.all(begun.map(({ done }) => done));
  vi.useRealTimers();
});

describe("bodies that are held", () => {
  it("come to a bounded number of bytes: the next one waits, unread, until another was answered", async () => {
    const first = [begun(visitor("a")), begun(visitor("b"))];
    const third = begun(visitor("c"));
    await settled();
    expect([...first, third].map(({ state }) => state.admitted)).toEqual([true, true, false]);
    first[0]?.arrive();
    await settled();
    // Read, but what is made of it isn't done.
    expect(third.state.admitted).toBe(false);
    first[0]?.finish();
    await settled();
    expect(third.state.admitted).toBe(true);
  });

  it("leave room for who is signed in, and for other networks, whatever one network sends", async () => {
    const one = [begun(visitor("a")), begun(visitor("a")), begun(visitor("a"))];
    const other = begun(visitor("b"));
    const member = begun({ account: "maya", network: "a", closed: undefined });
    await settled();
    expect([...one, other, member].map(({ state }) => state.admitted)).toEqual([true, false, false, true, true]);
  });

  it("count by what they may be where they don't tell it, and not at all where they are as small as a form", async () => {
    begun(visitor("a"), 0, false);
    const second = begun(visitor("a"), 200_000);
    const small = begun(visitor("a"), 60_000);
    await settled();
    expect([second.state.admitted, small.state.admitted]).toEqual([false, true]);
  });

  it("are let go where whoever waits has gone, and where whoever sends has", async () => {
    const gone = new AbortController();
    const first = begun(visitor("a"));
    const second = begun(visitor("a", gone.signal));
    const third = begun(visitor("a"));
    await settled();
    gone.abort();
    first.arrive();
    first.finish();
    await settled();
    expect([second.state.admitted, third.state.admitted]).toEqual([false, true]);
  });

  it("that find no room for twenty seconds are told to come back", async () => {
    begun(visitor("a"));
    const late = begun(visitor("a"));
    await passed(21_000);
    expect(await late.done).toBe(
      "Too much is being sent here at once. Nothing of yours was taken in; try again in a moment.",
    );
  });

  it("keep their place only as long as their size needs: who sends nothing makes room", async () => {
    const silent = begun(visitor("a"), 1 * MB);
    await passed(25_000);
    expect(await silent.done).toMatch(/took too long to arrive/);
    const next = begun(visitor("a"));
    await settled();
    expect(next.state.admitted).toBe(true);
  });

  it("are not waited for without end by ever more: beyond those who wait, who comes is told at once", async () => {
    begun(visitor("a"));
    const crowd = Array.from({ length: 201 }, () => begun(visitor("a"), 200_000));
    await settled();
    expect(await crowd.at(-1)?.done).toMatch(/try again in a moment/);
  });

  it("that turn out to be no use are read to their end and let go, so that a browser hears its answer", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>(
      { pull: (line) => (sent < 20 ? (line.enqueue(new Uint8Array(100_000)), void (sent += 1)) : line.close()) },
      { highWaterMark: 0 },
    );
    const request = new Request("http://localhost/verify", {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-length": "2000000" },
    } as RequestInit);
    const refused = withBodyRoom(request, visitor("a"), async () => {
      const reader = (await admitted(request, 20 * MB)).body?.getReader();
      await reader?.read();
      throw new Error("That is no form.");
    });
    await expect(refused).rejects.toThrow("That is no form.");
    await settled();
    expect(sent).toBe(20);
    const unread = sending(20 * MB);
    await withBodyRoom(unread.request, visitor("a"), async () => "Too many tries.");
    unread.arrive();
    await settled();
    expect(unread.request.bodyUsed).toBe(true);
  });
});
