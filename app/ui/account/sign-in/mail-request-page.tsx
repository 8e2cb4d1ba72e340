import { useRef } from "react";
import type { FormTrouble } from "~/domain/errors";
import { paths } from "~/paths";
import { Button } from "../../primitives/button";
import { Field, TextInput } from "../../primitives/form/field";
import { CircleAlert, CircleCheck } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Form, Link, useNavigation } from "../../primitives/router";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";

type MailRequestPageProps = FormTrouble & { kind: "link" | "reset"; next: string; mailIsSent: boolean };

const WORDS = {
  link: {
    title: "A link by e-mail",
    lead: "We send you a link that signs you in. It works once, for 15 minutes.",
    step: "Send the link",
  },
  reset: {
    title: "Forgot your password?",
    lead: "We send you a link to choose a new one. It works once, for an hour.",
    step: "Send the link",
  },
};

/** Without mail, the requested link waits on the server for whoever runs it. */
const UNSENT =
  "No mail is sent from here. Ask for the link on this page, then ask whoever runs this Demarc for it: it is kept on the server.";

/** Requests a mail. The answer is the same for every address, so that nobody learns from it who has an account. */
export function MailRequestPage({ kind, next, mailIsSent, values, errors }: MailRequestPageProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  const { title, lead, step } = WORDS[kind];
  const back = (
    <p className={styles.ways}>
      <Link to={paths.signIn(next)}>Back to sign in</Link>
    </p>
  );
  if (values.sent) {
    return (
      <AccountCard title={title}>
        <Notice icon={mailIsSent ? CircleCheck : CircleAlert}>
          {mailIsSent
            ? `If ${values.email} has an account, a mail is on its way there. Look among unwanted mail too.`
            : `If ${values.email} has an account, a message for it is kept on the server. No mail is sent from here: ask whoever runs this Demarc to hand it to you.`}
        </Notice>
        {back}
      </AccountCard>
    );
  }
  return (
    <AccountCard title={title} lead={mailIsSent ? lead : UNSENT} error={errors.form}>
      <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
        <Field label="E-mail" error={errors.email}>
          <TextInput
            name="email"
            type="email"
            required
            defaultValue={values.email}
            autoComplete="username"
            inputMode="email"
            dir="ltr"
            autoFocus
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.submit}>
          {mailIsSent ? step : "Make the link"}
        </Button>
      </Form>
      {back}
    </AccountCard>
  );
}
