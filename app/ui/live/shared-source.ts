import { LIVE_PROTOCOL, positionsText, type LiveEvent, type Positions } from "~/domain/live/live-event";
import { paths } from "~/paths";
import { openEventSource, type LiveState } from "./event-source";

/**
 * One stream for all tabs of a browser. A browser opens six connections to a site over HTTP/1.1, so that the seventh
 * tab with a stream of its own would never load. The tab that holds a Web Lock reads the stream and hands what arrives
 * on; when it is closed, the next one takes over.
 */

/** What a tab wants: which matrix, and from which revision on. */
type Wanted = { matrixId: string; revision: number };
type Message =
  /** A tab says what it wants; null while it is hidden or has nothing to watch. */
  | { kind: "want"; tab: string; wanted: Wanted | null }
  /** The tab that reads the stream asks everybody what they want. */
  | { kind: "ask" }
  | { kind: "event"; event: LiveEvent }
  | { kind: "state"; state: LiveState };

type Tab = {
  /** Names the person, so that tabs in which another one signed in before share nothing with this one. */
  userId: string;
  /** Tells this tab from the others. */
  tab: string;
  /** What this tab wants at the moment. */
  wanted: () => Wanted | null;
  onEvent: (event: LiveEvent) => void;
  onState: (state: LiveState) => void;
};

/** Joins the tabs that share a stream. `changed` is to be called when this tab wants something else. */
export function joinSharedSource({ userId, tab, wanted, onEvent, onState }: Tab): { changed(): void; leave(): void } {
  const name = `demarc.live.${userId}`;
  const locks = "locks" in navigator ? navigator.locks : undefined;
  // Without HTTPS there are no locks. Each tab then reads a stream of its own, while it is shown.
  const channel = new BroadcastChannel(locks ? name : `${name}.${tab}`);
  const left = new AbortController();
  let reader: ReturnType<typeof createReader> | null = null;

  function say(message: Message) {
    channel.postMessage(message);
    hear(message);
  }

  // A channel doesn't bring a tab its own messages, so that each is heard here as well.
  function hear(message: Message) {
    switch (message.kind) {
      case "want":
        return reader?.want(message.tab, message.wanted);
      case "ask":
        return changed();
      case "event":
        return onEvent(message.event);
      case "state":
        return onState(message.state);
    }
  }

  function changed() {
    say({ kind: "want", tab, wanted: left.signal.aborted ? null : wanted() });
  }

  function lead() {
    reader = createReader((message) => say(message));
    say({ kind: "ask" });
  }

  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  if (locks)
    locks
      .request(name, { signal: left.signal }, () => {
        lead();
        return new Promise<void>((resolve) => left.signal.addEventListener("abort", () => resolve(), { once: true }));
      })
      // Whoever leaves while they wait for the lock is told so by a rejection.
      .catch(() => undefined);
  else lead();
  changed();

  return {
    changed,
    leave() {
      left.abort();
      changed();
      reader?.close();
      channel.close();
    },
  };
}

/** A tab that crashed says nothing more, so all are asked again this often, and given this long to answer, in milliseconds. */
const ASK_AGAIN_MS = 5 * 60_000;
const ANSWER_MS = 10_000;

/** Reads the stream for what all tabs want together, and opens it anew when that changes. */
function createReader(say: (message: Message) => void) {
  const wants = new Map<string, Wanted>();
  let silent = new Set<string>();
  let source: ReturnType<typeof openEventSource> | null = null;
  /** The revisions that the open stream began at or has brought since. */
  const positions = new Map<string, number>();
  const asking = setInterval(() => {
    silent = new Set(wants.keys());
    say({ kind: "ask" });
    setTimeout(() => silent.forEach((tab) => want(tab, null)), ANSWER_MS);
  }, ASK_AGAIN_MS);

  function want(tab: string, wanted: Wanted | null) {
    silent.delete(tab);
    if (wanted) wants.set(tab, wanted);
    else wants.delete(tab);
    const needed = neededPositions();
    if (needed.size === 0) close();
    else if (!source || [...needed].some(([matrixId, revision]) => revision < (positions.get(matrixId) ?? Infinity)))
      reopen(needed);
  }

  /** The oldest revision that a tab has of each matrix. A tab passes over what it has already. */
  function neededPositions(): Map<string, number> {
    const needed = new Map<string, number>();
    for (const { matrixId, revision } of wants.values())
      needed.set(matrixId, Math.min(revision, needed.get(matrixId) ?? Infinity));
    return needed;
  }

  function reopen(needed: ReadonlyMap<string, number>) {
    close();
    for (const [matrixId, revision] of needed) positions.set(matrixId, revision);
    source = openEventSource<LiveEvent>({
      address: () => paths.live(LIVE_PROTOCOL, positionsText(positionsWanted())),
      onEvent,
      onState: (state) => say({ kind: "state", state }),
    });
  }

  /** Where the next stream begins: at what the last one brought, for the matrices that are still on screen. */
  function positionsWanted(): Positions {
    const wanted = neededPositions();
    return new Map([...positions].filter(([matrixId]) => wanted.has(matrixId)));
  }

  function onEvent(event: LiveEvent) {
    if (event.kind === "steps") positions.set(event.matrixId, event.steps.at(-1)?.revision ?? 0);
    if (event.kind === "refetch") positions.set(event.matrixId, event.revision);
    say({ kind: "event", event });
  }

  function close() {
    source?.close();
    source = null;
    positions.clear();
  }

  return {
    want,
    close() {
      clearInterval(asking);
      close();
    },
  };
}
