import { cacheOf } from "~/domain/cache";
import type { CollectionDiff, MatrixDiff } from "~/domain/changes/diff-schema";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import type { CollectionName } from "~/domain/parts/part";
import { COLLECTIONS } from "~/domain/parts/registry";
import { onCommit, type Reader, type Writer } from "./client.server";
import { insertRows } from "./insert-rows.server";

/** A draft and its revision. The matrix is a value: nobody changes it in place. */
export type StoredMatrix = { matrix: Matrix; revision: number };

/** Somebody else saved the draft between this load and this save. Load again and repeat. */
export class RevisionConflict extends Error {
  constructor() {
    super("The draft has another revision by now.");
    this.name = "RevisionConflict";
  }
}

/** The collections with a table of their own. Every other shares `AgreedThing`. */
const TABLES = { parties: "Party", roles: "Role", domains: "Domain", duties: "Duty" } as const;
const SHARED: readonly CollectionName[] = COLLECTIONS.filter((name) => !Object.hasOwn(TABLES, name));

/** Drafts by matrix id. One is right as long as its revision is the stored one. */
const drafts = cacheOf<StoredMatrix>(32);

/** The draft of a matrix, or null. */
export async function loadMatrix(db: Reader, matrixId: string): Promise<StoredMatrix | null> {
  const row = await db.matrix.findUnique({ where: { id: matrixId }, select: { revision: true } });
  return row && matrixAt(db, matrixId, row.revision);
}

/** The draft of a matrix whose revision was just read, or null where it is gone. Reads nothing where that revision was read or saved before. */
export async function matrixAt(db: Reader, matrixId: string, revision: number): Promise<StoredMatrix | null> {
  const known = drafts.get(matrixId);
  if (known?.revision === revision) return known;
  const stored = await readRows(db, matrixId);
  return stored && drafts.set(matrixId, stored);
}

async function readRows(db: Reader, matrixId: string): Promise<StoredMatrix | null> {
  const of = { where: { matrixId }, orderBy: { position: "asc" }, omit: { matrixId: true, position: true } } as const;
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
  const parties = await db.party.findMany(of);
  const roles = await db.role.findMany(of);
  const domains = await db.domain.findMany(of);
  const duties = await db.duty.findMany(of);
  const things =
    SHARED.length === 0
      ? []
      : await db.agreedThing.findMany({
          where: { matrixId },
          orderBy: { position: "asc" },
          select: { part: true, id: true, value: true },
        });
  const { revision, ...fields } = row;
  const again = await db.matrix.findUnique({ where: { id: matrixId }, select: { revision: true } });
  if (again?.revision !== revision) return readRows(db, matrixId);
  return {
    revision,
    matrix: matrixSchema.parse({ ...fields, parties, roles, domains, duties, ...collectionsOf(things) }),
  };
}

/** The collections that share a table, by name. A row of a kind that this release doesn't know stays where it is. */
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

/** Positions are spaced so that something put between two others rewrites no third. */
const SPACING = 1_024;

/** Stores a new matrix at revision 0. */
export async function insertMatrix(
  tx: Writer,
  { id, engagementId, matrix }: { id: string; engagementId: string; matrix: Matrix },
): Promise<void> {
  const { schema, title, terms, settings, issued, accepted, deleted } = matrix;
  await tx.matrix.create({
    data: { id, engagementId, revision: 0, schema, title, terms, settings, issued, accepted, deleted },
  });
  const spaced = (items: readonly { id: string }[]) => new Map(items.map((item, i) => [item.id, i * SPACING]));
  for (const name of COLLECTIONS) await insertItems(tx, id, name, matrix[name], spaced(matrix[name]));
}

export type Save = { expectedRevision: number; revision: number; before: Matrix; after: Matrix; diff: MatrixDiff };

/** Stores what a diff changes and the new revision; throws `RevisionConflict` when the stored revision isn't the expected one. */
export async function saveDiff(
  tx: Writer,
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
  tx: Writer,
  matrixId: string,
  name: CollectionName,
  after: Matrix,
  diff: CollectionDiff<{ id: string }>,
): Promise<void> {
  const placed = new Set(diff.placedAfter.map(({ id }) => id));
  const named = [...diff.changed, ...diff.removed].map(({ id }) => id);
  // Where nothing changes its place, only the rows that change are looked at.
  const { table, of } = tableOf(tx, matrixId, name);
  const rows = await table.findMany({
    where: placed.size === 0 ? { ...of, id: { in: named } } : of,
    select: { id: true, position: true },
  });
  const standing = new Map(rows.filter(({ id }) => !placed.has(id)).map(({ id, position }) => [id, position]));
  const positions = placed.size === 0 ? standing : positionsFor(after[name], standing);
  const stood = new Map(rows.map(({ id, position }) => [id, position]));
  const touched = new Set([...diff.changed.map(({ id }) => id), ...placed]);
  for (const [id, position] of positions) if (stood.get(id) !== position) touched.add(id);
  const gone = [...touched, ...diff.removed.map(({ id }) => id)].filter((id) => stood.has(id));
  // Rows are rewritten rather than updated: two statements, however many rows changed.
  if (gone.length > 0) await table.deleteMany({ where: { ...of, id: { in: gone } } });
  await insertItems(
    tx,
    matrixId,
    name,
    after[name].filter(({ id }) => touched.has(id)),
    positions,
  );
}

/** A position for every item in order: kept where it still fits, in the middle of a gap where it is new, pushed on where there is no gap. */
function positionsFor(items: readonly { id: string }[], standing: ReadonlyMap<string, number>): Map<string, number> {
  const next: (number | null)[] = [];
  let following: number | null = null;
  for (let i = items.length - 1; i >= 0; i--) {
    next[i] = following;
    following = standing.get(items[i]?.id ?? "") ?? following;
  }
  const positions = new Map<string, number>();
  let last = -SPACING;
  for (const [i, { id }] of items.entries()) {
    const stands = standing.get(id);
    const ahead = next[i] ?? null;
    if (stands !== undefined && stands > last) last = stands;
    else if (ahead !== null && ahead - last > 1) last = last + Math.min(SPACING, Math.floor((ahead - last) / 2));
    else last = ahead === null ? last + SPACING : last + 1;
    positions.set(id, last);
  }
  return positions;
}

type Positioned = { id: string; position: number };
/** The rows of one collection: those of its own table, or those of its kind in the table they share. */
type Of = { matrixId: string; part?: string };
/** The calls the tables share, which their generated types can't say together. */
type Table = {
  findMany(query: {
    where: Of & { id?: { in: string[] } };
    select: { id: true; position: true };
  }): Promise<Positioned[]>;
  deleteMany(query: { where: Of & { id: { in: string[] } } }): Promise<unknown>;
};

function tableOf(tx: Writer, matrixId: string, name: CollectionName): { table: Table; of: Of } {
  const tables: Partial<Record<CollectionName, unknown>> = {
    parties: tx.party,
    roles: tx.role,
    domains: tx.domain,
    duties: tx.duty,
  };
  const own = tables[name];
  return own
    ? { table: own as Table, of: { matrixId } }
    : { table: tx.agreedThing as unknown as Table, of: { matrixId, part: name } };
}

async function insertItems(
  tx: Writer,
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
