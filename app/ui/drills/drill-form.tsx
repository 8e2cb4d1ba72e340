import { useEffect, useRef, useState } from "react";
import type { FormTrouble } from "~/domain/errors";
import { changeOwner, DRILL_LIMITS, type Drill } from "~/domain/escalation/drills";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { Button, ButtonLink } from "../primitives/button";
import { Field, TextArea, TextInput } from "../primitives/form/field";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { CircleAlert, Icon, Plus } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useNavigation } from "../primitives/router";
import { useHydrated } from "../primitives/time";
import styles from "./drills.module.css";

/** A refused form: the values that were sent, the errors, and the revision of the drill that is stored. */
export type DrillAnswer = FormTrouble & { revision?: number | null };

type FormProps = {
  /** The drill to correct; null for a new one. */
  drill: Drill | null;
  /** What a new one begins with. */
  start: { scenario: string; query: string };
  matrix: Matrix;
  newId: string;
  today: string;
  answer: DrillAnswer | null;
  closeTo: string;
};

/** The form of a drill. If it is refused, what was typed stays. */
export function DrillForm({ drill, start, matrix, newId, today, answer, closeTo }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  const [id] = useState(drill?.id ?? newId);
  const [known, setKnown] = useState(drill?.revision ?? 0);
  const { values = {}, errors = {}, revision = null } = answer ?? {};
  useFocusFirstError(form, errors);
  useEffect(() => {
    if (revision !== null) setKnown(revision);
  }, [revision]);
  const title = drill ? "Correct the drill" : "Record a drill";
  return (
    <Form ref={form} method="post" noValidate preventScrollReset className={styles.form} aria-label={title}>
      <h2>{title}</h2>
      <input type="hidden" name="intent" value={drill ? "correct" : "record"} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="query" value={drill?.query ?? start.query} />
      {drill && <input type="hidden" name="revision" value={revision ?? known} />}
      {errors.form && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {errors.form}
        </Notice>
      )}
      <div className={styles.two}>
        <Field label="Scenario" hint="What was tried, in a few words." error={errors.scenario}>
          <TextInput
            name="scenario"
            required
            maxLength={LIMITS.name}
            autoFocus
            defaultValue={values.scenario ?? drill?.scenario ?? start.scenario}
          />
        </Field>
        <Field label="Day of the drill" hint="It took place by today." error={errors.day}>
          <TextInput type="date" name="day" required max={today} defaultValue={values.day ?? drill?.day ?? today} />
        </Field>
      </div>
      {(drill?.query ?? start.query) && (
        <p className={styles.quiet}>The link to the scenario and its moment is kept with the drill.</p>
      )}
      <Field label="Who took part" hint="One name a line." error={errors.tookPart}>
        <TextArea name="tookPart" required rows={3} defaultValue={values.tookPart ?? drill?.tookPart.join("\n")} />
      </Field>
      <Field label="What was learned" error={errors.learned}>
        <TextArea name="learned" rows={4} defaultValue={values.learned ?? drill?.learned} />
      </Field>
      <Changes changes={drill?.changes ?? []} matrix={matrix} values={values} errors={errors} />
      <div className={styles.acts}>
        <Button type="submit" variant="primary" loading={busy}>
          {drill ? "Save the correction" : "Record the drill"}
        </Button>
        <ButtonLink variant="ghost" to={closeTo}>
          Cancel
        </ButtonLink>
      </div>
    </Form>
  );
}

type ChangesProps = Pick<FormTrouble, "values" | "errors"> & { changes: Drill["changes"]; matrix: Matrix };

function Changes({ changes, matrix, values, errors }: ChangesProps) {
  const sent = Array.from({ length: DRILL_LIMITS.changes }, (_, i) => i + 1).findLast(
    (row) => values[`changeText${row - 1}`],
  );
  const [rows, setRows] = useState(Math.min(DRILL_LIMITS.changes, Math.max(1, changes.length, sent ?? 0)));
  const hydrated = useHydrated();
  const added = useRef<HTMLFieldSetElement>(null);
  const [focusRow, setFocusRow] = useState<number | null>(null);
  useEffect(() => {
    if (focusRow !== null) added.current?.querySelector<HTMLInputElement>(`[name=changeText${focusRow}]`)?.focus();
  }, [focusRow]);
  return (
    <fieldset ref={added} className={styles.rows}>
      <legend>What to change</legend>
      <p className={styles.quiet}>
        Each with whoever sees to it, a party, a role or a name, and a day. It is shown before the next version is
        published until it is done.
      </p>
      <datalist id="drill-owners">
        {[...matrix.parties, ...matrix.roles].map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      {Array.from({ length: hydrated ? rows : DRILL_LIMITS.changes }, (_, i) => {
        const change = changes[i];
        return (
          <div key={i} className={styles.row} role="group" aria-label={`Change ${i + 1}`}>
            <input type="hidden" name={`changeId${i}`} value={values[`changeId${i}`] ?? change?.id ?? ""} />
            <Field label={`Change ${i + 1}`} error={errors[`changeText${i}`]}>
              <TextInput
                name={`changeText${i}`}
                maxLength={DRILL_LIMITS.change}
                defaultValue={values[`changeText${i}`] ?? change?.text}
              />
            </Field>
            <Field label="Who sees to it" error={errors[`changeOwner${i}`]}>
              <TextInput
                name={`changeOwner${i}`}
                list="drill-owners"
                maxLength={LIMITS.name}
                defaultValue={values[`changeOwner${i}`] ?? (change ? changeOwner(matrix, change) : "")}
              />
            </Field>
            <Field label="By" error={errors[`changeBy${i}`]}>
              <TextInput type="date" name={`changeBy${i}`} defaultValue={values[`changeBy${i}`] ?? change?.by ?? ""} />
            </Field>
          </div>
        );
      })}
      {hydrated && rows < DRILL_LIMITS.changes && (
        <div>
          <Button
            size="sm"
            variant="ghost"
            icon={<Icon of={Plus} size={14} />}
            onClick={() => {
              setFocusRow(rows);
              setRows(rows + 1);
            }}
          >
            Another change
          </Button>
        </div>
      )}
      {rows === DRILL_LIMITS.changes && (
        <p className={styles.quiet}>A drill has at most {DRILL_LIMITS.changes} things to change.</p>
      )}
    </fieldset>
  );
}
