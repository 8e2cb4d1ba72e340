import { AppError } from "~/domain/errors";
import { onNews, type News } from "./news.server";

/** How often a stream gives a sign of life and checks that its reader still has access, in milliseconds. */
const HEARTBEAT_MS = 25_000;
/** How long a stream lives, in milliseconds. The page then opens the next one, with the session and the release of that moment. */
const LIFE_MS = 5 * 60_000;
/** How many streams one person has at once at most, in this process. One serves all tabs of a browser. */
const MOST_STREAMS = 12;

/** What goes out on a stream: an event as JSON with the id that says what its reader has afterwards, or a sign of life. */
export type LiveLine = { kind: "event"; id: string; json: string } | { kind: "heartbeat" };

export type StreamTime = {
  /** Aborted when the reader has gone, or the server stops. */
  closed: AbortSignal;
  /** In milliseconds; a test sets shorter ones. */
  heartbeat?: number;
  life?: number;
};

/** What a stream is about. */
type Topic = {
  /** Whose streams are counted together. */
  reader: string;
  /** Takes down what is to be sent, and says whether that is anything. */
  hear: (news: Exclude<News, { kind: "missed" }>) => boolean;
  /** Looks up where things stand, once news are heard. Throws where the reader has no access. */
  begin: () => Promise<void>;
  /** Whether there is anything left to follow. */
  goesOn: () => boolean;
  /** Checks the reader's access, and finds what was missed. Runs at each heartbeat, before anything is sent. */
  recheck: () => AsyncIterable<LiveLine>;
  /** What there is to send. */
  lines: () => AsyncIterable<LiveLine>;
  /** When `lines` has to be asked though nothing was heard, in milliseconds since 1970; null for never. */
  due?: () => number | null;
};

/**
 * What happens on a topic, until its reader goes, loses access, or the stream's life is over. Throws as `begin` does,
 * and `too-many`. Nothing is kept for a slow reader, who gets more at once.
 */
export async function* streamLines(
  topic: Topic,
  { closed, heartbeat = HEARTBEAT_MS, life = LIFE_MS }: StreamTime,
): AsyncGenerator<LiveLine, void> {
  const leave = countStream(topic.reader);
  const bell = createBell(closed);
  let missed = false;
  const stop = onNews((news) => {
    missed ||= news.kind === "missed";
    if (news.kind === "missed" || topic.hear(news)) bell.ring();
  });
  try {
    await topic.begin();
    const end = Date.now() + life;
    let beat = Date.now() + heartbeat;
    while (!closed.aborted && topic.goesOn() && Date.now() < end) {
      const due = Date.now() >= beat;
      if (due) {
        yield { kind: "heartbeat" };
        beat = Date.now() + heartbeat;
      }
      if (due || missed) {
        missed = false;
        yield* topic.recheck();
      }
      yield* topic.lines();
      if (!topic.goesOn()) return;
      await bell.rung(Math.min(beat, end, topic.due?.() ?? end) - Date.now());
    }
  } finally {
    stop();
    leave();
  }
}

const streamsOf = new Map<string, number>();

function countStream(userId: string): () => void {
  const open = streamsOf.get(userId) ?? 0;
  if (open >= MOST_STREAMS)
    throw new AppError(
      "too-many",
      "Too many browsers are kept current at once. This one is refreshed whenever you come back to it.",
    );
  streamsOf.set(userId, open + 1);
  return () => {
    const left = (streamsOf.get(userId) ?? 1) - 1;
    if (left > 0) streamsOf.set(userId, left);
    else streamsOf.delete(userId);
  };
}

/** A bell that one waiter hears: at once if it was rung since the last time, else when it is, the time is over, or the reader goes. */
function createBell(closed: AbortSignal) {
  let rungBefore = false;
  let wake: () => void = () => undefined;
  const ring = () => {
    rungBefore = true;
    wake();
  };
  closed.addEventListener("abort", ring, { once: true });
  return {
    ring,
    async rung(withinMs: number): Promise<void> {
      if (!rungBefore)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, withinMs));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      wake = () => undefined;
      rungBefore = false;
    },
  };
}
