import { appendLog, entriesOfDuty, entriesOfMatrix, knownSteps, type NewLogEntry } from "~/db/activity-log.server";
import { write, type Writer } from "~/db/client.server";
import { RevisionConflict, saveDiff } from "~/db/matrix-store.server";
import { applyAll } from "~/domain/apply-command";
import type { Batch, MatrixCommand } from "~/domain/commands";
import { diffMatrices } from "~/domain/diff";
import type { MatrixDiff } from "~/domain/diff-schema";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import { acceptanceRefusal, foreignClaims, foreignRefusal, type Claim } from "~/domain/permissions";
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
      const asked = step.commands.map((command) => inOwnName(command, actor, now));
      const result = applyAll(matrix, asked);
      const refused = new Set(result.rejected.map(({ index }) => index));
      rejected.push(...result.rejected.map((entry) => ({ stepId: step.id, ...entry })));
      if (result.matrix === matrix) continue;
      const diff = diffMatrices(matrix, result.matrix);
      const foreign = await refusalFor(tx, actor, stored, diff, entries);
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
      await carryHolders(tx, { matrixId, engagementId: stored.engagementId, today: now.toISOString().slice(0, 10) }, steps);
    }
    return { from: stored.revision, revision, rejected };
  });
}

/** Why this member may not make an edit that is otherwise in order; null where it may. */
async function refusalFor(tx: Writer, actor: Actor, { matrixId, access, matrix }: MatrixFor, diff: MatrixDiff, earlier: readonly NewLogEntry[]): Promise<Rejection | null> {
  const accepted = acceptanceRefusal(access, matrix, diff);
  if (accepted) return accepted;
  for (const claim of foreignClaims(access, matrix, diff)) {
    if (!(await restores(tx, matrixId, claim, diff, earlier))) return foreignRefusal(matrix, claim);
  }
  return foreignName(tx, matrixId, actor, diff, earlier);
}

/** A command with whom it names as accepting: the one who sends it. Their day counts where it is today's somewhere on earth. */
function inOwnName(command: MatrixCommand, actor: Actor, now: Date): MatrixCommand {
  if (command.type !== "finding.accept" || !command.acceptance) return command;
  const { on } = command.acceptance;
  const days = [-1, 0, 1].map((days) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10));
  return { ...command, acceptance: { ...command.acceptance, by: normaliseText(actor.name, false), on: days.includes(on) ? on : now.toISOString().slice(0, 10) } };
}

const DAY_MS = 24 * 60 * 60_000;

/** Why a diff may not accept what it accepts: it says that somebody else did, and doesn't bring back what the newest edit of it took away. */
async function foreignName(tx: Writer, matrixId: string, actor: Actor, { fields }: MatrixDiff, earlier: readonly NewLogEntry[]): Promise<Rejection | null> {
  const foreign = Object.entries(fields).filter(([path, { after }]) => path.startsWith("accepted/") && after !== null && !namedBy(after, actor));
  if (foreign.length === 0) return null;
  const stored = await entriesOfMatrix(tx, matrixId, { person: "", events: ["draft.edited"], dutyId: "" }, { after: null, take: LOOK_BACK });
  const newestFirst = [...earlier.map((entry) => entry.diff).reverse(), ...stored.map((entry) => entry.diff)];
  for (const [path, { after }] of foreign) {
    const past = newestFirst.find((diff) => diff && Object.hasOwn(diff.fields, path));
    if (!past || !sameJson(past.fields[path]?.before, after)) return { code: "not-your-name", message: "A warning is accepted in one's own name. Accept it yourself, with your own reason." };
  }
  return null;
}

function namedBy(acceptance: unknown, { name }: Actor): boolean {
  return typeof acceptance === "object" && acceptance !== null && "by" in acceptance && acceptance.by === normaliseText(name, false);
}

/** How far back a history is looked through for what an undo brings back. */
const LOOK_BACK = 20;

/** Whether a claim only brings back what the newest edit of that duty or ruling took away: an undo, which says nothing new. */
async function restores(tx: Writer, matrixId: string, { dutyId, kind }: Claim, diff: MatrixDiff, earlier: readonly NewLogEntry[]): Promise<boolean> {
  if (kind === "mark") return false;
  const stored = await entriesOfDuty(tx, matrixId, dutyId, { before: null, take: LOOK_BACK });
  const newestFirst = [...earlier.map((entry) => entry.diff).reverse(), ...stored.map((entry) => entry.diff)];
  for (const past of newestFirst) {
    const taken = takenAway(past, dutyId, kind);
    if (taken !== undefined) return sameJson(taken, broughtBack(diff, dutyId, kind));
  }
  return false;
}

/** What an edit took away from a duty: the whole duty, or its ruling; undefined where it touched neither. */
function takenAway(diff: MatrixDiff | null, dutyId: string, kind: "ruling" | "duty") {
  if (kind === "duty") return diff?.duties?.removed.find(({ id }) => id === dutyId);
  return diff?.duties?.changed.find(({ id }) => id === dutyId)?.fields.ruling?.before;
}

function broughtBack(diff: MatrixDiff, dutyId: string, kind: "ruling" | "duty") {
  if (kind === "duty") return diff.duties?.added.find(({ id }) => id === dutyId);
  return diff.duties?.changed.find(({ id }) => id === dutyId)?.fields.ruling?.after;
}
