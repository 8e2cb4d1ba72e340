import { useState, type FormEvent } from "react";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf, ownerOf } from "~/domain/matrix/owner";
import { hasVisibleText } from "~/domain/text";
import type { MatrixEditor } from "../../editor/editor-types";
import { Button } from "../../primitives/button";
import { Dialog } from "../../primitives/overlays/dialog";
import { Field, TextArea } from "../../primitives/form/field";
import { Segmented } from "../../primitives/form/segmented";
import { duties } from "../board-view";
import styles from "./dialogs.module.css";

type SharedDialogProps = {
  matrix: Matrix;
  dutyIds: readonly string[];
  editor: MatrixEditor;
  onDone: () => void;
  onClose: () => void;
};

/**
 * Opens when duties are dropped on Shared and asks who answers and which part is whose. All of it is one step to undo.
 */
export function SharedDialog({ matrix, dutyIds, editor, onDone, onClose }: SharedDialogProps) {
  const { client, provider } = indexOf(matrix);
  const only = dutyIds.length === 1 ? (matrix.duties.find(({ id }) => id === dutyIds[0]) ?? null) : null;
  const [answers, setAnswers] = useState(only ? (ownerOf(matrix, only)?.id ?? client?.id ?? "") : "");
  const [was] = useState(only?.boundary);
  const [boundary, setBoundary] = useState(was ?? "");
  const [error, setError] = useState<string | null>(null);
  const choices = [client, provider].flatMap((party) => (party ? [{ value: party.id, label: party.name }] : []));

  function share(event: FormEvent | null, note: string) {
    event?.preventDefault();
    const commands = dutyIds.flatMap((dutyId): MatrixCommand[] => [
      { type: "duty.assign", dutyId, lens: "does", to: "shared" },
      ...(answers ? [{ type: "duty.assign", dutyId, lens: "answers", to: { partyId: answers } } as const] : []),
      ...(hasVisibleText(note) && note !== was
        ? [{ type: "duty.edit", dutyId, set: { boundary: note }, was } as const]
        : []),
    ]);
    const result = editor.run(commands, only ? "Moved to Shared" : `${duties(dutyIds.length)} moved to Shared`);
    if (!result.ok) return setError(result.rejection.message);
    onDone();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={only ? <bdi translate="yes">{`Share “${only.text}”`}</bdi> : `Share ${duties(dutyIds.length)}`}
    >
      <form onSubmit={(event) => share(event, boundary)} className={styles.form}>
        <div>
          <p className={styles.label}>Who answers?</p>
          <Segmented
            label="Who answers"
            options={only ? choices : [{ value: "", label: "As it is" }, ...choices]}
            value={answers}
            onChange={setAnswers}
            stretch
          />
        </div>
        <Field
          label="Boundary note"
          hint="Which part is whose, and where the handover is. Until it is written, the version can't be signed."
          error={error}
        >
          <TextArea value={boundary} onChange={(event) => setBoundary(event.target.value)} rows={4} autoFocus />
        </Field>
        <div className={styles.actions}>
          <Button type="submit" variant="primary" disabled={!hasVisibleText(boundary)}>
            Share
          </Button>
          <Button onClick={() => share(null, "")}>Leave the note for later</Button>
        </div>
      </form>
    </Dialog>
  );
}
