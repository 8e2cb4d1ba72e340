import { read } from "~/db/client.server";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import type { WorkshopLiveEvent, WorkshopShown } from "~/domain/workshop/live";
import { streamLines, type LiveLine, type StreamTime } from "../live/stream-loop.server";
import type { Actor } from "../who/actor.server";
import { workshopAlone, workshopFor, type Entered, type Entrant } from "./entrant.server";
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
  let sent: Partial<WorkshopShown> = {};

  /**
   * The workshop as it is now. Who the reader is, is asked at each heartbeat, and before that of a member who hasn't come
   * in: they may have meanwhile.
   */
  async function lookAgain(): Promise<void> {
    const before = entered;
    const alone = before && (await workshopAlone(read, workshopId));
    if (!alone) entered = null;
    else if (before.member && before.participantId === null)
      entered = await workshopFor(read, { actor: before.member.actor, passes: [] }, workshopId);
    else entered = { ...alone, member: before.member, participantId: before.participantId };
  }

  /** What is sent next, or the sentence with which the stream ends. */
  async function nextShown(): Promise<{ shown: WorkshopShown; sequence: number } | string> {
    try {
      await revealInTime(workshopId, new Date());
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
        yield lineOf({ kind: "ended", message: answer }, first.stored.sequence);
      },
      async *lines() {
        // Where a member's access was found to be gone, that has been said.
        if (!entered) return;
        const next = await nextShown();
        if (typeof next === "string") {
          entered = null;
          yield lineOf({ kind: "ended", message: next }, first.stored.sequence);
          return;
        }
        const { shown, sequence } = next;
        const parts = changedParts(sent, shown);
        sent = shown;
        if (Object.keys(parts).length > 0) yield lineOf({ kind: "view", sequence, at: Date.now(), parts }, sequence);
      },
      due: () => (entered ? revealsAt(entered.stored.workshop) : null),
    },
    time,
  );
}

/** Why a guest sees nothing more; null while they do. Members see a workshop after its end too. */
function goneWords({ stored: { workshop }, participantId, member }: Entered): string | null {
  if (member) return null;
  if (workshop.stage === "ended") return "This workshop has ended. Thank you for taking part.";
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

/** The parts of what is shown that differ from what was sent before. */
function changedParts(before: Partial<WorkshopShown>, after: WorkshopShown): Partial<WorkshopShown> {
  const parts: Partial<WorkshopShown> = { ...after };
  for (const name of PARTS) if (sameJson(before[name], after[name])) delete parts[name];
  return parts;
}

const PARTS: readonly (keyof WorkshopShown)[] = [
  "title",
  "stage",
  "room",
  "plan",
  "current",
  "timer",
  "yours",
  "differences",
  "workshopId",
  "number",
  "door",
];

function lineOf(event: WorkshopLiveEvent, sequence: number): LiveLine {
  return { kind: "event", id: String(sequence), json: JSON.stringify(event) };
}
