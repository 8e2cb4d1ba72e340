import { Link, useSearchParams } from "@remix-run/react";
import type { Matrix } from "~/domain/matrix";
import { indexOf } from "~/domain/owner";
import { shortFingerprint } from "~/domain/snapshot";
import { Board } from "../board/board";
import { TodayProvider } from "../findings/findings-context";
import { MatrixPage } from "../matrix/matrix-page";
import { Icon, Lock } from "../primitives/icon";
import { Time } from "../primitives/time";
import { Logo } from "../shell/logo";
import { SkipLink } from "../shell/skip-link";
import styles from "./shared-page.module.css";

type SharedPageProps = { matrix: Matrix; version: { number: number; status: string; publishedAt: string; fingerprint: string } | null; sharedBy: string; expiresAt: string; today: string };

/** A matrix as a link shows it: to be read, as a board or as a grid. */
export function SharedPage({ matrix, version, sharedBy, expiresAt, today }: SharedPageProps) {
  const [params] = useSearchParams();
  const grid = params.get("view") === "matrix";
  const { client, provider } = indexOf(matrix);
  return (
    <div className={styles.app} data-print="flow">
      <SkipLink />
      <header className={styles.topbar}>
        <Logo compact />
        <div className={styles.title}>
          <h1>
            <bdi>{client?.name}</bdi> and <bdi>{provider?.name}</bdi>
          </h1>
          <p>{version ? `Version ${version.number}, ${version.status} · ${shortFingerprint(version.fingerprint)}` : "Draft, not published"}</p>
        </div>
        <span className={styles.grow} />
        <p className={styles.until}>
          <Icon of={Lock} size={14} /> Read only, from <bdi>{sharedBy}</bdi>, until <Time iso={expiresAt} />
        </p>
        <nav aria-label="Views" className={styles.tabs} data-print="hide">
          <Link to="?" aria-current={grid ? undefined : "page"}>
            Board
          </Link>
          <Link to="?view=matrix" aria-current={grid ? "page" : undefined}>
            Matrix
          </Link>
        </nav>
      </header>
      <main id="content" tabIndex={-1} className={styles.main} data-print="flow">
        <TodayProvider today={today}>{grid ? <MatrixPage matrix={matrix} editor={null} /> : <Board matrix={matrix} editor={null} />}</TodayProvider>
      </main>
    </div>
  );
}
