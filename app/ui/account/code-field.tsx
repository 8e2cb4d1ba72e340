import { Field, TextInput } from "../primitives/form/field";
import styles from "./account.module.css";

type CodeFieldProps = {
  recovery?: boolean;
  /** Accepts a recovery code too. */ either?: boolean;
  error?: string;
  autoFocus?: boolean;
};

/** A field for a one-time code, which browsers and password managers can fill in. */
export function CodeField({ recovery = false, either = false, error, autoFocus }: CodeFieldProps) {
  return (
    <Field
      label={either ? "Code or recovery code" : recovery ? "Recovery code" : "Code"}
      hint={
        either
          ? "Six digits from your app, or one of the codes you kept."
          : recovery
            ? undefined
            : "Six digits, new every half minute."
      }
      error={error}
    >
      <TextInput
        name="code"
        required
        autoComplete={recovery ? "off" : "one-time-code"}
        inputMode={recovery || either ? "text" : "numeric"}
        autoCapitalize="off"
        spellCheck={false}
        dir="ltr"
        maxLength={20}
        autoFocus={autoFocus}
        className={styles.code}
      />
    </Field>
  );
}
