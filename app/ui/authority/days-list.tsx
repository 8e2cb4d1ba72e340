import { useId, useState, type FormEvent, type ReactNode } from "react";
import { dayWords } from "~/domain/day-words";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Result } from "~/domain/result";
import { Button } from "../primitives/button";
import { Field, FieldError, TextInput } from "../primitives/form/field";
import { Icon, Plus, Trash2 } from "../primitives/icon";
import styles from "./authority.module.css";

type DaysListProps = {
  heading: string;
  none: string;
  days: readonly string[];
  /** What stands beside a day, such as the holiday's name. */
  textOf?: (day: string) => ReactNode;
  /** The label of the name that a day is added with; without it days have none. */
  nameLabel?: string;
  button: string;
  onAdd: (day: string, name: string) => Result<Matrix>;
  onRemove: (day: string) => void;
};

/** Days in their order, each of which can be taken out, and a form that adds one. */
export function DaysList({ heading, none, days, textOf, nameLabel, button, onAdd, onRemove }: DaysListProps) {
  const [day, setDay] = useState("");
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const id = useId();

  function add(event: FormEvent) {
    event.preventDefault();
    if (day === "") return setError("Choose a day first.");
    if (days.includes(day)) return setError(`${dayWords(day)} is in the list already. Take it out first.`);
    const result = onAdd(day, name);
    setError(result.ok ? null : result.rejection.message);
    if (!result.ok) return;
    setDay("");
    setName("");
  }

  return (
    <div className={styles.dated} role="group" aria-label={heading}>
      <h3>{heading}</h3>
      {days.length === 0 && <p>{none}</p>}
      <ul>
        {[...days].sort().map((one) => (
          <li key={one}>
            <span className={styles.date}>{dayWords(one)}</span>
            <span className={styles.text}>{textOf?.(one)}</span>
            <Button
              variant="ghost"
              icon={<Icon of={Trash2} />}
              aria-label={`Take ${dayWords(one)} out`}
              title={`Take ${dayWords(one)} out`}
              onClick={() => onRemove(one)}
            />
          </li>
        ))}
      </ul>
      <form className={styles.addDay} onSubmit={add} aria-describedby={error ? id : undefined}>
        <Field label="Day">
          <TextInput type="date" value={day} onChange={({ target }) => setDay(target.value)} />
        </Field>
        {nameLabel !== undefined && (
          <Field label={nameLabel} className={styles.grow}>
            <TextInput value={name} onChange={({ target }) => setName(target.value)} />
          </Field>
        )}
        <Button type="submit" icon={<Icon of={Plus} />}>
          {button}
        </Button>
        {error && <FieldError id={id}>{error}</FieldError>}
      </form>
    </div>
  );
}
