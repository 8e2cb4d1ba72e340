import type { Severity } from "~/domain/findings/finding";
import { classNames } from "../primitives/class-names";
import styles from "./marks.module.css";

/**
 * The icon of a severity: filled octagon for a blocker, outlined triangle for a warning, circle for an insight. `label`
 * is for screen readers, if there are no words beside it.
 */
export function SeverityMark({
  severity,
  label,
  className,
}: {
  severity: Severity;
  label?: string;
  className?: string;
}) {
  const said = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg viewBox="0 0 16 16" className={classNames(styles.severity, styles[severity], className)} {...said}>
      {severity === "blocker" && <path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" />}
      {severity === "warning" && <path d="M8 2 14.6 13.6H1.4z" />}
      {severity === "insight" && <circle cx="8" cy="8" r="6.2" />}
      <path
        className={styles.bang}
        d={
          severity === "warning"
            ? "M8 6.2v3.4M8 11.6v.1"
            : severity === "insight"
              ? "M8 7.4v3.4M8 5.1v.1"
              : "M8 4.8v3.8M8 11.1v.1"
        }
      />
    </svg>
  );
}
