import { useId } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Result } from "~/domain/result";
import { useTextEdit } from "../editor/use-text-edit";
import { Field, TextInput } from "../primitives/form/field";

/** The time zone of this browser, which is most often the one that is meant. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A time zone by its name, with the names that the browser knows to choose from. */
export function ZoneField({
  label,
  value,
  save,
}: {
  label: string;
  value: string;
  save: (zone: string, was: string) => Result<Matrix>;
}) {
  const { error, control } = useTextEdit({ value, save });
  const id = useId();
  return (
    <Field label={label} error={error} hint="As in Europe/London.">
      <TextInput {...control} list={id} translate="no" />
      <datalist id={id}>
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </Field>
  );
}
