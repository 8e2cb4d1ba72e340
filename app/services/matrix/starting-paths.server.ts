import { read } from "~/db/client.server";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { startingPaths } from "~/library/starting-paths";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

/** The escalation paths that a matrix is offered to start from, with its own roles. */
export async function offeredPaths(actor: Actor, matrixId: string): Promise<EscalationPath[]> {
  const { matrix } = await matrixFor(read, actor, matrixId, "read");
  return startingPaths(matrix);
}
