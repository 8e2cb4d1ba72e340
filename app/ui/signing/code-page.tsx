import { useRef } from "react";
import { AccountCard } from "../account/account-card";
import styles from "../account/account.module.css";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/field";
import { Form, useNavigation } from "../primitives/router";
import { useFocusFirstError } from "../primitives/use-focus-first-error";

/** Asks whoever opens a personal link to prove that the address it was sent to is theirs. */
export function CodePage({ email, codeSent, errors }: { email: string; codeSent: boolean; errors: Record<string, string> }) {
  const form = useRef<HTMLFormElement>(null);
  const intent = useNavigation().formData?.get("intent");
  useFocusFirstError(form, errors);
  return (
    <AccountCard title="Read and sign" lead={codeSent ? <>A code is on its way to <bdi>{email}</bdi>. It holds for 15 minutes.</> : <>This link is for <bdi>{email}</bdi> alone. To be sure that it is you, a code is sent to that address.</>} error={errors.form}>
      {codeSent && (
        <Form ref={form} method="post" noValidate className={styles.form}>
          <Field label="Code" error={errors.code}>
            <TextInput name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={12} required autoFocus className={styles.code} />
          </Field>
          <Button type="submit" name="intent" value="prove" variant="primary" size="lg" loading={intent === "prove"} className={styles.submit}>
            Go on
          </Button>
        </Form>
      )}
      <Form method="post">
        <Button type="submit" name="intent" value="code" variant={codeSent ? "ghost" : "primary"} size={codeSent ? "md" : "lg"} loading={intent === "code"} className={styles.submit}>
          {codeSent ? "Send another code" : "Send me the code"}
        </Button>
      </Form>
    </AccountCard>
  );
}
