import type { PartyKind } from "~/domain/matrix/shapes";
import type { Holding, Person, PersonValues, Phone } from "~/domain/people/people";
import type { Reader, Writer } from "./client.server";
import { insertRows } from "./insert-rows.server";

/** A person as stored, also one that was removed. */
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

/** Everybody of an engagement by name, removed people too. */
export async function loadPeople(db: Reader, engagementId: string): Promise<StoredPerson[]> {
  const rows = await db.person.findMany({ where: { engagementId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(fromRow).sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** The people who are there, and every holding of a matrix of theirs. */
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

export async function insertPerson(
  tx: Writer,
  engagementId: string,
  id: string,
  fields: PersonValues,
  now: Date,
): Promise<void> {
  await tx.person.create({ data: { ...fields, id, engagementId, createdAt: now } });
}

/** Stores a person's fields unless somebody changed them since `revision`; says whether it did. */
export async function updatePerson(
  tx: Writer,
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

/** Removes a person, or brings one back; what refers to the person stays as it is. */
export async function setRemoved(tx: Writer, id: string, removedAt: Date | null): Promise<void> {
  await tx.person.update({ where: { id }, data: { removedAt } });
}

/** Every holding of a matrix, the earliest first, also those that ended and those of roles that are gone. */
export async function loadHoldings(db: Reader, matrixId: string): Promise<Holding[]> {
  return db.holding.findMany({
    where: { matrixId },
    orderBy: [{ since: "asc" }, { id: "asc" }],
    omit: { matrixId: true },
  });
}

export async function insertHoldings(tx: Writer, matrixId: string, holdings: readonly Holding[]): Promise<void> {
  await insertRows(
    tx,
    "Holding",
    holdings.map((holding) => ({ ...holding, matrixId })),
  );
}

export async function setSince(tx: Writer, matrixId: string, id: string, since: string): Promise<void> {
  await tx.holding.updateMany({ where: { matrixId, id }, data: { since } });
}

/** Ends holdings of a matrix on a day, or lets them go on where `until` is null. */
export async function setUntil(
  tx: Writer,
  matrixId: string,
  ids: readonly string[],
  until: string | null,
): Promise<void> {
  await tx.holding.updateMany({ where: { matrixId, id: { in: [...ids] } }, data: { until } });
}
