import { useNavigation } from "../primitives/router";
import styles from "./navigation-progress.module.css";

/** A thin line on top while a page or a form is under way, and the word for it where nothing is seen. */
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
