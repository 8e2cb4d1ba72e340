import { useState, type FormEvent } from "react";
import type { MatrixCommand } from "~/domain/editing/commands";
import { lensColumns, type Lens } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../../editor/editor-types";
import { Button } from "../../primitives/button";
import { Dialog } from "../../primitives/overlays/dialog";
import { Field, Select, TextInput } from "../../primitives/form/field";
import { LibraryDialog } from "../../duty-library/library-dialog";
import styles from "./dialogs.module.css";
import { DomainOptions } from "../../duty/domain-options";

type AddDutyProps = {
  editor: MatrixEditor;
  lens: Lens;
  domainId: string;
  beforeId?: string | null;
  onClose: () => void;
  onAdded: (dutyId: string) => void;
};

/** Adds a duty to a domain, optionally with the column that it starts in. */
export function AddDutyDialog({ editor, lens, domainId, beforeId = null, onClose, onAdded }: AddDutyProps) {
  const { matrix } = editor;
  const [text, setText] = useState("");
  const [domain, setDomain] = useState(domainId || (matrix.domains[0]?.id ?? ""));
  const [column, setColumn] = useState("unassigned");
  const [choosing, setChoosing] = useState(false);
  const [error, setError] = useState<string | null>(null);

  function add(event: FormEvent) {
    event.preventDefault();
    const dutyId = crypto.randomUUID();
    const target = lensColumns(matrix, lens).find(({ key }) => key === column)?.target ?? "unassigned";
    // The first duty needs a domain, which can be renamed in the rail.
    const first: MatrixCommand[] =
      matrix.domains.length === 0
        ? [{ type: "domain.add", domainId: "general", name: "General", code: "GEN", beforeId: null }]
        : [];
    const result = editor.run(
      [
        ...first,
        {
          type: "duty.add",
          dutyId,
          domainId: first.length > 0 ? "general" : domain,
          text,
          beforeId: domain === domainId ? beforeId : null,
        },
        { type: "duty.assign", dutyId, lens, to: target },
      ],
      "Duty added",
    );
    if (!result.ok) return setError(result.rejection.message);
    onAdded(dutyId);
  }

  if (choosing) return <LibraryDialog editor={editor} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} size="sm" title="Add a duty">
      <form onSubmit={add} className={styles.form}>
        <Field label="Duty" hint="Begin with a verb: “Remove a leaver's access everywhere”." error={error}>
          <TextInput value={text} onChange={(event) => setText(event.target.value)} autoFocus />
        </Field>
        {matrix.domains.length > 0 && (
          <Field label="Domain">
            <Select value={domain} onChange={(event) => setDomain(event.target.value)}>
              <DomainOptions domains={matrix.domains} />
            </Select>
          </Field>
        )}
        <Field label={lens === "does" ? "Who does it" : "Who answers"}>
          <Select value={column} onChange={(event) => setColumn(event.target.value)}>
            {lensColumns(matrix, lens).map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <div className={styles.actions}>
          <Button type="submit" variant="primary">
            Add duty
          </Button>
          <Button onClick={() => setChoosing(true)}>Choose from the library…</Button>
        </div>
      </form>
    </Dialog>
  );
}
