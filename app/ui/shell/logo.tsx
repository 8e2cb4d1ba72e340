import { paths } from "~/paths";
import { classNames } from "../primitives/class-names";
import { Link } from "../primitives/router";
import styles from "./logo.module.css";

/** The logo, two halves and the line between them, as a link to the home page. `compact` hides the word on a phone. */
export function Logo({ compact = false }: { compact?: boolean }) {
  return (
    <Link to={paths.home()} className={styles.logo} aria-label="Demarc, all engagements" title="All engagements">
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path d="M1 4.5A1.5 1.5 0 0 1 2.5 3H8v14H2.5A1.5 1.5 0 0 1 1 15.5z" fill="var(--ink)" />
        <path
          d="M12 3.75h5.5a.75.75 0 0 1 .75.75v11a.75.75 0 0 1-.75.75H12z"
          fill="none"
          stroke="var(--ink)"
          strokeWidth="1.5"
        />
        <path d="M10 .5v19" stroke="var(--ink)" strokeWidth="1.25" strokeDasharray="2 1.5" />
      </svg>
      <span className={classNames(compact && styles.word)}>Demarc</span>
    </Link>
  );
}
