import { changeOwner, type DrillChange } from "~/domain/escalation/drills";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import type { ListedDrill } from "~/services/people/drills.server";
import { Button, ButtonLink } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Check, CircleAlert, CircleDashed, Icon } from "../primitives/icon";
import { Form, Link } from "../primitives/router";
import { Day, Time } from "../primitives/time";
import styles from "./drills.module.css";

type CardProps = { drill: ListedDrill; matrix: Matrix; matrixId: string; today: string; readOnly: boolean };

/** One drill: what was tried and by whom, what was learned, and what should change. */
export function DrillCard({ drill, matrix, matrixId, today, readOnly }: CardProps) {
  return (
    <article className={styles.card} aria-labelledby={`${drill.id}-title`}>
      <header className={styles.cardHead}>
        <div>
          <h2 id={`${drill.id}-title`}>
            <bdi translate="yes">{drill.scenario}</bdi>
          </h2>
          <p className={styles.quiet}>
            <Day day={drill.day} /> · recorded by <bdi>{drill.recordedByName}</bdi>, <Time iso={drill.recordedAt} />
            {drill.matrixId !== matrixId && (
              <>
                {" "}
                · tried on <bdi translate="yes">{drill.matrixTitle}</bdi>
              </>
            )}
          </p>
        </div>
        <div className={styles.cardActs} data-print="hide">
          {drill.query && (
            <ButtonLink
              size="sm"
              to={paths.escalation(drill.matrixId, Object.fromEntries(new URLSearchParams(drill.query)))}
            >
              Try it again
            </ButtonLink>
          )}
          {!readOnly && drill.correctable && (
            <>
              <ButtonLink size="sm" variant="ghost" to={paths.drills(matrixId, { edit: drill.id })}>
                Correct
              </ButtonLink>
              <ButtonLink size="sm" variant="ghost" to={paths.drills(matrixId, { delete: drill.id })}>
                Delete
              </ButtonLink>
            </>
          )}
        </div>
      </header>
      <dl className={styles.facts}>
        <dt>Took part</dt>
        <dd>
          <bdi translate="yes">{drill.tookPart.join(", ")}</bdi>
        </dd>
        <dt>Learned</dt>
        <dd dir="auto" translate="yes" className={styles.text}>
          {drill.learned || <span className={styles.quiet}>Nothing was written down.</span>}
        </dd>
      </dl>
      {drill.changes.length > 0 && (
        <section className={styles.changes} aria-label="To change">
          <h3>To change</h3>
          <ul>
            {drill.changes.map((change) => (
              <ChangeRow
                key={change.id}
                change={change}
                owner={changeOwner(matrix, change)}
                drillId={drill.id}
                today={today}
                readOnly={readOnly}
              />
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

type RowProps = { change: DrillChange; owner: string; drillId: string; today: string; readOnly: boolean };

function ChangeRow({ change, owner, drillId, today, readOnly }: RowProps) {
  const { id, text, done } = change;
  return (
    <li>
      <div>
        <p dir="auto" translate="yes" className={classNames(done !== null && styles.done)}>
          {text}
        </p>
        <ChangeState change={change} owner={owner} today={today} />
      </div>
      {!readOnly && (
        <Form method="post" preventScrollReset data-print="hide">
          <input type="hidden" name="intent" value="tick" />
          <input type="hidden" name="id" value={drillId} />
          <input type="hidden" name="changeId" value={id} />
          <input type="hidden" name="done" value={done ? "no" : "yes"} />
          <input type="hidden" name="on" value={today} />
          <Button size="sm" type="submit" aria-label={`${done ? "Not done after all" : "Done"}: ${text}`}>
            {done ? "Not done after all" : "Done"}
          </Button>
        </Form>
      )}
    </li>
  );
}

/** Who sees to a change, by when, and whether it is done or overdue, in words. */
export function ChangeState({ change, owner, today }: { change: DrillChange; owner: string; today: string }) {
  const { by, done } = change;
  const overdue = done === null && by !== null && by < today;
  return (
    <p className={classNames(styles.state, done && styles.settled, overdue && styles.overdue)}>
      <Icon of={done ? Check : overdue ? CircleAlert : CircleDashed} size={14} />
      <span>
        {done ? (
          <>
            Done, says <bdi>{done.by}</bdi>, <Day day={done.on} />
          </>
        ) : (
          <>
            {owner ? <bdi translate="yes">{owner}</bdi> : "Nobody named"}
            {by === null ? (
              ", no day named"
            ) : (
              <>
                , {overdue ? "was due by " : "by "}
                <Day day={by} />
              </>
            )}
          </>
        )}
      </span>
    </p>
  );
}

/** A drill in a line, as a link to where it is listed. */
export function DrillLink({
  drill,
  matrixId,
}: {
  drill: Pick<ListedDrill, "id" | "scenario" | "day">;
  matrixId: string;
}) {
  return (
    <>
      <Link to={paths.drills(matrixId, {}, `#${drill.id}`)}>
        <bdi translate="yes">{drill.scenario}</bdi>
      </Link>
      , <Day day={drill.day} />
    </>
  );
}
