import { TODAY } from "~/domain/parts/duties";
import { paths } from "~/paths";
import { Link } from "../../primitives/router";
import type { SubjectOnBoard } from "./plan-view";
import styles from "./plan.module.css";

type FactsProps = {
  /** Null for what was deleted from the board. */
  subject: SubjectOnBoard | null;
  matrixId: string;
  /** Whether it stays in the plan because something was said about it. */
  fixed: boolean;
};

/** What is read out before anybody proposes: the question, when it is done, and how it is done today. */
export function SubjectFacts({ subject, matrixId, fixed }: FactsProps) {
  if (!subject)
    return (
      <p className={styles.facts}>
        It was deleted from the board after it was chosen.{" "}
        {fixed ? "Something was said about it, so it stays in the plan; skip it." : "Take it out of the plan."}
      </p>
    );
  if (subject.kind === "path")
    return (
      <div className={styles.facts}>
        <Fact label="When it applies" text={subject.trigger} />
        <p>
          Does it stand as it is written? <Link to={paths.escalation(matrixId)}>Look at the paths</Link>
        </p>
      </div>
    );
  const { workshopQuestion, doneWhen, today, id } = subject.duty;
  const known = [today.how, today.tried, today.risk].some(Boolean) || today.compromise !== undefined;
  return (
    <div className={styles.facts}>
      <Fact label="Question" text={workshopQuestion} missing="None is written. Write one in the duty." />
      <Fact label="Done when" text={doneWhen} missing="Nobody has said yet." />
      {today.how && <Fact label={TODAY.how.label} text={today.how} />}
      {today.tried && <Fact label={TODAY.tried.label} text={today.tried} />}
      {today.risk && <Fact label={TODAY.risk.label} text={today.risk} />}
      {today.compromise && (
        <Fact
          label={TODAY.compromise.label}
          text={today.compromise === "conscious" ? "Taken knowingly" : "Came about by accident"}
        />
      )}
      {!known && <Fact label="Today" text="" missing="How it is done today isn't noted." />}
      <p>
        <Link to={paths.duty(matrixId, id)}>Open {subject.name} on the board</Link>
      </p>
    </div>
  );
}

function Fact({ label, text, missing = "" }: { label: string; text: string; missing?: string }) {
  return (
    <p className={styles.fact}>
      <b>{label}</b>
      {text ? (
        <span dir="auto" translate="yes">
          {text}
        </span>
      ) : (
        <span className={styles.quiet}>{missing}</span>
      )}
    </p>
  );
}
