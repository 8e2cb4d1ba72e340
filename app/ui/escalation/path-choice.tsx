import type { KeyboardEvent, ReactNode } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { Select } from "../primitives/form/field";
import { Segmented } from "../primitives/form/segmented";
import { pressOf } from "../primitives/keys";
import styles from "./escalation-page.module.css";

type ChoiceProps = {
  paths: readonly EscalationPath[];
  path: EscalationPath;
  onChoose: (pathId: string) => void;
  /** Moves the chosen path among the others; null where they can only be read. */
  onMove: ((step: -1 | 1) => void) | null;
  children?: ReactNode;
};

/** So many paths stand beside one another; more are a list that opens, since they would push the ladder off the screen. */
const MOST_BESIDE = 12;

/** The paths by name, of which one is shown. Alt with an arrow moves the shown one among them. */
export function PathChoice({ paths, path, onChoose, onMove, children }: ChoiceProps) {
  function press(event: KeyboardEvent) {
    const { key, alt, control } = pressOf(event);
    const step = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : null;
    if (!alt || control || step === null || !onMove) return;
    event.preventDefault();
    onMove(step);
  }
  return (
    <div className={styles.choice} data-print="hide">
      <div className={styles.names} onKeyDown={press}>
        {paths.length > MOST_BESIDE ? (
          <Select aria-label="Escalation path" value={path.id} onChange={({ target }) => onChoose(target.value)}>
            {paths.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        ) : (
          <Segmented
            label="Escalation path"
            options={paths.map(({ id, name }) => ({ value: id, label: name, title: name }))}
            value={path.id}
            onChange={onChoose}
          />
        )}
      </div>
      {children}
    </div>
  );
}
