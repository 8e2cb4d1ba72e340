import type { ReactNode } from "react";
import { CircleAlert } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Logo } from "../shell/logo";
import { SkipLink } from "../shell/skip-link";
import styles from "./account.module.css";

type AccountCardProps = { title: string; lead?: ReactNode; error?: string; below?: ReactNode; children: ReactNode };

/** The frame of the pages before sign-in: a card in the middle with one task. */
export function AccountCard({ title, lead, error, below, children }: AccountCardProps) {
  return (
    <div className={styles.ground}>
      <SkipLink />
      <header className={styles.brand}>
        <Logo />
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        <section className={styles.card} aria-labelledby="card-title">
          <header>
            <h1 id="card-title">{title}</h1>
            {lead && <p className={styles.lead}>{lead}</p>}
          </header>
          {error && (
            <Notice icon={CircleAlert} tone="alert" formError>
              {error}
            </Notice>
          )}
          {children}
        </section>
        {below && <div className={styles.below}>{below}</div>}
      </main>
    </div>
  );
}
