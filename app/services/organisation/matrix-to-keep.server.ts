import type { Reader } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { organisationOf } from "../who/organisation-access.server";

/**
 * A matrix of which something is kept for the actor's organisation, and that organisation: they edit it on the provider's
 * side, and it belongs to a client of theirs. Throws `forbidden` where they may not; `what` names it in the sentence.
 */
export async function matrixToKeep(db: Reader, actor: Actor, matrixId: string, what: "A preset" | "A wording") {
  const { matrix, engagementId, access } = await matrixFor(db, actor, matrixId, "edit");
  const own = access.side === "provider" ? await organisationOf(db, actor) : null;
  const engagement =
    own &&
    (await db.engagement.findFirst({
      where: { id: engagementId, organisationId: own.organisationId },
      select: { id: true },
    }));
  if (!own || !engagement)
    throw new AppError(
      "forbidden",
      `${what} is kept by the provider's people, from a client of their own organisation.`,
    );
  return { matrix, ...own };
}
