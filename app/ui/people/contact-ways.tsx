import type { Person } from "~/domain/people/people";
import { paths } from "~/paths";
import styles from "./people.module.css";

/** The ways to reach a person, each a link that writes or calls. */
export function ContactWays({ person: { email, phones } }: { person: Pick<Person, "email" | "phones"> }) {
  if (email === "" && phones.length === 0) return <p className={styles.quiet}>No way to reach written down.</p>;
  return (
    <ul className={styles.ways}>
      {phones.map(({ label, number }, i) => (
        <li key={`${i} ${number}`}>
          {label && <span className={styles.quiet}>{label} </span>}
          <a href={paths.call(number)}>{number}</a>
        </li>
      ))}
      {email && (
        <li>
          <a href={paths.mail(email)}>{email}</a>
        </li>
      )}
    </ul>
  );
}
