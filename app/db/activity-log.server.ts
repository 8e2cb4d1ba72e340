import { acceptanceChanges, type LastChange } from "~/domain/editing/acceptances";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import { announceOnCommit } from "./announcements.server";
import type { Reader, Transaction } from "./client.server";
import { insertRows } from "./insert-rows.server";

/** The events of a version's signing. */
export const SIGNING_EVENTS = [
  "version.sent",
  "version.signed",
  "version.declined",
  "version.withdrawn",
  "version.agreed",
  "version.superseded",
  "version.reminded",
  "version.code-shown",
  "version.signatory-named",
  "version.signatory-confirmed",
  "version.signatory-replaced",
  "version.signatory-removed",
  "version.paper-stated",
  "version.paper-confirmed",
  "version.paper-refused",
] as const;
type SigningEvent = (typeof SIGNING_EVENTS)[number];

/** The events of drills. */
export const DRILL_EVENTS = [
  "drill.recorded",
  "drill.corrected",
  "drill.removed",
  "drill.change-done",
  "drill.change-reopened",
] as const;
export type DrillEvent = (typeof DRILL_EVENTS)[number];
/** The events of the workshops on a matrix. */
export const WORKSHOP_EVENTS = ["workshop.prepared", "workshop.opened", "workshop.led-by", "workshop.ended"] as const;
type WorkshopLogEvent = (typeof WORKSHOP_EVENTS)[number];

/** The events of a matrix's activity log, in the past tense. */
export type LogEvent =
  | "matrix.created"
  | "matrix.archived"
  | "matrix.returned"
  | "draft.edited"
  | "version.published"
  | SigningEvent
  | "draft.exported"
  | "version.exported"
  | "people.exported"
  | "card.exported"
  | "minutes.exported"
  | "calendar.exported"
  | "person.added"
  | "person.changed"
  | "person.removed"
  | "person.restored"
  | "role.held"
  | "role.ended"
  | "absence.added"
  | "absence.removed"
  | "rota.saved"
  | "rota.imported"
  | "rota.removed"
  | "rota.covered"
  | "rota.uncovered"
  | DrillEvent
  | WorkshopLogEvent;

/** One entry of the activity log. `stepId` is unique in its matrix, so a step is never recorded twice. */
export type NewLogEntry = {
  stepId: string;
  revision: number;
  event: LogEvent;
  actorId: string;
  actorName: string;
  at: Date;
  commands: MatrixCommand[];
  diff: MatrixDiff | null;
  /** Facts of the event that are neither commands nor diff, such as a version's number. */
  detail: Record<string, string | number>;
};

/**
 * Appends entries to a matrix's activity log, in the transaction of the change they record, and announces them once it
 * is committed.
 */
export async function appendLog(tx: Transaction, matrixId: string, entries: readonly NewLogEntry[]): Promise<void> {
  const last = entries.at(-1);
  if (last)
    announceOnCommit(tx, {
      kind: "logged",
      matrixId,
      revision: last.revision,
      beside: entries.some(({ event }) => event !== "draft.edited" && !event.endsWith(".exported")),
    });
  for (const entry of entries) {
    const entryId = crypto.randomUUID();
    await tx.logEntry.create({
      data: { ...entry, id: entryId, matrixId, diff: entry.diff ?? {} },
      select: { id: true },
    });
    await insertRows(
      tx,
      "LoggedDuty",
      dutiesOf(entry.diff).map((dutyId) => ({ matrixId, dutyId, revision: entry.revision, entryId })),
    );
    const accepted = entry.diff ? acceptanceChanges(entry.diff) : [];
    await insertRows(
      tx,
      "LoggedAcceptance",
      accepted.map(({ key }) => ({ matrixId, findingKey: key, revision: entry.revision, entryId })),
    );
  }
}

/** The ids of the duties a diff adds, removes or changes, each once. */
function dutiesOf(diff: MatrixDiff | null): string[] {
  const part = diff?.duties;
  return part ? [...new Set([...part.added, ...part.removed, ...part.changed].map(({ id }) => id))] : [];
}

/** The ids, of those given, of the steps that the log already holds. */
export async function loggedStepIds(db: Reader, matrixId: string, stepIds: string[]): Promise<Set<string>> {
  const rows = await db.logEntry.findMany({ where: { matrixId, stepId: { in: stepIds } }, select: { stepId: true } });
  return new Set(rows.map(({ stepId }) => stepId));
}

/** One stored entry as it is read back: its diff is empty where nothing in the draft changed. */
export type LogEntryRow = {
  id: string;
  stepId: string;
  revision: number;
  event: LogEvent;
  actorId: string;
  actorName: string;
  at: string;
  undo: boolean;
  diff: MatrixDiff;
  detail: Record<string, string | number>;
};

type Stored = Awaited<ReturnType<Reader["logEntry"]["findMany"]>>[number];

function fromRow({ id, stepId, revision, event, actorId, actorName, at, commands, diff, detail }: Stored): LogEntryRow {
  const [first] = commands as MatrixCommand[];
  return {
    id,
    stepId,
    revision,
    event: event as LogEvent,
    actorId,
    actorName,
    at: at.toISOString(),
    undo: first?.type === "diff.apply",
    diff: Object.keys(diff as object).length === 0 ? { fields: {} } : (diff as MatrixDiff),
    detail: detail as Record<string, string | number>,
  };
}

/** A step of the draft: the revision it gave, who made it, and what it changed. */
type LoggedStep = {
  stepId: string;
  revision: number;
  actorId: string;
  actorName: string;
  at: string;
  diff: MatrixDiff;
};

/** The events whose entries give the draft a new revision. */
const REVISING = ["draft.edited", "version.published"] satisfies LogEvent[];

/** The steps that led from one revision of a draft to another, in order; null where there are more than `most`, or one isn't there. */
export async function stepsBetween(
  db: Reader,
  matrixId: string,
  { from, to, most }: { from: number; to: number; most: number },
): Promise<LoggedStep[] | null> {
  if (from > to || to - from > most) return null;
  const rows = await db.logEntry.findMany({
    where: { matrixId, revision: { gt: from, lte: to }, event: { in: REVISING } },
    orderBy: { revision: "asc" },
  });
  return rows.length === to - from
    ? rows.map(fromRow).map(({ stepId, revision, actorId, actorName, at, diff }) => ({
        stepId,
        revision,
        actorId,
        actorName,
        at,
        diff,
      }))
    : null;
}

/**
 * The entries about one duty with a revision below `before`, newest first. Where more follow, there is one entry more
 * than `take`.
 */
export async function entriesOfDuty(
  db: Reader,
  matrixId: string,
  dutyId: string,
  { before, take }: { before: number | null; take: number },
): Promise<LogEntryRow[]> {
  const rows = await db.loggedDuty.findMany({
    where: { matrixId, dutyId, ...(before === null ? {} : { revision: { lt: before } }) },
    orderBy: { revision: "desc" },
    take: take + 1,
    select: { entryId: true },
  });
  const entries = await db.logEntry.findMany({
    where: { id: { in: rows.map(({ entryId }) => entryId) } },
    orderBy: { revision: "desc" },
  });
  return entries.map(fromRow);
}

/** Keys are looked up in batches of this size, because the parameters of one statement are limited. */
const KEYS_AT_ONCE = 400;

/**
 * The last change of each of these acceptances by the key of its finding: who made it, and what was accepted before.
 * Acceptances that nobody ever changed are left out.
 */
export async function lastAcceptanceChanges(
  db: Reader,
  matrixId: string,
  keys: readonly string[],
): Promise<Map<string, LastChange>> {
  const last = new Map<string, LastChange>();
  for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
    const batch = keys.slice(start, start + KEYS_AT_ONCE);
    const newest = await db.loggedAcceptance.groupBy({
      by: ["findingKey"],
      where: { matrixId, findingKey: { in: batch } },
      _max: { revision: true },
    });
    const revisions = [...new Set(newest.flatMap(({ _max: { revision } }) => (revision === null ? [] : [revision])))];
    // Only an edit changes an acceptance, and each edit of a draft has a revision of its own.
    const entries = await db.logEntry.findMany({
      where: { matrixId, event: "draft.edited", revision: { in: revisions } },
      select: { revision: true, actorId: true, diff: true },
    });
    const revisionOf = new Map(newest.map(({ findingKey, _max: { revision } }) => [findingKey, revision]));
    for (const { revision, actorId, diff } of entries) {
      for (const { key, before } of acceptanceChanges(diff as MatrixDiff))
        if (revisionOf.get(key) === revision) last.set(key, { actorId, before });
    }
  }
  return last;
}

/** The entries of a matrix by everybody but one person after a moment, downloads left out. */
function byOthers(matrixId: string, { since, except }: { since: Date; except: string }) {
  return {
    matrixId,
    at: { gt: since },
    actorId: { not: except },
    NOT: { event: { endsWith: ".exported" } },
  };
}

/** Who else changed something on a matrix after a moment, and how often. */
export async function othersSince(
  db: Reader,
  matrixId: string,
  by: { since: Date; except: string },
): Promise<{ name: string; changes: number }[]> {
  const rows = await db.logEntry.groupBy({
    by: ["actorId", "actorName"],
    where: byOthers(matrixId, by),
    _count: true,
  });
  const others = new Map<string, { name: string; changes: number }>();
  for (const { actorId, actorName, _count } of rows)
    others.set(actorId, { name: actorName, changes: (others.get(actorId)?.changes ?? 0) + _count });
  return [...others.values()];
}

type LogFilter = {
  person: string;
  events: readonly LogEvent[] | null;
  dutyId: string;
  /** What others did after a moment; without it everything. */
  others?: { since: Date; except: string } | null;
};

/**
 * The entries of a matrix that pass the filter, newest first, from behind the entry `after`. Where more follow, there
 * is one entry more than `take`.
 */
export async function entriesOfMatrix(
  db: Reader,
  matrixId: string,
  { person, events, dutyId, others }: LogFilter,
  { after, take }: { after: string | null; take: number },
): Promise<LogEntryRow[]> {
  const cursor =
    after === null ? null : await db.logEntry.findFirst({ where: { id: after, matrixId }, select: { id: true } });
  const rows = await db.logEntry.findMany({
    where: {
      matrixId,
      ...(others ? byOthers(matrixId, others) : {}),
      ...(person ? { actorName: person } : {}),
      ...(events ? { event: { in: [...events] } } : {}),
      ...(dutyId ? { duties: { some: { matrixId, dutyId } } } : {}),
    },
    orderBy: [{ at: "desc" }, { revision: "desc" }, { id: "desc" }],
    take: take + 1,
    ...(cursor ? { cursor: { id: cursor.id }, skip: 1 } : {}),
  });
  return rows.map(fromRow);
}
