import { agreedWords } from "~/domain/changes/field-words";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import styles from "./drawer.module.css";

/** What is agreed of a duty besides its code, its words and its domain, which stand above. */
const { code: _code, text: _text, domainId: _domainId, ...BESIDE_NAME } = DUTY_FIELDS;

/** The fields of a duty in a version, read-only. What isn't said, or goes without saying, is left out. */
export function DutyFacts({ matrix, duty }: { matrix: Matrix; duty: Duty }) {
  return (
    <dl className={styles.facts}>
      {agreedWords(duty, BESIDE_NAME, matrix).map(({ field, label, text }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd dir="auto">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
