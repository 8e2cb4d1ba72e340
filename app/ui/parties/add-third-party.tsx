import { useState, type FormEvent } from "react";
import { indexOf } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, FieldError, Select, TextInput } from "../primitives/form/field";
import { Icon, Plus } from "../primitives/icon";
import styles from "./parties-page.module.css";

const FORM_ID = "add-third-party";

/** Adds a vendor, an outside SOC or the like, with its first role and the side that engages it. */
export function AddThirdParty({ editor }: { editor: MatrixEditor }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.third}>
      <p>Vendors can do the work; one of you answers for it.</p>
      <Button icon={<Icon of={Plus} />} onClick={() => setOpen(true)}>
        Add third party
      </Button>
      <Dialog
        open={open}
        title="Add third party"
        onClose={() => setOpen(false)}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" form={FORM_ID} variant="primary">
              Add third party
            </Button>
          </>
        }
      >
        <ThirdPartyForm editor={editor} onDone={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}

function ThirdPartyForm({ editor, onDone }: { editor: MatrixEditor; onDone: () => void }) {
  const { client, provider } = indexOf(editor.matrix);
  const [name, setName] = useState("");
  const [roleName, setRoleName] = useState("");
  const [engagedBy, setEngagedBy] = useState(client?.id ?? "");
  const [error, setError] = useState<string | null>(null);

  function add(event: FormEvent) {
    event.preventDefault();
    const partyId = crypto.randomUUID();
    const result = editor.run(
      [{ type: "party.add", partyId, name, engagedBy, roleId: crypto.randomUUID(), roleName }],
      `Added ${name.trim()}`,
    );
    if (result.ok) onDone();
    else setError(result.rejection.message);
  }

  return (
    <form id={FORM_ID} className={styles.stack} onSubmit={add}>
      <Field label="Name">
        <TextInput
          value={name}
          placeholder="Such as Copper Line Telecom"
          onChange={(event) => setName(event.target.value)}
          autoFocus
        />
      </Field>
      <Field label="Its first role" hint="A column of the matrix. More can be added afterwards.">
        <TextInput
          value={roleName}
          placeholder="Such as Support line"
          onChange={(event) => setRoleName(event.target.value)}
        />
      </Field>
      <Field label="Engaged by" hint="Answers for the work this third party does.">
        <Select value={engagedBy} onChange={(event) => setEngagedBy(event.target.value)}>
          {[client, provider].map(
            (side) =>
              side && (
                <option key={side.id} value={side.id}>
                  {side.name}
                </option>
              ),
          )}
        </Select>
      </Field>
      {error && (
        <div role="alert">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </form>
  );
}
