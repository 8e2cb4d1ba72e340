import type { Matrix } from "~/domain/matrix/matrix";
import { printedClauses, printedDefinitions } from "~/domain/schedule/clauses";
import styles from "./sign-page.module.css";

/** The clauses and definitions of a version with names and terms filled in, as its files print them. */
export function SignWording({ matrix }: { matrix: Matrix }) {
  const clauses = printedClauses(matrix);
  const definitions = printedDefinitions(matrix);
  if (clauses.length === 0 && definitions.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Clauses and definitions">
      <h2>
        Clauses <span className={styles.quiet}>{clauses.length}</span>
      </h2>
      <ul className={styles.rows}>
        {clauses.map(({ title, paragraphs, struck }, i) => (
          <li key={i}>
            <h3 dir="auto">{title}</h3>
            {paragraphs.map((paragraph, at) => (
              <p key={at} dir="auto" className={struck ? styles.quiet : undefined}>
                {paragraph}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {definitions.length > 0 && (
        <>
          <h3>Definitions</h3>
          <dl className={styles.texts}>
            {definitions.map(({ term, meaning }, i) => (
              <div key={i}>
                <dt dir="auto">{term}</dt>
                <dd dir="auto">{meaning}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
