import type { PartyKind } from "~/domain/matrix/shapes";
import type { Holding, Person, PersonValues, Phone } from "~/domain/people/people";
import type { Reader, Transaction } from "./client.server";
import { insertRows } from "./insert-rows.server";

/** A person as stored, who may have been removed. */
export type StoredPerson = Person & { removed: boolean };

type Row = Awaited<ReturnType<Reader["person"]["findMany"]>>[number];

function fromRow({
  id,
  side,
  name,
  title,
  email,
  phones,
  hours,
  timeZone,
  deputyId,
  lastVerified,
  revision,
  removedAt,
}: Row): StoredPerson {
  return {
    id,
    side: side as PartyKind,
    name,
    title,
    email,
    phones: phones as Phone[],
    hours,
    timeZone,
    deputyId,
    lastVerified,
    revision,
    removed: removedAt !== null,
  };
}

/** All people of an engagement, sorted by name, including those who were removed. */
export async function loadPeople(db: Reader, engagementId: string): Promise<StoredPerson[]> {
  const rows = await db.person.findMany({ where: { engagementId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(fromRow).sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** The people of an engagement who weren't removed, and all holdings of one of its matrices. */
export async function peopleOf(
  db: Reader,
  { engagementId, matrixId }: { engagementId: string; matrixId: string },
): Promise<{ people: Person[]; holdings: Holding[] }> {
  const people = (await loadPeople(db, engagementId))
    .filter(({ removed }) => !removed)
    .map(({ removed: _removed, ...person }) => person);
  return { people, holdings: await loadHoldings(db, matrixId) };
}

/** Whether an id belongs to a person, of whichever engagement. */
export async function personIdTaken(db: Reader, id: string): Promise<boolean> {
  return (await db.person.findUnique({ where: { id }, select: { id: true } })) !== null;
}

/** Stores a new person of an engagement. */
export async function insertPerson(
  tx: Transaction,
  engagementId: string,
  id: string,
  fields: PersonValues,
  now: Date,
): Promise<void> {
  await tx.person.create({ data: { ...fields, id, engagementId, createdAt: now } });
}

/** Stores a person's fields and returns true; false where somebody changed the person since `revision`. */
export async function updatePerson(
  tx: Transaction,
  id: string,
  revision: number,
  fields: Partial<PersonValues>,
): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id, revision },
    data: { ...fields, revision: { increment: 1 } },
  });
  return count === 1;
}

/**
 * Marks a person as removed, or takes the mark away where `removedAt` is null. What refers to the person stays as it
 * is.
 */
export async function setRemoved(tx: Transaction, id: string, removedAt: Date | null): Promise<void> {
  await tx.person.update({ where: { id }, data: { removedAt } });
}

/** Every holding of a matrix, earliest first, including those that ended and those of deleted roles. */
export async function loadHoldings(db: Reader, matrixId: string): Promise<Holding[]> {
  return db.holding.findMany({
    where: { matrixId },
    orderBy: [{ since: "asc" }, { id: "asc" }],
    omit: { matrixId: true },
  });
}

/** Stores new holdings of a matrix. */
export async function insertHoldings(tx: Transaction, matrixId: string, holdings: readonly Holding[]): Promise<void> {
  await insertRows(
    tx,
    "Holding",
    holdings.map((holding) => ({ ...holding, matrixId })),
  );
}

/** Changes the day on which a holding begins. */
export async function setSince(tx: Transaction, matrixId: string, id: string, since: string): Promise<void> {
  await tx.holding.updateMany({ where: { matrixId, id }, data: { since } });
}

/** Ends holdings of a matrix on a day, or removes their end where `until` is null. */
export async function setUntil(
  tx: Transaction,
  matrixId: string,
  ids: readonly string[],
  until: string | null,
): Promise<void> {
  await tx.holding.updateMany({ where: { matrixId, id: { in: [...ids] } }, data: { until } });
}
