import { dayWords } from "~/domain/day-words";
import type { DaysAway, Person } from "~/domain/people/people";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import { Form } from "../primitives/router";
import styles from "./people.module.css";

type AbsencesProps = {
  person: Person;
  deputy: string | null;
  absences: readonly DaysAway[];
  newId: string;
  today: string;
  readOnly: boolean;
  errors: Record<string, string>;
};

/** When a person is away, from today on, with the forms to add days and to take them back. */
export function AbsencesPart({ person, deputy, absences, newId, today, readOnly, errors }: AbsencesProps) {
  const own = absences.filter(({ personId, to }) => personId === person.id && to >= today);
  return (
    <section className={styles.part} aria-labelledby="away-title">
      <h3 id="away-title">Away</h3>
      {own.length === 0 ? (
        <p className={styles.quiet}>No days away are written down.</p>
      ) : (
        <>
          <p className={styles.quiet}>
            {deputy ? `${deputy} is called meanwhile.` : "Nobody is called meanwhile: name a deputy."}
          </p>
          <ul className={styles.rows}>
            {own.map((days) => (
              <li key={days.id}>
                <span>
                  {daysWords(days)} {days.note && <bdi className={styles.quiet}>{days.note}</bdi>}
                </span>
                {!readOnly && (
                  <Form method="post" preventScrollReset>
                    <input type="hidden" name="intent" value="back" />
                    <input type="hidden" name="id" value={days.id} />
                    <Button size="sm" variant="ghost" type="submit" aria-label={`Remove: away ${daysWords(days)}`}>
                      Remove
                    </Button>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {!readOnly && (
        <Form key={own.length} method="post" noValidate preventScrollReset className={styles.dialogForm}>
          <input type="hidden" name="intent" value="away" />
          <input type="hidden" name="id" value={newId} />
          <input type="hidden" name="personId" value={person.id} />
          <div className={styles.two}>
            <Field label="First day away" error={errors.from}>
              <TextInput type="date" name="from" required />
            </Field>
            <Field label="Last day away" error={errors.to}>
              <TextInput type="date" name="to" />
            </Field>
          </div>
          <Field label="Note" hint="Both sides read it." error={errors.note}>
            <TextInput name="note" />
          </Field>
          <div>
            <Button type="submit">Add days away</Button>
          </div>
        </Form>
      )}
    </section>
  );
}

function daysWords({ from, to }: DaysAway): string {
  return from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`;
}
