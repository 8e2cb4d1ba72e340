import type { ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Party } from "~/domain/matrix/shapes";
import type { Result } from "~/domain/result";
import { TextField } from "../duty/text-field";
import { Field, Select } from "../primitives/form/field";
import type { ListedThing, ThingEdits } from "./thing-edits";

/** The part of a field's description that its control needs. */
type Described = { label: string; rule: { lines: boolean } | null };

type ThingTextProps<T extends ListedThing> = {
  edits: ThingEdits<T>;
  thing: T;
  field: keyof T & string;
  described: Described;
  hint?: string;
};

/** A text of an agreed thing, labelled as its description says and saved when it is left. */
export function ThingText<T extends ListedThing>({ edits, thing, field, described, hint }: ThingTextProps<T>) {
  const value = thing[field];
  return (
    <TextField
      label={described.label}
      hint={hint}
      lines={described.rule?.lines ?? false}
      value={typeof value === "string" ? value : ""}
      save={(text, was) => edits.set(thing, { [field]: text }, described.label, was)}
    />
  );
}

/** A choice of one of a few values that have names. */
export function ChoiceField<Value extends string>({
  label,
  value,
  names,
  onChoose,
}: {
  label: string;
  value: Value;
  names: Readonly<Record<Value, string>>;
  onChoose: (value: Value) => Result<Matrix>;
}) {
  const values = Object.keys(names).filter((name): name is Value => Object.hasOwn(names, name));
  return (
    <Field label={label}>
      <Select
        value={value}
        onChange={({ target }) => {
          const chosen = values.find((one) => one === target.value);
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type RoleFieldProps = {
  label: string;
  hint?: string;
  matrix: Matrix;
  roleId: string | null;
  /** Which roles are offered; the named one always is. */
  offers?: (role: { id: string }, party: Party) => boolean;
  /** The choice of nobody; null where a role is always named. */
  nobody?: string | null;
  error?: string | null;
  onChoose: (roleId: string | null) => unknown;
};

/** A choice of a role, grouped by party. */
export function RoleField({
  label,
  hint,
  matrix,
  roleId,
  offers = () => true,
  nobody = "Nobody yet",
  error = null,
  onChoose,
}: RoleFieldProps) {
  const groups = matrix.parties.flatMap((party): ReactNode[] => {
    const roles = matrix.roles.filter(
      (role) => role.partyId === party.id && (role.id === roleId || offers(role, party)),
    );
    return roles.length === 0
      ? []
      : [
          <optgroup key={party.id} label={party.name}>
            {roles.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>,
        ];
  });
  return (
    <Field label={label} hint={hint} error={error}>
      <Select value={roleId ?? ""} onChange={({ target }) => onChoose(target.value === "" ? null : target.value)}>
        {nobody !== null && <option value="">{nobody}</option>}
        {groups}
      </Select>
    </Field>
  );
}
