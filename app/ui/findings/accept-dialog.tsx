import { useState, type FormEvent } from "react";
import type { Finding } from "~/domain/findings/finding";
import { acceptCommand } from "~/domain/findings/findings";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/dialog";
import { Field, FieldError, TextArea, TextInput } from "../primitives/field";
import styles from "./findings-page.module.css";
import { useFindings } from "./findings-context";

/** Asks why a warning is accepted as it is, and by whom. The reason travels into the version. */
export function AcceptDialog({ finding, editor, onClose }: { finding: Finding; editor: MatrixEditor; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [by, setBy] = useState("");
  const [error, setError] = useState<string | null>(null);
  const { facts } = useFindings();

  function accept(event: FormEvent) {
    event.preventDefault();
    const result = editor.run([acceptCommand(finding, { reason, by, on: facts.today })], "Warning accepted");
    if (result.ok) onClose();
    else setError(result.rejection.message);
  }

  return (
    <Dialog open size="sm" title="Accept this warning" onClose={onClose}>
      <form onSubmit={accept} className={styles.form}>
        <p>{finding.title} It comes back when what it is about changes.</p>
        <Field label="Why it is fine as it is">
          <TextArea value={reason} onChange={(event) => setReason(event.target.value)} autoFocus />
        </Field>
        <Field label="Who accepts it">
          <TextInput value={by} onChange={(event) => setBy(event.target.value)} />
        </Field>
        {error && <FieldError>{error}</FieldError>}
        <Button type="submit" variant="primary">
          Accept
        </Button>
      </form>
    </Dialog>
  );
}
