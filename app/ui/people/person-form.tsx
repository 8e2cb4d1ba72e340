import { useEffect, useRef, useState } from "react";
import type { FormTrouble } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { Person } from "~/domain/people/people";
import drawer from "../duty/drawer.module.css";
import { PartyMark } from "../marks/party-mark";
import { Button, ButtonLink } from "../primitives/button";
import { Field, FieldError, Select, TextInput } from "../primitives/form/field";
import { CircleAlert, Icon, Plus } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useNavigation } from "../primitives/router";
import { useHydrated } from "../primitives/time";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { PanelFrame } from "./panel-frame";
import { sideName } from "./people-view";
import { weekTexts, WeekFields, writtenWeek } from "./week-fields";
import styles from "./people.module.css";

/** A refused form: the values that were sent, the errors, the stored values, and their revision. */
export type PersonAnswer = FormTrouble & { stored?: Record<string, string>; revision?: number | null };

type FormProps = {
  /** The person to change; null for a new one. */
  person: Person | null;
  newId: string;
  side: PartyKind;
  matrix: Matrix;
  people: readonly Person[];
  timeZones: readonly string[];
  answer: PersonAnswer | null;
  today: string;
  closeTo: string;
};

const SIDES: readonly PartyKind[] = ["client", "provider", "third-party"];

/** The form for a contact. If it is refused, what was typed stays. */
export function PersonForm({
  person,
  newId,
  side: startSide,
  matrix,
  people,
  timeZones,
  answer,
  today,
  closeTo,
}: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  // The revision that this form was opened with, so that the server notices if somebody else changed the contact
  // meanwhile.
  const [known, setKnown] = useState(person?.revision ?? 0);
  const [touched, setTouched] = useState(false);
  const { values = {}, errors = {}, stored = {}, revision = null } = answer ?? {};
  const [side, setSide] = useState<PartyKind>(SIDES.find((one) => one === values.side) ?? person?.side ?? startSide);
  useFocusFirstError(form, errors);
  useEffect(() => {
    if (revision !== null) setKnown(revision);
  }, [revision]);
  const ownWeek = weekTexts(person?.week ?? null);
  const deputies = people.filter((other) => other.side === side && other.id !== person?.id);
  const usual = people.find((other) => other.side === side && other.timeZone !== "")?.timeZone ?? "";
  const title = person ? `Change ${person.name}` : "Add a person";
  return (
    <PanelFrame
      label={title}
      closeTo={closeTo}
      holdsText={() => touched}
      heading={
        <>
          <PartyMark kind={side} />
          <bdi className={drawer.domain}>{sideName(matrix, side)}</bdi>
        </>
      }
    >
      <h2 className={drawer.title}>{title}</h2>
      <Form
        ref={form}
        method="post"
        noValidate
        preventScrollReset
        className={styles.form}
        onChange={() => setTouched(true)}
      >
        <input type="hidden" name="intent" value={person ? "edit" : "add"} />
        <input type="hidden" name="id" value={person?.id ?? newId} />
        {person && <input type="hidden" name="revision" value={revision ?? known} />}
        {errors.form && (
          <Notice icon={CircleAlert} tone="alert" formError>
            {errors.form}
          </Notice>
        )}
        <Field label="Name" error={errors.name} hint={stored.name}>
          <TextInput name="name" required defaultValue={values.name ?? person?.name} autoFocus={!person} />
        </Field>
        <div className={styles.two}>
          <Field label="Side" error={errors.side} hint={stored.side && "Another side is stored now."}>
            <Select
              name="side"
              value={side}
              onChange={(event) => setSide(SIDES.find((one) => one === event.target.value) ?? side)}
            >
              {SIDES.map((one) => (
                <option key={one} value={one}>
                  {one === "third-party" ? "A third party" : sideName(matrix, one)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Title" error={errors.title} hint={stored.title}>
            <TextInput name="title" defaultValue={values.title ?? person?.title} />
          </Field>
        </div>
        <Phones phones={person?.phones ?? []} values={values} error={errors.phones} hint={stored.phones} />
        <Field label="E-mail" error={errors.email} hint={stored.email}>
          <TextInput type="email" name="email" defaultValue={values.email ?? person?.email} dir="ltr" />
        </Field>
        <WeekFields
          legend="Working hours"
          hint={stored.week ?? "Empty where your party's hours hold. On call outside of them comes from a rota."}
          prefix="week"
          texts={writtenWeek((weekday) => values[`week-${weekday}`] ?? ownWeek[weekday])}
          error={errors.week}
        />
        <div className={styles.two}>
          <Field label="Hours in words" error={errors.hours} hint={stored.hours}>
            <TextInput name="hours" defaultValue={values.hours ?? person?.hours} placeholder="Mon–Fri 08:00–17:00" />
          </Field>
          <Field label="Time zone" error={errors.timeZone} hint={stored.timeZone}>
            <TextInput
              name="timeZone"
              list="time-zones"
              defaultValue={values.timeZone ?? person?.timeZone ?? usual}
              placeholder="Europe/London"
              dir="ltr"
            />
          </Field>
        </div>
        <datalist id="time-zones">
          {timeZones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <div className={styles.two}>
          <Field label="Deputy" error={errors.deputyId} hint={stored.deputyId}>
            <Select key={side} name="deputyId" defaultValue={values.deputyId ?? person?.deputyId ?? ""}>
              <option value="">Nobody</option>
              {deputies.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Last verified" error={errors.lastVerified} hint={stored.lastVerified}>
            <TextInput
              type="date"
              name="lastVerified"
              max={today}
              defaultValue={values.lastVerified ?? (person ? (person.lastVerified ?? "") : today)}
            />
          </Field>
        </div>
        <div className={styles.acts}>
          <Button type="submit" variant="primary" loading={busy}>
            {person ? "Save" : "Add the person"}
          </Button>
          <ButtonLink variant="ghost" to={closeTo} preventScrollReset>
            Cancel
          </ButtonLink>
        </div>
      </Form>
    </PanelFrame>
  );
}

function Phones({
  phones,
  values,
  error,
  hint,
}: {
  phones: Person["phones"];
  values: Record<string, string>;
  error: string | undefined;
  hint: string | undefined;
}) {
  const sent = Array.from({ length: LIMITS.phones }, (_, i) => i).filter((i) => values[`phoneNumber${i}`]).length;
  const [rows, setRows] = useState(Math.min(LIMITS.phones, Math.max(2, phones.length, sent)));
  const alive = useHydrated();
  return (
    <fieldset className={styles.phones} aria-describedby={error ? "phones-error" : undefined}>
      <legend>Phones</legend>
      {hint && <p className={styles.quiet}>{hint}</p>}
      {Array.from({ length: alive ? rows : LIMITS.phones }, (_, i) => (
        <div key={i} className={styles.phone}>
          <TextInput
            name={`phoneLabel${i}`}
            aria-label={`What phone ${i + 1} is`}
            placeholder={["Mobile", "Desk"][i] ?? "Label"}
            defaultValue={values[`phoneLabel${i}`] ?? phones[i]?.label}
          />
          <TextInput
            type="tel"
            name={`phoneNumber${i}`}
            aria-label={`Number of phone ${i + 1}`}
            aria-invalid={error ? true : undefined}
            defaultValue={values[`phoneNumber${i}`] ?? phones[i]?.number}
            dir="ltr"
          />
        </div>
      ))}
      {error && <FieldError id="phones-error">{error}</FieldError>}
      {alive && rows < LIMITS.phones && (
        <div>
          <Button size="sm" variant="ghost" icon={<Icon of={Plus} size={14} />} onClick={() => setRows(rows + 1)}>
            Another number
          </Button>
        </div>
      )}
    </fieldset>
  );
}
