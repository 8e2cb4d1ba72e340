import { useState, type FormEvent } from "react";
import type { Finding } from "~/domain/findings/finding";
import { acceptCommand } from "~/domain/findings/accept-command";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, FieldError, TextArea } from "../primitives/form/field";
import { useMe } from "../shell/me";
import { useOwnParty } from "../draft/own-side";
import styles from "./findings-page.module.css";
import { useFindings } from "./findings-context";

/** Asks for the reason why a warning is accepted. The reason becomes part of the version. */
export function AcceptDialog({
  finding,
  editor,
  onClose,
}: {
  finding: Finding;
  editor: MatrixEditor;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const { facts } = useFindings();
  const me = useMe();
  const own = useOwnParty();

  function accept(event: FormEvent) {
    event.preventDefault();
    const result = editor.run(
      [acceptCommand(finding, { reason, by: me?.name ?? "", on: facts.today, ...(own ? { partyId: own.id } : {}) })],
      "Warning accepted",
    );
    if (result.ok) onClose();
    else setError(result.rejection.message);
  }

  return (
    <Dialog open size="sm" title="Accept this warning" onClose={onClose}>
      <form onSubmit={accept} className={styles.form}>
        <p>{finding.title} It is accepted in your name and comes back when what it is about changes.</p>
        <Field label="Why it is fine as it is">
          <TextArea value={reason} onChange={(event) => setReason(event.target.value)} autoFocus />
        </Field>
        {error && <FieldError>{error}</FieldError>}
        <Button type="submit" variant="primary">
          Accept
        </Button>
      </form>
    </Dialog>
  );
}
