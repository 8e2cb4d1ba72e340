import { z } from "zod";
import { appendLog } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { lockEngagement } from "~/db/row-locks.server";
import { lastVersion } from "~/db/version-store.server";
import { insertWorkshop, loadWorkshop } from "~/db/workshop/workshop-store.server";
import { utcDay } from "~/domain/days";
import { ownParty } from "~/domain/engagement/permissions";
import { AppError } from "~/domain/errors";
import { indexOf } from "~/domain/matrix/owner";
import { begunWorkshop } from "~/domain/workshop/apply-workshop";
import { workshopChoices, type WorkshopChoices } from "~/domain/workshop/choices";
import { settledAnHour } from "~/domain/workshop/minutes";
import { labelOf } from "~/domain/workshop/people";
import type { Stage } from "~/domain/workshop/shapes";
import { statusOf } from "~/domain/workshop/view";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { matrixFor } from "../who/matrix-access.server";
import { newLink, newParticipantId } from "./door.server";

/** The newest workshops of a matrix are listed, as many as this. */
const MOST_LISTED = 50;

/** A workshop in the list of its matrix. Times are ISO 8601. */
export type WorkshopRow = {
  workshopId: string;
  number: number;
  title: string;
  stage: Stage;
  facilitator: string;
  createdAt: string;
  endedAt: string | null;
  items: number;
  settled: number;
  parked: number;
  disputed: number;
  /** How many were settled in an hour of talking; null where less than a minute was. */
  settledAnHour: number | null;
};

/** The workshops on a matrix, newest first, and how many duties they settled in an hour altogether. */
export async function listWorkshops(
  actor: Actor,
  matrixId: string,
): Promise<{ workshops: WorkshopRow[]; settledAnHour: number | null }> {
  await matrixFor(read, actor, matrixId, "read");
  const rows = await read.workshop.findMany({
    where: { matrixId },
    orderBy: { number: "desc" },
    take: MOST_LISTED,
    select: { id: true, createdAt: true, endedAt: true },
  });
  const workshops: WorkshopRow[] = [];
  let settled = 0;
  let spentMs = 0;
  for (const { id, createdAt, endedAt } of rows) {
    const stored = await loadWorkshop(read, id);
    if (!stored) continue;
    const { number, workshop } = stored;
    const statuses = workshop.items.map((item) => statusOf(workshop, item));
    const count = (status: (typeof statuses)[number]) => statuses.filter((one) => one === status).length;
    const spent = workshop.items.reduce((sum, item) => sum + item.spentMs, 0);
    settled += count("settled");
    spentMs += spent;
    workshops.push({
      workshopId: id,
      number,
      title: workshop.title,
      stage: workshop.stage,
      facilitator: labelOf(workshop, workshop.facilitatorId),
      createdAt: createdAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      items: statuses.length,
      settled: count("settled"),
      parked: count("parked"),
      disputed: count("disputed"),
      settledAnHour: settledAnHour(count("settled"), spent),
    });
  }
  return { workshops, settledAnHour: settledAnHour(settled, spentMs) };
}

/** What a workshop on this matrix may be about. */
export async function listChoices(actor: Actor, matrixId: string, now: Date): Promise<WorkshopChoices> {
  const { matrix } = await matrixFor(read, actor, matrixId, "edit");
  const version = await lastVersion(read, matrixId);
  return workshopChoices(matrix, version?.matrix ?? null, { today: utcDay(now) });
}

export const newWorkshopSchema = z.object({ title: z.string() });

/** Prepares a workshop, which the actor leads. What it is about is planned in it. */
export async function createWorkshop(
  actor: Actor,
  matrixId: string,
  { title }: z.infer<typeof newWorkshopSchema>,
  now: Date,
): Promise<{ workshopId: string }> {
  await matrixFor(read, actor, matrixId, "edit");
  await countMade("workshop", actor.userId);
  const workshopId = crypto.randomUUID();
  await write(async (tx) => {
    const draft = await matrixFor(tx, actor, matrixId, "edit");
    // Of two that are prepared at once the second gets the next number.
    await lockEngagement(tx, draft.engagementId);
    const { client, provider } = indexOf(draft.matrix);
    const partyId = ownParty(draft.matrix, draft.access.side);
    if (!client || !provider || partyId === null)
      throw new AppError("conflict", "A workshop needs a client and a provider in the matrix.");
    const participantId = newParticipantId({ participants: [] });
    const change = {
      type: "begin" as const,
      title,
      sides: { client: client.id, provider: provider.id },
      participantId,
      name: actor.name,
      partyId,
    };
    const begun = begunWorkshop(change);
    if (!begun.ok) throw new AppError("invalid", "Some fields need another look.", { title: begun.rejection.message });
    const event = { by: participantId, at: now.getTime(), change };
    const number = await insertWorkshop(tx, { id: workshopId, matrixId, workshop: begun.value, event, ...newLink() });
    await tx.workshopPerson.create({
      data: { workshopId, participantId, userId: actor.userId },
      select: { participantId: true },
    });
    await appendLog(tx, matrixId, [
      {
        stepId: crypto.randomUUID(),
        revision: draft.revision,
        event: "workshop.prepared",
        actorId: actor.userId,
        actorName: actor.name,
        at: now,
        commands: [],
        diff: null,
        detail: { workshop: number },
      },
    ]);
  });
  return { workshopId };
}
