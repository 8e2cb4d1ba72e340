import { agreedWords } from "~/domain/changes/field-words";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { PATH_FIELDS } from "~/domain/parts/paths";
import styles from "./escalation-page.module.css";

const { examples, handover, lastResort } = PATH_FIELDS;

/** The texts of a path below its ladder. What isn't said is left out. */
export function PathFacts({ path, matrix }: { path: EscalationPath; matrix: Matrix }) {
  const said = agreedWords(path, { examples, handover, lastResort }, matrix);
  if (said.length === 0) return null;
  return (
    <dl className={styles.texts}>
      {said.map(({ field, label, text }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd dir="auto">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
