import type { ReactNode } from "react";
import styles from "./version-split.module.css";

/** A version's board with its sign-off beside it, or above it on narrow screens. */
export function VersionSplit({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.split} data-print="flow">
      <div className={styles.board}>{children}</div>
      {aside}
    </div>
  );
}
