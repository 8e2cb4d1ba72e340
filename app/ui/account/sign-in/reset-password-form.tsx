import { useRef } from "react";
import { paths } from "~/paths";
import { Button } from "../../primitives/button";
import { Form, Link, useNavigation } from "../../primitives/router";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";
import { PasswordField } from "../password-field";

/** The form behind a password mail's link, which sets a new password. */
export function ResetPasswordForm({ token, errors }: { token: string; errors: Record<string, string> }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  return (
    <AccountCard title="Choose a new password" lead="You are signed out everywhere once it is set." error={errors.form}>
      <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
        <input type="hidden" name="token" value={token} />
        <PasswordField label="New password" kind="new-password" error={errors.password} autoFocus />
        <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.submit}>
          Set the password
        </Button>
      </Form>
      <p className={styles.ways}>
        <Link to={paths.forgotPassword()}>Ask for a new link</Link>
      </p>
    </AccountCard>
  );
}
