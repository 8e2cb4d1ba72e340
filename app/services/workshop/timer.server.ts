import { read, type Reader } from "~/db/client.server";
import { loadWorkshop } from "~/db/workshop/workshop-store.server";
import { AppError } from "~/domain/errors";
import { proposingEnds } from "~/domain/workshop/items";
import type { Workshop } from "~/domain/workshop/shapes";
import { workshopAlone, type Entered } from "./entrant.server";
import { changingAs, revealItem } from "./session.server";

/** When the current item is revealed by itself, in milliseconds since 1970; null where it isn't, as nobody has sealed. */
export function revealsAt(workshop: Workshop): number | null {
  const item = workshop.items.find(({ id }) => id === workshop.current);
  return workshop.stage === "open" && item && item.sealed.length > 0 ? proposingEnds(workshop) : null;
}

/**
 * Reveals the current item where its time to propose is over. Whoever looks makes it happen, each process once: of two
 * at the same moment the second finds it done.
 */
export async function revealInTime(workshopId: string, now: Date): Promise<void> {
  const stored = await loadWorkshop(read, workshopId);
  if (!stored || !isDue(stored.workshop, now)) return;
  await changingAs(
    (tx) => itself(tx, workshopId),
    workshopId,
    now,
    async (session) => {
      const { current } = session.workshop;
      if (current !== null && isDue(session.workshop, now)) await revealItem(session, null, current, "timer");
    },
  );
}

function isDue(workshop: Workshop, now: Date): boolean {
  const at = revealsAt(workshop);
  return at !== null && at <= now.getTime();
}

async function itself(db: Reader, workshopId: string): Promise<Entered> {
  const alone = await workshopAlone(db, workshopId);
  if (!alone) throw new AppError("not-found", "There is no such workshop, or it isn't open to you.");
  return alone;
}
