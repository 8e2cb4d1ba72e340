import type { MatrixCommand } from "~/domain/commands";
import type { Matrix } from "~/domain/matrix";
import type { TextCommand } from "~/domain/one-text";
import type { Result } from "~/domain/result";

/** What the indicator says about the edits made in this window. Counts are edits not yet acknowledged as stored. */
export type SaveState =
  | { kind: "saved" }
  | { kind: "saving"; unsaved: number }
  | { kind: "offline"; unsaved: number }
  | { kind: "failing"; unsaved: number; message: string }
  | { kind: "refused"; messages: string[] }
  /** The session ended: edits wait for it to begin again. */
  | { kind: "signed-out"; unsaved: number }
  /** The one who looks may no longer edit: edits that were not sent stay to be read. */
  | { kind: "locked"; unsaved: number; message: string };

/** A text of this window that somebody else came before with: the edit that would set it, and how the edit is told. */
export type Overtaken = { command: TextCommand; said: string };

/** What an edit did, said once to the eye (toast) and to the screen reader. `key` differs for each. */
export type Said = { key: number; text: string; undoable: boolean; refused: boolean };

/** The draft in this window: what it shows, how to change it, and how far the changes are stored. */
export type MatrixEditor = {
  matrixId: string;
  /** Views show it to be read: it is put away, or the one who looks may not edit it. */
  readOnly: boolean;
  matrix: Matrix;
  /** The matrix as it is stored: without the edits that still wait. */
  stored: Matrix;
  /** Changes since the last version; null when nothing has been published. */
  changes: number | null;
  /** Applies commands at once as one undoable step, all or nothing, and queues them; `said` reads "Moved to Harbour IT". Of a text that was changed meanwhile both are kept in `overtaken`, and the rest of the step is done. */
  run(commands: MatrixCommand[], said: string): Result<Matrix>;
  /** Says something that changed nothing, such as why a key did nothing here. */
  tell(text: string): void;
  undo(): void;
  redo(): void;
  canUndo: boolean;
  canRedo: boolean;
  save: SaveState;
  /** Sends what waits now instead of at the next retry. */
  retry(): void;
  dismissRefusal(): void;
  /** Texts that were changed by somebody else while they were written here. Each waits for a choice between the two. */
  overtaken: readonly Overtaken[];
  /** Sets the text that was written here after all, or leaves the other one. */
  choose(overtaken: Overtaken, which: "mine" | "theirs"): void;
  said: Said | null;
};
