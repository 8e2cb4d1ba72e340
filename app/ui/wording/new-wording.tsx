import { useRef, useState, type FormEvent } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Result } from "~/domain/result";
import { Button } from "../primitives/button";
import { Field, FieldError, TextArea, TextInput } from "../primitives/form/field";
import { Dialog } from "../primitives/overlays/dialog";
import { FieldList } from "./fielded-text";
import styles from "./wording.module.css";

type NewWordingProps = {
  title: string;
  name: { label: string; placeholder: string };
  /** The label of the text. */ text: string;
  matrix: Matrix;
  add: (name: string, text: string) => Result<Matrix>;
  onClose: () => void;
};

/** A form for a clause or a defined term of one's own. What was refused stays, with the reason. */
export function NewWording({ title, name, text, matrix, add, onClose }: NewWordingProps) {
  const [error, setError] = useState<string | null>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const result = add(nameInput.current?.value ?? "", area.current?.value ?? "");
    if (result.ok) onClose();
    else setError(result.rejection.message);
  }

  return (
    <Dialog open size="lg" title={title} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Field label={name.label}>
          <TextInput ref={nameInput} autoFocus placeholder={name.placeholder} />
        </Field>
        <Field label={text}>
          <TextArea ref={area} rows={6} />
        </Field>
        <FieldList area={area} matrix={matrix} />
        {error !== null && (
          <div role="alert">
            <FieldError>{error}</FieldError>
          </div>
        )}
        <Button type="submit" variant="primary">
          Add
        </Button>
      </form>
    </Dialog>
  );
}
