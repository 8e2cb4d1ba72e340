import { dutyFindings } from "~/domain/findings/findings";
import type { Duty } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { useFindings } from "../findings/findings-context";
import { SeverityMark } from "../marks/severity-mark";
import { Button } from "../primitives/button";
import { Link } from "../primitives/router";
import styles from "./drawer.module.css";

/** The findings of the open duty, each with its first fix. */
export function FindingsBlock({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const { facts } = useFindings();
  const open = dutyFindings(editor.matrix, duty, facts).filter(({ accepted }) => !accepted);
  if (open.length === 0) return null;
  return (
    <section className={styles.panel} aria-label="Findings">
      {open.map(({ key, severity, title, fixes: [first] }) => (
        <div key={key} className={styles.party}>
          <SeverityMark severity={severity} label={severity} />
          <b>{title}</b>
          {first && "commands" in first ? (
            <Button size="sm" onClick={() => editor.run(first.commands, first.label)}>
              {first.label}
            </Button>
          ) : (
            <span />
          )}
        </div>
      ))}
      <p className={styles.note}>
        <Link to={paths.findings(editor.matrixId)}>All findings</Link>
      </p>
    </section>
  );
}
