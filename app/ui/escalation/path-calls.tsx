import { useEffect, useRef, useState, type FormEvent } from "react";
import { sameJson } from "~/domain/equal";
import { localDay } from "~/domain/days";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { indexOf } from "~/domain/matrix/owner";
import { paths } from "~/paths";
import type { callsAt } from "~/services/people/path-calls.server";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Field, TextInput } from "../primitives/form/field";
import { Check, CircleAlert, Icon } from "../primitives/icon";
import { ownZone } from "../primitives/time";
import styles from "./path-calls.module.css";

type Calls = NonNullable<Awaited<ReturnType<typeof callsAt>>>;
type Step = Calls["steps"][number];

type Answer =
  | { state: "none" }
  | { state: "waiting" }
  | { state: "failed"; message: string }
  | { state: "here"; calls: Calls; path: EscalationPath };

const UNREACHED = "The answer could not be fetched. Check your connection, then press Show again.";

/** Who a path calls when it begins at a moment, which the reader chooses. */
export function PathCalls({ editor, path }: { editor: MatrixEditor; path: EscalationPath }) {
  const { matrix, matrixId } = editor;
  const timeZone = matrix.hours.find(({ partyId }) => partyId === indexOf(matrix).client?.id)?.timeZone || ownZone();
  const [day, setDay] = useState(() => localDay(new Date()));
  const [time, setTime] = useState("02:10");
  const [answer, setAnswer] = useState<Answer>({ state: "none" });
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  async function show(event: FormEvent) {
    event.preventDefault();
    asking.current?.abort();
    const asked = new AbortController();
    asking.current = asked;
    setAnswer({ state: "waiting" });
    const query = { path: path.id, day, time: time.slice(0, 5), zone: timeZone };
    const fetched = await fetchCalls(paths.calls(matrixId, query), path, asked.signal);
    if (!asked.signal.aborted) setAnswer(fetched);
  }

  return (
    <section className={styles.calls} aria-labelledby="calls-title" data-print="hide">
      <h2 id="calls-title">Who is called, at any moment</h2>
      <p className={styles.quiet}>See who is called, and when, before it happens. Times are those of {timeZone}.</p>
      <form className={styles.form} onSubmit={(event) => void show(event)}>
        <Field label="Day">
          <TextInput
            type="date"
            required
            min="2000-01-01"
            max="2100-12-31"
            value={day}
            onChange={({ target }) => setDay(target.value)}
          />
        </Field>
        <Field label="Time">
          <TextInput type="time" required value={time} onChange={({ target }) => setTime(target.value)} />
        </Field>
        <Button type="submit" loading={answer.state === "waiting"}>
          Show
        </Button>
      </form>
      <div role="status" className={styles.said}>
        {answer.state === "waiting" && "Working out who is called…"}
        {answer.state === "failed" && <span className={styles.bad}>{answer.message}</span>}
        {answer.state === "here" && answer.calls.sentence}
      </div>
      {answer.state === "here" && (
        <>
          {!sameJson(answer.path, path) && (
            <p className={styles.quiet}>The path was changed since. Press Show again.</p>
          )}
          <CallList calls={answer.calls} />
        </>
      )}
    </section>
  );
}

async function fetchCalls(address: string, path: EscalationPath, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) {
      const { message }: { message?: string } = await response.json();
      return { state: "failed", message: message ?? UNREACHED };
    }
    const calls: Calls | null = await response.json();
    return calls
      ? { state: "here", calls, path }
      : {
          state: "failed",
          message: "The path isn't stored, or was deleted. Wait until it is saved, or choose another.",
        };
  } catch {
    return { state: "failed", message: UNREACHED };
  }
}

function CallList({ calls: { steps, lastResort } }: { calls: Calls }) {
  return (
    <ol className={styles.steps} aria-label="Who is called when">
      {steps.map((step, i) => (
        <li key={i}>
          <When at={step} before={steps[i - 1]} />
          <div className={styles.level}>
            <p className={styles.quiet}>
              {step.level}
              {step.passedOver && ": reaches nobody and is passed over at once"}
            </p>
            <ul>
              {step.calls.map((call, j) => (
                <Call key={j} call={call} />
              ))}
            </ul>
          </div>
        </li>
      ))}
      <li>
        <When at={lastResort} before={steps.at(-1)} />
        <p className={styles.level}>
          <b>Last resort</b>
          <br />
          <span dir="auto">{lastResort.sentence}</span>
        </p>
      </li>
    </ol>
  );
}

/** The time of a level; its day where that isn't the one of the level before. */
function When({ at, before }: { at: Pick<Step, "time" | "day">; before: Pick<Step, "day"> | undefined }) {
  return (
    <p className={styles.when}>
      {at.time}
      {at.day !== before?.day && <span className={styles.quiet}>{at.day}</span>}
    </p>
  );
}

function Call({ call: { role, party, answers, why, mayDecide } }: { call: Step["calls"][number] }) {
  const [first, ...more] = answers;
  return (
    <li className={styles.call}>
      <PartyMark kind={party?.kind ?? "none"} className={styles.mark} />
      <div className={styles.words}>
        <b>{first ? <bdi>{first.name}</bdi> : "Nobody"}</b>
        <span className={styles.quiet}>
          <bdi>{role}</bdi>
          {party && (
            <>
              , <bdi>{party.name}</bdi>
            </>
          )}
          {first && `, by ${first.channel}`}
          {mayDecide && ", may decide"}
          {more.length > 0 && (
            <>
              ; then <bdi>{more.map(({ name }) => name).join(", ")}</bdi>
            </>
          )}
        </span>
      </div>
      <span className={classNames(styles.state, first ? styles.good : styles.bad)}>
        <Icon of={first ? Check : CircleAlert} size={14} />
        {first ? first.state : why}
      </span>
    </li>
  );
}
