import type { ReactNode } from "react";
import styles from "./account-page.module.css";

type SectionProps = { id: string; title: string; lead?: ReactNode; children?: ReactNode };

/** A section of the account page: the explanation beside the form. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} className={styles.section} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {lead && <p>{lead}</p>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
