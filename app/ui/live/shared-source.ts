import type { LiveState } from "./event-source";

/**
 * One stream for all tabs of a browser that follow the same. A browser opens six connections to a site over HTTP/1.1,
 * so that the seventh tab with a stream of its own would never load. The tab that holds a Web Lock reads the stream and
 * hands what arrives on; when it is closed, the next one takes over.
 */

type Message<Wanted, Event> =
  /** A tab says what it wants; null while it is hidden or has nothing to watch. */
  | { kind: "want"; tab: string; wanted: Wanted | null }
  /** The tab that reads the stream asks everybody what they want. */
  | { kind: "ask" }
  | { kind: "event"; event: Event }
  | { kind: "state"; state: LiveState };

/** Tells all tabs what arrived. */
export type Handing<Event> = { event: (event: Event) => void; state: (state: LiveState) => void };

/** Keeps a stream open for what several tabs want together. */
export type StreamReader<Wanted> = {
  /** Follows what is wanted by each tab. `joined` says that one of them wanted nothing before. */
  follow(wants: ReadonlyMap<string, Wanted>, joined: boolean): void;
  close(): void;
};

type Tab<Wanted, Event> = {
  /** Names what is followed, and as whom, so that tabs in which another one signed in before share nothing with this one. */
  name: string;
  /** Tells this tab from the others. */
  tab: string;
  /** What this tab wants at the moment. */
  wanted: () => Wanted | null;
  onEvent: (event: Event) => void;
  onState: (state: LiveState) => void;
  createReader: (handing: Handing<Event>) => StreamReader<Wanted>;
};

/** Joins the tabs that share a stream. `changed` is to be called when this tab wants something else. */
export function joinSharedSource<Wanted, Event>({
  name,
  tab,
  wanted,
  onEvent,
  onState,
  createReader,
}: Tab<Wanted, Event>): { changed(): void; leave(): void } {
  const locks = "locks" in navigator ? navigator.locks : undefined;
  // Without HTTPS there are no locks. Each tab then reads a stream of its own, while it is shown.
  const channel = new BroadcastChannel(locks ? name : `${name}.${tab}`);
  const left = new AbortController();
  let leader: ReturnType<typeof leadTabs<Wanted, Event>> | null = null;

  function say(message: Message<Wanted, Event>) {
    channel.postMessage(message);
    hear(message);
  }

  // A channel doesn't bring a tab its own messages, so that each is heard here as well.
  function hear(message: Message<Wanted, Event>) {
    switch (message.kind) {
      case "want":
        return leader?.want(message.tab, message.wanted);
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
    leader = leadTabs(createReader, say);
    say({ kind: "ask" });
  }

  channel.onmessage = ({ data }: MessageEvent<Message<Wanted, Event>>) => hear(data);
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
      leader?.close();
      channel.close();
    },
  };
}

/** A tab that crashed says nothing more, so all are asked again this often, and given this long to answer, in milliseconds. */
const ASK_AGAIN_MS = 5 * 60_000;
const ANSWER_MS = 10_000;

/** Takes down what all tabs want, and has it read. */
function leadTabs<Wanted, Event>(
  createReader: (handing: Handing<Event>) => StreamReader<Wanted>,
  say: (message: Message<Wanted, Event>) => void,
) {
  const wants = new Map<string, Wanted>();
  let silent = new Set<string>();
  const reader = createReader({
    event: (event) => say({ kind: "event", event }),
    state: (state) => say({ kind: "state", state }),
  });
  const asking = setInterval(() => {
    silent = new Set(wants.keys());
    say({ kind: "ask" });
    setTimeout(() => silent.forEach((tab) => want(tab, null)), ANSWER_MS);
  }, ASK_AGAIN_MS);

  function want(tab: string, wanted: Wanted | null) {
    silent.delete(tab);
    const joined = wanted !== null && !wants.has(tab);
    if (wanted === null) wants.delete(tab);
    else wants.set(tab, wanted);
    reader.follow(wants, joined);
  }

  return {
    want,
    close() {
      clearInterval(asking);
      reader.close();
    },
  };
}
