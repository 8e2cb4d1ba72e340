import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { amountWords } from "~/domain/parts/authorities";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { roleWordsOr } from "~/domain/parts/role-of";
import { Field, Select } from "../primitives/form/field";
import type { DutyEdit } from "./duty-edit";

/** By which agreed authority a duty is decided, with who may approve up to how much. */
export function AuthorityField({ duty, edit, matrix }: { duty: Duty; edit: DutyEdit; matrix: Matrix }) {
  const { authorities } = matrix;

  function choose(authorityId: string | null) {
    const name = authorities.find(({ id }) => id === authorityId)?.name;
    edit({ authorityId }, name === undefined ? "No authority is named" : `The authority is ${name}`);
  }

  return (
    <Field label={DUTY_FIELDS.authorityId.label} hint={hintOf(matrix, duty)}>
      <Select value={duty.authorityId ?? ""} onChange={({ target }) => choose(target.value || null)}>
        <option value="">None</option>
        {authorities.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function hintOf(matrix: Matrix, { authorityId }: Duty): string {
  if (matrix.authorities.length === 0) return "There is no authority yet. Add one on the page Authority.";
  const authority = matrix.authorities.find(({ id }) => id === authorityId);
  if (!authority) return "Who may approve it, as agreed on the page Authority";
  const { roleId, deputyId, upTo, currency } = authority;
  return [
    roleWordsOr("Nobody yet", roleId, matrix),
    deputyId === null ? "" : `else ${roleWordsOr("", deputyId, matrix)}`,
    upTo === null ? "without a limit of money" : `up to ${amountWords(upTo)} ${currency}`,
  ]
    .filter(Boolean)
    .join(", ");
}
