import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import type { Matrix } from "~/domain/matrix";
import type { Result } from "~/domain/result";
import { classNames } from "../primitives/class-names";
import { FieldError, TextInput } from "../primitives/field";
import styles from "./name-input.module.css";

type NameInputProps = { label: string; value: string; onSave: (name: string) => Result<Matrix>; strong?: boolean };

/** A name that is edited where it stands: Enter or leaving it keeps the change, Escape takes it back. A refused name stays, with the reason. */
export function NameInput({ label, value, onSave, strong = false }: NameInputProps) {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  useEffect(() => {
    setText(value);
    setError(null);
  }, [value]);

  function save() {
    if (text === value) return setError(null);
    const result = onSave(text);
    setError(result.ok ? null : result.rejection.message);
    if (result.ok) setText((current) => current.trim());
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Enter") {
      event.preventDefault();
      save();
    } else if (event.key === "Escape") {
      setText(value);
      setError(null);
    }
  }

  return (
    <div className={styles.name}>
      <TextInput
        ref={input}
        aria-label={label}
        aria-invalid={error !== null || undefined}
        aria-describedby={error ? id : undefined}
        className={classNames(styles.input, strong && styles.strong)}
        title={text}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={press}
      />
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}
