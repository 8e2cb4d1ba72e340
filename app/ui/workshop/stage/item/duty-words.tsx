import type { CurrentView, PlanView } from "~/domain/workshop/view/view-types";
import { classNames } from "../../../primitives/class-names";
import styles from "./duty.module.css";

/** From these lengths on a text is set smaller, so that it stays on one screen with what stands below it. */
const LONG = 90;
const VERY_LONG = 180;

const COMPROMISES = { conscious: "a compromise on purpose", accident: "nobody decided that" };

/** What is talked about, to be read from five metres; before the reveal with its question and how it is today. */
export function DutyWords({
  row,
  current,
  planned,
  withQuestion,
}: {
  row: PlanView;
  current: CurrentView;
  planned: number;
  withQuestion: boolean;
}) {
  const { text, domain, code } = row;
  const { place, question, doneWhen, today, reserved } = current;
  const length = text.length > VERY_LONG ? "very-long" : text.length > LONG ? "long" : "short";
  const known = [
    today.how,
    today.compromise && COMPROMISES[today.compromise],
    today.tried && `Tried: ${today.tried}`,
    today.risk && `Known risk: ${today.risk}`,
  ].filter(Boolean);
  const what = row.subject.kind === "duty" ? "duty" : "path";
  return (
    <div>
      <p className={styles.where}>
        <b>{domain}</b>
        <span>
          {what} {place} of {planned}
        </span>
        {code !== "" && <span translate="no">{code}</span>}
        {reserved && <span>reserved</span>}
      </p>
      <h1 className={classNames(styles.text, !withQuestion && styles.small)} data-length={length} dir="auto">
        {text}
      </h1>
      {withQuestion && (
        <>
          {question !== "" && (
            <p className={styles.question} dir="auto">
              {question}
            </p>
          )}
          {doneWhen !== "" && (
            <p className={styles.fact} dir="auto">
              <span>Done when</span> {doneWhen}
            </p>
          )}
          {known.length > 0 && (
            <p className={styles.fact} dir="auto">
              <span>Today</span> {known.join(" · ")}
            </p>
          )}
        </>
      )}
    </div>
  );
}
