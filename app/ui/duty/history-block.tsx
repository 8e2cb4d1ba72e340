import type { Duty } from "~/domain/matrix";
import type { MatrixEditor } from "../editor/editor-types";
export function HistoryBlock(_: { duty: Duty; editor: MatrixEditor }) { return null; }
