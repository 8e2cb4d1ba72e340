import type { FeedRow } from "~/services/access/calendars.server";
import { Button } from "../primitives/button";
import { CalendarClock, Icon } from "../primitives/icon";
import { Form } from "../primitives/router";
import { Time } from "../primitives/time";
import styles from "./access-page.module.css";

/** The private addresses of calendars that the reader may end: an owner everybody's, others their own. */
export function CalendarsPanel({ calendars }: { calendars: FeedRow[] }) {
  return (
    <section className={styles.panel} aria-label={`Calendars, ${calendars.length}`}>
      <header className={styles.panelHead}>
        <Icon of={CalendarClock} />
        <h2>Calendars</h2>
        <span className={styles.count}>{calendars.length}</span>
      </header>
      <ul>
        {calendars.map((calendar) => (
          <CalendarItem key={calendar.id} calendar={calendar} />
        ))}
      </ul>
    </section>
  );
}

function CalendarItem({ calendar: { id, person, madeBy, own, madeAt, fetchedAt } }: { calendar: FeedRow }) {
  const called = person === null ? "Conversations" : `Turns of ${person}`;
  return (
    <li className={styles.linkRow}>
      <div className={styles.who}>
        <p>
          <b>
            <bdi translate="yes">{called}</bdi>
          </b>
        </p>
        <p className={styles.quiet}>
          A private address, by {own ? "you" : <bdi>{madeBy}</bdi>}, since <Time iso={madeAt} />.{" "}
          {fetchedAt ? (
            <>
              Fetched last <Time iso={fetchedAt} withTime />
            </>
          ) : (
            "Not fetched yet"
          )}
          .
        </p>
      </div>
      <Form method="post">
        <input type="hidden" name="calendarId" value={id} />
        <Button
          type="submit"
          size="sm"
          variant="ghost"
          name="intent"
          value="end-calendar"
          aria-label={`End the calendar ${called}, made by ${madeBy}`}
        >
          End it
        </Button>
      </Form>
    </li>
  );
}
