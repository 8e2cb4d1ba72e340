import { isStruck } from "~/domain/agreement/agreement";
import { holdersOf, lettersOf, LETTER_WORDS } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty, Role } from "~/domain/matrix/shapes";
import type { Person } from "~/domain/people/people";
import { ContactWays } from "../people/contact-ways";
import { clockIn } from "../people/local-time";
import { peopleBehind, type PeopleFacts } from "../people/people-view";
import styles from "../look-up/look-up.module.css";

/** The roles that answer for a duty or do it, whose holders are to be called; nobody of one that is struck from who does what. */
function rolesToCall(matrix: Matrix, duty: Duty): Role[] {
  if (isStruck(duty)) return [];
  const ids = new Set([...holdersOf(duty, "A"), ...holdersOf(duty, "R")]);
  return matrix.roles.filter(({ id }) => ids.has(id));
}

/** Whom to call about a duty, in one line: "IT lead: Priya Shah, 020 7946 0123". Empty while nobody holds any role. */
export function whoWords(matrix: Matrix, duty: Duty, people: PeopleFacts): string {
  if (people.held.length === 0) return "";
  const said = rolesToCall(matrix, duty).map((role) => {
    const names = peopleBehind(people, role.id).map(({ name, phones, email }) =>
      [name, phones[0]?.number ?? email].filter(Boolean).join(", "),
    );
    return `${role.name}: ${names.join("; ") || "vacant"}`;
  });
  return said.join(" · ");
}

/**
 * How to reach the people who answer for a duty or do it: each person once, with links for all numbers and addresses.
 */
export function Reach({ matrix, duty, people }: { matrix: Matrix; duty: Duty; people: PeopleFacts }) {
  if (people.held.length === 0) return null;
  const roles = rolesToCall(matrix, duty);
  const words = (role: Role) =>
    `${role.name} ${lettersOf(duty, role.id)
      .filter((letter) => letter === "A" || letter === "R")
      .map((letter) => LETTER_WORDS[letter].verb)
      .join(" and ")}`;
  const behind = new Map<Person, string[]>();
  for (const role of roles)
    for (const person of peopleBehind(people, role.id))
      behind.set(person, [...(behind.get(person) ?? []), words(role)]);
  const vacant = roles.filter(({ id }) => people.vacant.has(id));
  if (roles.length === 0) return null;
  return (
    <section className={styles.reach} aria-label={`How to reach who has ${duty.code}`}>
      <h3>How to reach who has {duty.code}</h3>
      <ul>
        {[...behind].map(([person, said]) => (
          <li key={person.id}>
            <p>
              <b>
                <bdi>{person.name}</bdi>
              </b>{" "}
              <span dir="auto">{said.join(", ")}</span>
            </p>
            {(person.hours || person.timeZone) && (
              <p className={styles.status}>
                {[person.hours, person.timeZone && `${clockIn(person.timeZone, new Date())} there now`]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            )}
            <ContactWays person={person} />
          </li>
        ))}
        {vacant.length > 0 && (
          <li>
            <p>
              <span dir="auto">Vacant: {vacant.map(words).join(", ")}</span>
            </p>
          </li>
        )}
      </ul>
    </section>
  );
}
