import type { CollectionDiff, FieldChanges, MatrixDiff } from "./diff-schema";
import { sameJson } from "./equal";
import type { Matrix } from "./matrix";
import { insertAt, movedIds, placesOf } from "./ordering";
import { ok, reject, type Result } from "./result";

export type Json = FieldChanges[string]["before"];
type Entity = { id: string };
type Fields = Record<string, Json>;

/** Records whose entries are fields of their own, so that two people can change two cells of one duty. */
const NESTED = new Set(["letters", "suggestions", "terms", "settings", "issued", "accepted", "deleted", "decisions", "today", "marks"]);
const COLLECTIONS = ["parties", "roles", "domains", "duties"] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

/** What changed from one matrix to the other. Parts that are the same reference in both cost nothing. */
export function diffMatrices(before: Matrix, after: Matrix): MatrixDiff {
  const diff: MatrixDiff = { fields: changedFields(matrixFields(before), matrixFields(after)) };
  const parties = diffCollection(before.parties, after.parties);
  const roles = diffCollection(before.roles, after.roles);
  const domains = diffCollection(before.domains, after.domains);
  const duties = diffCollection(before.duties, after.duties);
  if (parties) diff.parties = parties;
  if (roles) diff.roles = roles;
  if (domains) diff.domains = domains;
  if (duties) diff.duties = duties;
  return diff;
}

/** Whether a diff says that nothing changed. */
export function isEmptyDiff(diff: MatrixDiff): boolean {
  return Object.keys(diff.fields).length === 0 && COLLECTIONS.every((name) => diff[name] === undefined);
}

/** How many things a diff changes: each thing added, removed, changed or only moved counts once. */
export function countChanges(diff: MatrixDiff): number {
  const fields = Object.keys(diff.fields).filter((path) => !path.startsWith("issued/") && !path.startsWith("deleted/")).length;
  return COLLECTIONS.reduce((sum, name) => {
    const part = diff[name];
    if (!part) return sum;
    return sum + new Set([...part.added, ...part.removed, ...part.changed, ...part.placedAfter].map(({ id }) => id)).size;
  }, fields);
}

/** The diff that takes the change back. Numbers already issued for codes stay issued. */
export function invertDiff(diff: MatrixDiff): MatrixDiff {
  const fields = Object.entries(diff.fields).filter(([path]) => !path.startsWith("issued/"));
  const inverted: MatrixDiff = { fields: swapFields(Object.fromEntries(fields)) };
  if (diff.parties) inverted.parties = invertCollection(diff.parties);
  if (diff.roles) inverted.roles = invertCollection(diff.roles);
  if (diff.domains) inverted.domains = invertCollection(diff.domains);
  if (diff.duties) inverted.duties = invertCollection(diff.duties);
  return inverted;
}

/**
 * The matrix with a diff applied as a whole. Refused where something the diff touches has been changed to a third
 * value since; what already has the wanted value is left as it is, so applying twice equals applying once.
 */
export function applyDiff(matrix: Matrix, diff: MatrixDiff): Result<Matrix> {
  const fields = mergeFields(matrixFields(matrix), diff.fields);
  if (!fields) return conflict();
  const parties = applyCollection(matrix.parties, diff.parties);
  const roles = applyCollection(matrix.roles, diff.roles);
  const domains = applyCollection(matrix.domains, diff.domains);
  const duties = applyCollection(matrix.duties, diff.duties);
  if (!parties || !roles || !domains || !duties) return conflict();
  return ok({ ...withFields({ ...matrix }, diff.fields), parties, roles, domains, duties });
}

function conflict() {
  return reject("changed-since", "This can't be taken back: the same part has been changed since. Change it by hand instead.");
}

function matrixFields(matrix: Matrix): Fields {
  const { schema, title, terms, settings, issued, accepted, deleted } = matrix;
  return flatten({ schema, title, terms, settings, issued, accepted, deleted });
}

/** An entity's fields by path: `text`, `letters/<role id>`. */
function flatten(entity: Record<string, Json>): Fields {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(entity)) {
    if (NESTED.has(name) && typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, nested] of Object.entries(value)) fields[`${name}/${key}`] = nested;
    } else fields[name] = value;
  }
  return fields;
}

function changedFields(before: Fields, after: Fields): FieldChanges {
  const changes: FieldChanges = {};
  for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = before[path] ?? null;
    const is = after[path] ?? null;
    if (!sameJson(was, is)) changes[path] = { before: was, after: is };
  }
  return changes;
}

function diffCollection<T extends Entity & Record<string, Json>>(before: readonly T[], after: readonly T[]): CollectionDiff<T> | null {
  if (before === after) return null;
  const was = new Map(before.map((item) => [item.id, item]));
  const is = new Map(after.map((item) => [item.id, item]));
  const added = after.filter(({ id }) => !was.has(id));
  const removed = before.filter(({ id }) => !is.has(id));
  const changed = after.flatMap((item) => {
    const old = was.get(item.id);
    if (!old || old === item) return [];
    const fields = changedFields(flatten(old), flatten(item));
    return Object.keys(fields).length > 0 ? [{ id: item.id, fields }] : [];
  });
  const survivors = (items: readonly T[], others: Map<string, T>) => items.map(({ id }) => id).filter((id) => others.has(id));
  const moved = movedIds(survivors(before, is), survivors(after, was));
  const placedBefore = placesOf(before, new Set([...moved, ...removed.map(({ id }) => id)]));
  const placedAfter = placesOf(after, new Set([...moved, ...added.map(({ id }) => id)]));
  const nothing = changed.length === 0 && placedBefore.length === 0 && placedAfter.length === 0;
  return nothing ? null : { added, removed, changed, placedBefore, placedAfter };
}

function invertCollection<T>(diff: CollectionDiff<T>): CollectionDiff<T> {
  return {
    added: diff.removed,
    removed: diff.added,
    changed: diff.changed.map(({ id, fields }) => ({ id, fields: swapFields(fields) })),
    placedBefore: diff.placedAfter,
    placedAfter: diff.placedBefore,
  };
}

/** Field changes the other way round. */
export function swapFields(fields: FieldChanges): FieldChanges {
  return Object.fromEntries(Object.entries(fields).map(([path, { before, after }]) => [path, { before: after, after: before }]));
}

/** Null where a field has neither the value before nor the value after. */
function mergeFields(current: Fields, changes: FieldChanges): true | null {
  const fits = Object.entries(changes).every(([path, { before, after }]) => {
    const now = current[path] ?? null;
    return sameJson(now, before) || sameJson(now, after);
  });
  return fits ? true : null;
}

/** A thing with field changes made, whatever it says now. */
export function withFields<T extends object>(entity: T & Record<string, unknown>, changes: FieldChanges): T & Record<string, unknown> {
  const set: Record<string, unknown> = {};
  const entries = new Map<string, Map<string, Json>>();
  for (const [path, { after }] of Object.entries(changes)) {
    const [name = "", key] = path.split("/", 2);
    if (key === undefined) set[name] = after;
    else entries.set(name, (entries.get(name) ?? new Map<string, Json>()).set(key, after));
  }
  for (const [name, changed] of entries) set[name] = withEntries(set[name] ?? entity[name], changed, name === "terms");
  return { ...entity, ...set };
}

/** A record with entries set, behind those that stay; null takes one out. */
function withEntries(record: unknown, changed: ReadonlyMap<string, Json>, keepsNull: boolean): Record<string, unknown> {
  const staying = Object.entries(typeof record === "object" && record !== null ? record : {}).filter(([name]) => !changed.has(name));
  return Object.fromEntries([...staying, ...[...changed].filter(([, value]) => value !== null || keepsNull)]);
}

function applyCollection<T extends Entity & Record<string, Json>>(items: T[], diff: CollectionDiff<T> | undefined): T[] | null {
  if (!diff) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const item of diff.added) {
    const present = byId.get(item.id);
    if (present && !sameJson(present, item)) return null;
    if (!present) byId.set(item.id, item);
  }
  for (const item of diff.removed) {
    const present = byId.get(item.id);
    if (present && !sameJson(present, item)) return null;
    byId.delete(item.id);
  }
  for (const { id, fields } of diff.changed) {
    const present = byId.get(id);
    if (!present || !mergeFields(flatten(present), fields)) return null;
    byId.set(id, withFields(present, fields));
  }
  const placed = new Set(diff.placedAfter.map(({ id }) => id));
  const standing = items.flatMap(({ id }) => {
    const item = byId.get(id);
    return item && !placed.has(id) ? [item] : [];
  });
  return insertAt(
    standing,
    diff.placedAfter.flatMap(({ id, after }) => {
      const item = byId.get(id);
      return item ? [{ item, after }] : [];
    }),
  );
}
