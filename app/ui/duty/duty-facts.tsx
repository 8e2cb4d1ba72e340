import { agreedWords } from "~/domain/changes/field-words";
import { kindWords } from "~/domain/matrix/kinds";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { appliedPathId } from "~/domain/parts/path-of";
import styles from "./drawer.module.css";

/** What is agreed of a duty besides its code, its words and its domain, which stand above, and its escalation path, which may be its domain's. */
const { code: _code, text: _text, domainId: _domainId, pathId: PATH, ...BESIDE_NAME } = DUTY_FIELDS;

/** The fields of a duty in a version, read-only. What isn't said, or goes without saying, is left out; but that no escalation path applies is said. */
export function DutyFacts({ matrix, duty }: { matrix: Matrix; duty: Duty }) {
  return (
    <dl className={styles.facts}>
      {agreedWords(duty, BESIDE_NAME, matrix).map(({ field, label, text }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd dir="auto">{text}</dd>
        </div>
      ))}
      {duty.workshopQuestion !== "" && (
        <div>
          <dt>{DUTY_FIELDS.workshopQuestion.label}</dt>
          <dd dir="auto">{duty.workshopQuestion}</dd>
        </div>
      )}
      <div>
        <dt>{DUTY_FIELDS.stance.label}</dt>
        <dd>{kindWords(duty)}</dd>
      </div>
      {matrix.paths.length > 0 && (
        <div>
          <dt>{PATH.label}</dt>
          <dd dir="auto">
            {PATH.words(appliedPathId(matrix, duty), matrix) || "None: neither the duty nor its domain names one"}
          </dd>
        </div>
      )}
    </dl>
  );
}
