import type { LiveEvent } from "~/domain/live/live-event";

/** An open stream of server-sent events, read as a browser reads it. */
export type EventReader<Event extends { kind: string } = LiveEvent> = {
  headers: Headers;
  /** The next event of a kind with its id; null when the stream ends. */
  next(kind: Event["kind"]): Promise<{ id: string; data: Event } | null>;
  close(): void;
};

/** Opens a stream. Rejects where the server refuses it. */
export async function eventsOf<Event extends { kind: string } = LiveEvent>(
  url: string,
  headers: Record<string, string>,
): Promise<EventReader<Event>> {
  const closer = new AbortController();
  const response = await fetch(url, { headers, signal: closer.signal });
  if (!response.ok || !response.body) throw new Error(`${response.status}: ${await response.text()}`);
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";

  async function block(): Promise<string | null> {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const { value, done } = await chunks.read();
      if (done) return null;
      text += value;
    }
  }

  return {
    headers: response.headers,
    close: () => closer.abort(),
    async next(kind) {
      for (let found = await block(); found !== null; found = await block()) {
        const lines = new Map(
          found
            .split("\n")
            .map((line): [string, string] => [line.split(": ", 1)[0] ?? "", line.slice(line.indexOf(": ") + 2)]),
        );
        const data = lines.get("data");
        if (data === undefined) continue;
        const event = JSON.parse(data) as Event;
        if (event.kind === kind) return { id: lines.get("id") ?? "", data: event };
      }
      return null;
    },
  };
}
