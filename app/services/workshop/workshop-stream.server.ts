import { read } from "~/db/client.server";
import { oncePer } from "~/domain/cache";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import type { WorkshopLiveEvent, WorkshopShown } from "~/domain/workshop/view/live";
import { sharedRuns } from "../live/shared-runs.server";
import { streamLines, type LiveLine, type StreamTime } from "../live/stream-loop.server";
import type { Actor } from "../who/actor.server";
import { OVER, workshopAlone, workshopFor, type Entered, type Entrant } from "./entrant.server";
import { revealInTime, revealsAt } from "./timer.server";
import { shownTo, type Looking } from "./viewing.server";

type Opened = StreamTime & {
  entrant: Entrant;
  workshopId: string;
  looking: Looking;
  /** Whom the same session belongs to at a later moment; null once it ended. */
  actorNow: () => Promise<Actor | null>;
};

/**
 * What one entrant sees of a workshop as it changes: everything at the beginning, then the parts that changed. Each
 * line is built for this reader alone. Throws as looking at the workshop does, and `too-many`.
 */
export async function* workshopLines({
  entrant,
  workshopId,
  looking,
  actorNow,
  ...time
}: Opened): AsyncGenerator<LiveLine, void> {
  const first = await workshopFor(read, entrant, workshopId);
  let entered: Entered | null = first;
  let sent: ReadonlyMap<string, unknown> = new Map();

  /**
   * The workshop as it is now. Who the reader is, is asked at each heartbeat, and before that of a member who hasn't come
   * in: they may have meanwhile.
   */
  async function lookAgain(): Promise<void> {
    const before = entered;
    const alone = before && (await sharedLook(workshopId));
    if (!alone) entered = null;
    else if (before.member && before.participantId === null)
      entered = await workshopFor(read, { actor: before.member.actor, passes: [] }, workshopId);
    else entered = { ...alone, member: before.member, participantId: before.participantId };
  }

  /** What is sent next, or the sentence with which the stream ends. */
  async function nextShown(): Promise<{ shown: WorkshopShown; sequence: number } | string> {
    try {
      await lookAgain();
      const gone = entered ? goneWords(entered) : "This workshop isn't there any more.";
      if (gone !== null || !entered) return gone ?? "";
      return { shown: await shownTo(read, entered, looking), sequence: entered.stored.sequence };
    } catch (error) {
      // Such as of a projector whose facilitator has handed over.
      if (error instanceof AppError) return error.message;
      throw error;
    }
  }

  yield* streamLines(
    {
      reader: first.member?.actor.userId ?? `${workshopId} ${first.participantId}`,
      hear: (news) =>
        news.kind === "workshop"
          ? news.workshopId === workshopId
          : news.kind === "logged" && news.matrixId === first.stored.matrixId,
      begin: async () => undefined,
      goesOn: () => entered !== null,
      async *recheck() {
        // A guest's access is nothing but their place in the workshop, which is looked at before each line.
        if (!first.member) return;
        const answer = await stillFor({ actor: entrant.actor && (await actorNow()), passes: [] }, workshopId);
        if (typeof answer !== "string") {
          entered = answer;
          return;
        }
        entered = null;
        yield endLine(answer, first.stored.sequence);
      },
      async *lines() {
        // Where a member's access was found to be gone, that has been said.
        if (!entered) return;
        const next = await nextShown();
        if (typeof next === "string") {
          entered = null;
          yield endLine(next, first.stored.sequence);
          return;
        }
        const { shown, sequence } = next;
        const parts = changedParts(sent, shown);
        sent = new Map(Object.entries(shown));
        if (parts.length > 0) yield viewLine(sequence, parts);
      },
      due: () => (entered ? revealsAt(entered.stored.workshop) : null),
    },
    time,
  );
}

/** Why a guest sees nothing more; null while they do. Members see a workshop after its end too. */
function goneWords({ stored: { workshop }, participantId, member }: Entered): string | null {
  if (member) return null;
  if (workshop.stage === "ended") return OVER;
  const participant = workshop.participants.find(({ id }) => id === participantId);
  return participant && participant.state !== "left" ? null : "You aren't in this workshop any more.";
}

async function stillFor(entrant: Entrant, workshopId: string): Promise<Entered | string> {
  try {
    return await workshopFor(read, entrant, workshopId);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** The workshop as nobody in particular has it, read once for all whose streams are woken at the same moment. */
const sharedLook = sharedRuns(async (workshopId) => {
  await revealInTime(workshopId, new Date());
  return workshopAlone(read, workshopId);
});

/** The JSON of the parts of what is shown that differ from what was sent before, each with its name. */
function changedParts(before: ReadonlyMap<string, unknown>, after: WorkshopShown): string[] {
  return Object.entries(after).flatMap(([name, part]) =>
    sameBefore(before.get(name), part) ? [] : [`${JSON.stringify(name)}:${jsonOf(part)}`],
  );
}

// What is shared is the same value for every reader, so that it is compared and written out once for all of them.
const sameAs = oncePer((before: object) => oncePer((after: object) => sameJson(before, after)));
const textOf = oncePer((part: object) => JSON.stringify(part));
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const sameBefore = (before: unknown, after: unknown) =>
  isObject(before) && isObject(after) ? sameAs(before)(after) : sameJson(before, after);
const jsonOf = (part: unknown) => (isObject(part) ? textOf(part) : JSON.stringify(part));

type Kind<Name extends WorkshopLiveEvent["kind"]> = Omit<Extract<WorkshopLiveEvent, { kind: Name }>, "parts">;

function viewLine(sequence: number, parts: readonly string[]): LiveLine {
  const head = JSON.stringify({ kind: "view", sequence, at: Date.now() } satisfies Kind<"view">);
  return { kind: "event", id: String(sequence), json: `${head.slice(0, -1)},"parts":{${parts.join(",")}}}` };
}

function endLine(message: string, sequence: number): LiveLine {
  const json = JSON.stringify({ kind: "ended", message } satisfies Kind<"ended">);
  return { kind: "event", id: String(sequence), json };
}
