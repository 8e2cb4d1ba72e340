import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { MatrixEditor } from "../editor/editor-types";
import { placePath } from "./escalation-view";

/** Moves a path one place earlier or later among the paths, and says so. */
export function movePath(editor: MatrixEditor, { id, name }: EscalationPath, step: -1 | 1): void {
  const command = placePath(editor.matrix, id, step);
  if (command) editor.run([command], `${name} moved ${step < 0 ? "earlier" : "later"}`);
  else editor.tell(`${name} is the ${step < 0 ? "first" : "last"} path`);
}
