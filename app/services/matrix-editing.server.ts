import { appendLog, entriesOfMatrix, knownSteps, type NewLogEntry } from "~/db/activity-log.server";
import { write, type Writer } from "~/db/client.server";
import { RevisionConflict, saveDiff } from "~/db/matrix-store.server";
import { applyAll } from "~/domain/apply-command";
import type { Batch, MatrixCommand } from "~/domain/commands";
import { earliestToday, ownToday } from "~/domain/days";
import { diffMatrices } from "~/domain/diff";
import type { MatrixDiff } from "~/domain/diff-schema";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import { editRefusal, ownParty } from "~/domain/permissions";
import type { Rejection } from "~/domain/result";
import { normaliseText } from "~/domain/text";
import type { Actor } from "./actor.server";
import { carryHolders } from "./holdings.server";
import { matrixFor, type MatrixFor } from "./matrix-access.server";

/** `from` and `revision` are the draft's revision before and after; where `from` isn't what the sender knew, others edited too. */
export type BatchAnswer = { from: number; revision: number; rejected: { stepId: string; index: number; rejection: Rejection }[] };

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
      if (attempt === ATTEMPTS) throw new AppError("conflict", "Others are editing this matrix at the same moment. Your edit is kept and sent again.");
    }
  }
}

function runOnce(actor: Actor, matrixId: string, batch: Batch, now: Date): Promise<BatchAnswer> {
  return write(async (tx) => {
    const stored = await matrixFor(tx, actor, matrixId, "edit");
    const seen = await knownSteps(tx, matrixId, batch.steps.map(({ id }) => id));
    const rejected: BatchAnswer["rejected"] = [];
    const entries: NewLogEntry[] = [];
    const steps: Parameters<typeof carryHolders>[2][number][] = [];
    let { matrix, revision } = stored;
    for (const step of batch.steps) {
      if (seen.has(step.id)) continue;
      seen.add(step.id);
      const asked = step.commands.map((command) => inOwnName(command, stored, actor, now));
      const result = applyAll(matrix, asked);
      const refused = new Set(result.rejected.map(({ index }) => index));
      rejected.push(...result.rejected.map((entry) => ({ stepId: step.id, ...entry })));
      if (result.matrix === matrix) continue;
      const diff = diffMatrices(matrix, result.matrix);
      const foreign = editRefusal(stored.access, matrix, result.matrix, diff) ?? (await foreignName(tx, stored, actor, diff, entries));
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
      await saveDiff(tx, matrixId, { expectedRevision: stored.revision, revision, before: stored.matrix, after: matrix, diff });
      await appendLog(tx, matrixId, entries);
      await carryHolders(tx, { matrixId, engagementId: stored.engagementId, today: earliestToday(now) }, steps);
    }
    return { from: stored.revision, revision, rejected };
  });
}

/** A command with whom it names as accepting: the one who sends it, for their side. Their day counts where it is today's somewhere on earth. */
function inOwnName(command: MatrixCommand, { access, matrix }: MatrixFor, actor: Actor, now: Date): MatrixCommand {
  if (command.type !== "finding.accept" || !command.acceptance) return command;
  const partyId = ownParty(matrix, access.side) ?? undefined;
  return { ...command, acceptance: { ...command.acceptance, by: normaliseText(actor.name, false), on: ownToday(command.acceptance.on, now), partyId } };
}


/** Why a diff may not accept what it accepts: it says that somebody else did, and doesn't bring back what this very person took away last. */
async function foreignName(tx: Writer, { matrixId, matrix, access }: MatrixFor, actor: Actor, { fields }: MatrixDiff, earlier: readonly NewLogEntry[]): Promise<Rejection | null> {
  const own = ownParty(matrix, access.side);
  const foreign = Object.entries(fields).filter(([path, { after }]) => path.startsWith("accepted/") && after !== null && !namedBy(after, actor, own));
  if (foreign.length === 0) return null;
  const stored = await entriesOfMatrix(tx, matrixId, { person: "", events: ["draft.edited"], dutyId: "" }, { after: null, take: LOOK_BACK });
  const newestFirst = [...earlier.toReversed(), ...stored];
  for (const [path, { after }] of foreign) {
    const past = newestFirst.find(({ diff }) => diff && Object.hasOwn(diff.fields, path));
    if (past?.actorId !== actor.userId || !sameJson(past.diff?.fields[path]?.before, after)) return { code: "not-your-name", message: "A warning is accepted in one's own name. Accept it yourself, with your own reason." };
  }
  return null;
}

function namedBy(acceptance: unknown, { name }: Actor, partyId: string | null): boolean {
  if (typeof acceptance !== "object" || acceptance === null) return false;
  return "by" in acceptance && acceptance.by === normaliseText(name, false) && "partyId" in acceptance && acceptance.partyId === partyId;
}

/** How far back a history is looked through for what an undo brings back. */
const LOOK_BACK = 20;
