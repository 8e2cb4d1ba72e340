import { useRef, type ReactNode } from "react";
import type { FormTrouble } from "~/domain/errors";
import type { OwnAccount } from "~/services/account/own-account.server";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import { CircleAlert } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useNavigation } from "../primitives/router";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import styles from "./account-page.module.css";
import { PasswordField } from "./password-field";
import { Section } from "./section";

type AccountFormProps = {
  intent: string;
  step: string;
  email?: string;
  errors: Record<string, string>;
  primary?: boolean;
  children: ReactNode;
};

/**
 * A form of the account page. `intent` names its action, and its errors appear in it. With `email`, password managers
 * know whose password it asks for.
 */
export function AccountForm({ intent, step, email, errors, primary = false, children }: AccountFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formData?.get("intent") === intent;
  useFocusFirstError(form, errors);
  return (
    <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
      <input type="hidden" name="intent" value={intent} />
      {errors.form && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {errors.form}
        </Notice>
      )}
      {email !== undefined && (
        <input type="email" name="username" value={email} readOnly hidden autoComplete="username" />
      )}
      {children}
      <Button type="submit" variant={primary ? "primary" : "default"} loading={busy} className={styles.act}>
        {step}
      </Button>
    </Form>
  );
}

/** The name of the person. */
export function NameSection({ name, values, errors }: FormTrouble & { name: string }) {
  return (
    <Section id="name" title="Name" lead="As the other side reads it. What you did before keeps the name it had.">
      <AccountForm intent="name" step="Change the name" errors={errors}>
        <Field label="Your name" error={errors.name}>
          <TextInput name="name" required defaultValue={values.name ?? name} autoComplete="name" />
        </Field>
      </AccountForm>
    </Section>
  );
}

/** The e-mail address for signing in. A new one counts once it is confirmed. */
export function EmailSection({ account, values, errors }: FormTrouble & { account: OwnAccount }) {
  return (
    <Section
      id="email"
      title="E-mail"
      lead={
        <>
          You sign in as <b>{account.email}</b>.{" "}
          {account.mailIsSent
            ? "A new address counts once you have opened the link we send there; the one before is told."
            : "A new address counts once its link was opened. No mail is sent from here: whoever runs this Demarc has the link."}
        </>
      }
    >
      <AccountForm intent="email-asked" step="Change the address" email={account.email} errors={errors}>
        <Field label="New address" error={errors.email}>
          <TextInput
            name="email"
            type="email"
            required
            defaultValue={values.email}
            autoComplete="email"
            inputMode="email"
            dir="ltr"
          />
        </Field>
        {account.hasPassword && (
          <PasswordField label="Your password" name="current" kind="current-password" error={errors.current} />
        )}
      </AccountForm>
    </Section>
  );
}

/** Changes the password, or sets one for an account that signs in by a directory only. */
export function PasswordSection({ account, errors }: FormTrouble & { account: OwnAccount }) {
  const { email, hasPassword, directories } = account;
  const also = directories.length > 0 ? ` You also sign in with ${directories.join(" and ")}.` : "";
  return (
    <Section
      id="password"
      title="Password"
      lead={`${hasPassword ? "A new one ends every other session." : "You have none."}${also}`}
    >
      <AccountForm
        intent="password"
        step={hasPassword ? "Change the password" : "Set a password"}
        email={email}
        errors={errors}
      >
        {hasPassword && (
          <PasswordField label="Your password now" name="current" kind="current-password" error={errors.current} />
        )}
        <PasswordField label="New password" kind="new-password" error={errors.password} />
      </AccountForm>
    </Section>
  );
}
