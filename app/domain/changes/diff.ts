import type { CollectionDiff, FieldChanges, MatrixDiff } from "./diff-schema";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { withItemsInserted, movedIds, placementsOf } from "../matrix/ordering";
import { partsOfPath, type Field } from "../parts/field";
import { FRAME } from "../parts/frame";
import type { CollectionName, Collections, Thing, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import { ok, reject, type Result } from "../result";

type Json = FieldChanges[string]["before"];
type Values = Record<string, Json>;
type JsonThing = Thing & Record<string, Json>;
type Described = Readonly<Record<string, Pick<Field<never>, "entries">>>;

/** The changes from one matrix to another. Collections that are the same reference in both aren't compared. */
export function diffMatrices(before: Matrix, after: Matrix): MatrixDiff {
  const diff: MatrixDiff = { fields: changedFields(frameOf(before), frameOf(after), FRAME) };
  for (const name of COLLECTIONS) addCollection(diff, name, before, after);
  return diff;
}

/** The diffs of some collections by name. The type parameter lets a generic function write under a single name. */
type DiffsOf<Name extends CollectionName> = { [One in Name]?: CollectionDiff<Things[One]> };

function addCollection<Name extends CollectionName>(
  diff: DiffsOf<Name>,
  name: Name,
  before: Collections,
  after: Collections,
): void {
  const changed = diffCollection<Things[Name]>(before[name], after[name], PARTS[name].fields);
  if (changed) diff[name] = changed;
}

/** Whether a diff says that nothing changed. */
export function isEmptyDiff(diff: MatrixDiff): boolean {
  return Object.keys(diff.fields).length === 0 && COLLECTIONS.every((name) => diff[name] === undefined);
}

/** The diff that undoes a change. Numbers issued for codes stay issued. */
export function invertDiff(diff: MatrixDiff): MatrixDiff {
  const fields = Object.entries(diff.fields).filter(([path]) => !path.startsWith("issued/"));
  const inverted: MatrixDiff = { fields: swapFields(Object.fromEntries(fields)) };
  for (const name of COLLECTIONS) addInverted(inverted, name, diff);
  return inverted;
}

function addInverted<Name extends CollectionName>(inverted: DiffsOf<Name>, name: Name, diff: DiffsOf<Name>): void {
  const part = diff[name];
  if (part) inverted[name] = invertCollection<Things[Name]>(part);
}

/**
 * The matrix with a whole diff applied. It is refused when a field or thing that the diff touches has neither its old
 * nor its new value. Parts that already have the new value stay as they are, so that applying a diff twice equals
 * applying it once.
 */
export function applyDiff(matrix: Matrix, diff: MatrixDiff): Result<Matrix> {
  const frame = mergedChanges(flatten(frameOf(matrix), FRAME), diff.fields, FRAME);
  if (!frame) return conflict();
  const applied: Matrix = withFields({ ...matrix }, frame, FRAME);
  for (const name of COLLECTIONS) if (!applyPart(applied, name, diff)) return conflict();
  return ok(applied);
}

function applyPart<Name extends CollectionName>(
  matrix: { [One in Name]: Things[One][] },
  name: Name,
  diff: DiffsOf<Name>,
): boolean {
  const items = applyCollection<Things[Name]>(matrix[name], diff[name], PARTS[name].fields);
  if (items) matrix[name] = items;
  return items !== null;
}

function conflict() {
  return reject(
    "changed-since",
    "This can't be taken back: the same part has been changed since. Change it by hand instead.",
  );
}

/** The fields of a matrix beside its collections. */
function frameOf(matrix: Matrix) {
  const { schema, title, terms, settings, issued, accepted, deleted } = matrix;
  return { schema, title, terms, settings, issued, accepted, deleted } satisfies Record<keyof typeof FRAME, unknown>;
}

/** The values of a thing by path, such as `text` or `letters/<role id>`. */
function flatten(thing: Readonly<Record<string, Json>>, described: Described): Values {
  const values: Values = {};
  for (const [name, value] of Object.entries(thing)) addValues(values, name, value, described);
  return values;
}

function addValues(values: Values, name: string, value: Json, described: Described): void {
  if (described[name]?.entries && typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, entry] of Object.entries(value)) values[`${name}/${key}`] = entry;
  } else values[name] = value;
}

/** The differences between two forms of one thing, by path. Only fields that differ are split into entries, since most fields are the same. */
function changedFields(
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
  described: Described,
): FieldChanges {
  const valuesBefore: Values = {};
  const valuesAfter: Values = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [fieldBefore, fieldAfter] = [before[name] ?? null, after[name] ?? null];
    if (sameJson(fieldBefore, fieldAfter)) continue;
    addValues(valuesBefore, name, fieldBefore, described);
    addValues(valuesAfter, name, fieldAfter, described);
  }
  const changes: FieldChanges = {};
  for (const path of new Set([...Object.keys(valuesBefore), ...Object.keys(valuesAfter)])) {
    const [valueBefore, valueAfter] = [valuesBefore[path] ?? null, valuesAfter[path] ?? null];
    if (!sameJson(valueBefore, valueAfter)) changes[path] = { before: valueBefore, after: valueAfter };
  }
  return changes;
}

function diffCollection<T extends JsonThing>(
  before: readonly T[],
  after: readonly T[],
  described: Described,
): CollectionDiff<T> | null {
  if (before === after) return null;
  const beforeById = new Map(before.map((item) => [item.id, item]));
  const afterById = new Map(after.map((item) => [item.id, item]));
  const added = after.filter(({ id }) => !beforeById.has(id));
  const removed = before.filter(({ id }) => !afterById.has(id));
  const changed = after.flatMap((item) => {
    const old = beforeById.get(item.id);
    if (!old || old === item) return [];
    const fields = changedFields(old, item, described);
    return Object.keys(fields).length > 0 ? [{ id: item.id, fields }] : [];
  });
  const survivors = (items: readonly T[], others: Map<string, T>) =>
    items.map(({ id }) => id).filter((id) => others.has(id));
  const moved = movedIds(survivors(before, afterById), survivors(after, beforeById));
  const placedBefore = placementsOf(before, new Set([...moved, ...removed.map(({ id }) => id)]));
  const placedAfter = placementsOf(after, new Set([...moved, ...added.map(({ id }) => id)]));
  const isUnchanged = changed.length === 0 && placedBefore.length === 0 && placedAfter.length === 0;
  return isUnchanged ? null : { added, removed, changed, placedBefore, placedAfter };
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

/** The field changes with `before` and `after` swapped. */
export function swapFields(fields: FieldChanges): FieldChanges {
  return Object.fromEntries(
    Object.entries(fields).map(([path, { before, after }]) => [path, { before: after, after: before }]),
  );
}

/**
 * The changes as they apply to the present values: each must have its value from before or after the change. Of an entry
 * whose fields are edited one by one, only the fields that the change touches must. Null where one of them has another value.
 */
function mergedChanges(current: Values, changes: FieldChanges, described: Described): FieldChanges | null {
  const merged: FieldChanges = {};
  for (const [path, { before, after }] of Object.entries(changes)) {
    const present = current[path] ?? null;
    if (sameJson(present, before) || sameJson(present, after)) merged[path] = { before, after };
    else {
      const byField = described[partsOfPath(path).name]?.entries?.byField === true;
      const entry = byField ? mergedEntry(present, before, after) : null;
      if (!entry) return null;
      merged[path] = { before, after: entry };
    }
  }
  return merged;
}

/** An entry with the fields that a change touches, where those have their values from before or after it; null otherwise. */
function mergedEntry(present: Json, before: Json, after: Json): Values | null {
  if (!isEntry(present) || !isEntry(before) || !isEntry(after)) return null;
  const merged: Values = { ...present };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [value, old, changed] = [present[name] ?? null, before[name] ?? null, after[name] ?? null];
    if (sameJson(old, changed)) continue;
    if (!sameJson(value, old) && !sameJson(value, changed)) return null;
    merged[name] = changed;
  }
  return merged;
}

function isEntry(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A thing with the new values of field changes. Its present values aren't checked. */
export function withFields<T extends object>(
  thing: T & Record<string, unknown>,
  changes: FieldChanges,
  described: Described,
): T & Record<string, unknown> {
  const newValues: Record<string, unknown> = {};
  const entries = new Map<string, Map<string, Json>>();
  for (const [path, { after }] of Object.entries(changes)) {
    const { name, key } = partsOfPath(path);
    if (key === null) newValues[name] = after;
    else entries.set(name, (entries.get(name) ?? new Map<string, Json>()).set(key, after));
  }
  for (const [name, changed] of entries)
    newValues[name] = withEntries(
      newValues[name] ?? thing[name],
      changed,
      described[name]?.entries?.holdsNull === true,
    );
  return { ...thing, ...newValues };
}

/**
 * A record with the changed entries after the unchanged ones. An entry set to null is removed, unless the field allows
 * null.
 */
function withEntries(record: unknown, changed: ReadonlyMap<string, Json>, keepsNull: boolean): Record<string, unknown> {
  const unchanged = Object.entries(typeof record === "object" && record !== null ? record : {}).filter(
    ([name]) => !changed.has(name),
  );
  return Object.fromEntries([...unchanged, ...[...changed].filter(([, value]) => value !== null || keepsNull)]);
}

function applyCollection<T extends JsonThing>(
  items: T[],
  diff: CollectionDiff<T> | undefined,
  described: Described,
): T[] | null {
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
    const changes = present ? mergedChanges(flatten(present, described), fields, described) : null;
    if (!present || !changes) return null;
    byId.set(id, withFields(present, changes, described));
  }
  const placedIds = new Set(diff.placedAfter.map(({ id }) => id));
  const unmoved = items.flatMap(({ id }) => {
    const item = byId.get(id);
    return item && !placedIds.has(id) ? [item] : [];
  });
  return withItemsInserted(
    unmoved,
    diff.placedAfter.flatMap(({ id, after }) => {
      const item = byId.get(id);
      return item ? [{ item, after }] : [];
    }),
  );
}
