import { stepsBetween } from "~/db/activity-log.server";
import { read } from "~/db/client.server";
import { promiseCacheOf } from "~/domain/cache";
import { AppError } from "~/domain/errors";
import { type LiveEvent, type Positions } from "~/domain/live/live-event";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { onNews, type News } from "./news.server";
import { presentOn } from "./presence.server";

/** So many steps are sent at once at most; a page that is further behind reads the whole draft. */
const MOST_STEPS = 100;
/** How often a stream gives a sign of life and checks that its reader still has access, in milliseconds. */
const HEARTBEAT_MS = 25_000;
/** How long a stream lives, in milliseconds. The page then opens the next one, with the session and the release of that moment. */
const LIFE_MS = 5 * 60_000;
/** How many streams one person has at once at most, in this process. One serves all tabs of a browser. */
const MOST_STREAMS = 12;

/** What goes out on a stream: an event as JSON with the revisions that its reader has afterwards, or a sign of life. */
export type LiveLine = { kind: "event"; json: string; positions: Positions } | { kind: "heartbeat" };

type Opened = {
  actor: Actor;
  /** The matrices to watch, and the revision of each that the reader has. */
  positions: Positions;
  /** Whom the same session belongs to at a later moment; null once it ended. */
  actorNow: () => Promise<Actor | null>;
  /** Aborted when the reader has gone, or the server stops. */
  closed: AbortSignal;
  /** In milliseconds; a test sets shorter ones. */
  heartbeat?: number;
  life?: number;
};

/** A matrix on a stream: what its reader has, and what is to be sent. */
type Watched = {
  matrixId: string;
  revision: number;
  stored: number;
  beside: boolean;
  presence: boolean;
  /** The list of those present as it was sent last. */
  present: string;
};

/**
 * What happens on matrices, from the revisions that the reader has on, until they go, lose access to all of them, or
 * the stream's life is over. Throws as reading each matrix does, and `too-many`. Nothing is kept for a slow reader, who
 * gets more steps at once.
 */
export async function* liveLines(opened: Opened): AsyncGenerator<LiveLine, void> {
  const { actor, closed, heartbeat = HEARTBEAT_MS, life = LIFE_MS } = opened;
  const leave = countStream(actor.userId);
  const bell = createBell(closed);
  let missed = false;
  const watched = new Map<string, Watched>();
  const stop = onNews((news) => {
    missed ||= news.kind === "missed";
    if (news.kind === "missed" || takeDown(watched.get(news.matrixId), news)) bell.ring();
  });
  try {
    for (const [matrixId, revision] of opened.positions) {
      const fresh = { matrixId, revision, stored: revision, beside: false, presence: true, present: "" };
      watched.set(matrixId, fresh);
      const { revision: stored } = await matrixFor(read, actor, matrixId, "read");
      fresh.stored = Math.max(fresh.stored, stored);
    }
    const end = Date.now() + life;
    let beat = Date.now() + heartbeat;
    while (!closed.aborted && watched.size > 0 && Date.now() < end) {
      const due = Date.now() >= beat;
      if (due) {
        yield { kind: "heartbeat" };
        beat = Date.now() + heartbeat;
      }
      if (due || missed) {
        missed = false;
        yield* recheck(await opened.actorNow(), watched);
      }
      for (const matrix of watched.values())
        for await (const event of newsOf(matrix, closed))
          yield { kind: "event", json: event, positions: positionsOf(watched) };
      await bell.rung(Math.min(beat, end) - Date.now());
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

/** Takes down what is to be sent of a matrix, and says whether there is anything. */
function takeDown(matrix: Watched | undefined, news: Exclude<News, { kind: "missed" }>): boolean {
  if (!matrix) return false;
  if (news.kind === "present") matrix.presence = true;
  else {
    matrix.stored = Math.max(matrix.stored, news.revision);
    matrix.beside ||= news.beside;
  }
  return true;
}

/** Ends the matrices that the reader can't read any more, and finds what was missed of the others. */
async function* recheck(actor: Actor | null, watched: Map<string, Watched>): AsyncGenerator<LiveLine> {
  for (const [matrixId, matrix] of watched) {
    const answer = await readable(actor, matrixId);
    if (typeof answer === "number") {
      if (answer > matrix.stored) matrix.stored = answer;
      matrix.presence = true;
      continue;
    }
    watched.delete(matrixId);
    const event: LiveEvent = { kind: "ended", matrixId, message: answer };
    yield { kind: "event", json: JSON.stringify(event), positions: positionsOf(watched) };
  }
}

/** The stored revision of a matrix, or a sentence where the reader may not read it. */
async function readable(actor: Actor | null, matrixId: string): Promise<number | string> {
  if (!actor) return "You are signed out. Sign in again; what you did here is kept.";
  try {
    return (await matrixFor(read, actor, matrixId, "read")).revision;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** What there is to send of a matrix, as JSON. */
async function* newsOf(matrix: Watched, closed: AbortSignal): AsyncGenerator<string> {
  const { matrixId } = matrix;
  if (matrix.stored > matrix.revision) {
    const { json, revision } = await stepsAsJson(matrixId, matrix.revision, matrix.stored);
    matrix.revision = revision;
    yield json;
  }
  if (matrix.beside) {
    matrix.beside = false;
    yield JSON.stringify({ kind: "beside", matrixId } satisfies LiveEvent);
  }
  if (!matrix.presence || closed.aborted) return;
  matrix.presence = false;
  const present = JSON.stringify({
    kind: "present",
    matrixId,
    present: await presentOn(matrixId, new Date()),
  } satisfies LiveEvent);
  if (present !== matrix.present) {
    matrix.present = present;
    yield present;
  }
}

/** Streams of the same matrix that are equally far send the same text, which is made once. */
const sharedSteps = promiseCacheOf<{ json: string; revision: number }>(64);

function stepsAsJson(matrixId: string, from: number, to: number): Promise<{ json: string; revision: number }> {
  return sharedSteps(`${matrixId} ${from} ${to}`, async () => {
    const steps = await stepsBetween(read, matrixId, { from, to, most: MOST_STEPS });
    const event: LiveEvent = steps ? { kind: "steps", matrixId, steps } : { kind: "refetch", matrixId, revision: to };
    return { json: JSON.stringify(event), revision: to };
  });
}

function positionsOf(watched: ReadonlyMap<string, Watched>): Positions {
  return new Map([...watched].map(([matrixId, { revision }]) => [matrixId, revision]));
}
