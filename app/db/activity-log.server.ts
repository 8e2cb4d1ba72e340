import type { MatrixCommand } from "~/domain/commands";
import type { MatrixDiff } from "~/domain/diff-schema";
import type { Reader, Writer } from "./client.server";

/** What happened to a matrix, in the past tense: who, when, at which revision. */
export type LogEvent = "matrix.created" | "draft.edited" | "version.published" | "draft.exported" | "version.exported";

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

/** Appends entries to a matrix's log, in the transaction of what they tell. */
export async function appendLog(tx: Writer, matrixId: string, entries: readonly NewLogEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({ ...entry, id: crypto.randomUUID(), matrixId, commands: entry.commands, diff: entry.diff ?? {}, detail: entry.detail }));
  await tx.logEntry.createMany({ data: rows });
  const about = entries.flatMap(({ diff, revision }, i) => dutiesOf(diff).map((dutyId) => ({ matrixId, dutyId, revision, entryId: rows[i]?.id ?? "" })));
  if (about.length > 0) await tx.loggedDuty.createMany({ data: about });
}

/** The ids of the duties a diff adds, removes or changes, each once. */
function dutiesOf(diff: MatrixDiff | null): string[] {
  const part = diff?.duties;
  return part ? [...new Set([...part.added, ...part.removed, ...part.changed].map(({ id }) => id))] : [];
}

/** Which of these steps the log already holds. */
export async function knownSteps(db: Reader, matrixId: string, stepIds: string[]): Promise<Set<string>> {
  const rows = await db.logEntry.findMany({ where: { matrixId, stepId: { in: stepIds } }, select: { stepId: true } });
  return new Set(rows.map(({ stepId }) => stepId));
}
