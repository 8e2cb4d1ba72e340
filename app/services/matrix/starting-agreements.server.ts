import { read } from "~/db/client.server";
import { startingAuthorities, startingContainments } from "~/library/starting-authorities";
import { startingConversations } from "~/library/starting-conversations";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

/** The conversations that this matrix is offered to start from, between its own roles. */
export async function offeredConversations(actor: Actor, matrixId: string) {
  const { matrix } = await matrixFor(read, actor, matrixId, "read");
  return { conversations: startingConversations(matrix) };
}

/** The authorities and containment actions that this matrix is offered to start from, with its own roles. */
export async function offeredAuthorities(actor: Actor, matrixId: string) {
  const { matrix } = await matrixFor(read, actor, matrixId, "read");
  return { authorities: startingAuthorities(matrix), containments: startingContainments(matrix) };
}
