import { useRef, type RefObject } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { WORDING_FIELDS } from "~/domain/parts/wording/field-names";
import { FIELD_LABELS } from "~/domain/schedule/field-labels";
import { filledIn } from "~/domain/parts/wording/fields";
import { useTextEdit } from "../editor/use-text-edit";
import { Field, TextArea } from "../primitives/form/field";
import styles from "./wording.module.css";

type FieldedTextProps = { label: string; hint?: string; matrix: Matrix } & Parameters<typeof useTextEdit>[0];

/** A text with fields in braces that is saved when it is left, with the list of fields. */
export function FieldedText({ label, hint, matrix, ...edit }: FieldedTextProps) {
  const { error, control } = useTextEdit({ ...edit, lines: true });
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div className={styles.fielded}>
      <Field label={label} hint={hint} error={error}>
        <TextArea {...control} ref={area} rows={8} />
      </Field>
      <FieldList area={area} matrix={matrix} />
    </div>
  );
}

/** The fields that a text may have, each with what it is filled with. Choosing one puts it where the text is being written. */
export function FieldList({ area, matrix }: { area: RefObject<HTMLTextAreaElement>; matrix: Matrix }) {
  function insert(name: string) {
    const text = area.current;
    if (!text) return;
    text.focus();
    const isAfterWord = /[\p{L}\p{N}.,;:!?}]$/u.test(text.value.slice(0, text.selectionStart));
    text.setRangeText(`${isAfterWord ? " " : ""}{${name}}`, text.selectionStart, text.selectionEnd, "end");
    // The text is controlled, and hears of what a program wrote by the event that a person's typing gives.
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  return (
    <details className={styles.fields}>
      <summary>Fields that the text may have</summary>
      <ul>
        {WORDING_FIELDS.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => insert(name)} aria-label={`Insert {${name}}: ${FIELD_LABELS[name]}`}>
              {`{${name}}`}
            </button>
            <span>
              {FIELD_LABELS[name]}: <bdi translate="yes">{filledIn(`{${name}}`, matrix)}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
