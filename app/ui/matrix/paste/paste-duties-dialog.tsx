import { useState } from "react";
import { cellText } from "~/domain/matrix/letters";
import type { Settings } from "~/domain/matrix/shapes";
import type { Result } from "~/domain/result";
import { Button } from "../../primitives/button";
import { Dialog } from "../../primitives/overlays/dialog";
import { Field, FieldError, Select } from "../../primitives/form/field";
import type { GridColumn } from "../matrix-view";
import { columnsOf, guessReading, letterColumns, planDuties, type DutyBlock, type DutyPlan } from "./paste-duties";
import styles from "./paste-duties.module.css";

const MOST_LISTED = 6;

type PasteDutiesProps = {
  source: DutyBlock;
  columns: readonly GridColumn[];
  scheme: Settings["scheme"];
  below: string;
  onPaste: (plan: DutyPlan) => Result<unknown>;
  onClose: () => void;
};

/**
 * Asks how to read several columns that are pasted as duties: which one is the duty, and whether the others are
 * letters.
 */
export function PasteDutiesDialog({ source, columns, scheme, below, onPaste, onClose }: PasteDutiesProps) {
  const [reading, setReading] = useState(() => guessReading(source, columns));
  const [refused, setRefused] = useState<string | null>(null);
  const held = letterColumns(source, reading, columns);
  const plan = planDuties(source, reading, columns, scheme);
  const count = plan.duties.length;
  const counted = count === 1 ? "1 duty" : `${count} duties`;
  const problem = plan.problem ?? refused;

  function read(change: Partial<typeof reading>) {
    setRefused(null);
    setReading({ ...reading, ...change });
  }

  function paste() {
    const result = onPaste(plan);
    if (!result.ok) setRefused(result.rejection.message);
  }

  return (
    <Dialog
      open
      size="md"
      title="Which column is the duty?"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Paste nothing</Button>
          <Button variant="primary" disabled={count === 0 || plan.problem !== null} onClick={paste}>
            {count === 0 ? "Add duties" : `Add ${counted}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label="The duty is in">
          <Select data-autofocus value={reading.text} onChange={(event) => read({ text: Number(event.target.value) })}>
            {columnsOf(source).map(({ column, sample }) => (
              <option key={column} value={column}>
                {`Column ${column + 1}: ${sample.length > 60 ? `${sample.slice(0, 59)}…` : sample}`}
              </option>
            ))}
          </Select>
        </Field>
        {source.roleIds === null && source.block.length > 1 && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={reading.heading}
              onChange={(event) => read({ heading: event.target.checked })}
            />
            The first row names the columns
          </label>
        )}
        {held.length > 0 && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={reading.letters}
              onChange={(event) => read({ letters: event.target.checked })}
            />
            <span>
              Take the letters along, for <bdi>{held.map(({ name }) => name).join(", ")}</bdi>
            </span>
          </label>
        )}
        {problem && <FieldError>{problem}</FieldError>}
        {plan.unread > 0 && (
          <p>
            {plan.unread === 1 ? "One cell is" : `${plan.unread} cells are`} not letters of this matrix, and left empty.
          </p>
        )}
        <p role="status">{count === 0 ? "There is nothing in this column." : `${counted}, below ${below}:`}</p>
        <ol className={styles.preview}>
          {plan.duties.slice(0, MOST_LISTED).map(({ text, cells }, i) => (
            <li key={i}>
              <bdi translate="yes">{text}</bdi>
              {held.some(({ roleId }) => cells[roleId]) && (
                <span>
                  {held
                    .flatMap(({ roleId, name }) => (cells[roleId] ? [`${name}: ${cellText(cells[roleId])}`] : []))
                    .join(" · ")}
                </span>
              )}
            </li>
          ))}
        </ol>
        {count > MOST_LISTED && <p>{`And ${count - MOST_LISTED} more.`}</p>}
      </div>
    </Dialog>
  );
}
