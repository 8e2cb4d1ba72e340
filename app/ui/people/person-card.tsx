import { dayWords } from "~/domain/day-words";
import type { Matrix } from "~/domain/matrix/matrix";
import { isStale, STALE_DAYS, type Person } from "~/domain/people/people";
import { paths } from "~/paths";
import { classNames } from "../primitives/class-names";
import { Link } from "../primitives/router";
import { ContactWays } from "./contact-ways";
import { clockIn } from "./local-time";
import { rolesOf, type PeopleFacts } from "./people-view";
import styles from "./people.module.css";

type CardProps = {
  person: Person;
  /** Null if people have no page of their own here. */ matrixId: string | null;
  matrix: Matrix;
  facts: PeopleFacts;
  now: Date;
  today: string;
  open: boolean;
};

/** One person in the list: name, roles, contact, and the local time. */
export function PersonCard({ person, matrixId, matrix, facts, now, today, open }: CardProps) {
  const roles = rolesOf(matrix, facts, person.id);
  const deputy = facts.people.find(({ id }) => id === person.deputyId);
  const clock = person.timeZone === "" ? "" : clockIn(person.timeZone, now);
  return (
    <li className={classNames(styles.card, open && styles.open)}>
      <div className={styles.cardHead}>
        <h3 className={styles.name}>
          {matrixId === null ? (
            <bdi>{person.name}</bdi>
          ) : (
            <Link
              to={paths.people(matrixId, { person: person.id })}
              preventScrollReset
              aria-current={open || undefined}
            >
              <bdi>{person.name}</bdi>
            </Link>
          )}
        </h3>
        {person.title && (
          <bdi translate="yes" className={styles.quiet}>
            {person.title}
          </bdi>
        )}
      </div>
      {roles.length > 0 && (
        <ul className={styles.roles} aria-label={`Roles of ${person.name}`}>
          {roles.map(({ role }) => (
            <li key={role.id}>{role.name}</li>
          ))}
        </ul>
      )}
      <ContactWays person={person} />
      {(person.hours || clock) && (
        <p className={styles.quiet}>
          {person.hours && <bdi translate="yes">{person.hours}</bdi>}
          {person.hours && clock && " · "}
          {clock && <span title={person.timeZone}>{clock} there now</span>}
        </p>
      )}
      <p className={styles.quiet}>
        {deputy && <>Deputy: {deputy.name} · </>}
        <VerifiedWords lastVerified={person.lastVerified} today={today} />
      </p>
    </li>
  );
}

/** When a contact was last checked, with a quiet hint if that was long ago. */
export function VerifiedWords({ lastVerified, today }: { lastVerified: string | null; today: string }) {
  if (lastVerified === null) return <>Not verified yet</>;
  return (
    <>
      Verified {dayWords(lastVerified)}
      {isStale(lastVerified, today) && `, more than ${STALE_DAYS} days ago`}
    </>
  );
}
