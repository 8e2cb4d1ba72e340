import { paths } from "~/paths";
import type { RecordView } from "~/services/access/record.server";
import { byDay } from "../activity/activity-page";
import styles from "../activity/activity-page.module.css";
import { ButtonLink } from "../primitives/button";
import { Download, Icon } from "../primitives/icon";
import { Empty } from "../primitives/empty";
import { Day, Time, useDayOf } from "../primitives/time";

type RecordProps = RecordView & { matrixId: string };

/**
 * The access record, newest first: who was given access by whom, and what was downloaded. Entries are never removed.
 */
export function RecordPage({ matrixId, entries, older }: RecordProps) {
  const dayOf = useDayOf();
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>Record</h1>
        <div className={styles.filters}>
          <ButtonLink
            size="sm"
            icon={<Icon of={Download} size={14} />}
            to={paths.exportRecord(matrixId, "csv")}
            reloadDocument
          >
            CSV
          </ButtonLink>
          <ButtonLink
            size="sm"
            icon={<Icon of={Download} size={14} />}
            to={paths.exportRecord(matrixId, "jsonl")}
            reloadDocument
          >
            JSON lines
          </ButtonLink>
        </div>
      </header>
      {entries.length === 0 && (
        <Empty title="Nothing is recorded yet.">
          Invitations, changes of access, sign-ins, links and downloads are listed here.
        </Empty>
      )}
      {byDay(entries, dayOf).map(([day, ofDay]) => (
        <section key={day} className={styles.day} aria-label={day}>
          <h2>
            <Day day={day} />
          </h2>
          <ol className={styles.panel}>
            {ofDay.map(({ id, at, actorName, sentence }) => (
              <li key={id} className={styles.row}>
                <p className={styles.who}>
                  <b>
                    <bdi>{actorName}</bdi>
                  </b>{" "}
                  <Time iso={at} withTime />
                </p>
                <p dir="auto">{sentence}</p>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {older && (
        <p className={styles.older}>
          <ButtonLink to={`${paths.record(matrixId)}?before=${encodeURIComponent(older)}`}>Older</ButtonLink>
        </p>
      )}
    </div>
  );
}
