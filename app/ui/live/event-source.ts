import { createEventReader } from "./event-lines";

/** A stream that shows no sign of life for this long, in milliseconds, is lost: the server gives one every 25 seconds. */
const SILENCE_MS = 60_000;
const RETRY_MS = [500, 2_000, 5_000, 15_000, 30_000];

/** Why others' edits don't arrive at once: the connection is lost, it was refused, or this page is of another release. */
export type LiveState = "live" | "lost" | "refused" | "other-release";

type Source<Event> = {
  /** The stream's address, asked for at each beginning. */
  address: () => string;
  onEvent: (event: Event) => void;
  onState: (state: LiveState) => void;
};

/**
 * Keeps a stream open, and opens it again whenever it ends, later and later while that fails, and at once when the
 * browser is back online. It is read with `fetch`, because an `EventSource` tells neither why it was refused nor that it was silent for long.
 */
export function openEventSource<Event>({ address, onEvent, onState }: Source<Event>): { close(): void } {
  let closed = false;
  let failures = 0;
  let current = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the next attempt waits for its time. */
  let waiting = false;
  let backOnline = false;

  async function run() {
    waiting = false;
    current = new AbortController();
    const ended = await readStream(address(), current, onEvent, () => {
      failures = 0;
      onState("live");
    });
    if (closed) return;
    if (ended !== "over" && !backOnline) onState(ended);
    if (ended === "other-release") return;
    timer = setTimeout(() => void run(), backOnline ? 0 : RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
    waiting = true;
    backOnline = false;
  }

  /** A stream from before may look open although nothing arrives on it any more. */
  function online() {
    if (closed) return;
    if (!waiting) {
      backOnline = true;
      return current.abort();
    }
    clearTimeout(timer);
    void run();
  }

  window.addEventListener("online", online);
  void run();
  return {
    close() {
      closed = true;
      window.removeEventListener("online", online);
      clearTimeout(timer);
      current.abort();
    },
  };
}

/** Reads one stream to its end, and says how it ended. */
async function readStream<Event>(
  address: string,
  controller: AbortController,
  onEvent: (event: Event) => void,
  onOpen: () => void,
): Promise<"over" | Exclude<LiveState, "live">> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(() => controller.abort(), SILENCE_MS);
  };
  try {
    alive();
    const response = await fetch(address, {
      headers: { Accept: "text/event-stream" },
      cache: "no-store",
      signal: controller.signal,
    });
    if (response.status === 409) return "other-release";
    if (!response.ok || !response.body) return response.status >= 500 ? "lost" : "refused";
    onOpen();
    const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const read = createEventReader();
    for (;;) {
      const { value, done } = await chunks.read();
      if (done) return "over";
      alive();
      for (const data of read(value)) onEvent(JSON.parse(data));
    }
  } catch {
    return "lost";
  } finally {
    clearTimeout(silence);
    controller.abort();
  }
}
