import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { applyDiff, diffMatrices, invertDiff, isEmptyDiff } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import type { LiveStep } from "~/domain/live/live-event";
import type { Matrix } from "~/domain/matrix/matrix";
import {
  isTextCommand,
  singleTextOf,
  CHANGED_SINCE,
  type SingleText,
  type TextCommand,
} from "~/domain/editing/one-text";
import { ok, type Rejection, type Result } from "~/domain/result";
import { normaliseText } from "~/domain/text";
import type { BatchAnswer } from "~/services/matrix/matrix-editing.server";
import { editWords } from "./edit-words";
import type { Overtaken, QueuedStep, RefusedEdit, Said, SaveState } from "./editor-types";
import type { EditKeeper, Kept } from "./kept-edits";
import { fetchDraft, nextBatch, sendSteps, type NotLetIn } from "./transport";

type EditorState = {
  matrix: Matrix;
  stored: Matrix;
  changes: number | null;
  save: SaveState;
  said: Said | null;
  overtaken: readonly Overtaken[];
  refused: readonly RefusedEdit[];
  others: readonly LiveStep[];
  canUndo: boolean;
  canRedo: boolean;
};
export type Loaded = { revision: number; matrix: Matrix; changes: number | null };
/** A matrix after steps that were stored; null where one of them doesn't fit. */
function withSteps(matrix: Matrix, steps: readonly LiveStep[]): Matrix | null {
  let next = matrix;
  for (const { diff } of steps) {
    const result = applyDiff(next, diff);
    if (!result.ok) return null;
    next = result.value;
  }
  return next;
}

type Undoable = { diff: MatrixDiff; said: string };

const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const COUNT_AFTER_MS = 500;
/** In milliseconds. Everybody who has the matrix open counts after an edit, so they don't all do it at once. */
const COUNT_AFTER_OTHERS_MS = { least: 3_000, most: 9_000 };
const UNDO_STEPS = 200;

/**
 * The draft in one window, edited optimistically. `base` is the matrix that the server last acknowledged, `pending` the
 * queue of steps on top of it. One request is in flight at a time; steps that are queued meanwhile are sent together in
 * the next one.
 */
export function createEditorStore(matrixId: string, owner: string, loaded: Loaded) {
  let base = loaded.matrix;
  let revision = loaded.revision;
  let pending: QueuedStep[] = [];
  let sending = false;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let countTimer: ReturnType<typeof setTimeout> | undefined;
  /** Steps that were announced while a request was in flight: its answer decides which of them are still news. */
  let waiting: LiveStep[] = [];
  /** The ids of the steps that this window sent. */
  const ownSteps = new Set<string>();
  const undoable: Undoable[] = [];
  const redoable: Undoable[] = [];
  const listeners = new Set<() => void>();
  let kept: EditKeeper | undefined;
  let stopped = false;
  let state: EditorState = {
    matrix: loaded.matrix,
    stored: loaded.matrix,
    changes: loaded.changes,
    save: { kind: "saved" },
    said: null,
    overtaken: [],
    refused: [],
    others: [],
    canUndo: false,
    canRedo: false,
  };

  function set(next: Partial<EditorState>) {
    state = { ...state, ...next, stored: base, canUndo: undoable.length > 0, canRedo: redoable.length > 0 };
    for (const listener of listeners) listener();
  }

  function keep() {
    kept?.keep({ steps: pending, overtaken: state.overtaken, refused: state.refused });
  }

  function say(text: string, undoing: boolean, refused: boolean): Said {
    return { key: (state.said?.key ?? 0) + 1, text, undoable: undoing, refused };
  }

  function queue(commands: MatrixCommand[], next: Matrix, said: Said) {
    const words = editWords(state.matrix, commands, said.text);
    pending = [...pending, { id: crypto.randomUUID(), commands, said: said.text, words }];
    keep();
    const save: SaveState =
      failures > 0 && "unsaved" in state.save
        ? { ...state.save, unsaved: pending.length }
        : { kind: "saving", unsaved: pending.length };
    set({ matrix: next, said, save });
    if (failures === 0) void flush();
  }

  function run(commands: MatrixCommand[], said: string): Result<Matrix> {
    let next = state.matrix;
    const done: MatrixCommand[] = [];
    const late: Overtaken[] = [];
    for (const command of commands) {
      const result = applyCommand(next, command);
      if (result.ok) {
        next = result.value;
        done.push(command);
      } else if (isLate(command, result.rejection)) late.push({ command, said });
      else {
        set({ said: say(result.rejection.message, false, true) });
        return result;
      }
    }
    const diff = diffMatrices(state.matrix, next);
    if (!isEmptyDiff(diff)) {
      undoable.push({ diff: invertDiff(diff), said });
      if (undoable.length > UNDO_STEPS) undoable.shift();
      redoable.length = 0;
      queue(done, next, say(said, true, false));
    }
    holdBack(done, late);
    return ok(next);
  }

  /**
   * Whether an edit was refused because somebody else changed the same text, or deleted what it belongs to. Such a text
   * is kept, or its writer would lose it.
   */
  function isLate(command: MatrixCommand, { code }: Rejection): command is TextCommand {
    return (
      isTextCommand(command) &&
      command.was !== undefined &&
      (code === CHANGED_SINCE || singleTextOf(state.matrix, command) === null)
    );
  }

  /**
   * Keeps the newest overtaken edit of each text until the writer chooses. A text that was written again since needs no
   * choice.
   */
  function holdBack(done: readonly MatrixCommand[], late: readonly Overtaken[]) {
    const keyOf = (command: MatrixCommand) => singleTextOf(state.matrix, command)?.key;
    const written = new Set([...done, ...late.map(({ command }) => command)].map(keyOf));
    // A text whose target was deleted has no key, so it stays until the writer dismisses it.
    written.delete(undefined);
    setOvertaken([...state.overtaken.filter(({ command }) => !written.has(keyOf(command))), ...late]);
  }

  function setOvertaken(overtaken: readonly Overtaken[]) {
    if (overtaken.length === 0 && state.overtaken.length === 0) return;
    set({ overtaken });
    keep();
  }

  function choose(chosen: Overtaken, which: "mine" | "theirs") {
    const stands = singleTextOf(state.matrix, chosen.command)?.stands;
    setOvertaken(state.overtaken.filter((other) => other !== chosen));
    if (which === "mine") run([{ ...chosen.command, was: stands }], chosen.said);
    else set({ said: say("The other text stands", false, false) });
  }

  function takeBack(from: Undoable[], to: Undoable[], words: string) {
    const step = from.pop();
    if (!step) return;
    const command: MatrixCommand = { type: "diff.apply", diff: step.diff };
    const result = applyCommand(state.matrix, command);
    if (!result.ok) return set({ said: say(result.rejection.message, false, true) });
    to.push({ diff: invertDiff(step.diff), said: step.said });
    queue([command], result.value, say(`${words}: ${step.said}`, false, false));
  }

  async function flush() {
    if (sending || pending.length === 0) return;
    clearTimeout(retryTimer);
    sending = true;
    const batch = nextBatch(pending);
    for (const { id } of batch) ownSteps.add(id);
    const sent = await sendSteps(matrixId, revision, batch);
    sending = false;
    switch (sent.kind) {
      case "acknowledged":
        failures = 0;
        return settle(batch, sent.answer);
      case "refused":
        failures = 0;
        pending = pending.slice(batch.length);
        keepRefused(batch.map((step) => refusedOf(step, step.commands, [sent.message])));
        await refresh(true);
        set({ save: waitingToBeStored() });
        return void flush();
      case "signed-out":
      case "locked":
        return shutOut(sent);
      case "unreachable":
        return retryLater({ kind: "offline", unsaved: pending.length });
      case "failing":
        return retryLater({ kind: "failing", unsaved: pending.length, message: sent.message });
    }
  }

  /**
   * Stops sending. The queue is kept in the browser until the same person, with access, opens the matrix again.
   */
  function shutOut(by: NotLetIn) {
    failures = 1;
    clearTimeout(retryTimer);
    set({ save: { ...by, unsaved: pending.length } });
  }

  function retryLater(save: SaveState) {
    retryTimer = setTimeout(() => void flush(), RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
    set({ save });
  }

  async function settle(batch: readonly QueuedStep[], answer: BatchAnswer) {
    pending = pending.slice(batch.length);
    const alone = answer.from === revision;
    if (alone && answer.rejected.length === 0 && !answer.completed) {
      base =
        pending.length === 0
          ? state.matrix
          : applyCommands(
              base,
              batch.flatMap(({ commands }) => commands),
            ).matrix;
      revision = answer.revision;
    } else if (alone || !isFollowedBy(waiting, answer.revision)) await refresh(true);
    takeWaiting();
    const late = overtakenOf(batch, answer);
    if (late.length > 0) {
      holdBack(
        [],
        late.map(({ command, said }) => ({ command, said })),
      );
      set({ said: say("Not stored: it was changed meanwhile. What you wrote is kept.", false, true) });
    }
    const refused = answer.rejected.filter((rejected) => !late.some((one) => one.rejected === rejected));
    keepRefused(
      batch.flatMap((step) => {
        const ofStep = refused.filter(({ stepId }) => stepId === step.id);
        const commands = step.commands.filter((_, i) => ofStep.some(({ index }) => index === i));
        const reasons = ofStep.map(({ rejection }) => rejection.message);
        return ofStep.length > 0 ? [refusedOf(step, commands, reasons)] : [];
      }),
    );
    // Until here the browser keeps the batch, so that a page closed meanwhile loses nothing that is to be explained.
    keep();
    set({ save: waitingToBeStored() });
    if (pending.length > 0) return void flush();
    countAfter(COUNT_AFTER_MS);
  }

  function waitingToBeStored(): SaveState {
    return pending.length > 0 ? { kind: "saving", unsaved: pending.length } : { kind: "saved" };
  }

  function refusedOf(
    { id, said, words }: QueuedStep,
    commands: MatrixCommand[],
    reasons: readonly string[],
  ): RefusedEdit {
    return { key: id, commands, said, words, reason: [...new Set(reasons)].join(" ") };
  }

  /** Keeps what the server refused until its writer decides; an edit that is refused again takes its own place. */
  function keepRefused(edits: readonly RefusedEdit[]) {
    if (edits.length === 0) return;
    const keys = new Set(edits.map(({ key }) => key));
    set({ refused: [...state.refused.filter(({ key }) => !keys.has(key)), ...edits] });
    keep();
  }

  function discard(edits: readonly RefusedEdit[]) {
    const keys = new Set(edits.map(({ key }) => key));
    set({ refused: state.refused.filter(({ key }) => !keys.has(key)) });
    keep();
  }

  function tryAgain(edit: RefusedEdit) {
    const result = run(edit.commands, edit.said);
    if (result.ok) discard([edit]);
    else keepRefused([{ ...edit, reason: result.rejection.message }]);
  }

  function countAfter(ms: number) {
    clearTimeout(countTimer);
    countTimer = setTimeout(() => void refresh(false), ms);
  }

  /** Whether steps lead from the revision of this window to another without a gap. */
  function isFollowedBy(steps: readonly LiveStep[], to: number): boolean {
    const news = steps.filter((step) => step.revision > revision && step.revision <= to);
    return news.length === to - revision && news.every((step, i) => step.revision === revision + i + 1);
  }

  /** Applies steps that somebody stored under the pending ones, and tells which of them are other people's. */
  function takeSteps(steps: readonly LiveStep[]) {
    if (sending) return void waiting.push(...steps);
    const news = steps.filter((step) => step.revision > revision);
    const last = news.at(-1);
    if (!last) return;
    const applied = isFollowedBy(news, last.revision) ? withSteps(base, news) : null;
    if (!applied) return void refresh(true);
    const stored = new Set(news.map(({ stepId }) => stepId));
    // A step whose answer was lost is stored all the same.
    if (pending.some(({ id }) => stored.has(id))) {
      pending = pending.filter(({ id }) => !stored.has(id));
      keep();
    }
    rebase(applied, last.revision);
    const others = news.filter(({ stepId }) => !ownSteps.has(stepId));
    if (others.length === 0) return;
    set({ others });
    const { least, most } = COUNT_AFTER_OTHERS_MS;
    countAfter(least + Math.random() * (most - least));
  }

  function takeWaiting() {
    const steps = waiting;
    waiting = [];
    takeSteps(steps);
  }

  /** The texts of a batch that the server refused because somebody else changed them first. */
  function overtakenOf(batch: readonly QueuedStep[], { rejected }: BatchAnswer) {
    return rejected.flatMap((one) => {
      const command = batch.find(({ id }) => id === one.stepId)?.commands[one.index];
      return command && isLate(command, one.rejection)
        ? [{ rejected: one, command, said: "The text written here stands" }]
        : [];
    });
  }

  /**
   * Fetches the draft and applies the pending steps on top of it. `whole` fetches it even if the revision is the same.
   */
  async function refresh(whole: boolean) {
    const asked = revision;
    const answer = await fetchDraft(matrixId, whole ? -1 : asked);
    if (!answer) return;
    if (answer.kind !== "draft") return shutOut(answer);
    const { now } = answer;
    if (sending || (!whole && (pending.length > 0 || revision !== asked))) return;
    // Steps may have arrived while the answer was on its way.
    if (now.matrix && now.revision >= revision) rebase(now.matrix, now.revision);
    set({ changes: now.changes });
  }

  function rebase(matrix: Matrix, at: number) {
    base = matrix;
    revision = at;
    set({
      matrix: applyCommands(
        base,
        pending.flatMap(({ commands }) => commands),
      ).matrix,
    });
    setOvertaken(state.overtaken.filter(({ command }) => differs(singleTextOf(base, command))));
  }

  /** Puts the edits of a page that is gone before those of this one, as they were made. */
  function takeUp({ steps, overtaken, refused }: Kept) {
    if (overtaken.length > 0) setOvertaken([...overtaken, ...state.overtaken]);
    keepRefused(refused);
    const known = new Set(pending.map(({ id }) => id));
    const older = steps.filter(({ id }) => !known.has(id) && !ownSteps.has(id));
    if (older.length === 0) return;
    // A request in flight is answered for the first steps of the queue, so that these have to stay first.
    pending = sending ? [...pending, ...older] : [...older, ...pending];
    keep();
    set({
      matrix: applyCommands(
        base,
        pending.flatMap(({ commands }) => commands),
      ).matrix,
      save: { kind: "saving", unsaved: pending.length },
    });
    void flush();
  }

  /**
   * Whether the two texts differ. A text whose target was deleted counts as different, so that it can still be read.
   */
  function differs(text: SingleText | null) {
    return text === null || text.stands !== normaliseText(text.set, true);
  }

  return {
    get: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run,
    tell: (text: string) => set({ said: say(text, false, false) }),
    undo: () => takeBack(undoable, redoable, "Undone"),
    redo: () => takeBack(redoable, undoable, "Redone"),
    retry: () => void flush(),
    refresh: () => void (pending.length > 0 ? flush() : refresh(false)),
    tryAgain,
    discard,
    hasUnsaved: () => pending.length > 0 || state.overtaken.length > 0,
    choose,
    takeSteps,
    /** The revision of the draft that this window has. */
    revision: () => revision,
    /** Accepts the draft that a loader returned, unless this window has a newer one. */
    receive(fresh: Loaded) {
      if (fresh.revision < revision || (fresh.revision === revision && fresh.changes === state.changes)) return;
      if (fresh.revision > revision && !sending) rebase(fresh.matrix, fresh.revision);
      set({ changes: fresh.changes });
    },
    /** Begins to keep what isn't stored, and takes up what earlier pages could not send. */
    async restore() {
      stopped = false;
      // The browser's database isn't needed for the first render, and its code comes after it.
      const { keepEdits } = await import("./kept-edits");
      if (stopped) return;
      kept = keepEdits(owner);
      if (pending.length > 0) keep();
      void kept.adopt(takeUp);
    },
    stop() {
      stopped = true;
      kept?.leave();
      clearTimeout(retryTimer);
      clearTimeout(countTimer);
    },
  };
}
