import { useRef, useState } from "react";
import type { FormTrouble } from "~/domain/errors";
import type { SigningPage } from "~/domain/signing/signing-view";
import { ownTimeZone } from "../../authority/zone-field";
import { Button } from "../../primitives/button";
import { Field, FieldError, TextArea, TextInput } from "../../primitives/form/field";
import { CircleAlert } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Form, useNavigation } from "../../primitives/router";
import { Segmented } from "../../primitives/form/segmented";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { useHydrated } from "../../primitives/time";
import { DrawnField } from "./drawn-field";
import styles from "./sign-page.module.css";

type SignFormProps = { page: SigningPage; trouble: FormTrouble | null };

/** The signature form: who signs, the consent, and the name typed or drawn; or the reason for declining. */
export function SignForm({ page, trouble }: SignFormProps) {
  const errors = trouble?.errors ?? {};
  const values = trouble?.values ?? {};
  const declining = values.intent === "decline";
  return (
    <section id="sign" className={styles.part} aria-label="Sign">
      {errors.form && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {errors.form}
        </Notice>
      )}
      <Signature page={page} values={declining ? {} : values} errors={declining ? {} : errors} />
      <Decline number={page.number} values={declining ? values : {}} errors={declining ? errors : {}} />
    </section>
  );
}

function Signature({ page, values, errors }: { page: SigningPage } & FormTrouble) {
  const { signatory, number, consent, fingerprint } = page;
  const [way, setWay] = useState<"typed" | "drawn">(values.way === "drawn" ? "drawn" : "typed");
  const [typed, setTyped] = useState(values.typed ?? "");
  const form = useRef<HTMLFormElement>(null);
  const navigation = useNavigation();
  const busy = navigation.formData?.get("intent") === "sign";
  const hydrated = useHydrated();
  useFocusFirstError(form, errors);
  return (
    <Form ref={form} method="post" noValidate className={styles.form} preventScrollReset>
      <h2>Your signature</h2>
      <input type="hidden" name="fingerprint" value={fingerprint} />
      <div>
        <p>
          You sign as <strong dir="auto">{signatory.name}</strong> for <bdi>{signatory.partyName}</bdi>.
        </p>
        <p className={styles.quiet}>
          Is the name wrong, or is it somebody else who signs? Sign nothing, and ask an owner of{" "}
          <bdi>{signatory.partyName}</bdi> to replace you on the version&apos;s page.
        </p>
      </div>
      <div className={styles.two}>
        <Field label="Your title" error={errors.title}>
          <TextInput
            name="title"
            required
            defaultValue={values.title ?? signatory.title}
            autoComplete="organization-title"
          />
        </Field>
        <Field label="Your organisation" error={errors.organisation}>
          <TextInput
            name="organisation"
            required
            defaultValue={values.organisation ?? signatory.partyName}
            autoComplete="organization"
          />
        </Field>
      </div>
      <input type="hidden" name="way" value={way} />
      <input type="hidden" name="timeZone" value={hydrated ? ownTimeZone() : ""} />
      {hydrated && (
        <Segmented
          label="How you sign"
          value={way}
          onChange={setWay}
          options={[
            { value: "typed", label: "Type it" },
            { value: "drawn", label: "Draw it" },
          ]}
        />
      )}
      {way === "typed" ? (
        <>
          <Field
            label="Type your name as your signature"
            hint={`As it stands above: ${signatory.name}`}
            error={errors.typed}
          >
            <TextInput
              name="typed"
              required
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className={styles.typed}
            />
          </Field>
        </>
      ) : (
        <DrawnField error={errors.drawn} />
      )}
      <label className={styles.consent}>
        <input
          type="checkbox"
          name="consent"
          required
          aria-describedby={errors.consent ? "consent-error" : undefined}
          aria-invalid={errors.consent ? true : undefined}
        />
        <span>{consent}</span>
      </label>
      {errors.consent && <FieldError id="consent-error">{errors.consent}</FieldError>}
      <p className={styles.quiet}>
        Kept with your signature: the time and your time zone, your IP address and browser, your e-mail{" "}
        {signatory.email} and how it was proved, this consent, and the fingerprint {fingerprint.slice(0, 8)}….
      </p>
      <div>
        <Button type="submit" name="intent" value="sign" variant="primary" size="lg" loading={busy}>
          Sign version {number}
        </Button>
      </div>
    </Form>
  );
}

function Decline({ number, values, errors }: { number: number } & FormTrouble) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formData?.get("intent") === "decline";
  useFocusFirstError(form, errors);
  return (
    <details className={styles.decline} open={Object.keys(errors).length > 0 || undefined}>
      <summary>Decline instead</summary>
      <Form ref={form} method="post" noValidate className={styles.form} preventScrollReset>
        <p>
          Version {number} is then not signed by anybody. Everybody who was asked, and the owners of both sides, read
          your reason.
        </p>
        <Field label="Why you decline" error={errors.reason}>
          <TextArea name="reason" required rows={3} defaultValue={values.reason} />
        </Field>
        <div>
          <Button type="submit" name="intent" value="decline" loading={busy}>
            Decline version {number}
          </Button>
        </div>
      </Form>
    </details>
  );
}
