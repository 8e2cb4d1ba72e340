import { read } from "~/db/client.server";
import { behindRoles } from "~/db/people-store.server";
import { lastSigned } from "~/db/version-store.server";
import { callWindow } from "~/domain/escalation/call-window.server";
import type { CallWindow } from "~/domain/escalation/right-now";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

/**
 * Who answers at each level of each path of the draft from now on, for two days, with the ways to reach them, which every
 * member may see.
 */
export async function callsFromNow(actor: Actor, matrixId: string, now: Date): Promise<CallWindow> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "read");
  const behind = await behindRoles(read, { engagementId, matrixId });
  return callWindow(matrix, behind, await lastSigned(read, matrixId), now.getTime());
}
