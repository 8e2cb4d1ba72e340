import { useRef, useState, type RefObject } from "react";
import type { MatrixEditor } from "../../editor/editor-types";

/**
 * The duty whose text is edited in its row. `finish` stays the same function, so that memoised rows aren't drawn again.
 */
export function useRowRename(editor: MatrixEditor | null, frame: RefObject<HTMLElement>) {
  const [editingId, start] = useState<string | null>(null);

  function save(dutyId: string, text: string | null, was: string) {
    start(null);
    if (text !== null) editor?.run([{ type: "duty.edit", dutyId, set: { text }, was }], "Duty renamed");
    frame.current?.focus({ preventScroll: true });
  }

  const latest = useRef(save);
  latest.current = save;
  const finish = useRef((dutyId: string, text: string | null, was: string) =>
    latest.current(dutyId, text, was),
  ).current;
  return { editingId, start, finish };
}

export type RowRename = ReturnType<typeof useRowRename>;
