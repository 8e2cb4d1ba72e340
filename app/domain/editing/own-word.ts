import { isEarlier, isOpenDispute, termsHash, termsMeant } from "../agreement/agreement";
import type { MatrixDiff } from "../changes/diff-schema";
import { sameJson } from "../equal";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import type { DeletedDuty, Duty, Mark, Ruling } from "../matrix/shapes";
import { ok, reject, type Result } from "../result";

/**
 * A party's statements on a duty are its mark and its confirmation of a ruling. Nobody else may make, change or remove
 * them. So a deleted duty that has statements is kept, they return with the duty, and an edit by one party's member may
 * not change the other party's statements.
 */

/** Reads an own property only, since an id could be the name of a prototype property. */
function own<T>(record: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(record, id) ? record[id] : undefined;
}

type Said = Pick<Duty, "marks" | "ruling" | "reserved">;

function isSaid({ marks, ruling, reserved }: Said): boolean {
  return reserved || Object.keys(marks).length > 0 || (ruling !== null && ruling.confirmed.length > 0);
}

/**
 * The matrix after an edit. Deleted duties with statements are kept, and the statements return with duties that come
 * back. Of the edit's own changes to kept duties only the closing of disputes is taken over.
 */
export function withWordsKept(before: Matrix, after: Matrix): Result<Matrix> {
  const gone = before.duties === after.duties ? [] : missing(before.duties, after.duties);
  const ids = Object.keys(before.deleted);
  if (gone.length === 0 && ids.length === 0 && Object.keys(after.deleted).length === 0) return ok(after);
  const there = new Set(ids.length === 0 ? [] : after.duties.map(({ id }) => id));
  const kept = ids.flatMap((id): [string, DeletedDuty][] => {
    const was = own(before.deleted, id);
    return was && !there.has(id) ? [[id, { ...was, closed: own(after.deleted, id)?.closed ?? was.closed }]] : [];
  });
  const fresh = gone.flatMap((duty): [string, DeletedDuty][] =>
    isSaid(duty) ? [[duty.id, keptOf(before, duty)]] : [],
  );
  const deleted = limited(after, [...kept, ...fresh]);
  if (!deleted)
    return reject(
      "deleted-full",
      `${LIMITS.deletedDuties} deleted duties are still disputed. Close some of those disputes before you delete more.`,
    );
  const duties = ids.some((id) => there.has(id))
    ? after.duties.map((duty) => broughtBack(own(before.deleted, duty.id), duty))
    : after.duties;
  return ok({ ...after, duties, deleted: sameJson(deleted, after.deleted) ? after.deleted : deleted });
}

function missing(before: readonly Duty[], after: readonly Duty[]): Duty[] {
  const there = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !there.has(id));
}

function keptOf(matrix: Matrix, duty: Duty): DeletedDuty {
  return { duty: meant(matrix, duty), terms: termsHash(matrix, duty), closed: [] };
}

/** A duty that comes back, with its earlier statements except for disputes that were closed meanwhile. */
function broughtBack(deleted: DeletedDuty | undefined, duty: Duty): Duty {
  if (!deleted) return duty;
  const { marks: said, ruling, code } = deleted.duty;
  const marks = Object.fromEntries(
    Object.entries(said).filter(([partyId, { state }]) => state !== "disputed" || !deleted.closed.includes(partyId)),
  );
  // A different code means that another duty now uses the id.
  return { ...duty, marks, ruling, reserved: code === duty.code ? deleted.duty.reserved : duty.reserved };
}

/**
 * The kept duties within the limit. If there are too many, those without an open dispute are dropped first. Null when
 * that isn't enough.
 */
function limited(matrix: Matrix, entries: [string, DeletedDuty][]): Matrix["deleted"] | null {
  let over = entries.length - LIMITS.deletedDuties;
  const left =
    over <= 0
      ? entries
      : entries.filter(([, deleted]) => over <= 0 || isOpenDispute(matrix, deleted) || (over--, false));
  return over > 0 ? null : Object.fromEntries(left);
}

/** A duty whose marks and ruling all have hashes of everything that is signed, not older ones. */
function meant(matrix: Matrix, duty: Duty): Duty {
  const marks = Object.fromEntries(
    Object.entries(duty.marks).map(([partyId, mark]) => [
      partyId,
      { ...mark, terms: termsMeant(matrix, duty, mark.terms) },
    ]),
  );
  return {
    ...duty,
    marks,
    ruling: duty.ruling && { ...duty.ruling, terms: termsMeant(matrix, duty, duty.ruling.terms) },
  };
}

function saysEarlier({ marks, ruling }: Duty): boolean {
  return (ruling !== null && isEarlier(ruling.terms)) || Object.values(marks).some(({ terms }) => isEarlier(terms));
}

/**
 * The matrix after an edit, with older hashes converted in changed duties. An older hash covers only letters, boundary
 * note and decisions, so that the mark would stay valid when other terms change. Before that happens, it is replaced by
 * the full hash of the terms before the edit.
 */
export function withEarlierBound(before: Matrix, after: Matrix): Matrix {
  const untouched = before.duties === after.duties && before.roles === after.roles && before.parties === after.parties;
  if (untouched || !after.duties.some(saysEarlier)) return after;
  const was = new Map(before.duties.map((duty) => [duty.id, duty]));
  const duties = after.duties.map((duty) => {
    const old = saysEarlier(duty) ? was.get(duty.id) : undefined;
    if (!old || termsHash(before, old) === termsHash(after, duty)) return duty;
    const bound = meant(before, old);
    const marks = Object.fromEntries(
      Object.entries(duty.marks).map(([partyId, mark]) => [
        partyId,
        sameJson(mark, own(old.marks, partyId)) ? (own(bound.marks, partyId) ?? mark) : mark,
      ]),
    );
    return { ...duty, marks, ruling: sameJson(duty.ruling, old.ruling) ? bound.ruling : duty.ruling };
  });
  return { ...after, duties };
}

/** A copy of a matrix to start another one from. It contains only the statements of the given party, or none. */
export function withWordsOf(matrix: Matrix, partyId: string | null): Matrix {
  const accepted = Object.entries(matrix.accepted).filter(
    ([, acceptance]) => partyId !== null && acceptance.partyId === partyId,
  );
  const duties = matrix.duties.map((duty) => {
    const ruling = duty.ruling?.confirmed.some((id) => id === partyId)
      ? { ...duty.ruling, confirmed: duty.ruling.confirmed.filter((id) => id === partyId) }
      : null;
    return { ...duty, marks: Object.fromEntries(Object.entries(duty.marks).filter(([id]) => id === partyId)), ruling };
  });
  return { ...matrix, duties, accepted: Object.fromEntries(accepted), deleted: {} };
}

type Word = { mark: Mark | null; confirmed: Ruling | null };

/** A party's statements on a duty that exists or is kept as deleted. A dispute that the party closed doesn't count. */
function wordOn(matrix: Matrix, duty: Duty | undefined, deleted: DeletedDuty | undefined, partyId: string): Word {
  const said = duty ? meant(matrix, duty) : deleted?.duty;
  const mark = (said && own(said.marks, partyId)) ?? null;
  const closed = !duty && deleted?.closed.includes(partyId) === true && mark?.state === "disputed";
  const confirmed = said?.ruling?.confirmed.includes(partyId) ? { ...said.ruling, confirmed: [] } : null;
  return { mark: closed ? null : mark, confirmed };
}

/** The code of the first duty on which a diff changes a party's statements; null when there is none. */
export function wordChanged(before: Matrix, after: Matrix, diff: MatrixDiff, partyId: string): string | null {
  const { added = [], removed = [], changed = [] } = diff.duties ?? {};
  const closed = Object.keys(diff.fields).flatMap((path) =>
    path.startsWith("deleted/") ? [path.slice("deleted/".length)] : [],
  );
  const ids = new Set([...[...added, ...removed, ...changed].map(({ id }) => id), ...closed]);
  if (ids.size === 0) return null;
  const [was, is] = [before, after].map(
    (matrix) => new Map(matrix.duties.flatMap((duty): [string, Duty][] => (ids.has(duty.id) ? [[duty.id, duty]] : []))),
  );
  for (const id of ids) {
    const [old, now] = [was?.get(id), is?.get(id)];
    const [oldKept, nowKept] = [own(before.deleted, id), own(after.deleted, id)];
    const same = sameJson(wordOn(before, old, oldKept, partyId), wordOn(after, now, nowKept, partyId));
    const closing = oldKept && nowKept && oldKept.closed.includes(partyId) !== nowKept.closed.includes(partyId);
    if (!same || closing) return (now ?? old ?? nowKept?.duty ?? oldKept?.duty)?.code ?? id;
  }
  return null;
}
