import { useRef } from "react";
import { AccountCard } from "../account/account-card";
import styles from "../account/account.module.css";
import { PasswordField } from "../account/password-field";
import { Button } from "../primitives/button";
import { Form, useNavigation } from "../primitives/router";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";

/** Asks for the password of a link. */
export function LinkPassword({ errors }: { errors: Record<string, string> }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  return (
    <AccountCard title="This link asks for a password" lead="Whoever gave you the link has it." error={errors.form}>
      <Form ref={form} method="post" noValidate className={styles.form}>
        <PasswordField kind="current-password" error={errors.password} autoFocus />
        <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.submit}>
          Show the matrix
        </Button>
      </Form>
    </AccountCard>
  );
}
