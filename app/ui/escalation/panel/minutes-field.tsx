import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { minuteWords } from "~/domain/minute-words";
import { reject, type Result } from "~/domain/result";
import { useTextEdit } from "../../editor/use-text-edit";
import { Field, TextInput } from "../../primitives/form/field";
import { minutesTyped } from "../escalation-view";

type MinutesProps = {
  label: string;
  value: number | null;
  /** The least it may be. Where nothing may be said, an empty field says nothing. */
  least: 0 | 1;
  optional: boolean;
  save: (minutes: number | null) => Result<Matrix>;
};

/** A number of minutes that is saved on leaving, with what it is in words. */
export function MinutesField({ label, value, least, optional, save }: MinutesProps) {
  const { error, control } = useTextEdit({
    value: value === null ? "" : String(value),
    save(text) {
      const minutes = minutesTyped(text, least);
      return minutes === undefined || (minutes === null && !optional)
        ? reject(
            "minutes",
            `Write whole minutes from ${least} to ${LIMITS.pathMinutes.toLocaleString("en-GB")}${optional ? ", or nothing" : ""}.`,
          )
        : save(minutes);
    },
  });
  const typed = minutesTyped(control.value, least);
  const hint = typed && typed >= 60 ? `In minutes: ${typed} are ${minuteWords(typed)}` : "In minutes";
  return (
    <Field label={label} hint={hint} error={error}>
      <TextInput {...control} inputMode="numeric" />
    </Field>
  );
}
