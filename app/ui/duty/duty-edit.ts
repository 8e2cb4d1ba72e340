import type { MatrixCommand } from "~/domain/editing/commands";
import type { MatrixEditor } from "../editor/editor-types";

/** Stores fields of a duty as one step, which the activity calls `said`; `was` is the text that its writer saw. */
export type DutyEdit = (
  set: Extract<MatrixCommand, { type: "duty.edit" }>["set"],
  said: string,
  was?: string,
) => ReturnType<MatrixEditor["run"]>;
