import { useNavigation } from "../primitives/router";
import styles from "./navigation-progress.module.css";

/** A thin line at the top while a page loads or a form is sent, and a word for screen readers. */
export function NavigationProgress() {
  const busy = useNavigation().state !== "idle";
  return (
    <div className={styles.track} data-busy={busy || undefined} data-print="hide">
      <div className={styles.line} />
      <span className="vh" role="status">
        {busy ? "Loading" : ""}
      </span>
    </div>
  );
}
