import { useRef, useState, type FormEvent } from "react";
import { paths } from "~/paths";
import type { PresetChoice } from "~/services/engagement/library.server";
import type { OwnPreset } from "~/services/organisation/presets.server";
import { SideChoice } from "../account/sign-in/side-choice";
import { Button, ButtonLink } from "../primitives/button";
import { Field, FieldError, TextInput } from "../primitives/form/field";
import { CircleAlert } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, Link, useNavigation } from "../primitives/router";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { AppShell } from "../shell/app-shell";
import styles from "./new-engagement-form.module.css";
import { OwnPresetCard, PresetCard } from "./preset-card";

type NewEngagementFormProps = {
  start: "library" | "blank";
  presets: PresetChoice[];
  /** The person's organisation, whose name the provider's field starts with, and its presets. */
  own: { organisation: string; presets: OwnPreset[] } | null;
  /** The side on which the person was the last time. */
  usualSide: "client" | "provider";
  errors: Record<string, string>;
  values: Record<string, string>;
};

/** Asks for the two sides and, when starting from the library, for one of its presets. */
export function NewEngagementForm({ start, presets, own, usualSide, errors, values }: NewEngagementFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  const providerName = values.providerName ?? own?.organisation ?? "";
  const [names, setNames] = useState({ client: values.clientName ?? "", provider: providerName });
  useFocusFirstError(form, errors);

  function submit(event: FormEvent) {
    if (busy) event.preventDefault();
  }

  return (
    <AppShell crumb="New engagement">
      <Form ref={form} method="post" noValidate className={styles.page} onSubmit={submit}>
        <header className={styles.header}>
          <h1>{start === "blank" ? "Start blank" : "Start from the co-managed library"}</h1>
          <StartSwitch start={start} />
        </header>
        {errors.form && (
          <Notice icon={CircleAlert} tone="alert" formError>
            {errors.form}
          </Notice>
        )}
        <section className={styles.sides} aria-label="The two sides">
          <Field label="Client" hint="The company whose internal IT team this is about." error={errors.clientName}>
            <TextInput
              name="clientName"
              required
              defaultValue={values.clientName}
              onChange={(event) => setNames({ ...names, client: event.target.value })}
              autoComplete="organization"
            />
          </Field>
          <Field label="Provider" hint="The MSP that shares the work." error={errors.providerName}>
            <TextInput
              name="providerName"
              required
              defaultValue={providerName}
              onChange={(event) => setNames({ ...names, provider: event.target.value })}
            />
          </Field>
          <Field
            label="Agreement reference (optional)"
            hint="The contract the matrix will belong to, as it is quoted."
            error={errors.agreementReference}
            className={styles.wide}
          >
            <TextInput name="agreementReference" defaultValue={values.agreementReference} />
          </Field>
          <SideChoice
            legend="Which side are you on?"
            hint={`You speak for this side. The other side's first owner joins by your invitation.${own ? ` On the provider's side, the engagement becomes a client of ${own.organisation}.` : ""}`}
            chosen={values.side ?? usualSide}
            error={errors.side}
            className={styles.wide}
            names={{ client: names.client || "The client", provider: names.provider || "The provider" }}
          />
        </section>
        {start === "blank" ? (
          <input type="hidden" name="preset" value="blank" />
        ) : (
          <Presets
            presets={presets}
            own={own?.presets ?? []}
            chosen={values.preset}
            error={errors.preset}
            names={names}
          />
        )}
        <footer className={styles.footer}>
          <Button type="submit" variant="primary" size="lg" loading={busy}>
            Create engagement
          </Button>
          <ButtonLink to={paths.home()} variant="ghost" size="lg">
            Cancel
          </ButtonLink>
          <p className={styles.quiet}>Everything can be changed afterwards.</p>
        </footer>
      </Form>
    </AppShell>
  );
}

function StartSwitch({ start }: { start: "library" | "blank" }) {
  return start === "blank" ? (
    <p>
      Both parties begin with one role, and there are no duties yet.{" "}
      <Link to={paths.newEngagement("library")}>Start from the library instead</Link>
    </p>
  ) : (
    <p>
      Every duty begins with a proposal for who does it and who answers.{" "}
      <Link to={paths.newEngagement("blank")}>Start blank instead</Link>
    </p>
  );
}

type PresetsProps = {
  presets: PresetChoice[];
  own: OwnPreset[];
  chosen: string | undefined;
  error: string | undefined;
  names: { client: string; provider: string };
};

function Presets({ presets, own, chosen, error, names }: PresetsProps) {
  const first = [...presets, ...own].some(({ id }) => id === chosen) ? chosen : presets[0]?.id;
  return (
    <fieldset className={styles.presets}>
      <legend>Where to start</legend>
      <p className={styles.quiet}>A first proposal to talk about, not a verdict.</p>
      <div className={styles.cards}>
        {presets.map((preset) => (
          <PresetCard
            key={preset.id}
            preset={preset}
            chosen={preset.id === first}
            invalid={Boolean(error)}
            names={names}
          />
        ))}
      </div>
      {own.length > 0 && (
        <>
          <h2 className={styles.own}>Your presets</h2>
          <div className={styles.cards}>
            {own.map((preset) => (
              <OwnPresetCard key={preset.id} preset={preset} chosen={preset.id === first} invalid={Boolean(error)} />
            ))}
          </div>
        </>
      )}
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}
