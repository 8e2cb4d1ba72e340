import type { KeyboardEvent, ReactNode } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { EscalationQuery } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { Segmented } from "../primitives/form/segmented";
import { pressOf } from "../primitives/keys";
import styles from "./escalation-page.module.css";
import { movePath } from "./move-path";

type ChoiceProps = {
  editor: MatrixEditor;
  path: EscalationPath;
  show: (query: EscalationQuery) => void;
  children: ReactNode;
};

/** The paths by name, of which one is shown. Alt with an arrow moves the shown one among them. */
export function PathChoice({ editor, path, show, children }: ChoiceProps) {
  function press(event: KeyboardEvent) {
    const { key, alt, control } = pressOf(event);
    const step = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : null;
    if (!alt || control || step === null || editor.readOnly) return;
    event.preventDefault();
    movePath(editor, path, step);
  }
  return (
    <div className={styles.choice} data-print="hide">
      <div className={styles.names} onKeyDown={press}>
        <Segmented
          label="Escalation path"
          options={editor.matrix.paths.map(({ id, name }) => ({ value: id, label: name, title: name }))}
          value={path.id}
          onChange={(id) => show({ path: id })}
        />
      </div>
      {children}
    </div>
  );
}
