import { read } from "~/db/client.server";
import { callsOf } from "~/domain/cover/calls.server";
import { zoneClock } from "~/domain/cover/zoned.server";
import { AppError } from "~/domain/errors";
import { callPathOf } from "~/domain/escalation/call-path-of";
import {
  callsInWords,
  checkBeginning,
  wallOfBeginning,
  type Beginning,
  type PathCalls,
} from "~/domain/escalation/calls-words.server";
import { staffingOf } from "~/domain/escalation/staffing-of";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { behindOf } from "./week-cover.server";

/** Who a path of the draft calls when it begins at a moment, with the holders of that day; null where the path was deleted. */
export async function callsAt(
  actor: Actor,
  matrixId: string,
  pathId: string,
  beginning: Beginning,
): Promise<PathCalls | null> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "read");
  const [wrong] = checkBeginning(beginning);
  if (wrong) throw new AppError("invalid", wrong.message);
  const path = matrix.paths.find(({ id }) => id === pathId);
  if (!path) return null;
  const callPath = callPathOf(path, matrix);
  if (!callPath.ok) throw new AppError("invalid", callPath.rejection.message);
  const behind = await behindOf(read, { engagementId, matrixId });
  const staffed = staffingOf(matrix, behind, beginning.day);
  const start = zoneClock(beginning.timeZone).momentOf(wallOfBeginning(beginning), "begins");
  return callsInWords(callsOf(callPath.value, start, staffed), {
    path,
    matrix,
    people: behind.people,
    timeZone: beginning.timeZone,
    hoursUnknown: new Set(staffed.hoursUnknown.map(({ roleId }) => roleId)),
  });
}
