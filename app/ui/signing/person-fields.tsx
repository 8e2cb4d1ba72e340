import { useId, useState } from "react";
import type { Candidate } from "~/domain/signing/signing-view";
import { Field, TextInput } from "../primitives/form/field";
import styles from "./dialogs.module.css";

type PersonFieldsProps = {
  suffix: string;
  candidates: readonly Candidate[];
  errors: Record<string, string>;
  start?: Candidate;
  autoFocus?: boolean;
};

/** Name, title and address of a signatory. A known address fills in the other fields. */
export function PersonFields({ suffix, candidates, errors, start, autoFocus }: PersonFieldsProps) {
  const list = useId();
  const [person, setPerson] = useState({
    name: start?.name ?? "",
    title: start?.title ?? "",
    email: start?.email ?? "",
  });
  function setEmail(email: string) {
    const known = candidates.find((one) => one.email === email.trim().toLowerCase());
    setPerson((before) =>
      known ? { name: known.name, title: known.title || before.title, email } : { ...before, email },
    );
  }
  return (
    <div className={styles.person}>
      <Field label="E-mail" error={errors[`email${suffix}`]}>
        <TextInput
          type="email"
          name={`email${suffix}`}
          value={person.email}
          list={list}
          required
          autoFocus={autoFocus}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <datalist id={list}>
        {candidates.map(({ email, name }) => (
          <option key={email} value={email}>
            {name}
          </option>
        ))}
      </datalist>
      <Field label="Name" error={errors[`name${suffix}`]}>
        <TextInput
          name={`name${suffix}`}
          value={person.name}
          required
          onChange={(event) => setPerson({ ...person, name: event.target.value })}
        />
      </Field>
      <Field label="Title" error={errors[`title${suffix}`]}>
        <TextInput
          name={`title${suffix}`}
          value={person.title}
          onChange={(event) => setPerson({ ...person, title: event.target.value })}
        />
      </Field>
    </div>
  );
}
