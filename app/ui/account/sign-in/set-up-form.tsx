import { useRef } from "react";
import type { FormTrouble } from "~/domain/errors";
import { Button } from "../../primitives/button";
import { Field, TextInput } from "../../primitives/form/field";
import { Form, useNavigation } from "../../primitives/router";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";
import { PasswordField } from "../password-field";
import { SideChoice } from "./side-choice";

type SetUpFormProps = FormTrouble & { earlierWork: boolean };

/** The first visitor's screen, which creates the owner's account. */
export function SetUpForm({ earlierWork, values, errors }: SetUpFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  return (
    <AccountCard
      title="Set up Demarc"
      error={errors.form}
      lead={
        earlierWork
          ? "Create the owner's account. What was made here before there were accounts becomes yours."
          : "Create the owner's account. You invite everybody else from there."
      }
    >
      <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
        <Field label="Your name" error={errors.name}>
          <TextInput name="name" required defaultValue={values.name} autoComplete="name" autoFocus />
        </Field>
        <Field label="E-mail" error={errors.email}>
          <TextInput
            name="email"
            type="email"
            required
            defaultValue={values.email}
            autoComplete="username"
            inputMode="email"
            dir="ltr"
          />
        </Field>
        <PasswordField kind="new-password" error={errors.password} />
        {earlierWork ? (
          <SideChoice
            legend="Which side are you on?"
            hint="In what is here already. Others join the other side by invitation."
            chosen={values.side ?? "client"}
            error={errors.side}
          />
        ) : (
          <input type="hidden" name="side" value="client" />
        )}
        <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.submit}>
          Create the account
        </Button>
      </Form>
    </AccountCard>
  );
}
