import { classNames } from "../primitives/class-names";
import styles from "./marks.module.css";

/** A blocker's filled octagon. `label` is read out where no words stand beside it. */
export function SeverityMark({ severity, label, className }: { severity: "blocker"; label?: string; className?: string }) {
  const said = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg viewBox="0 0 16 16" className={classNames(styles.severity, styles[severity], className)} {...said}>
      <path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" />
      <path className={styles.bang} d="M8 4.8v3.8M8 11.1v.1" />
    </svg>
  );
}
