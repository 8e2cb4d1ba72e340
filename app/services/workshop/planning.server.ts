import { read } from "~/db/client.server";
import { lastVersion } from "~/db/version-store.server";
import { utcDay } from "~/domain/days";
import { may } from "~/domain/engagement/permissions";
import { AppError } from "~/domain/errors";
import { workshopChoices } from "~/domain/workshop/choices";
import { isFacilitator, labelOf } from "~/domain/workshop/people";
import type { WorkshopChoices } from "~/domain/workshop/reasons";
import type { Stage } from "~/domain/workshop/shapes";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { workshopFor } from "./entrant.server";
import { viewWorkshop, type WorkshopPage } from "./viewing.server";

/** Where a workshop is prepared, for whoever leads it; for others of the matrix who that is. */
export type PlanView =
  | {
      kind: "led";
      page: WorkshopPage;
      choices: WorkshopChoices;
      /** The number of the newest version, since which duties have changed or not; null before the first. */
      version: number | null;
      /** Whether the plan can be changed: the matrix may be edited and isn't archived. */
      editable: boolean;
    }
  | { kind: "others"; workshopId: string; number: number; title: string; stage: Stage; facilitator: string };

/** The plan of a workshop on this matrix. Throws `not-found` where it is on another one. */
export async function viewPlan(actor: Actor, matrixId: string, workshopId: string, now: Date): Promise<PlanView> {
  const { matrix, access, archived } = await matrixFor(read, actor, matrixId, "read");
  const entrant = { actor, passes: [] };
  const { stored, participantId } = await workshopFor(read, entrant, workshopId);
  if (stored.matrixId !== matrixId)
    throw new AppError("not-found", "There is no such workshop on this matrix. Look at the list of its workshops.");
  const { number, workshop } = stored;
  if (!isFacilitator(workshop, participantId))
    return {
      kind: "others",
      workshopId,
      number,
      title: workshop.title,
      stage: workshop.stage,
      facilitator: labelOf(workshop, workshop.facilitatorId),
    };
  const version = await lastVersion(read, matrixId);
  return {
    kind: "led",
    page: await viewWorkshop(entrant, workshopId, "projector", now),
    choices: workshopChoices(matrix, version?.matrix ?? null, { today: utcDay(now) }),
    version: version?.number ?? null,
    editable: may(access, "edit") && !archived,
  };
}
