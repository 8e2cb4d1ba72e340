import type { ReactNode } from "react";
import type { SigningPage } from "~/domain/signing/signing-view";
import { indexOf } from "~/domain/matrix/owner";
import { Logo } from "../../shell/logo";
import { SkipLink } from "../../shell/skip-link";
import styles from "./sign-page.module.css";

/** The frame of a signing page that was opened by a personal link. */
export function LinkFrame({ page, children }: { page: SigningPage; children: ReactNode }) {
  const { client, provider } = indexOf(page.matrix);
  return (
    <div className={styles.ground}>
      <SkipLink />
      <header className={styles.brand}>
        <Logo compact />
        <p>
          <bdi>{client?.name}</bdi> and <bdi>{provider?.name}</bdi>
        </p>
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  );
}
