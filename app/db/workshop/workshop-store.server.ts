import { cacheOf } from "~/domain/cache";
import type { WorkshopEvent } from "~/domain/workshop/events";
import { workshopEventSchema } from "~/domain/workshop/events";
import { workshopSchema, type Workshop } from "~/domain/workshop/shapes";
import { announceOnCommit } from "../announcements.server";
import { onCommit, type Reader, type Transaction } from "../client.server";

/** A workshop as it is stored, and the matrix it is about. The workshop is a value: nobody changes it in place. */
export type StoredWorkshop = {
  id: string;
  matrixId: string;
  number: number;
  sequence: number;
  workshop: Workshop;
  linkSeed: string;
  codeSeed: string | null;
};

/** What opens the door, and the hashes by which a workshop is found; null where it opens nothing. */
export type DoorFields = {
  codeSeed: string | null;
  codeHash: string | null;
  linkHash: string | null;
};

/** A cache of workshops by id. An entry is valid while its sequence is the stored one. */
const known = cacheOf<{ sequence: number; workshop: Workshop }>(64);

const FIELDS = { id: true, matrixId: true, number: true, sequence: true, linkSeed: true, codeSeed: true } as const;

/** A workshop by its id, or null. */
export async function loadWorkshop(db: Reader, id: string): Promise<StoredWorkshop | null> {
  const row = await db.workshop.findUnique({ where: { id }, select: FIELDS });
  return row && withState(db, row);
}

/** Workshops by their ids, in that order, without those that are gone. */
export async function loadWorkshops(db: Reader, ids: readonly string[]): Promise<StoredWorkshop[]> {
  const rows = await db.workshop.findMany({ where: { id: { in: [...ids] } }, select: FIELDS });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found: StoredWorkshop[] = [];
  for (const id of ids) {
    const row = byId.get(id);
    const stored = row && (await withState(db, row));
    if (stored) found.push(stored);
  }
  return found;
}

/** A workshop by the hash of its code or its link, or null. */
export async function findWorkshop(
  db: Reader,
  where: { codeHash: string } | { linkHash: string },
): Promise<StoredWorkshop | null> {
  const row = await db.workshop.findUnique({ where, select: FIELDS });
  return row && withState(db, row);
}

async function withState(db: Reader, row: Omit<StoredWorkshop, "workshop">): Promise<StoredWorkshop | null> {
  const cached = known.get(row.id);
  if (cached?.sequence === row.sequence) return { ...row, workshop: cached.workshop };
  const stored = await db.workshop.findUnique({ where: { id: row.id }, select: { sequence: true, state: true } });
  if (!stored) return null;
  const workshop = workshopSchema.parse(stored.state);
  known.set(row.id, { sequence: stored.sequence, workshop });
  return { ...row, sequence: stored.sequence, workshop };
}

/** Locks a workshop's row until the transaction ends, so that of two that change it the second sees what the first did. */
export async function lockWorkshop(tx: Transaction, id: string): Promise<void> {
  await tx.workshop.updateMany({ where: { id }, data: { id } });
}

/** Stores a new workshop with its first event, under the next number of its matrix, which it returns. */
export async function insertWorkshop(
  tx: Transaction,
  {
    id,
    matrixId,
    workshop,
    event,
    linkSeed,
    linkHash,
  }: {
    id: string;
    matrixId: string;
    workshop: Workshop;
    event: WorkshopEvent;
    linkSeed: string;
    linkHash: string;
  },
): Promise<number> {
  const last = await tx.workshop.findFirst({
    where: { matrixId },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  const number = (last?.number ?? 0) + 1;
  await tx.workshop.create({
    data: { id, matrixId, number, state: workshop, sequence: 1, linkSeed, linkHash, createdAt: new Date(event.at) },
    select: { id: true },
  });
  await tx.workshopEvent.create({
    data: { workshopId: id, sequence: 1, at: new Date(event.at), event },
    select: { sequence: true },
  });
  return number;
}

/** Another process stored an event of the same number. */
export class SequenceConflict extends Error {
  constructor() {
    super("The workshop has gone on meanwhile.");
    this.name = "SequenceConflict";
  }
}

/**
 * Appends events to a workshop with the value that they lead to, and announces them once that is committed. Throws
 * `SequenceConflict` where the stored sequence isn't the one that the value was made from.
 */
export async function storeEvents(
  tx: Transaction,
  { id, sequence }: Pick<StoredWorkshop, "id" | "sequence">,
  { events, workshop, door }: { events: readonly WorkshopEvent[]; workshop: Workshop; door: DoorFields },
): Promise<number> {
  const next = sequence + events.length;
  const endedAt = workshop.endedAt === null ? null : new Date(workshop.endedAt);
  const { count } = await tx.workshop.updateMany({
    where: { id, sequence },
    data: { state: workshop, sequence: next, endedAt, ...door },
  });
  if (count !== 1) throw new SequenceConflict();
  await tx.workshopEvent.createMany({
    data: events.map((event, index) => ({
      workshopId: id,
      sequence: sequence + index + 1,
      at: new Date(event.at),
      event,
    })),
  });
  onCommit(tx, () => known.set(id, { sequence: next, workshop }));
  announceOnCommit(tx, { kind: "workshop", workshopId: id, sequence: next });
  return next;
}

/** All events of a workshop, in order. */
export async function eventsOf(db: Reader, workshopId: string): Promise<WorkshopEvent[]> {
  const rows = await db.workshopEvent.findMany({
    where: { workshopId },
    orderBy: { sequence: "asc" },
    select: { event: true },
  });
  return rows.map(({ event }) => workshopEventSchema.parse(event));
}
