import { z } from "zod";
import { appendLog } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { lockEngagement } from "~/db/row-locks.server";
import { lastVersion } from "~/db/version-store.server";
import { insertWorkshop, loadWorkshops, type StoredWorkshop } from "~/db/workshop/workshop-store.server";
import { ownParty } from "~/domain/engagement/permissions";
import { AppError } from "~/domain/errors";
import { indexOf } from "~/domain/matrix/owner";
import { begunWorkshop } from "~/domain/workshop/apply-workshop";
import { settledAnHour } from "~/domain/workshop/minutes/minutes";
import { isFacilitator, labelOf } from "~/domain/workshop/people";
import type { Stage, Workshop } from "~/domain/workshop/shapes";
import { workshopReason } from "~/domain/workshop/minutes/version-reason";
import { statusOf } from "~/domain/workshop/view/view";
import type { ItemStatus } from "~/domain/workshop/view/view-types";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { matrixFor } from "../who/matrix-access.server";
import { newLink, newParticipantId } from "./door.server";

/** The newest workshops of a matrix are listed, and those of its engagement measured, as many as this. */
const MOST_LISTED = 50;

/** A workshop in the list of its matrix. Times are ISO 8601. */
export type WorkshopRow = {
  workshopId: string;
  number: number;
  title: string;
  stage: Stage;
  facilitator: string;
  /** Whether the reader leads it. */
  leads: boolean;
  createdAt: string;
  /** When it was opened for the first time; null before. */
  openedAt: string | null;
  endedAt: string | null;
  items: number;
  settled: number;
  parked: number;
  disputed: number;
  /** How many were settled in an hour of talking; null where less than a minute was. */
  settledAnHour: number | null;
};

export type WorkshopsView = {
  /** The newest ones, newest first. */
  workshops: WorkshopRow[];
  /** How many there are in all. */
  total: number;
  /** What the engagement's workshops settled in an hour altogether, on all its matrices; null where less than a minute was talked. */
  settledAnHour: number | null;
};

/** The workshops on a matrix, and what those of its engagement settled in an hour. */
export async function listWorkshops(actor: Actor, matrixId: string): Promise<WorkshopsView> {
  const { engagementId } = await matrixFor(read, actor, matrixId, "read");
  const newest = { orderBy: { createdAt: "desc" }, take: MOST_LISTED, select: { id: true } } as const;
  const [listed, total, measured, places] = await Promise.all([
    read.workshop.findMany({
      where: { matrixId },
      orderBy: { number: "desc" },
      take: MOST_LISTED,
      select: { id: true, createdAt: true },
    }),
    read.workshop.count({ where: { matrixId } }),
    read.workshop.findMany({ where: { matrix: { engagementId } }, ...newest }),
    read.workshopPerson.findMany({
      where: { userId: actor.userId, workshop: { matrixId } },
      select: { workshopId: true, participantId: true },
    }),
  ]);
  const placeIn = new Map(places.map(({ workshopId, participantId }) => [workshopId, participantId]));
  const ids = [...new Set([...listed, ...measured].map(({ id }) => id))];
  const byId = new Map((await loadWorkshops(read, ids)).map((stored) => [stored.id, stored]));
  const workshops = listed.flatMap(({ id, createdAt }) => {
    const stored = byId.get(id);
    return stored ? [rowOf(stored, createdAt, placeIn.get(id) ?? null)] : [];
  });
  let settled = 0;
  let spentMs = 0;
  for (const { id } of measured) {
    const stored = byId.get(id);
    if (!stored) continue;
    settled += countOf(stored.workshop, "settled");
    spentMs += spentOn(stored.workshop);
  }
  return { workshops, total, settledAnHour: settledAnHour(settled, spentMs) };
}

/** What the reason of a matrix's next version may begin with: what workshops have settled since the last one. Empty where none has. */
export async function reasonFromWorkshops(actor: Actor, matrixId: string): Promise<string> {
  await matrixFor(read, actor, matrixId, "publish");
  const version = await lastVersion(read, matrixId);
  const rows = await read.workshop.findMany({
    where: { matrixId },
    orderBy: { number: "desc" },
    take: MOST_LISTED,
    select: { id: true },
  });
  const stored = await loadWorkshops(read, rows.map(({ id }) => id).reverse());
  const workshops = stored.map(({ workshop }) => workshop);
  return workshopReason(workshops, version ? Date.parse(version.publishedAt) : 0);
}

const countOf = (workshop: Workshop, status: ItemStatus) =>
  workshop.items.filter((item) => statusOf(workshop, item) === status).length;

const spentOn = ({ items }: Workshop) => items.reduce((sum, { spentMs }) => sum + spentMs, 0);

function rowOf({ id, number, workshop }: StoredWorkshop, createdAt: Date, participantId: string | null): WorkshopRow {
  const { title, stage, facilitatorId, openedAt, endedAt, items } = workshop;
  const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    workshopId: id,
    number,
    title,
    stage,
    facilitator: labelOf(workshop, facilitatorId),
    leads: isFacilitator(workshop, participantId),
    createdAt: createdAt.toISOString(),
    openedAt: isoOf(openedAt),
    endedAt: isoOf(endedAt),
    items: items.length,
    settled: countOf(workshop, "settled"),
    parked: countOf(workshop, "parked"),
    disputed: countOf(workshop, "disputed"),
    settledAnHour: settledAnHour(countOf(workshop, "settled"), spentOn(workshop)),
  };
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
