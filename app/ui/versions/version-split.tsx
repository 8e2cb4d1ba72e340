import type { ReactNode } from "react";
import styles from "./version-split.module.css";

/** A version's board, with how it stands with its signatures beside it; above it where there is little room. */
export function VersionSplit({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.split} data-print="flow">
      <div className={styles.board}>{children}</div>
      {aside}
    </div>
  );
}
