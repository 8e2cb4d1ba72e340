import type { PartyKind } from "~/domain/matrix/shapes";
import type { Rota } from "~/domain/cover/rota";
import type { RoleRota } from "~/domain/escalation/staffing-of";
import type { Week } from "~/domain/matrix/escalation-shapes";
import type { DaysAway, Holding, Person, PersonValues, Phone } from "~/domain/people/people";
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
  week,
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
    week: weekOf(week),
    deputyId,
    lastVerified,
    revision,
    removed: removedAt !== null,
  };
}

/** A JSON column holds an empty object where nobody said any hours, as a row from before it was there holds null. */
function weekOf(stored: Row["week"]): Week | null {
  return typeof stored === "object" && stored !== null && "mon" in stored ? (stored as Week) : null;
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
  await tx.person.create({ data: { ...fields, week: fields.week ?? {}, id, engagementId, createdAt: now } });
}

/** Stores several new people of an engagement at once. */
export async function insertPeople(
  tx: Transaction,
  engagementId: string,
  people: readonly Person[],
  now: Date,
): Promise<void> {
  await tx.person.createMany({
    data: people.map((person) => ({ ...person, week: person.week ?? {}, engagementId, createdAt: now })),
  });
}

/** Stores a person's fields and returns true; false where somebody changed the person since `revision`. */
export async function updatePerson(
  tx: Transaction,
  id: string,
  revision: number,
  { week, ...fields }: Partial<PersonValues>,
): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id, revision },
    data: { ...fields, ...(week === undefined ? {} : { week: week ?? {} }), revision: { increment: 1 } },
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

/** The days on which people of an engagement are away, earliest first. */
export async function loadAbsences(db: Reader, engagementId: string): Promise<DaysAway[]> {
  const rows = await db.absence.findMany({
    where: { engagementId },
    orderBy: [{ firstDay: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, personId, firstDay, lastDay, note }) => ({ id, personId, from: firstDay, to: lastDay, note }));
}

/** Whether an id belongs to days away, of whichever engagement. */
export async function absenceIdTaken(db: Reader, id: string): Promise<boolean> {
  return (await db.absence.findUnique({ where: { id }, select: { id: true } })) !== null;
}

/** Stores days on which a person is away. */
export async function insertAbsence(
  tx: Transaction,
  engagementId: string,
  { id, personId, from, to, note }: DaysAway,
): Promise<void> {
  await tx.absence.create({ data: { id, engagementId, personId, firstDay: from, lastDay: to, note } });
}

/** Deletes days away; false where there are none of that id in the engagement. */
export async function deleteAbsence(tx: Transaction, engagementId: string, id: string): Promise<boolean> {
  const { count } = await tx.absence.deleteMany({ where: { engagementId, id } });
  return count === 1;
}

/** A role's rota with the number of its changes. */
type StoredRota = RoleRota & { revision: number };

/** The rotas of a matrix, those of deleted roles too. */
export async function loadRotas(db: Reader, matrixId: string): Promise<StoredRota[]> {
  const rows = await db.rota.findMany({ where: { matrixId }, orderBy: { roleId: "asc" } });
  return rows.map(({ roleId, value, revision }) => ({ roleId, rota: value as unknown as Rota, revision }));
}

/** Stores a role's rota over the one of a revision, or as the first where `revision` is null; false where another is stored by now. */
export async function storeRota(
  tx: Transaction,
  matrixId: string,
  { roleId, rota }: RoleRota,
  revision: number | null,
): Promise<boolean> {
  if (revision === null) {
    const known = await tx.rota.findUnique({
      where: { matrixId_roleId: { matrixId, roleId } },
      select: { roleId: true },
    });
    if (known) return false;
    await tx.rota.create({ data: { matrixId, roleId, value: rota } });
    return true;
  }
  const { count } = await tx.rota.updateMany({
    where: { matrixId, roleId, revision },
    data: { value: rota, revision: { increment: 1 } },
  });
  return count === 1;
}

/** Deletes a role's rota of a revision; false where another one is stored by now, or none. */
export async function deleteRota(
  tx: Transaction,
  matrixId: string,
  roleId: string,
  revision: number,
): Promise<boolean> {
  const { count } = await tx.rota.deleteMany({ where: { matrixId, roleId, revision } });
  return count === 1;
}
