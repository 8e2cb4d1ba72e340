import { z } from "zod";
import { read, type Reader, type Transaction } from "~/db/client.server";
import { loadMatrix } from "~/db/matrix-store.server";
import { appendRecord } from "~/db/record-store.server";
import { findWorkshop, type StoredWorkshop } from "~/db/workshop/workshop-store.server";
import { AppError } from "~/domain/errors";
import { ownParty } from "~/domain/engagement/permissions";
import { checkEmail } from "~/domain/mail-address";
import { indexOf } from "~/domain/matrix/owner";
import type { PartyKind } from "~/domain/matrix/shapes";
import { participantOf } from "~/domain/workshop/people";
import type { Workshop } from "~/domain/workshop/shapes";
import type { Actor, Caller } from "../who/actor.server";
import { countTry, findBySecret, giveBack } from "../who/attempts.server";
import { hashOfCode, hashOfToken, newParticipantId } from "./door.server";
import { passOf, workshopAlone, workshopFor, type Entered, type Entrant } from "./entrant.server";
import { accept, changing, changingAs, type Session } from "./session.server";

/** What somebody has in hand before a door: the digits off the screen, or the token of a link. */
export type DoorKey = { code: string } | { token: string };

/** What is seen through the door: which workshop it is, and for which party one may come. */
export type DoorView = {
  workshopId: string;
  title: string;
  parties: { partyId: string; name: string; kind: PartyKind }[];
  /** Set where this browser is in already, so that it goes straight on. */
  entered: boolean;
};

/** One answer for digits or links that are wrong, of a workshop that has ended, or that never were any. */
const NO_DOOR = "This opens no workshop. Look at the screen again, or ask whoever leads the workshop.";

/** For which workshop a key is. Wrong digits are counted by address and for the whole installation; a right one resets neither. */
async function doorOf(key: DoorKey, caller: Caller): Promise<StoredWorkshop> {
  const found =
    "token" in key
      ? await findBySecret(caller, () => findWorkshop(read, { linkHash: hashOfToken(key.token.slice(0, 200)) }))
      : await byCode(key.code, caller);
  if (!found) throw new AppError("not-found", NO_DOOR);
  return found;
}

async function byCode(typed: string, caller: Caller): Promise<StoredWorkshop | null> {
  const countedTry = await countTry("workshop-code", { account: "installation", address: caller.address });
  const codeHash = hashOfCode(typed);
  const found = codeHash === null ? null : await findWorkshop(read, { codeHash });
  if (found) await giveBack(countedTry);
  return found;
}

/** Looks through the door. Throws the same `not-found` for everything that opens none. */
export async function lookThroughDoor(entrant: Entrant, key: DoorKey, caller: Caller): Promise<DoorView> {
  const stored = await doorOf(key, caller);
  const draft = await loadMatrix(read, stored.matrixId);
  const entered = await alreadyIn(read, entrant, stored.id);
  return {
    workshopId: stored.id,
    title: stored.workshop.title,
    parties: (draft?.matrix.parties ?? []).map(({ id, name, kind }) => ({ partyId: id, name, kind })),
    entered: entered !== null,
  };
}

/** The workshop as the entrant has it; null for somebody who is new at the door. */
async function alreadyIn(db: Reader, entrant: Entrant, workshopId: string): Promise<Entered | null> {
  try {
    const entered = await workshopFor(db, entrant, workshopId);
    return entered.participantId === null && !entered.member ? null : entered;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The form at the door. Lengths are checked with sentences by the workshop itself. */
export const joinFormSchema = z.object({ name: z.string(), partyId: z.string(), email: z.string() });

/**
 * Joins by digits or a link. Somebody with access to the matrix comes in as themselves; everybody else waits to be let
 * in, and `pass` is what their browser keeps. Whoever is in already gets no second place.
 */
export async function joinWorkshop(
  entrant: Entrant,
  key: DoorKey,
  form: z.infer<typeof joinFormSchema>,
  caller: Caller,
  now: Date,
): Promise<{ workshopId: string; pass: string | null }> {
  const { id } = await doorOf(key, caller);
  const entered = await alreadyIn(read, entrant, id);
  if (entered?.member) {
    await enterWorkshop(entered.member.actor, id, form.partyId, now);
    return { workshopId: id, pass: null };
  }
  if (entered) return { workshopId: id, pass: null };
  const email = form.email.trim() === "" ? null : checkEmail(form.email);
  if (email && !email.ok)
    throw new AppError("invalid", "Some fields need another look.", { email: email.rejection.message });
  const { answer: participantId } = await changingAs(
    (tx) => throughDoor(tx, id),
    id,
    now,
    async (session) => {
      const { participants } = session.workshop;
      // Whoever left and comes back is who they were.
      const before = participants.find(({ id: left, member }) => !member && entrant.passes.includes(passOf(id, left)));
      const participantId = before?.id ?? newParticipantId(session.workshop);
      if (!indexOf(session.entered.matrix).party.has(form.partyId))
        throw new AppError("invalid", "Some fields need another look.", { partyId: "Choose whom you are with." });
      const { name, partyId } = form;
      const refused = accept(session, null, {
        type: "join",
        participantId,
        name,
        partyId,
        member: false,
        admitted: false,
      });
      if (refused)
        throw new AppError("invalid", refused.message, refused.code === "full" ? {} : { name: refused.message });
      const address = email?.ok ? email.value : null;
      await session.tx.workshopPerson.upsert({
        where: { workshopId_participantId: { workshopId: id, participantId } },
        create: { workshopId: id, participantId, email: address },
        update: address === null ? {} : { email: address },
        select: { participantId: true },
      });
      return participantId;
    },
  );
  return { workshopId: id, pass: passOf(id, participantId) };
}

/** The workshop behind a door that was open a moment ago. */
async function throughDoor(tx: Transaction, workshopId: string): Promise<Entered> {
  const alone = await workshopAlone(tx, workshopId);
  if (!alone || alone.stored.workshop.stage === "ended") throw new AppError("not-found", NO_DOOR);
  return alone;
}

/**
 * A member of the matrix comes into a workshop, or back into it. People of a third party say which one they are of;
 * everybody else belongs to their side. Coming twice is coming once.
 */
export async function enterWorkshop(
  actor: Actor,
  workshopId: string,
  partyId: string | null,
  now: Date,
): Promise<{ participantId: string }> {
  const { answer } = await changing({ actor, passes: [] }, workshopId, now, async (session) => {
    const { entered, tx } = session;
    const participantId = entered.participantId ?? newParticipantId(session.workshop);
    const refused = accept(session, null, {
      type: "join",
      participantId,
      name: actor.name,
      partyId: partyOf(entered, partyId),
      member: true,
      admitted: true,
    });
    if (refused) throw new AppError("conflict", refused.message);
    if (entered.participantId === null)
      await tx.workshopPerson.create({
        data: { workshopId, participantId, userId: actor.userId },
        select: { participantId: true },
      });
    return { participantId };
  });
  return answer;
}

function partyOf({ matrix, member }: Entered, asked: string | null): string {
  const own = member && ownParty(matrix, member.access.side);
  if (own) return own;
  const thirdParties = matrix.parties.filter(({ kind }) => kind === "third-party");
  const party = thirdParties.find(({ id }) => id === asked) ?? thirdParties[0];
  if (!party) throw new AppError("conflict", "The matrix has no third party that you could come for. Ask an owner.");
  return party.id;
}

/** Puts the guests that were let in since `before` into the record of access, in whoever's name let them in. */
export async function recordAdmitted(session: Session, before: Workshop): Promise<void> {
  const { tx, entered, workshop, now } = session;
  const admitted = workshop.participants.filter(
    ({ id, state }) => state === "in" && participantOf(before, id)?.state === "waiting",
  );
  const { member, engagementId, matrix, stored } = entered;
  if (!member || admitted.length === 0) return;
  await appendRecord(
    tx,
    admitted.map(({ label, partyId }) => ({
      engagementId,
      at: now,
      event: "workshop.guest-admitted" as const,
      actorId: member.actor.userId,
      actorName: member.actor.name,
      detail: {
        name: label,
        party: indexOf(matrix).party.get(partyId)?.name ?? "",
        workshop: stored.number,
        matrix: matrix.title,
      },
    })),
  );
}
