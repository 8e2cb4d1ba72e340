import { useState } from "react";
import { PASSWORD } from "~/domain/account/account";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import styles from "./password-field.module.css";

type PasswordFieldProps = {
  label?: string;
  name?: string;
  hint?: string;
  error?: string;
  kind: "new-password" | "current-password";
  autoFocus?: boolean;
  required?: boolean;
};

/** A password field that can show what is typed. Password managers recognise it by its `autocomplete`. */
export function PasswordField({
  label = "Password",
  name = "password",
  hint,
  error,
  kind,
  autoFocus,
  required = true,
}: PasswordFieldProps) {
  const [visible, setVisible] = useState(false);
  return (
    <Field
      label={label}
      hint={
        hint ??
        (kind === "new-password" ? `At least ${PASSWORD.min} characters. A few words in a row do well.` : undefined)
      }
      error={error}
    >
      <span className={styles.password}>
        <TextInput
          name={name}
          type={visible ? "text" : "password"}
          required={required}
          autoComplete={kind}
          autoCapitalize="off"
          spellCheck={false}
          dir="ltr"
          maxLength={PASSWORD.max}
          autoFocus={autoFocus}
        />
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={visible}
          aria-label={visible ? "Hide the password" : "Show the password"}
          onClick={() => setVisible(!visible)}
        >
          {visible ? "Hide" : "Show"}
        </Button>
      </span>
    </Field>
  );
}
