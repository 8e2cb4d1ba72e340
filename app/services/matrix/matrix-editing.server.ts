import { appendLog, loggedStepIds, lastAcceptanceChanges, type NewLogEntry } from "~/db/activity-log.server";
import { write, type Transaction } from "~/db/client.server";
import { RevisionConflict, saveDiff, type StoredMatrix } from "~/db/matrix-store.server";
import { oneByOne } from "~/db/row-locks.server";
import {
  acceptanceChanges,
  acceptedByEditor,
  acceptedForOthers,
  otherNameRefusal,
  type Editor,
  type LastChange,
} from "~/domain/editing/acceptances";
import { applyCommands } from "~/domain/editing/apply-command";
import type { Batch } from "~/domain/editing/batch";
import type { MatrixCommand } from "~/domain/editing/commands";
import { earliestToday } from "~/domain/days";
import { diffMatrices } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import { editRefusal, ownParty } from "~/domain/engagement/permissions";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Rejection } from "~/domain/result";
import type { Actor } from "../who/actor.server";
import { carryHolders } from "../people/holdings.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";

/**
 * The answer to a batch. `from` and `revision` are the draft's revision before and after it; where `from` isn't the
 * revision that the window had, somebody else edited too.
 */
export type BatchAnswer = {
  from: number;
  revision: number;
  rejected: { stepId: string; index: number; rejection: Rejection }[];
  /** A command was completed with what only the server knows, so that the window doesn't have what is stored. */
  completed: boolean;
};

/** How often a batch is tried when other processes save the same draft. */
const ATTEMPTS = 8;

/**
 * Applies a batch of steps to a draft in one transaction; resolves once it is stored. A refused command is listed, and
 * the other commands stand. A step that was stored before is skipped, so that a batch whose answer was lost can be sent
 * again.
 */
export function runCommands(actor: Actor, matrixId: string, batch: Batch, now: Date): Promise<BatchAnswer> {
  return oneByOne(`matrix ${matrixId}`, () => retried(() => runOnce(actor, matrixId, batch, now)));
}

/** Runs an edit again where another process saved the same draft meanwhile. */
export async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
      if (attempt === ATTEMPTS)
        throw new AppError(
          "conflict",
          "Others are editing this matrix at the same moment. Your edit is kept and sent again.",
        );
    }
  }
}

function runOnce(actor: Actor, matrixId: string, batch: Batch, now: Date): Promise<BatchAnswer> {
  return write(async (tx) => {
    const stored = await matrixFor(tx, actor, matrixId, "edit");
    const appliedSteps = await loggedStepIds(
      tx,
      matrixId,
      batch.steps.map(({ id }) => id),
    );
    const rejected: BatchAnswer["rejected"] = [];
    const entries: NewLogEntry[] = [];
    const steps: Parameters<typeof carryHolders>[2][number][] = [];
    let { matrix, revision } = stored;
    let wasCompleted = false;
    for (const step of batch.steps) {
      if (appliedSteps.has(step.id)) continue;
      appliedSteps.add(step.id);
      const editor = { userId: actor.userId, name: actor.name, partyId: ownParty(stored.matrix, stored.access.side) };
      const completed = step.commands.map((command) => acceptedByEditor(command, editor, now));
      wasCompleted ||= !sameJson(completed, step.commands);
      const result = applyCommands(matrix, completed);
      const refusedIndexes = new Set(result.rejected.map(({ index }) => index));
      rejected.push(...result.rejected.map((entry) => ({ stepId: step.id, ...entry })));
      if (result.matrix === matrix) continue;
      const diff = diffMatrices(matrix, result.matrix);
      const stepRejection =
        editRefusal(stored.access, matrix, result.matrix, diff) ??
        (await nameRefusal(tx, matrixId, editor, diff, entries));
      if (stepRejection) {
        rejected.push({ stepId: step.id, index: 0, rejection: stepRejection });
        continue;
      }
      revision += 1;
      const commands = completed.filter((_, index) => !refusedIndexes.has(index));
      steps.push({ before: matrix, after: result.matrix, commands });
      entries.push({
        stepId: step.id,
        revision,
        event: "draft.edited",
        actorId: actor.userId,
        actorName: actor.name,
        at: now,
        commands,
        diff,
        detail: {},
      });
      matrix = result.matrix;
    }
    if (entries.length > 0) await storeSteps(tx, stored, { matrix, revision, entries, steps }, now);
    return { from: stored.revision, revision, rejected, completed: wasCompleted };
  });
}

type Made = {
  matrix: Matrix;
  revision: number;
  entries: NewLogEntry[];
  steps: Parameters<typeof carryHolders>[2];
};

/** Stores the draft with the steps that lead to it. Throws `RevisionConflict` where somebody else stored one meanwhile. */
async function storeSteps(
  tx: Transaction,
  { matrixId, engagementId, ...stored }: Pick<MatrixFor, "matrixId" | "engagementId" | "matrix" | "revision">,
  { matrix, revision, entries, steps }: Made,
  now: Date,
): Promise<void> {
  const onlyDiff = entries.length === 1 ? entries[0]?.diff : undefined;
  const diff = onlyDiff ?? diffMatrices(stored.matrix, matrix);
  await saveDiff(tx, matrixId, {
    expectedRevision: stored.revision,
    revision,
    before: stored.matrix,
    after: matrix,
    diff,
  });
  await appendLog(tx, matrixId, entries);
  await carryHolders(tx, { matrixId, engagementId, today: earliestToday(now) }, steps);
}

/** What both parties agreed elsewhere than on the board: its commands, under whose account it is logged, and what the log says of it. */
type AgreedStep = {
  commands: MatrixCommand[];
  actor: Pick<Actor, "userId" | "name">;
  detail: NewLogEntry["detail"];
};

/**
 * Stores as one step what the hosts of both parties confirmed, with the marks of both, and returns the draft after it.
 * Whether they may speak for their parties is for the caller to know. All commands have an effect or none has: throws
 * `conflict` where one is refused.
 */
export async function storeAgreedStep(
  tx: Transaction,
  stored: Pick<MatrixFor, "matrixId" | "engagementId" | "matrix" | "revision">,
  { commands, actor, detail }: AgreedStep,
  now: Date,
): Promise<StoredMatrix> {
  const { matrix, rejected } = applyCommands(stored.matrix, commands);
  const [refused] = rejected;
  if (refused) throw new AppError("conflict", refused.rejection.message);
  if (matrix === stored.matrix) return { matrix, revision: stored.revision };
  const revision = stored.revision + 1;
  const entry: NewLogEntry = {
    stepId: crypto.randomUUID(),
    revision,
    event: "draft.edited",
    actorId: actor.userId,
    actorName: actor.name,
    at: now,
    commands,
    diff: diffMatrices(stored.matrix, matrix),
    detail,
  };
  const steps = [{ before: stored.matrix, after: matrix, commands }];
  await storeSteps(tx, stored, { matrix, revision, entries: [entry], steps }, now);
  return { matrix, revision };
}

/**
 * Why an edit may not accept a finding in another person's name, judged by who changed the acceptance last: according
 * to the log, or earlier in this batch.
 */
async function nameRefusal(
  tx: Transaction,
  matrixId: string,
  editor: Editor,
  diff: MatrixDiff,
  earlier: readonly NewLogEntry[],
): Promise<Rejection | null> {
  const keys = acceptedForOthers(diff, editor);
  if (keys.length === 0) return null;
  const lastChanges = await lastAcceptanceChanges(tx, matrixId, keys);
  for (const entry of earlier) addChanges(lastChanges, entry);
  return otherNameRefusal(diff, editor, lastChanges);
}

function addChanges(lastChanges: Map<string, LastChange>, { actorId, diff }: NewLogEntry): void {
  if (diff) for (const { key, before } of acceptanceChanges(diff)) lastChanges.set(key, { actorId, before });
}
