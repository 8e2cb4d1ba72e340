import { useTextEdit } from "../editor/use-text-edit";
import { Field, TextArea, TextInput } from "../primitives/form/field";

type TextFieldProps = { label: string; hint?: string; placeholder?: string } & Parameters<typeof useTextEdit>[0];

/** A labelled text field that is saved on blur. */
export function TextField({ label, hint, placeholder, ...edit }: TextFieldProps) {
  const { error, control } = useTextEdit(edit);
  return (
    <Field label={label} hint={hint} error={error}>
      {edit.lines ? (
        <TextArea {...control} placeholder={placeholder} rows={2} />
      ) : (
        <TextInput {...control} placeholder={placeholder} />
      )}
    </Field>
  );
}
