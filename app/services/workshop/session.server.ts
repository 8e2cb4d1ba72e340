import { appendLog, type LogEvent } from "~/db/activity-log.server";
import { read, write, type Transaction } from "~/db/client.server";
import { oneByOne } from "~/db/row-locks.server";
import { lockWorkshop, SequenceConflict, storeEvents } from "~/db/workshop/workshop-store.server";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import type { Rejection } from "~/domain/result";
import { applyWorkshopEvent } from "~/domain/workshop/apply-workshop";
import type { Change, WorkshopEvent } from "~/domain/workshop/events";
import { fullyHeard } from "~/domain/workshop/items";
import type { Workshop } from "~/domain/workshop/shapes";
import { takeSealed } from "~/db/workshop/sealed-store.server";
import { retried } from "../matrix/matrix-editing.server";
import { doorAfter } from "./door.server";
import { workshopFor, type Entered, type Entrant } from "./entrant.server";

/** A workshop while it is changed in one transaction: the value so far and the events that led to it. */
export type Session = {
  tx: Transaction;
  entered: Entered;
  now: Date;
  workshop: Workshop;
  events: WorkshopEvent[];
};

/** How often a change is tried again where other processes change the same workshop. */
const ATTEMPTS = 8;

/**
 * Changes a workshop in one transaction, one after the other within this process and locked against others. Nothing is
 * stored where `run` throws.
 */
export async function changing<T>(
  entrant: Entrant,
  workshopId: string,
  now: Date,
  run: (session: Session) => Promise<T>,
): Promise<{ answer: T; sequence: number }> {
  // Whoever has no access is refused by reading alone, and so delays nobody's changes.
  await workshopFor(read, entrant, workshopId);
  return changingAs((tx) => workshopFor(tx, entrant, workshopId), workshopId, now, run);
}

/** The same for what the server itself does, or for whoever is known by the door. `enter` loads the workshop or throws. */
export function changingAs<T>(
  enter: (tx: Transaction) => Promise<Entered>,
  workshopId: string,
  now: Date,
  run: (session: Session) => Promise<T>,
): Promise<{ answer: T; sequence: number }> {
  const once = () =>
    write(async (tx) => {
      await lockWorkshop(tx, workshopId);
      const entered = await enter(tx);
      const session: Session = { tx, entered, now, workshop: entered.stored.workshop, events: [] };
      const answer = await run(session);
      return { answer, sequence: await store(session) };
    });
  return oneByOne(`workshop ${workshopId}`, () => againAfterConflict(() => retried(once)));
}

async function againAfterConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof SequenceConflict)) throw error;
      if (attempt === ATTEMPTS)
        throw new AppError("conflict", "Very many things happen in this workshop at once. Try again in a moment.");
    }
  }
}

async function store({ tx, entered: { stored }, workshop, events }: Session): Promise<number> {
  if (events.length === 0) return stored.sequence;
  if (stored.sequence + events.length > LIMITS.workshopEvents && workshop.stage !== "ended")
    throw new AppError("conflict", "Very much has happened in this workshop. End it, and prepare another one.");
  return storeEvents(tx, stored, { events, workshop, door: await doorAfter(tx, stored, workshop) });
}

/** Applies a change to the session, or says why it is refused. What already happened leaves no event. */
export function accept(session: Session, by: string | null, change: Change): Rejection | null {
  const event = { by, at: session.now.getTime(), change };
  const result = applyWorkshopEvent(session.workshop, event);
  if (!result.ok) return result.rejection;
  if (result.value === session.workshop) return null;
  session.workshop = result.value;
  session.events.push(event);
  return null;
}

/** Reveals an item with what was sealed for it, in the transaction that takes it out of the sealed ones. */
export async function revealItem(
  session: Session,
  by: string | null,
  itemId: string,
  why: "all" | "timer" | "facilitator",
): Promise<Rejection | null> {
  const item = session.workshop.items.find(({ id }) => id === itemId);
  if (!item) return { code: "item-gone", message: "That was taken out of the plan. Look at what comes next." };
  if (item.revealed) return null;
  // Whether it may be revealed is known without the proposals, so that a refused reveal never reads them.
  const allowed = mayReveal(session, by, itemId, why);
  if (allowed) return allowed;
  const voices = await takeSealed(session.tx, { workshopId: session.entered.stored.id, itemId }, item.sealed);
  const refused = accept(session, by, { type: "reveal", itemId, why, voices });
  // The sealed rows are taken out by now: throwing puts them back with the whole transaction.
  if (refused) throw new AppError("conflict", refused.message);
  return null;
}

function mayReveal(
  { workshop, now }: Session,
  by: string | null,
  itemId: string,
  why: "all" | "timer" | "facilitator",
): Rejection | null {
  const probe = applyWorkshopEvent(workshop, {
    by,
    at: now.getTime(),
    change: { type: "reveal", itemId, why, voices: [] },
  });
  return probe.ok || probe.rejection.code === "voices-missing" ? null : probe.rejection;
}

/** Reveals the current item once all who are waited for have sealed. */
export async function revealOnceHeard(session: Session): Promise<void> {
  const { workshop } = session;
  const item = workshop.items.find(({ id }) => id === workshop.current);
  if (workshop.stage === "open" && item && fullyHeard(workshop, item)) await revealItem(session, null, item.id, "all");
}

/** Writes an event about the workshop into the matrix's activity log. */
export async function logWorkshop(
  { tx, entered, now }: Pick<Session, "tx" | "entered" | "now">,
  event: LogEvent,
  actor: { userId: string; name: string },
  detail: Record<string, string | number>,
): Promise<void> {
  await appendLog(tx, entered.stored.matrixId, [
    {
      stepId: crypto.randomUUID(),
      revision: entered.revision,
      event,
      actorId: actor.userId,
      actorName: actor.name,
      at: now,
      commands: [],
      diff: null,
      detail: { workshop: entered.stored.number, ...detail },
    },
  ]);
}
