import { useState, type FormEvent, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Result } from "~/domain/result";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, TextInput } from "../primitives/form/field";
import styles from "./structure-dialogs.module.css";

type NameDialogProps = {
  title: string;
  label: string;
  value: string;
  hint?: string;
  onSave: (name: string, was: string) => Result<Matrix>;
  onClose: () => void;
};

/** Asks for a name. A refused name stays, with the reason. */
export function NameDialog({ title, label, value, hint, onSave, onClose }: NameDialogProps) {
  const [was] = useState(value);
  const [name, setName] = useState(value);
  const [error, setError] = useState<string | null>(null);

  function save(event: FormEvent) {
    event.preventDefault();
    const result = onSave(name, was);
    if (result.ok) onClose();
    else setError(result.rejection.message);
  }

  return (
    <Dialog open size="sm" title={title} onClose={onClose}>
      <form onSubmit={save} className={styles.form}>
        <Field label={label} hint={hint} error={error}>
          <TextInput value={name} onChange={(event) => setName(event.target.value)} autoFocus />
        </Field>
        <Button type="submit" variant="primary">
          Save
        </Button>
      </form>
    </Dialog>
  );
}

type Choice = { id: string; name: string; note?: ReactNode };
type ChooseDialogProps = {
  title: string;
  choices: readonly Choice[];
  none: string;
  intro?: ReactNode;
  onChoose: (id: string) => void;
  onClose: () => void;
};

/** Asks to choose one of a few things by name. */
export function ChooseDialog({ title, choices, none, intro, onChoose, onClose }: ChooseDialogProps) {
  return (
    <Dialog open size="sm" title={title} onClose={onClose}>
      {intro}
      {choices.length === 0 && <p>{none}</p>}
      <ul className={styles.choices}>
        {choices.map(({ id, name, note }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.choice}
              onClick={() => {
                onChoose(id);
                onClose();
              }}
            >
              <bdi>{name}</bdi>
              {note && <span>{note}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
