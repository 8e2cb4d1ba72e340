import { read, type Reader } from "~/db/client.server";
import { ownSealed } from "~/db/workshop/sealed-store.server";
import { ownParty } from "~/domain/engagement/permissions";
import { AppError } from "~/domain/errors";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { minutesOf, type WorkshopMinutes } from "~/domain/workshop/minutes/minutes";
import { isFacilitator, participantOf } from "~/domain/workshop/people";
import { workshopView } from "~/domain/workshop/view/view";
import { publicUrl } from "~/env.server";
import { qrOf } from "~/files/qr.server";
import { paths } from "~/paths";
import { codeOf, linkToken } from "./door.server";
import { workshopFor, type Entered, type Entrant } from "./entrant.server";
import { revealInTime } from "./timer.server";

/** As what a workshop is looked at: by a participant, or on the screen in front of everybody. */
export type Looking = "participant" | "projector";

/** What a page is built from, and the number of the newest event in it. */
export type WorkshopPage = {
  sequence: number;
  at: number;
  /** Whether they take part: false for a member who hasn't come in, or who left. */
  inside: boolean;
  /** For whom a member may come in: their side, or any of the third parties. Empty for a guest. */
  comesFor: { partyId: string; name: string; kind: PartyKind }[];
  shown: WorkshopShown;
};

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
  const participant = participantOf(entered.stored.workshop, entered.participantId);
  return {
    sequence: entered.stored.sequence,
    at: now.getTime(),
    inside: participant !== null && participant.state !== "left",
    comesFor: comesFor(entered),
    shown: await shownTo(read, entered, looking),
  };
}

function comesFor({ matrix, member }: Entered): WorkshopPage["comesFor"] {
  if (!member) return [];
  const own = ownParty(matrix, member.access.side);
  return matrix.parties
    .filter(({ id, kind }) => (own === null ? kind === "third-party" : id === own))
    .map(({ id, name, kind }) => ({ partyId: id, name, kind }));
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
    matrixId: entered.member ? stored.matrixId : null,
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

/** The minutes with what their page links to: the matrix only for its members. */
export type MinutesPage = WorkshopMinutes & { workshopId: string; number: number; matrixId: string | null };

/** The minutes of a workshop as it stands: for the members of its matrix, and for guests as long as they are in. */
export async function viewMinutes(entrant: Entrant, workshopId: string): Promise<MinutesPage> {
  const { stored, matrix, member, participantId } = await workshopFor(read, entrant, workshopId);
  const participant = stored.workshop.participants.find(({ id }) => id === participantId);
  if (!member && participant?.state !== "in")
    throw new AppError("forbidden", "You aren't let in yet. The facilitator or your party's host does that.");
  return {
    ...minutesOf(stored.workshop, matrix),
    workshopId,
    number: stored.number,
    matrixId: member ? stored.matrixId : null,
  };
}
