import { paths } from "~/paths";
import type { Activity, ActivityEntry } from "~/services/matrix/activity.server";
import { Button, ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { Field, Select } from "../primitives/form/field";
import { Form, Link, useNavigation, useSubmit } from "../primitives/router";
import { Day, Time, useDayOf } from "../primitives/time";
import styles from "./activity-page.module.css";
import { DutyChangeWords } from "./duty-change";

type ActivityProps = Activity & {
  matrixId: string;
  filter: { person: string; kind: string | null; dutyId: string; after: string | null; since: string | null };
};

/** The activity log of a matrix, newest first: who, when, and what changed. The filters are in the URL. */
export function ActivityPage({ matrixId, filter, entries, people, duty, older }: ActivityProps) {
  const submit = useSubmit();
  const dayOf = useDayOf();
  const busy = useNavigation().state === "loading";
  const filtered = Boolean(filter.person || filter.kind || filter.dutyId || filter.since);
  const more = new URLSearchParams(
    Object.entries({
      person: filter.person,
      kind: filter.kind ?? "",
      duty: filter.dutyId,
      since: filter.since ?? "",
      after: older ?? "",
    }).filter(([, value]) => value !== ""),
  );
  return (
    <div className={styles.page} aria-busy={busy}>
      <header className={styles.head}>
        <h1>Activity</h1>
        <Form
          method="get"
          className={styles.filters}
          onChange={(event) => submit(event.currentTarget, { replace: true })}
          data-print="hide"
        >
          <Field label="Person" hideLabel>
            <Select name="person" defaultValue={filter.person}>
              <option value="">Everybody</option>
              {people.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
          <Field label="Kind" hideLabel>
            <Select name="kind" defaultValue={filter.kind ?? ""}>
              <option value="">Everything</option>
              <option value="edits">Edits</option>
              <option value="people">People</option>
              <option value="workshops">Workshops</option>
              <option value="versions">Versions</option>
              <option value="downloads">Downloads</option>
            </Select>
          </Field>
          {filter.dutyId && <input type="hidden" name="duty" value={filter.dutyId} />}
          {filter.since && (
            <>
              <input type="hidden" name="since" value={filter.since} />
              <p className={styles.chosen}>
                By others since <Time iso={filter.since} withTime />
              </p>
            </>
          )}
          {duty && (
            <p className={styles.chosen}>
              {duty.code} <bdi translate="yes">{duty.text}</bdi>
            </p>
          )}
          {filtered && (
            <ButtonLink size="sm" variant="ghost" to={paths.activity(matrixId)}>
              Show everything
            </ButtonLink>
          )}
          <noscript>
            <Button type="submit">Filter</Button>
          </noscript>
        </Form>
      </header>
      {entries.length === 0 ? (
        <Empty
          title={filtered ? "Nothing matches." : "Nothing has happened yet."}
          action={filtered && <ButtonLink to={paths.activity(matrixId)}>Show everything</ButtonLink>}
        >
          {filtered
            ? "No step fits the filter."
            : "Every edit, contact, workshop, version and download is listed here, with who made it."}
        </Empty>
      ) : (
        byDay(entries, dayOf).map(([day, ofDay]) => (
          <section key={day} className={styles.day} aria-label={day}>
            <h2>
              <Day day={day} />
            </h2>
            <ol className={styles.panel}>
              {ofDay.map((entry) => (
                <ActivityRow key={entry.id} entry={entry} matrixId={matrixId} />
              ))}
            </ol>
          </section>
        ))
      )}
      {older && (
        <p className={styles.older}>
          <ButtonLink to={`${paths.activity(matrixId)}?${more.toString()}`}>Older</ButtonLink>
        </p>
      )}
    </div>
  );
}

function ActivityRow({ entry, matrixId }: { entry: ActivityEntry; matrixId: string }) {
  return (
    <li className={styles.row}>
      <p className={styles.who}>
        <b>
          <bdi>{entry.actorName}</bdi>
        </b>{" "}
        <Time iso={entry.at} withTime />
        {entry.undo && <span>took back or repeated a step</span>}
      </p>
      {entry.sentence && (
        <p>
          {entry.sentence}
          {entry.workshopId && (
            <>
              {" "}
              <Link to={paths.workshopMinutes(entry.workshopId)}>Minutes</Link>
            </>
          )}
        </p>
      )}
      {entry.duties.map((change) => (
        <p key={change.dutyId}>
          <Link to={paths.matrix(matrixId, change.dutyId)} className={styles.duty}>
            <span>{change.code}</span> <bdi translate="yes">{change.text}</bdi>
          </Link>
          <DutyChangeWords change={change} />
        </p>
      ))}
      {entry.more > 0 && <p className={styles.quiet}>And {entry.more} duties more.</p>}
      {entry.others.map((sentence) => (
        <p key={sentence} dir="auto">
          {sentence}
        </p>
      ))}
    </li>
  );
}

/** Entries by the day they were made. */
export function byDay<T extends { at: string }>(
  entries: readonly T[],
  dayOf: (iso: string) => string,
): [string, T[]][] {
  const days = new Map<string, T[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
