import { useRef } from "react";
import type { FormTrouble } from "~/domain/errors";
import { paths } from "~/paths";
import type { DirectoryChoice } from "~/services/account/directories.server";
import { Button } from "../../primitives/button";
import { Field, TextInput } from "../../primitives/form/field";
import { CircleCheck } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Form, Link, useNavigation } from "../../primitives/router";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";
import { DirectoryLinks } from "./directory-links";
import { PasswordField } from "../password-field";

type SignInFormProps = FormTrouble & { next: string; directories: DirectoryChoice[]; done: string | null };

const DONE: Record<string, string> = {
  password: "Your new password is set, and you are signed out everywhere. Sign in with it.",
  email: "Your new address is confirmed. Sign in with it.",
  deleted: "Your account is deleted.",
};

/** Signs in with e-mail and password, and links to the other ways. */
export function SignInForm({ next, directories, done, values, errors }: SignInFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  const said = done === null ? undefined : DONE[done];
  return (
    <AccountCard
      title="Sign in"
      error={errors.form}
      lead={next === "/" ? undefined : "Sign in to go on where you were."}
      below={
        <>
          No account? Somebody of your side invites you. <Link to={paths.verify()}>Check a file</Link> without one.
        </>
      }
    >
      {said && <Notice icon={CircleCheck}>{said}</Notice>}
      <DirectoryLinks directories={directories} next={next} words={(label) => `Sign in with ${label}`} />
      <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
        <input type="hidden" name="next" value={next} />
        <Field label="E-mail" error={errors.email}>
          <TextInput
            name="email"
            type="email"
            required
            defaultValue={values.email}
            autoComplete="username"
            inputMode="email"
            dir="ltr"
            autoFocus={!values.email}
          />
        </Field>
        <PasswordField kind="current-password" error={errors.password} autoFocus={Boolean(values.email)} />
        <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.submit}>
          Sign in
        </Button>
      </Form>
      <p className={styles.ways}>
        <Link to={paths.signInByMail(next)}>Sign in with a link</Link>
        <Link to={paths.forgotPassword()}>Forgot your password?</Link>
      </p>
    </AccountCard>
  );
}
