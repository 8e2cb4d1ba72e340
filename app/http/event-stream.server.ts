import { setMaxListeners } from "node:events";
import type { LiveLine } from "~/services/live/stream-loop.server";

/** The page opens the next stream this long after one has ended, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * An answer of server-sent events. `Cache-Control: no-transform` keeps compression, ours and that of proxies, from
 * holding events back; `X-Accel-Buffering` says the same to nginx. A line is asked for only when the reader has taken
 * the one before. `closed` is aborted when the reader has gone, or the server stops.
 */
export async function eventStream(lines: AsyncGenerator<LiveLine, void>, closed: AbortSignal): Promise<Response> {
  // A reader that went while it was slow is waited for at a line, so that the lines have to be ended from here.
  closed.addEventListener("abort", () => void lines.return(), { once: true });
  // The first line is made before the answer begins, so that a refusal has its status.
  let next: Promise<IteratorResult<LiveLine, void>> | null = lines.next();
  await next;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
    },
    async pull(controller) {
      try {
        const { value, done } = await (next ?? lines.next());
        next = null;
        if (done || !value) controller.close();
        else controller.enqueue(encoder.encode(eventText(value)));
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await lines.return();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

function eventText(line: LiveLine): string {
  // A comment is a sign of life that no listener hears. JSON has no line breaks.
  return line.kind === "heartbeat" ? ": alive\n\n" : `id: ${line.id}\ndata: ${line.json}\n\n`;
}

/**
 * Aborted as soon as one of two signals is. `AbortSignal.any` would leave something behind for each stream at the signal
 * that lasts as long as the process.
 */
export function abortedByEither(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController();
  const signals = other ? [one, other] : [one];
  // Each stream listens to the server's end, however many there are.
  setMaxListeners(0, ...signals);
  const abort = () => {
    for (const signal of signals) signal.removeEventListener("abort", abort);
    controller.abort();
  };
  for (const signal of signals) signal.addEventListener("abort", abort);
  if (signals.some(({ aborted }) => aborted)) abort();
  return controller.signal;
}
