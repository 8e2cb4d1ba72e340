import type { PathCalls, ShownCall, ShownStep } from "~/domain/escalation/calls-words.server";
import type { ShownDecision } from "~/domain/scenario/scenario-answer";
import { PartyMark } from "../../marks/party-mark";
import { classNames } from "../../primitives/class-names";
import { Check, CircleAlert, Icon } from "../../primitives/icon";
import styles from "./scenario.module.css";

type TimelineProps = { calls: PathCalls; decision: ShownDecision | null };

/** The calls of a path in the order of time: who, by which channel, and whether somebody is there. */
export function CallTimeline({ calls: { steps, lastResort }, decision }: TimelineProps) {
  return (
    <ol className={styles.calls} aria-label="Who is called when">
      {steps.flatMap((step, i) =>
        step.calls.map((call, j) => (
          <CallRow
            key={`${i} ${j}`}
            call={call}
            step={step}
            leads={j === 0}
            anotherDay={j === 0 && step.day !== steps[i - 1]?.day && i > 0}
            first={decision !== null && decision.roleId === call.roleId && isAt(step, decision)}
          />
        )),
      )}
      <li className={styles.call}>
        <Moment at={lastResort} anotherDay={lastResort.day !== steps.at(-1)?.day && steps.length > 0} />
        <span className={styles.dot} />
        <div className={styles.who}>
          <b>Last resort</b>
          <p className={styles.quiet} dir="auto">
            {lastResort.sentence}
          </p>
        </div>
      </li>
    </ol>
  );
}

type Moment = { time: string; day: string };
const isAt = (one: Moment, other: Moment) => one.time === other.time && one.day === other.day;

function Moment({ at, anotherDay }: { at: Moment; anotherDay: boolean }) {
  return (
    <p className={styles.time}>
      {at.time}
      {anotherDay && <span className={styles.quiet}>{at.day}</span>}
    </p>
  );
}

type RowProps = {
  call: ShownCall;
  step: ShownStep;
  /** Whether it is the first call of its level. */
  leads: boolean;
  anotherDay: boolean;
  /** Whether this is who can decide first. */
  first: boolean;
};

function CallRow({ call: { role, party, answers, why, mayDecide }, step, leads, anotherDay, first }: RowProps) {
  const [answer, ...more] = answers;
  return (
    <li className={classNames(styles.call, !answer && styles.nobody)}>
      <Moment at={step} anotherDay={anotherDay} />
      <span className={styles.dot}>
        <PartyMark kind={party?.kind ?? "none"} />
      </span>
      <div className={styles.who}>
        <b>{answer ? <bdi>{answer.name}</bdi> : "Nobody"}</b>
        <p className={styles.quiet}>
          <bdi>{role}</bdi>
          {party && (
            <>
              , <bdi>{party.name}</bdi>
            </>
          )}
          {answer && `, by ${answer.channel}`}
          {more.length > 0 && (
            <>
              ; then <bdi>{more.map(({ name }) => name).join(", ")}</bdi>
            </>
          )}
          {first ? ". First who can decide" : mayDecide ? ". May decide" : ""}
        </p>
        {leads && (
          <p className={styles.quiet}>
            {step.level}
            {step.passedOver && ": nobody is reached, so the next one is called at once"}
          </p>
        )}
      </div>
      <span className={classNames(styles.state, answer ? styles.good : styles.bad)}>
        <Icon of={answer ? Check : CircleAlert} size={14} />
        {answer ? answer.state : why}
      </span>
    </li>
  );
}
