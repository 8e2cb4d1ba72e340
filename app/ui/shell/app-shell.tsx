import type { ReactNode } from "react";
import { AccountMenu } from "./account-menu";
import styles from "./app-shell.module.css";
import { Logo } from "./logo";
import { SkipLink } from "./skip-link";

/** The frame of the pages outside a matrix: a top bar and the page below it. */
export function AppShell({ crumb, children }: { crumb?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.app}>
      <SkipLink />
      <header className={styles.topbar} data-print="hide">
        <Logo />
        {crumb && <span className={styles.crumb}>{crumb}</span>}
        <span className={styles.grow} />
        <AccountMenu />
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  );
}
