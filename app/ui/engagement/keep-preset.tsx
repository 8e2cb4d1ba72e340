import { useEffect, useRef, useState } from "react";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, TextArea, TextInput } from "../primitives/form/field";
import { CircleAlert, Icon, Layers } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useNavigation } from "../primitives/router";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import styles from "./matrices-page.module.css";

type KeepProps = {
  organisation: string;
  /** The title of the open matrix. */ title: string;
  errors: Record<string, string>;
  said: string | null;
};

/** Saves the open matrix as a preset of the provider's organisation. */
export function KeepPreset({ organisation, title, errors, said }: KeepProps) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (said) setOpen(false);
  }, [said]);
  return (
    <>
      <Button icon={<Icon of={Layers} size={14} />} onClick={() => setOpen(true)}>
        Save as preset
      </Button>
      <Dialog open={open} title="Save as preset" onClose={() => setOpen(false)}>
        <KeepForm organisation={organisation} title={title} errors={errors} />
      </Dialog>
    </>
  );
}

function KeepForm({ organisation, title, errors }: Omit<KeepProps, "said">) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formData?.get("intent") === "keep-preset";
  useFocusFirstError(form, errors);
  return (
    <Form ref={form} method="post" noValidate className={styles.form}>
      <input type="hidden" name="intent" value="keep-preset" />
      <div className={styles.contents}>
        <p>
          Everybody of <bdi>{organisation}</bdi> can start from it. It is made from “<bdi>{title}</bdi>” as it stands
          now.
        </p>
        <p>
          <b>Taken along:</b> domains, roles, duties with their letters, boundary notes, tools, cadence, decisions,
          search words, suggestions, clauses and definitions, and the limits of warnings.
        </p>
        <p>
          <b>Left behind:</b> names and legal details of the parties, agreement terms, marks, rulings and disputes, how
          it is done today, cover periods, early wins and dates, what is not applicable, declined or parked, accepted
          warnings, who holds roles, documentation links and who holds the knowledge.
        </p>
        <p>
          Where a text names one of the two sides, the names of the next two come there. Other names in texts stay, so
          look at them first.
        </p>
      </div>
      {errors.form && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {errors.form}
        </Notice>
      )}
      <Field label="Name" error={errors.name}>
        <TextInput name="name" required autoFocus placeholder="Manufacturing, two sites" />
      </Field>
      <Field label="What it is for (optional)" error={errors.meaning}>
        <TextArea name="meaning" rows={2} />
      </Field>
      <Button type="submit" variant="primary" loading={busy}>
        Save preset
      </Button>
    </Form>
  );
}
