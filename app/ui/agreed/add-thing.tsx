import { useId, useState, type FormEvent } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Result } from "~/domain/result";
import { Button } from "../primitives/button";
import { FieldError, TextInput } from "../primitives/form/field";
import { Icon, Plus } from "../primitives/icon";
import styles from "./agreed.module.css";

/** A field and a button that add a thing by its name. A refused name stays, with the reason. */
export function AddThing({
  label,
  placeholder,
  button,
  onAdd,
}: {
  label: string;
  placeholder: string;
  button: string;
  onAdd: (name: string) => Result<Matrix>;
}) {
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const id = useId();

  function add(event: FormEvent) {
    event.preventDefault();
    const result = onAdd(name);
    setError(result.ok ? null : result.rejection.message);
    if (result.ok) setName("");
  }

  return (
    <form className={styles.add} onSubmit={add} data-print="hide">
      <TextInput
        aria-label={label}
        aria-invalid={error !== null || undefined}
        aria-describedby={error ? id : undefined}
        placeholder={placeholder}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" icon={<Icon of={Plus} />}>
        {button}
      </Button>
      {error && <FieldError id={id}>{error}</FieldError>}
    </form>
  );
}
