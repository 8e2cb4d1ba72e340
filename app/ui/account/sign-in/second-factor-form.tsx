import { useRef } from "react";
import { paths } from "~/paths";
import { Button } from "../../primitives/button";
import { Form, Link, useNavigation } from "../../primitives/router";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";
import { CodeField } from "../code-field";

type SecondFactorFormProps = { next: string; recovery: boolean; over: boolean; errors: Record<string, string> };

/** The second step of signing in: the code of an app, or a recovery code. */
export function SecondFactorForm({ next, recovery, over, errors }: SecondFactorFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  return (
    <AccountCard
      title="Second factor"
      error={errors.form}
      lead={
        over
          ? undefined
          : recovery
            ? "Type one of the recovery codes you kept. Each works once."
            : "Type the code your authenticator app shows for Demarc."
      }
    >
      {!over && (
        <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
          <input type="hidden" name="next" value={next} />
          <input type="hidden" name="way" value={recovery ? "recovery-code" : "code"} />
          <CodeField recovery={recovery} error={errors.code} autoFocus />
          <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.submit}>
            Sign in
          </Button>
        </Form>
      )}
      <p className={styles.ways}>
        {!over && (
          <Link to={paths.secondFactor(next, recovery ? undefined : "recovery-code")}>
            {recovery ? "Use the app’s code" : "Use a recovery code"}
          </Link>
        )}
        <Link to={paths.signIn(next)}>Back to sign in</Link>
      </p>
    </AccountCard>
  );
}
