import type { Reader } from "~/db/client.server";
import { loadMatrix } from "~/db/matrix-store.server";
import { loadWorkshop, type StoredWorkshop } from "~/db/workshop/workshop-store.server";
import { may, type Access } from "~/domain/engagement/permissions";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import { participantOf } from "~/domain/workshop/people";
import type { Actor } from "../who/actor.server";
import { accessOf, matrixFor } from "../who/matrix-access.server";

/** The places that a browser was given at the door, each as `<workshop id> <participant id>`, from a signed cookie. */
type GuestPasses = readonly string[];

/** Who opens a workshop: somebody signed in, or a browser with passes, or both. Every service of workshops takes one first. */
export type Entrant = { actor: Actor | null; passes: GuestPasses };

/** The pass of a participant. */
export function passOf(workshopId: string, participantId: string): string {
  return `${workshopId} ${participantId}`;
}

/** A workshop as one entrant has it: as which participant, and what they may do with the matrix. */
export type Entered = {
  stored: StoredWorkshop;
  engagementId: string;
  /** The draft, its revision, and whether it was put away. */
  matrix: Matrix;
  revision: number;
  archived: boolean;
  /** Null for a member who hasn't come in. */
  participantId: string | null;
  /** Null for a guest. */
  member: { actor: Actor; access: Access } | null;
};

const NOT_THERE = "There is no such workshop, or it isn't open to you.";
/** What a guest is told once a workshop has ended. */
export const OVER =
  "This workshop has ended. Thank you for taking part. If you gave an e-mail address, the minutes come by mail; otherwise ask whoever led it.";

/** A workshop with its matrix, as nobody in particular has it; null where there is none. */
export async function workshopAlone(db: Reader, workshopId: string): Promise<Entered | null> {
  const stored = await loadWorkshop(db, workshopId);
  const row =
    stored &&
    (await db.matrix.findUnique({ where: { id: stored.matrixId }, select: { engagementId: true, archivedAt: true } }));
  const draft = stored && (await loadMatrix(db, stored.matrixId));
  if (!stored || !row || !draft) return null;
  return {
    stored,
    engagementId: row.engagementId,
    matrix: draft.matrix,
    revision: draft.revision,
    archived: row.archivedAt !== null,
    participantId: null,
    member: null,
  };
}

/**
 * A workshop for an entrant: a member of the matrix, or a guest whom the door let pass. Throws the same `not-found` where
 * it isn't theirs and where there is none, after the same statement.
 */
export async function workshopFor(db: Reader, { actor, passes }: Entrant, workshopId: string): Promise<Entered> {
  const member = actor && (await memberOf(db, actor, workshopId));
  const mayBeGuest = passes.some((pass) => pass.startsWith(passOf(workshopId, "")));
  const alone = member || mayBeGuest ? await workshopAlone(db, workshopId) : null;
  if (!alone) throw new AppError("not-found", NOT_THERE);
  if (member) return { ...alone, member, participantId: await placeOf(db, workshopId, member.actor) };
  const participantId = guestIn(alone.stored, passes);
  if (participantId === null) throw new AppError("not-found", NOT_THERE);
  if (alone.stored.workshop.stage === "ended") throw new AppError("forbidden", OVER);
  return { ...alone, participantId };
}

/** A member's access to the matrix of a workshop, or null where they have none. That a second factor is missing is said to them. */
async function memberOf(db: Reader, actor: Actor, workshopId: string): Promise<Entered["member"]> {
  const row = await db.workshop.findFirst({
    where: { id: workshopId, matrix: { engagement: { members: { some: { userId: actor.userId } } } } },
    select: { matrixId: true },
  });
  if (!row) return null;
  try {
    return { actor, access: (await matrixFor(db, actor, row.matrixId, "read")).access };
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return null;
    throw error;
  }
}

/** The participant for whom a browser has a pass. Whoever was sent away is none any more. */
function guestIn({ id, workshop }: StoredWorkshop, passes: GuestPasses): string | null {
  return (
    workshop.participants.find((one) => !one.member && one.state !== "left" && passes.includes(passOf(id, one.id)))
      ?.id ?? null
  );
}

async function placeOf(db: Reader, workshopId: string, { userId }: Actor): Promise<string | null> {
  const row = await db.workshopPerson.findFirst({ where: { workshopId, userId }, select: { participantId: true } });
  return row?.participantId ?? null;
}

/** The account and the access of a participant at this moment; null for a guest, and where they lost it. */
export async function memberBehind(
  db: Reader,
  { stored, engagementId }: Pick<Entered, "stored" | "engagementId">,
  participantId: string,
): Promise<{ userId: string; name: string; access: Access } | null> {
  const participant = participantOf(stored.workshop, participantId);
  const person = await db.workshopPerson.findUnique({
    where: { workshopId_participantId: { workshopId: stored.id, participantId } },
    select: { userId: true },
  });
  if (!participant || !person?.userId) return null;
  const row = await db.member.findUnique({
    where: { engagementId_userId: { engagementId, userId: person.userId } },
    select: { side: true, permission: true, user: { select: { name: true } } },
  });
  const access = row && accessOf(row);
  return row && access ? { userId: person.userId, name: row.user.name, access } : null;
}

/** Whether somebody may lead a workshop: what it settles is logged as an edit of theirs. */
export function mayLead(access: Access | undefined): boolean {
  return access !== undefined && may(access, "edit");
}
