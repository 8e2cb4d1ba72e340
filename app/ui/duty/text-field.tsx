import { useEffect, useRef, useState, type ComponentProps, type KeyboardEvent } from "react";
import type { Matrix } from "~/domain/matrix";
import type { Result } from "~/domain/result";
import { Field, TextArea, TextInput } from "../primitives/field";

type TextFieldProps = { label: string; hint?: string; lines?: boolean; value: string; placeholder?: string; save: (value: string) => Result<Matrix> };

/** A text that is stored when it is left or Enter is pressed; Escape puts back what was stored. */
export function TextField({ label, hint, lines = false, value, placeholder, save }: TextFieldProps) {
  const [draft, setDraft] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const touched = useRef(false);

  useEffect(() => {
    if (!touched.current) setDraft(value);
  }, [value]);

  function commit() {
    if (!touched.current) return;
    const result = draft === value ? { ok: true as const } : save(draft);
    setError(result.ok ? null : result.rejection.message);
    if (result.ok) touched.current = false;
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Enter" && (!lines || event.ctrlKey || event.metaKey)) commit();
    if (event.key !== "Escape" || !touched.current) return;
    event.preventDefault();
    event.stopPropagation();
    touched.current = false;
    setDraft(value);
    setError(null);
  }

  const control: ComponentProps<typeof TextInput> & ComponentProps<typeof TextArea> = {
    value: draft,
    placeholder,
    onBlur: commit,
    onKeyDown: press,
    onChange: (event: { target: { value: string } }) => {
      touched.current = true;
      setDraft(event.target.value);
    },
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {lines ? <TextArea {...control} rows={2} /> : <TextInput {...control} />}
    </Field>
  );
}
