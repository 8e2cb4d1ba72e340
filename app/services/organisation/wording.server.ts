import { z } from "zod";
import { read, write, type Reader } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { presetFrom } from "~/domain/engagement/preset";
import { wordingOf, wordingSchema, type Wording } from "~/domain/schedule/wording";
import { STANDARD_WORDING } from "~/library/standard-wording";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { organisationLocked, organisationOf } from "../who/organisation-access.server";
import { matrixToKeep } from "./matrix-to-keep.server";

/** Who kept an organisation's own wording, and when (ISO 8601). */
export type OwnWording = { by: string; since: string };

/** The wording with which the actor's matrices begin: their organisation's own, otherwise the standard one. */
export async function startingWording(db: Reader, actor: Actor): Promise<Wording> {
  const own = await organisationOf(db, actor);
  return (own && (await wordingIn(db, own.organisationId)))?.wording ?? STANDARD_WORDING;
}

async function wordingIn(db: Reader, organisationId: string): Promise<(OwnWording & { wording: Wording }) | null> {
  const { wording, wordingBy, wordingAt } = await db.organisation.findUniqueOrThrow({
    where: { id: organisationId },
    select: { wording: true, wordingBy: true, wordingAt: true },
  });
  return wordingAt && { wording: wordingSchema.parse(wording), by: wordingBy ?? "", since: wordingAt.toISOString() };
}

/** Who kept the own wording of an organisation; null where it has none. */
export async function ownWordingOf(db: Reader, organisationId: string): Promise<OwnWording | null> {
  const kept = await wordingIn(db, organisationId);
  return kept && { by: kept.by, since: kept.since };
}

/**
 * What the page of a matrix's wording offers: the texts to begin with or to go back to, and the organisation for which
 * the actor may keep the matrix's wording, with what it keeps now.
 */
export async function offeredWording(actor: Actor, matrixId: string) {
  await matrixFor(read, actor, matrixId, "read");
  const keeping = await organisationToKeepFor(actor, matrixId);
  return {
    offered: await startingWording(read, actor),
    keepsFor: keeping && { name: keeping.name, kept: await ownWordingOf(read, keeping.organisationId) },
  };
}

async function organisationToKeepFor(actor: Actor, matrixId: string) {
  try {
    const { organisationId, name, permission } = await matrixToKeep(read, actor, matrixId, "A wording");
    return permission === "owner" ? { organisationId, name } : null;
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return null;
    throw error;
  }
}

/** The form that keeps a matrix's wording. */
export const keepWordingForm = z.object({ intent: z.literal("keep-wording") });

/**
 * Keeps the wording of a matrix, with fields in place of the parties' names, as the wording of the actor's organisation.
 * Returns a sentence for the page.
 */
export async function keepWording(actor: Actor, matrixId: string, now: Date): Promise<string> {
  return write(async (tx) => {
    const { matrix, organisationId, name } = await matrixToKeep(tx, actor, matrixId, "A wording");
    await organisationLocked(tx, actor, "wording");
    const wording = wordingOf(presetFrom(matrix));
    if (wording.clauses.length === 0)
      throw new AppError("invalid", "This matrix has no clauses yet. Put them in first, then keep them.");
    await tx.organisation.update({
      where: { id: organisationId },
      data: { wording, wordingBy: actor.name, wordingAt: now },
    });
    return `New matrices of ${name} begin with this wording.`;
  });
}

/** Takes an organisation's own wording back; matrices that began with it stay as they are. Returns a sentence for the page. */
export async function dropWording(actor: Actor): Promise<string> {
  return write(async (tx) => {
    const { organisationId } = await organisationLocked(tx, actor, "wording");
    await tx.organisation.update({
      where: { id: organisationId },
      data: { wording: {}, wordingBy: null, wordingAt: null },
    });
    return "New matrices begin with the standard wording again. What began with yours stays as it is.";
  });
}
