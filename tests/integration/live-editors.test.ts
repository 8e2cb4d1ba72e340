import { AsyncLocalStorage } from "node:async_hooks";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { write } from "~/db/client.server";
import type { MatrixCommand } from "~/domain/editing/commands";
import { LIVE_PROTOCOL, positionsText, type LiveEvent } from "~/domain/live/live-event";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import { createEditorStore } from "~/ui/editor/editor-store";
import { openEventSource } from "~/ui/live/event-source";
import { arbitraryCommands } from "../support/arbitraries";
import { aDuty, aMatrix } from "../support/matrices";
import { startServer, type ServerProcess } from "../support/server-process";
import { anEngagement, freshLoad, signedIn } from "../support/stored";

/** A browser: where its requests go, who is signed in, and whether it is connected. */
type Browser = { url: string; cookie: string; offline: boolean; streams: Set<AbortController> };

const browsers = new AsyncLocalStorage<Browser>();
const realFetch = globalThis.fetch;
const PEOPLE = 3;
let servers: ServerProcess[] = [];

beforeAll(async () => {
  const count = process.env.DEMARC_TEST_DATABASE === "postgresql" ? 2 : 1;
  servers = await Promise.all(Array.from({ length: count }, () => startServer(process.env.DATABASE_URL ?? "")));
  // What the page's code waits for to hear that it is back online.
  vi.stubGlobal("window", new EventTarget());
  // The page's code asks by paths, as in a browser.
  globalThis.fetch = (input, init) => {
    const browser = browsers.getStore();
    if (!browser || typeof input !== "string") return realFetch(input, init);
    if (browser.offline) return Promise.reject(new TypeError("Failed to fetch"));
    const cut = new AbortController();
    browser.streams.add(cut);
    const signal = AbortSignal.any([cut.signal, ...(init?.signal ? [init.signal] : [])]);
    const headers = { ...(init?.headers as Record<string, string>), Cookie: browser.cookie };
    return realFetch(`${browser.url}${input}`, { ...init, headers, signal });
  };
});
afterAll(async () => {
  globalThis.fetch = realFetch;
  vi.unstubAllGlobals();
  await Promise.all(servers.map((server) => server.kill()));
});

const MATRIX = aMatrix({
  duties: [1, 2, 3].map((i) => aDuty({ id: `duty-${i}`, code: `SUP-0${i}`, text: `Duty number ${i}` })),
});

async function openWindows() {
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, i) => signedIn(`Person ${i}`)));
  const [owner] = people;
  if (!owner) throw new Error("Nobody is there.");
  const { engagementId, matrixId } = await anEngagement(owner, MATRIX);
  await write((tx) =>
    tx.member.createMany({
      data: people.slice(1).map(({ userId }) => ({ engagementId, userId, side: "client", permission: "editor" })),
    }),
  );
  const windows = people.map(({ cookie }, i) => {
    const browser: Browser = {
      url: servers[i % servers.length]?.url ?? "",
      cookie,
      offline: false,
      streams: new Set(),
    };
    return browsers.run(browser, () => {
      const store = createEditorStore(matrixId, `${matrixId}.${i}`, { revision: 0, matrix: MATRIX, changes: null });
      const source = openEventSource<LiveEvent>({
        address: () => paths.live(LIVE_PROTOCOL, positionsText(new Map([[matrixId, store.revision()]]))),
        onState: () => undefined,
        onEvent(event) {
          if (event.kind === "steps") store.takeSteps(event.steps);
          if (event.kind === "refetch") store.refresh();
        },
      });
      const inBrowser = <T>(run: () => T) => browsers.run(browser, run);
      return { store, browser, inBrowser, close: () => (source.close(), store.stop()) };
    });
  });
  return { windows, matrixId };
}

type Window = Awaited<ReturnType<typeof openWindows>>["windows"][number];

type Act =
  | { kind: "edit"; who: number; commands: MatrixCommand[] }
  | { kind: "undo" | "redo" | "offline" | "online"; who: number }
  | { kind: "wait"; ms: number };

const who = fc.nat(PEOPLE - 1);
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("edit" as const), who, commands: arbitraryCommands }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("undo", "redo", "offline", "online"), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.nat(40) }) },
  ),
  { minLength: 10, maxLength: 40 },
);

async function act(windows: readonly Window[], step: Act): Promise<void> {
  if (step.kind === "wait") return new Promise((resolve) => setTimeout(resolve, step.ms));
  const window = windows[step.who];
  window?.inBrowser(() => {
    switch (step.kind) {
      case "edit":
        // One that is refused would take the others of its step with it.
        return step.commands.forEach((command) => window.store.run([command], "Edited"));
      case "undo":
        return window.store.undo();
      case "redo":
        return window.store.redo();
      case "offline":
        window.browser.offline = true;
        for (const stream of window.browser.streams) stream.abort();
        return window.browser.streams.clear();
      case "online":
        window.browser.offline = false;
        return window.store.refresh();
    }
  });
}

const settled = ({ store }: Window) => !store.hasUnsaved();

describe("windows of several people on one matrix", () => {
  let storedSteps = 0;
  it("show in the end what is stored, whatever they edit at once, undo, and miss while they are offline", async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (steps) => {
        const { windows, matrixId } = await openWindows();
        try {
          for (const step of steps) await act(windows, step);
          for (const window of windows) {
            for (const overtaken of window.store.get().overtaken) window.store.choose(overtaken, "theirs");
            await act(windows, { kind: "online", who: windows.indexOf(window) });
          }
          let stored: { revision: number; matrix: Matrix } | undefined;
          await expect
            .poll(
              async () => {
                for (const { store, inBrowser } of windows) {
                  for (const overtaken of store.get().overtaken) inBrowser(() => store.choose(overtaken, "theirs"));
                }
                stored = await freshLoad(matrixId);
                return windows.every((window) => settled(window) && window.store.revision() === stored?.revision);
              },
              { timeout: 60_000, interval: 50 },
            )
            .toBe(true);
          for (const { store } of windows) expect(store.get().matrix).toEqual(stored?.matrix);
          storedSteps += stored?.revision ?? 0;
        } finally {
          for (const window of windows) window.close();
        }
      }),
      { numRuns: 15, seed: 22, endOnFailure: true },
    );
    // Where hardly anything were stored, nothing would have been tried.
    expect(storedSteps).toBeGreaterThan(75);
  }, 900_000);
});
