import { stepsBetween } from "~/db/activity-log.server";
import { read } from "~/db/client.server";
import { promiseCacheOf } from "~/domain/cache";
import { AppError } from "~/domain/errors";
import { positionsText, type LiveEvent, type Positions } from "~/domain/live/live-event";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import type { News } from "./news.server";
import { presentOn } from "./presence.server";
import { streamLines, type LiveLine, type StreamTime } from "./stream-loop.server";

/** So many steps are sent at once at most; a page that is further behind reads the whole draft. */
const MOST_STEPS = 100;
type Opened = StreamTime & {
  actor: Actor;
  /** The matrices to watch, and the revision of each that the reader has. */
  positions: Positions;
  /** Whom the same session belongs to at a later moment; null once it ended. */
  actorNow: () => Promise<Actor | null>;
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
 * the stream's life is over. Throws as reading each matrix does, and `too-many`.
 */
export function liveLines({ actor, actorNow, positions, ...time }: Opened): AsyncGenerator<LiveLine, void> {
  const watched = new Map<string, Watched>();
  return streamLines(
    {
      reader: actor.userId,
      hear: (news) => news.kind !== "workshop" && takeDown(watched.get(news.matrixId), news),
      async begin() {
        for (const [matrixId, revision] of positions) {
          const fresh = { matrixId, revision, stored: revision, beside: false, presence: true, present: "" };
          watched.set(matrixId, fresh);
          const { revision: stored } = await matrixFor(read, actor, matrixId, "read");
          fresh.stored = Math.max(fresh.stored, stored);
        }
      },
      goesOn: () => watched.size > 0,
      async *recheck() {
        yield* recheck(await actorNow(), watched);
      },
      async *lines() {
        for (const matrix of watched.values())
          for await (const json of newsOf(matrix, time.closed)) yield eventLine(json, watched);
      },
    },
    time,
  );
}

function eventLine(json: string, watched: ReadonlyMap<string, Watched>): LiveLine {
  const positions = new Map([...watched].map(([matrixId, { revision }]) => [matrixId, revision]));
  return { kind: "event", id: positionsText(positions), json };
}

/** Takes down what is to be sent of a matrix, and says whether there is anything. */
function takeDown(matrix: Watched | undefined, news: Extract<News, { matrixId: string }>): boolean {
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
    yield eventLine(JSON.stringify(event), watched);
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
