import { cacheOf } from "~/domain/cache";
import type { CollectionDiff, MatrixDiff } from "~/domain/changes/diff-schema";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import type { CollectionName } from "~/domain/parts/part";
import { COLLECTIONS } from "~/domain/parts/registry";
import { onCommit, type Reader, type Transaction } from "./client.server";
import { insertRows } from "./insert-rows.server";

/** A draft and its revision. The matrix is a value: nobody changes it in place. */
export type StoredMatrix = { matrix: Matrix; revision: number };

/** Somebody else saved the draft between this load and this save. The caller loads again and retries. */
export class RevisionConflict extends Error {
  constructor() {
    super("The draft has another revision by now.");
    this.name = "RevisionConflict";
  }
}

/** The collections with a table of their own. Every other shares `AgreedThing`. */
const TABLES = { parties: "Party", roles: "Role", domains: "Domain", duties: "Duty" } as const;
const SHARED: readonly CollectionName[] = COLLECTIONS.filter((name) => !Object.hasOwn(TABLES, name));

/** A cache of drafts by matrix id. An entry is valid while its revision is the stored one. */
const drafts = cacheOf<StoredMatrix>(32);

/** The draft of a matrix, or null. */
export async function loadMatrix(db: Reader, matrixId: string): Promise<StoredMatrix | null> {
  const row = await db.matrix.findUnique({ where: { id: matrixId }, select: { revision: true } });
  return row && matrixAt(db, matrixId, row.revision);
}

/**
 * The draft of a matrix whose revision was just read, or null where it is gone. Reads nothing more where the cache
 * holds that revision.
 */
export async function matrixAt(db: Reader, matrixId: string, revision: number): Promise<StoredMatrix | null> {
  const cached = drafts.get(matrixId);
  if (cached?.revision === revision) return cached;
  const stored = await readRows(db, matrixId);
  return stored && drafts.set(matrixId, stored);
}

async function readRows(db: Reader, matrixId: string): Promise<StoredMatrix | null> {
  const inOrder = {
    where: { matrixId },
    orderBy: { position: "asc" },
    omit: { matrixId: true, position: true },
  } as const;
  const row = await db.matrix.findUnique({
    where: { id: matrixId },
    select: {
      title: true,
      revision: true,
      schema: true,
      terms: true,
      settings: true,
      issued: true,
      accepted: true,
      deleted: true,
    },
  });
  if (!row) return null;
  const parties = await db.party.findMany(inOrder);
  const roles = await db.role.findMany(inOrder);
  const domains = await db.domain.findMany(inOrder);
  const duties = await db.duty.findMany(inOrder);
  const things =
    SHARED.length === 0
      ? []
      : await db.agreedThing.findMany({
          where: { matrixId },
          orderBy: { position: "asc" },
          select: { part: true, id: true, value: true },
        });
  const { revision, ...fields } = row;
  // A save between these statements would mix rows of two revisions; then all are read again.
  const again = await db.matrix.findUnique({ where: { id: matrixId }, select: { revision: true } });
  if (again?.revision !== revision) return readRows(db, matrixId);
  return {
    revision,
    matrix: matrixSchema.parse({ ...fields, parties, roles, domains, duties, ...collectionsOf(things) }),
  };
}

/** The collections that share a table, by name. Rows of a kind that this release doesn't know are ignored. */
function collectionsOf(rows: readonly { part: string; id: string; value: unknown }[]): Record<string, object[]> {
  return Object.fromEntries(
    SHARED.map((name) => [
      name,
      rows.flatMap(({ part, id, value }) =>
        part === name && typeof value === "object" && value !== null ? [{ ...value, id }] : [],
      ),
    ]),
  );
}

/** Positions are this far apart, so that an insertion between two items changes the position of no other. */
const SPACING = 1_024;

/** Stores a new matrix at revision 0. */
export async function insertMatrix(
  tx: Transaction,
  { id, engagementId, matrix }: { id: string; engagementId: string; matrix: Matrix },
): Promise<void> {
  const { schema, title, terms, settings, issued, accepted, deleted } = matrix;
  await tx.matrix.create({
    data: { id, engagementId, revision: 0, schema, title, terms, settings, issued, accepted, deleted },
  });
  const spaced = (items: readonly { id: string }[]) => new Map(items.map((item, i) => [item.id, i * SPACING]));
  for (const name of COLLECTIONS) await insertItems(tx, id, name, matrix[name], spaced(matrix[name]));
}

/** A change of a draft to be stored: `diff` leads from `before` to `after`. */
export type Save = { expectedRevision: number; revision: number; before: Matrix; after: Matrix; diff: MatrixDiff };

/**
 * Stores what a diff changes, and the new revision. Throws `RevisionConflict` where the stored revision isn't the
 * expected one.
 */
export async function saveDiff(
  tx: Transaction,
  matrixId: string,
  { expectedRevision, revision, after, diff }: Save,
): Promise<void> {
  const { title, terms, settings, issued, accepted, deleted } = after;
  const changed = Object.keys(diff.fields).length > 0 ? { title, terms, settings, issued, accepted, deleted } : {};
  const { count } = await tx.matrix.updateMany({
    where: { id: matrixId, revision: expectedRevision },
    data: { ...changed, revision },
  });
  if (count !== 1) throw new RevisionConflict();
  for (const name of COLLECTIONS) {
    const part = diff[name];
    if (part) await saveCollection(tx, matrixId, name, after, part);
  }
  onCommit(tx, () => drafts.set(matrixId, { matrix: after, revision }));
}

async function saveCollection(
  tx: Transaction,
  matrixId: string,
  name: CollectionName,
  after: Matrix,
  diff: CollectionDiff<{ id: string }>,
): Promise<void> {
  const movedIds = new Set(diff.placedAfter.map(({ id }) => id));
  const changedIds = [...diff.changed, ...diff.removed].map(({ id }) => id);
  // Where no item changes its position, only the rows that change are read.
  const { table, rowsOf } = tableOf(tx, matrixId, name);
  const rows = await table.findMany({
    where: movedIds.size === 0 ? { ...rowsOf, id: { in: changedIds } } : rowsOf,
    select: { id: true, position: true },
  });
  const unmoved = new Map(rows.filter(({ id }) => !movedIds.has(id)).map(({ id, position }) => [id, position]));
  const positions = movedIds.size === 0 ? unmoved : positionsFor(after[name], unmoved);
  const positionBefore = new Map(rows.map(({ id, position }) => [id, position]));
  const rewritten = new Set([...diff.changed.map(({ id }) => id), ...movedIds]);
  for (const [id, position] of positions) if (positionBefore.get(id) !== position) rewritten.add(id);
  const deleted = [...rewritten, ...diff.removed.map(({ id }) => id)].filter((id) => positionBefore.has(id));
  // Changed rows are deleted and inserted again: that takes two statements, however many rows changed.
  if (deleted.length > 0) await table.deleteMany({ where: { ...rowsOf, id: { in: deleted } } });
  await insertItems(
    tx,
    matrixId,
    name,
    after[name].filter(({ id }) => rewritten.has(id)),
    positions,
  );
}

/**
 * A position for every item, in order: an item keeps its own where that still fits, takes the middle of a gap where it
 * is new, and is pushed on where there is no gap.
 */
function positionsFor(items: readonly { id: string }[], unmoved: ReadonlyMap<string, number>): Map<string, number> {
  const unmovedAfter: (number | null)[] = [];
  let following: number | null = null;
  for (let i = items.length - 1; i >= 0; i--) {
    unmovedAfter[i] = following;
    following = unmoved.get(items[i]?.id ?? "") ?? following;
  }
  const positions = new Map<string, number>();
  let last = -SPACING;
  for (const [i, { id }] of items.entries()) {
    const current = unmoved.get(id);
    const next = unmovedAfter[i] ?? null;
    if (current !== undefined && current > last) last = current;
    else if (next !== null && next - last > 1) last = last + Math.min(SPACING, Math.floor((next - last) / 2));
    else last = next === null ? last + SPACING : last + 1;
    positions.set(id, last);
  }
  return positions;
}

type Positioned = { id: string; position: number };
/** Selects the rows of one collection: in its own table all of a matrix, in the shared table those of its kind. */
type RowsOf = { matrixId: string; part?: string };
/** The calls that all tables have in common. TypeScript can't derive them from the generated types. */
type Table = {
  findMany(query: {
    where: RowsOf & { id?: { in: string[] } };
    select: { id: true; position: true };
  }): Promise<Positioned[]>;
  deleteMany(query: { where: RowsOf & { id: { in: string[] } } }): Promise<unknown>;
};

function tableOf(tx: Transaction, matrixId: string, name: CollectionName): { table: Table; rowsOf: RowsOf } {
  const tables: Partial<Record<CollectionName, unknown>> = {
    parties: tx.party,
    roles: tx.role,
    domains: tx.domain,
    duties: tx.duty,
  };
  const own = tables[name];
  return own
    ? { table: own as Table, rowsOf: { matrixId } }
    : { table: tx.agreedThing as unknown as Table, rowsOf: { matrixId, part: name } };
}

async function insertItems(
  tx: Transaction,
  matrixId: string,
  name: CollectionName,
  items: readonly { id: string }[],
  positions: ReadonlyMap<string, number>,
): Promise<void> {
  const table = new Map<string, (typeof TABLES)[keyof typeof TABLES]>(Object.entries(TABLES)).get(name);
  const position = (id: string) => positions.get(id) ?? 0;
  if (table)
    await insertRows(
      tx,
      table,
      items.map((item) => ({ ...item, matrixId, position: position(item.id) })),
    );
  else
    await insertRows(
      tx,
      "AgreedThing",
      items.map(({ id, ...value }) => ({ matrixId, part: name, id, position: position(id), value })),
    );
}
