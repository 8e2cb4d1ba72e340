import { useRef } from "react";
import type { FormTrouble } from "~/domain/errors";
import { paths } from "~/paths";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import { CircleAlert, CircleCheck } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useNavigation } from "../primitives/router";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { AppShell } from "../shell/app-shell";
import styles from "./organisation-page.module.css";
import type { Done } from "./organisation-types";

/** Explains what an organisation is for and sets one up, for people who belong to none. */
export function OrganisationSetUp({ done, trouble: { values, errors } }: { done: Done | null; trouble: FormTrouble }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  return (
    <AppShell crumb="Organisation">
      <div className={styles.narrow}>
        <header className={styles.head}>
          <h1>Set up your organisation</h1>
          <p>
            For providers: your own people, your clients and your presets in one place. Internal IT teams need none;
            their engagements work without.
          </p>
        </header>
        <div aria-live="polite" className={styles.said}>
          {done && <Notice icon={CircleCheck}>{done.said}</Notice>}
        </div>
        <ul className={styles.offers}>
          <li>
            <b>People.</b> Invite your colleagues once, and decide who sees which client.
          </li>
          <li>
            <b>Clients.</b> New engagements of yours on the provider’s side become its clients, and so do those whose
            provider’s side you own today.
          </li>
          <li>
            <b>Presets.</b> Keep a matrix that worked, without what is one client’s own, and start the next client from
            it.
          </li>
        </ul>
        <Form ref={form} method="post" action={paths.organisation()} noValidate className={styles.setUp}>
          <input type="hidden" name="intent" value="set-up" />
          {errors.form && (
            <Notice icon={CircleAlert} tone="alert" formError>
              {errors.form}
            </Notice>
          )}
          <Field label="Name of the organisation" hint="As your clients know you." error={errors.name}>
            <TextInput name="name" required defaultValue={values.name} autoComplete="organization" />
          </Field>
          <Button type="submit" variant="primary" size="lg" loading={busy}>
            Set it up
          </Button>
        </Form>
        <p className={styles.quiet}>
          Were you invited to one? Open the link in the invitation instead. Nobody belongs to two.
        </p>
      </div>
    </AppShell>
  );
}
