import { useEffect, useRef, useState, type FormEvent } from "react";
import type { FormTrouble } from "~/domain/errors";
import { effectRemark } from "~/domain/signing/version-dates";
import { paths } from "~/paths";
import type { PublishView } from "~/services/version/versions.server";
import type { Matrix } from "~/domain/matrix/matrix";
import { DrillsBefore } from "../drills/drills-since";
import { Button, ButtonLink } from "../primitives/button";
import { Field, TextArea, TextInput } from "../primitives/form/field";
import { CircleAlert, WifiOff } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useNavigation, useRevalidator } from "../primitives/router";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { useOwnDay } from "../primitives/time";
import { SigningChecklist } from "../signing/signing-checklist";
import { BlockerList } from "./blocker-list";
import { ChangeList } from "./change-list";
import { DateRemarks } from "./date-remarks";
import { MissingCharacters } from "./missing-characters";
import styles from "./publish-form.module.css";

type PublishFormProps = PublishView &
  FormTrouble & {
    matrixId: string;
    matrix: Matrix;
    now: string;
    /** What the reason begins with: what workshops have settled since the last version. */ reason: string;
    /** How many edits of this window aren't stored yet. */ unsaved: number;
  };

/** Publishes the draft as the next version: its contents on one side, the form for its cover on the other. */
export function PublishForm({
  number,
  revision,
  matrixId,
  terms,
  authorName,
  reason,
  values,
  errors,
  changes,
  blockers,
  needs,
  drills,
  withoutFont,
  matrix,
  now,
  unsaved,
  follows,
}: PublishFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  useFreshPreview(unsaved, errors.form);

  function submit(event: FormEvent) {
    if (busy || unsaved > 0) event.preventDefault();
  }

  return (
    <Form ref={form} method="post" noValidate className={styles.page} onSubmit={submit}>
      <input type="hidden" name="revision" value={revision} />
      <header className={styles.header}>
        <h1>Publish version {number}</h1>
        <p>
          A version never changes. It gets a number and a fingerprint, and both parties sign the same text. Later edits
          go into a new draft.
        </p>
      </header>
      <section className={styles.fields} aria-label="About this version">
        {errors.form && (
          <Notice icon={CircleAlert} tone="alert" formError>
            {errors.form}
          </Notice>
        )}
        <Field
          label="Reason for this version"
          hint={
            reason === ""
              ? "One or two sentences the other side will understand in a year."
              : "It begins with what the workshop settled. One or two sentences the other side will understand in a year."
          }
          error={errors.reason}
        >
          <TextArea name="reason" required rows={3} defaultValue={values.reason ?? reason} />
        </Field>
        <p>
          The version names you, <bdi>{authorName}</bdi>, as who published it.
        </p>
        <TermFields number={number} terms={terms} values={values} errors={errors} follows={follows} />
        {unsaved > 0 && (
          <Notice icon={WifiOff}>
            {unsaved === 1 ? "1 edit is" : `${unsaved} edits are`} not saved yet and would be missing. Publishing is
            possible as soon as they are.
          </Notice>
        )}
        <footer className={styles.footer}>
          <Button
            type="submit"
            variant="primary"
            size="lg"
            loading={busy}
            disabled={unsaved > 0}
            title={unsaved > 0 ? "Some edits are not saved yet" : undefined}
          >
            Publish version {number}
          </Button>
          <ButtonLink to={paths.board(matrixId)} variant="ghost" size="lg">
            Back to the board
          </ButtonLink>
        </footer>
      </section>
      <section className={styles.contents} aria-label="What this version holds">
        <SigningChecklist matrixId={matrixId} needs={needs} here={["dates"]} />
        <MissingCharacters places={withoutFont} />
        {blockers.length > 0 && <BlockerList matrixId={matrixId} blockers={blockers} />}
        <DrillsBefore matrixId={matrixId} matrix={matrix} number={number} since={drills} today={useOwnDay(now)} />
        <ChangeList matrixId={matrixId} number={number} changes={changes} />
      </section>
    </Form>
  );
}

function TermFields({
  number,
  terms,
  values,
  errors,
  follows,
}: Pick<PublishFormProps, "number" | "terms" | "values" | "errors" | "follows">) {
  const [effectiveDate, setEffectiveDate] = useState(values.effectiveDate ?? terms.effectiveDate ?? "");
  return (
    <fieldset className={styles.terms}>
      <legend>On the cover</legend>
      <Field label="Effective date" error={errors.effectiveDate}>
        <TextInput
          type="date"
          name="effectiveDate"
          value={effectiveDate}
          onChange={(event) => setEffectiveDate(event.target.value)}
        />
      </Field>
      <Field label="Review date" error={errors.reviewDate}>
        <TextInput type="date" name="reviewDate" defaultValue={values.reviewDate ?? terms.reviewDate ?? ""} />
      </Field>
      <Field label="Agreement reference" error={errors.agreementReference}>
        <TextInput name="agreementReference" defaultValue={values.agreementReference ?? terms.agreementReference} />
      </Field>
      <Field label="Exhibit number" error={errors.exhibit}>
        <TextInput name="exhibit" defaultValue={values.exhibit ?? terms.exhibit} />
      </Field>
      <Field
        label="Order of precedence"
        hint="Which text holds where this matrix and the agreement differ."
        error={errors.precedence}
        className={styles.wide}
      >
        <TextArea name="precedence" rows={3} defaultValue={values.precedence ?? terms.precedence} />
      </Field>
      <div className={styles.wide}>
        <div role="status">
          <DateRemarks remarks={effectRemark({ number, effectiveDate }, follows)} />
        </div>
        <p>These are remembered for the next version.</p>
      </div>
    </fieldset>
  );
}

/**
 * Reloads the changes and blockers once this window's last edit is stored, and whenever the draft's revision has
 * changed.
 */
function useFreshPreview(unsaved: number, refused: string | undefined) {
  const { revalidate } = useRevalidator();
  const before = useRef(unsaved);
  useEffect(() => {
    if (before.current > 0 && unsaved === 0) revalidate();
    before.current = unsaved;
  }, [unsaved, revalidate]);
  useEffect(() => {
    if (refused) revalidate();
  }, [refused, revalidate]);
}
