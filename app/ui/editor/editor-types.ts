import type { MatrixCommand, Step } from "~/domain/editing/commands";
import type { LiveStep } from "~/domain/live/live-event";
import type { Matrix } from "~/domain/matrix/matrix";
import type { TextCommand } from "~/domain/editing/one-text";
import type { Result } from "~/domain/result";

/** What the indicator says about the edits made in this window. Counts are edits not yet acknowledged as stored. */
export type SaveState =
  | { kind: "saved" }
  | { kind: "saving"; unsaved: number }
  | { kind: "offline"; unsaved: number }
  | { kind: "failing"; unsaved: number; message: string }
  /** The session ended; edits wait until the person signs in again. */
  | { kind: "signed-out"; unsaved: number }
  /** The reader may no longer edit; edits that were not sent stay readable. */
  | { kind: "locked"; unsaved: number; message: string };

/**
 * A text that somebody else changed while it was written here: the edit that would set it, and the edit's sentence in
 * the toast.
 */
export type Overtaken = { command: TextCommand; said: string };

/** A step that waits to be sent: its sentence in the toast, and what it is in words that say it without the matrix. */
export type QueuedStep = Step & { said: string; words: string };

/** An edit that the server refused, and why. Its own `key` tells it from others. */
export type RefusedEdit = { key: string; commands: MatrixCommand[]; said: string; words: string; reason: string };

/** The sentence about an edit that the toast shows and screen readers announce. Each has its own `key`. */
export type Said = { key: number; text: string; undoable: boolean; refused: boolean };

/** The draft in this window: what it shows, how to change it, and how far the changes are stored. */
export type MatrixEditor = {
  matrixId: string;
  /** The matrix can only be read: it is archived, or the reader may not edit it. */
  readOnly: boolean;
  matrix: Matrix;
  /** The stored matrix, without the edits that are still queued. */
  stored: Matrix;
  /** Changes since the last version; null when nothing has been published. */
  changes: number | null;
  /**
   * Applies commands at once as one undoable step, all or nothing, and queues them; `said` reads "Moved to Harbour IT".
   * A text that somebody changed meanwhile goes to `overtaken` instead, and the rest of the step is applied.
   */
  run(commands: MatrixCommand[], said: string): Result<Matrix>;
  /** Shows a sentence in the toast without an edit, such as why a key did nothing. */
  tell(text: string): void;
  undo(): void;
  redo(): void;
  canUndo: boolean;
  canRedo: boolean;
  save: SaveState;
  /** Sends the queue now instead of at the next retry. */
  retry(): void;
  /** Edits that the server refused, kept until they are done again or discarded. */
  refused: readonly RefusedEdit[];
  /** Does a refused edit again, on the matrix as it is by now; where that isn't possible it stays. */
  tryAgain(edit: RefusedEdit): void;
  discard(edits: readonly RefusedEdit[]): void;
  /** Texts that somebody else changed while they were written here. The writer chooses between the two. */
  overtaken: readonly Overtaken[];
  /** Sets the text that was written here, or keeps the other one. */
  choose(overtaken: Overtaken, which: "mine" | "theirs"): void;
  said: Said | null;
  /** The steps of other people that arrived last. */
  others: readonly LiveStep[];
  /** Applies steps that the server stored, under those of this window that it hasn't yet. */
  takeSteps(steps: readonly LiveStep[]): void;
  /** Reads the draft again, where it has changed. */
  refresh(): void;
  /** The revision of the draft that this window has. */
  revision(): number;
};
