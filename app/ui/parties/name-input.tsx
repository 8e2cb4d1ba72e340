import { useId } from "react";
import { useTextEdit } from "../editor/use-text-edit";
import { classNames } from "../primitives/class-names";
import { FieldError, TextInput } from "../primitives/form/field";
import styles from "./name-input.module.css";

type NameInputProps = { label: string; strong?: boolean } & Pick<Parameters<typeof useTextEdit>[0], "value" | "save">;

/** A name that is edited in place and saved on blur. */
export function NameInput({ label, strong = false, ...edit }: NameInputProps) {
  const { error, control } = useTextEdit(edit);
  const id = useId();
  return (
    <div className={styles.name}>
      <TextInput
        {...control}
        aria-label={label}
        aria-invalid={error !== null || undefined}
        aria-describedby={error ? id : undefined}
        className={classNames(styles.input, strong && styles.strong)}
        title={control.value}
      />
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}
