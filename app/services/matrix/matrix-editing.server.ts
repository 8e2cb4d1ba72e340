import { appendLog, knownSteps, lastAcceptanceChanges, type NewLogEntry } from "~/db/activity-log.server";
import { write, type Writer } from "~/db/client.server";
import { RevisionConflict, saveDiff } from "~/db/matrix-store.server";
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
import { earliestToday } from "~/domain/days";
import { diffMatrices } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import { AppError } from "~/domain/errors";
import { editRefusal, ownParty } from "~/domain/engagement/permissions";
import type { Rejection } from "~/domain/result";
import type { Actor } from "../who/actor.server";
import { carryHolders } from "../people/holdings.server";
import { matrixFor } from "../who/matrix-access.server";

/** `from` and `revision` are the draft's revision before and after; where `from` isn't what the sender knew, others edited too. */
export type BatchAnswer = {
  from: number;
  revision: number;
  rejected: { stepId: string; index: number; rejection: Rejection }[];
};

const ATTEMPTS = 8;

/**
 * Applies a batch to a draft in one transaction and acknowledges it once it is stored. A refused command is listed and
 * the rest stands. A step that was stored before is skipped, so a batch whose answer got lost may be sent again.
 */
export function runCommands(actor: Actor, matrixId: string, batch: Batch, now: Date): Promise<BatchAnswer> {
  return inTurn(matrixId, () => retried(actor, matrixId, batch, now));
}

const turns = new Map<string, Promise<unknown>>();

/** Edits of one matrix take turns in this process; only another process can then come in between, which a retry settles. */
function inTurn<T>(matrixId: string, run: () => Promise<T>): Promise<T> {
  const mine = (turns.get(matrixId) ?? Promise.resolve()).then(run, run);
  turns.set(matrixId, mine);
  const leave = () => {
    if (turns.get(matrixId) === mine) turns.delete(matrixId);
  };
  mine.then(leave, leave);
  return mine;
}

async function retried(actor: Actor, matrixId: string, batch: Batch, now: Date): Promise<BatchAnswer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(actor, matrixId, batch, now);
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
    const seen = await knownSteps(
      tx,
      matrixId,
      batch.steps.map(({ id }) => id),
    );
    const rejected: BatchAnswer["rejected"] = [];
    const entries: NewLogEntry[] = [];
    const steps: Parameters<typeof carryHolders>[2][number][] = [];
    let { matrix, revision } = stored;
    for (const step of batch.steps) {
      if (seen.has(step.id)) continue;
      seen.add(step.id);
      const editor = { userId: actor.userId, name: actor.name, partyId: ownParty(stored.matrix, stored.access.side) };
      const asked = step.commands.map((command) => acceptedByEditor(command, editor, now));
      const result = applyCommands(matrix, asked);
      const refused = new Set(result.rejected.map(({ index }) => index));
      rejected.push(...result.rejected.map((entry) => ({ stepId: step.id, ...entry })));
      if (result.matrix === matrix) continue;
      const diff = diffMatrices(matrix, result.matrix);
      const foreign =
        editRefusal(stored.access, matrix, result.matrix, diff) ??
        (await nameRefusal(tx, matrixId, editor, diff, entries));
      if (foreign) {
        rejected.push({ stepId: step.id, index: 0, rejection: foreign });
        continue;
      }
      revision += 1;
      const commands = asked.filter((_, index) => !refused.has(index));
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
    const only = entries.length === 1 ? entries[0]?.diff : undefined;
    if (entries.length > 0) {
      const diff = only ?? diffMatrices(stored.matrix, matrix);
      await saveDiff(tx, matrixId, {
        expectedRevision: stored.revision,
        revision,
        before: stored.matrix,
        after: matrix,
        diff,
      });
      await appendLog(tx, matrixId, entries);
      await carryHolders(tx, { matrixId, engagementId: stored.engagementId, today: earliestToday(now) }, steps);
    }
    return { from: stored.revision, revision, rejected };
  });
}

/** Why an edit may not accept in another's name, by what the log says of those acceptances and this batch before it. */
async function nameRefusal(
  tx: Writer,
  matrixId: string,
  editor: Editor,
  diff: MatrixDiff,
  earlier: readonly NewLogEntry[],
): Promise<Rejection | null> {
  const keys = acceptedForOthers(diff, editor);
  if (keys.length === 0) return null;
  const last = await lastAcceptanceChanges(tx, matrixId, keys);
  for (const entry of earlier) addChanges(last, entry);
  return otherNameRefusal(diff, editor, last);
}

function addChanges(last: Map<string, LastChange>, { actorId, diff }: NewLogEntry): void {
  if (diff) for (const { key, before } of acceptanceChanges(diff)) last.set(key, { actorId, before });
}
