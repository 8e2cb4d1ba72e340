import type { ReactNode } from "react";
import { CircleAlert } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import styles from "./phone.module.css";

/** A sentence with what can be done about it. */
export function ActionNotice({ action, children }: { action: ReactNode; children: ReactNode }) {
  return (
    <Notice icon={CircleAlert}>
      <div className={styles.withAction}>
        <p dir="auto">{children}</p>
        {action}
      </div>
    </Notice>
  );
}
