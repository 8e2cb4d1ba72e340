import { read, type Reader } from "~/db/client.server";
import { ownSealed } from "~/db/workshop/sealed-store.server";
import { AppError } from "~/domain/errors";
import type { WorkshopShown } from "~/domain/workshop/live";
import { minutesOf, type WorkshopMinutes } from "~/domain/workshop/minutes";
import { isFacilitator } from "~/domain/workshop/people";
import { workshopView } from "~/domain/workshop/view";
import { publicUrl } from "~/env.server";
import { qrOf } from "~/files/qr.server";
import { paths } from "~/paths";
import { codeOf, linkToken } from "./door.server";
import { workshopFor, type Entered, type Entrant } from "./entrant.server";
import { revealInTime } from "./timer.server";

/** As what a workshop is looked at: by a participant, or on the screen in front of everybody. */
export type Looking = "participant" | "projector";

/** What a page is built from, and the number of the newest event in it. `inside` is false for a member who hasn't come in. */
export type WorkshopPage = { sequence: number; at: number; inside: boolean; shown: WorkshopShown };

/** A workshop as its entrant may see it. Throws `not-found` where it isn't theirs, and `forbidden` for a projector that they don't lead. */
export async function viewWorkshop(
  entrant: Entrant,
  workshopId: string,
  looking: Looking,
  now: Date,
): Promise<WorkshopPage> {
  await workshopFor(read, entrant, workshopId);
  await revealInTime(workshopId, now);
  const entered = await workshopFor(read, entrant, workshopId);
  return {
    sequence: entered.stored.sequence,
    at: now.getTime(),
    inside: entered.participantId !== null,
    shown: await shownTo(read, entered, looking),
  };
}

/**
 * What an entrant is shown: what is shared, and of the sealed proposals their own. The projector stands before
 * everybody, so that nobody's are read for it.
 */
export async function shownTo(db: Reader, entered: Entered, looking: Looking): Promise<WorkshopShown> {
  const { stored, participantId, matrix, archived } = entered;
  const { id: workshopId, number, workshop } = stored;
  const leads = participantId !== null && isFacilitator(workshop, participantId);
  if (looking === "projector" && !leads)
    throw new AppError("forbidden", "The projector is the facilitator's. Open the workshop as yourself.");
  const viewer =
    participantId === null || looking === "projector"
      ? ({ kind: "projector", participantId: participantId ?? "" } as const)
      : ({ kind: "participant", participantId, own: await ownOf(db, entered, participantId) } as const);
  return {
    ...workshopView(workshop, { matrix, archived }, viewer),
    workshopId,
    number,
    door: leads && workshop.stage !== "ended" ? doorOf(stored) : null,
  };
}

/** What a participant has sealed. Whoever has sealed nothing isn't asked for. */
async function ownOf(db: Reader, { stored }: Entered, participantId: string) {
  const any = stored.workshop.items.some(
    ({ sealed, revealed }) => revealed === null && sealed.some((one) => one.participantId === participantId),
  );
  return any ? ownSealed(db, { workshopId: stored.id, participantId }) : [];
}

function doorOf({ codeSeed, linkSeed }: Entered["stored"]): NonNullable<WorkshopShown["door"]> {
  const link = `${publicUrl()}${paths.join(linkToken(linkSeed))}`;
  return { code: codeSeed === null ? null : codeOf(codeSeed), link, qr: qrOf(link) };
}

/** The minutes of a workshop as it stands: for the members of its matrix, and for guests as long as they are in. */
export async function viewMinutes(entrant: Entrant, workshopId: string): Promise<WorkshopMinutes & { number: number }> {
  const { stored, matrix, member, participantId } = await workshopFor(read, entrant, workshopId);
  const participant = stored.workshop.participants.find(({ id }) => id === participantId);
  if (!member && participant?.state !== "in")
    throw new AppError("forbidden", "You aren't let in yet. The facilitator or your party's host does that.");
  return { ...minutesOf(stored.workshop, matrix), number: stored.number };
}
