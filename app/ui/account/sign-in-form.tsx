import { Form, useNavigation } from "@remix-run/react";
import { useRef } from "react";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/field";
import { useFocusFirstError } from "../primitives/use-focus-first-error";
import { AccountCard } from "./account-card";
import styles from "./account.module.css";
import { PasswordField } from "./password-field";

type SignInFormProps = { next: string; values: Record<string, string>; errors: Record<string, string> };

/** Signs in with e-mail and password. */
export function SignInForm({ next, values, errors }: SignInFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  return (
    <AccountCard title="Sign in" error={errors.form} lead={next === "/" ? undefined : "Sign in to go on where you were."} below="No account? Somebody of your side invites you.">
      <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
        <input type="hidden" name="next" value={next} />
        <Field label="E-mail" error={errors.email}>
          <TextInput name="email" type="email" required defaultValue={values.email} autoComplete="username" inputMode="email" dir="ltr" autoFocus={!values.email} />
        </Field>
        <PasswordField kind="current-password" error={errors.password} autoFocus={Boolean(values.email)} />
        <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.submit}>
          Sign in
        </Button>
      </Form>
    </AccountCard>
  );
}
