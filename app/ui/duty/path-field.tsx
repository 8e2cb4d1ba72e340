import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { Field, Select } from "../primitives/form/field";
import type { DutyEdit } from "./duty-edit";

/** Which escalation path applies to a duty: its own, or that of its domain. */
export function PathField({ duty, edit, matrix }: { duty: Duty; edit: DutyEdit; matrix: Matrix }) {
  const named = (pathId: string | null | undefined) => matrix.paths.find(({ id }) => id === pathId)?.name;
  const inherited = named(matrix.domains.find(({ id }) => id === duty.domainId)?.pathId);

  function choose(pathId: string | null) {
    edit({ pathId }, pathId === null ? "The path of its domain applies" : `${named(pathId) ?? "A path"} applies`);
  }

  return (
    <Field label={DUTY_FIELDS.pathId.label} hint={hintOf(matrix, duty, inherited)}>
      <Select value={duty.pathId ?? ""} onChange={({ target }) => choose(target.value || null)}>
        <option value="">{inherited ? `As its domain: ${inherited}` : "None, as its domain"}</option>
        {matrix.paths.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function hintOf({ paths }: Matrix, { pathId }: Duty, inherited: string | undefined): string {
  if (paths.length === 0) return "There is no path yet. Add one on the page Escalation.";
  if (pathId !== null) return inherited ? `Its own; its domain names ${inherited}` : "Its own; its domain names none";
  return inherited ? "Inherited from its domain" : "No path applies: neither the duty nor its domain names one.";
}
