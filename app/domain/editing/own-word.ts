import { isEarlierHash, isOpenDispute, termsHash, fullTermsHash } from "../agreement/agreement";
import type { Marked } from "../agreement/marked";
import type { MatrixDiff } from "../changes/diff-schema";
import { sameJson } from "../equal";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import type { DeletedDuty, Duty, Mark, Ruling } from "../matrix/shapes";
import { MARKED_NAMES } from "../parts/marks";
import { ok, reject, type Result } from "../result";

/**
 * A party's statements on a duty are its mark and its confirmation of a ruling. Nobody else may make, change or remove
 * them. So a deleted duty that has statements is kept, they return with the duty, and an edit by one party's member may
 * not change the other party's statements.
 */

/** Reads an own property only, since an id could be the name of a prototype property. */
function ownEntry<T>(record: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(record, id) ? record[id] : undefined;
}

type Statements = Pick<Duty, "marks" | "ruling" | "reserved">;

function hasStatements({ marks, ruling, reserved }: Statements): boolean {
  return reserved || Object.keys(marks).length > 0 || (ruling !== null && ruling.confirmed.length > 0);
}

/**
 * The matrix after an edit. Deleted duties with statements are kept, and the statements return with duties that come
 * back. Of the edit's own changes to kept duties only the closing of disputes is taken over.
 */
export function withStatementsKept(before: Matrix, after: Matrix): Result<Matrix> {
  const deletedDuties = before.duties === after.duties ? [] : missingDuties(before.duties, after.duties);
  const ids = Object.keys(before.deleted);
  if (deletedDuties.length === 0 && ids.length === 0 && Object.keys(after.deleted).length === 0) return ok(after);
  const existingIds = new Set(ids.length === 0 ? [] : after.duties.map(({ id }) => id));
  const stillDeleted = ids.flatMap((id): [string, DeletedDuty][] => {
    const deletedBefore = ownEntry(before.deleted, id);
    return deletedBefore && !existingIds.has(id)
      ? [[id, { ...deletedBefore, closed: ownEntry(after.deleted, id)?.closed ?? deletedBefore.closed }]]
      : [];
  });
  const newlyDeleted = deletedDuties.flatMap((duty): [string, DeletedDuty][] =>
    hasStatements(duty) ? [[duty.id, deletedDutyOf(before, duty)]] : [],
  );
  const deleted = withinLimit(after, [...stillDeleted, ...newlyDeleted]);
  if (!deleted)
    return reject(
      "deleted-full",
      `${LIMITS.deletedDuties} deleted duties are still disputed. Close some of those disputes before you delete more.`,
    );
  const duties = ids.some((id) => existingIds.has(id))
    ? after.duties.map((duty) => withEarlierStatements(ownEntry(before.deleted, duty.id), duty))
    : after.duties;
  return ok({ ...after, duties, deleted: sameJson(deleted, after.deleted) ? after.deleted : deleted });
}

function missingDuties(before: readonly Duty[], after: readonly Duty[]): Duty[] {
  const afterIds = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !afterIds.has(id));
}

function deletedDutyOf(matrix: Matrix, duty: Duty): DeletedDuty {
  return { duty: withFullHashes(matrix, duty), terms: termsHash(matrix, duty), closed: [] };
}

/** A duty that comes back, with its earlier statements except for disputes that were closed meanwhile. */
function withEarlierStatements(deleted: DeletedDuty | undefined, duty: Duty): Duty {
  if (!deleted) return duty;
  const { marks: earlierMarks, ruling, code } = deleted.duty;
  const marks = Object.fromEntries(
    Object.entries(earlierMarks).filter(
      ([partyId, { state }]) => state !== "disputed" || !deleted.closed.includes(partyId),
    ),
  );
  // A different code means that another duty now uses the id.
  return { ...duty, marks, ruling, reserved: code === duty.code ? deleted.duty.reserved : duty.reserved };
}

/**
 * The kept duties within the limit. If there are too many, those without an open dispute are dropped first. Null when
 * that isn't enough.
 */
function withinLimit(matrix: Matrix, entries: [string, DeletedDuty][]): Matrix["deleted"] | null {
  let excess = entries.length - LIMITS.deletedDuties;
  const remaining =
    excess <= 0
      ? entries
      : entries.filter(([, deleted]) => excess <= 0 || isOpenDispute(matrix, deleted) || (excess--, false));
  return excess > 0 ? null : Object.fromEntries(remaining);
}

/** A duty whose marks and ruling all have hashes of everything that is signed, not older ones. */
function withFullHashes(matrix: Matrix, duty: Duty): Duty {
  const marks = Object.fromEntries(
    Object.entries(duty.marks).map(([partyId, mark]) => [
      partyId,
      { ...mark, terms: fullTermsHash(matrix, duty, mark.terms) },
    ]),
  );
  return {
    ...duty,
    marks,
    ruling: duty.ruling && { ...duty.ruling, terms: fullTermsHash(matrix, duty, duty.ruling.terms) },
  };
}

function hasEarlierHash({ marks, ruling }: Duty): boolean {
  return (
    (ruling !== null && isEarlierHash(ruling.terms)) || Object.values(marks).some(({ terms }) => isEarlierHash(terms))
  );
}

/**
 * The matrix after an edit, with older hashes converted in changed duties. An older hash covers only letters, boundary
 * note and decisions, so that the mark would stay valid when other terms change. Before that happens, it is replaced by
 * the full hash of the terms before the edit.
 */
export function withEarlierHashesConverted(before: Matrix, after: Matrix): Matrix {
  const untouched = before.duties === after.duties && before.roles === after.roles && before.parties === after.parties;
  if (untouched || !after.duties.some(hasEarlierHash)) return after;
  const beforeById = new Map(before.duties.map((duty) => [duty.id, duty]));
  const duties = after.duties.map((duty) => {
    const dutyBefore = hasEarlierHash(duty) ? beforeById.get(duty.id) : undefined;
    if (!dutyBefore || termsHash(before, dutyBefore) === termsHash(after, duty)) return duty;
    const converted = withFullHashes(before, dutyBefore);
    const marks = Object.fromEntries(
      Object.entries(duty.marks).map(([partyId, mark]) => [
        partyId,
        sameJson(mark, ownEntry(dutyBefore.marks, partyId)) ? (ownEntry(converted.marks, partyId) ?? mark) : mark,
      ]),
    );
    return { ...duty, marks, ruling: sameJson(duty.ruling, dutyBefore.ruling) ? converted.ruling : duty.ruling };
  });
  return { ...after, duties };
}

/** A copy of a matrix to start another one from. It contains only the statements of the given party, or none. */
export function withStatementsOf(matrix: Matrix, partyId: string | null): Matrix {
  const accepted = Object.entries(matrix.accepted).filter(
    ([, acceptance]) => partyId !== null && acceptance.partyId === partyId,
  );
  const duties = matrix.duties.map((duty) => withOnlyStatementsOf(duty, partyId));
  const things = Object.fromEntries(
    MARKED_NAMES.map((part) => [part, matrix[part].map((thing) => withOnlyStatementsOf(thing, partyId))]),
  );
  return { ...matrix, ...things, duties, accepted: Object.fromEntries(accepted), deleted: {} };
}

function withOnlyStatementsOf<T extends Marked>(thing: T, partyId: string | null): T {
  const ruling = thing.ruling?.confirmed.some((id) => id === partyId)
    ? { ...thing.ruling, confirmed: thing.ruling.confirmed.filter((id) => id === partyId) }
    : null;
  return { ...thing, marks: Object.fromEntries(Object.entries(thing.marks).filter(([id]) => id === partyId)), ruling };
}

type PartyStatements = { mark: Mark | null; confirmed: Ruling | null };

/** A party's statements on a duty that exists or is kept as deleted. A dispute that the party closed doesn't count. */
function statementsOn(
  matrix: Matrix,
  duty: Duty | undefined,
  deleted: DeletedDuty | undefined,
  partyId: string,
): PartyStatements {
  const statedDuty = duty ? withFullHashes(matrix, duty) : deleted?.duty;
  const mark = (statedDuty && ownEntry(statedDuty.marks, partyId)) ?? null;
  const closed = !duty && deleted?.closed.includes(partyId) === true && mark?.state === "disputed";
  return { mark: closed ? null : mark, confirmed: statementsOf(statedDuty, partyId).confirmed };
}

/** The code or name of the first thing on which a diff changes a party's statements; null when there is none. */
export function codeOfChangedStatement(
  before: Matrix,
  after: Matrix,
  diff: MatrixDiff,
  partyId: string,
): string | null {
  return codeOfChangedDuty(before, after, diff, partyId) ?? nameOfChangedThing(before, after, diff, partyId);
}

/** A kind without duties' memory of deleted things: a thing goes only once the other party has taken its statements back. */
function nameOfChangedThing(before: Matrix, after: Matrix, diff: MatrixDiff, partyId: string): string | null {
  for (const part of MARKED_NAMES) {
    const { added = [], removed = [], changed = [] } = diff[part] ?? {};
    for (const { id } of [...added, ...removed, ...changed]) {
      const [thingBefore, thingAfter] = [before, after].map((matrix) => matrix[part].find((thing) => thing.id === id));
      if (!sameJson(statementsOf(thingBefore, partyId), statementsOf(thingAfter, partyId)))
        return (thingBefore ?? thingAfter)?.name ?? id;
    }
  }
  return null;
}

function statementsOf(thing: Marked | undefined, partyId: string): PartyStatements {
  const confirmed = thing?.ruling?.confirmed.includes(partyId) ? { ...thing.ruling, confirmed: [] } : null;
  return { mark: (thing && ownEntry(thing.marks, partyId)) ?? null, confirmed };
}

function codeOfChangedDuty(before: Matrix, after: Matrix, diff: MatrixDiff, partyId: string): string | null {
  const { added = [], removed = [], changed = [] } = diff.duties ?? {};
  const closed = Object.keys(diff.fields).flatMap((path) =>
    path.startsWith("deleted/") ? [path.slice("deleted/".length)] : [],
  );
  const ids = new Set([...[...added, ...removed, ...changed].map(({ id }) => id), ...closed]);
  if (ids.size === 0) return null;
  const [dutiesBefore, dutiesAfter] = [before, after].map(
    (matrix) => new Map(matrix.duties.flatMap((duty): [string, Duty][] => (ids.has(duty.id) ? [[duty.id, duty]] : []))),
  );
  for (const id of ids) {
    const [dutyBefore, dutyAfter] = [dutiesBefore?.get(id), dutiesAfter?.get(id)];
    const [deletedBefore, deletedAfter] = [ownEntry(before.deleted, id), ownEntry(after.deleted, id)];
    const same = sameJson(
      statementsOn(before, dutyBefore, deletedBefore, partyId),
      statementsOn(after, dutyAfter, deletedAfter, partyId),
    );
    const closingChanged =
      deletedBefore && deletedAfter && deletedBefore.closed.includes(partyId) !== deletedAfter.closed.includes(partyId);
    if (!same || closingChanged)
      return (dutyAfter ?? dutyBefore ?? deletedAfter?.duty ?? deletedBefore?.duty)?.code ?? id;
  }
  return null;
}
