import type { ScenarioAnswer } from "~/domain/scenario/scenario-answer";
import { Button } from "../../primitives/button";
import { CircleAlert, Icon } from "../../primitives/icon";
import { CallTimeline } from "./call-timeline";
import { MayDecide } from "./may-decide";
import { DutiesApplying } from "./duties-applying";
import styles from "./scenario.module.css";

type AnswerProps = {
  answer: ScenarioAnswer;
  matrixId: string;
  shownPathId: string;
  showPath: (pathId: string) => void;
};

/** The answer to a scenario: the calls in time, what each may decide, the duties, where it breaks, and all of it in words. */
export function AnswerShown({ answer, matrixId, shownPathId, showPath }: AnswerProps) {
  const { path, calls, why, setback, byRolesAlone, breaks, words } = answer;
  return (
    <div className={styles.answer}>
      <p className={styles.note}>
        <b dir="auto" className={styles.strong}>
          {answer.scenario.title}
        </b>
        , {answer.when}, on the clocks of {answer.beginning.timeZone}.{" "}
        {path && (
          <>
            Path: <bdi>{path.name}</bdi>. {calls && <span dir="auto">{why}</span>}
          </>
        )}
        {setback && (
          <>
            {" "}
            <span dir="auto">{setback}</span>
          </>
        )}
        {byRolesAlone && " No people are known: somebody is taken to be behind each role."}
      </p>
      {path && path.id !== shownPathId && (
        <p>
          <Button size="sm" onClick={() => showPath(path.id)}>
            Show the path {path.name}
          </Button>
        </p>
      )}
      {calls && <CallTimeline calls={calls} decision={answer.decision} />}
      <section className={styles.part} aria-labelledby="breaks-title">
        <h3 id="breaks-title">Where it breaks</h3>
        {breaks.length === 0 ? (
          <p className={styles.note}>Nowhere: everybody who is needed can be reached.</p>
        ) : (
          <ul className={styles.breaks}>
            {breaks.map(({ sentence }, i) => (
              <li key={i}>
                <Icon of={CircleAlert} size={14} />
                <span dir="auto">{sentence}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <MayDecide answer={answer} />
      <DutiesApplying answer={answer} matrixId={matrixId} />
      <details className={styles.words}>
        <summary>The whole in words</summary>
        {words.map((sentence, i) => (
          <p key={i} dir="auto">
            {sentence}
          </p>
        ))}
      </details>
    </div>
  );
}
