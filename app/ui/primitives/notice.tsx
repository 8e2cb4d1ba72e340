import type { ReactNode } from "react";
import { Icon, type LucideIcon } from "./icon";
import styles from "./notice.module.css";

/** A sentence that the reader must see before going on. It can take the focus when it says why a form was refused. */
export function Notice({
  icon,
  tone = "plain",
  formError = false,
  children,
}: {
  icon: LucideIcon;
  tone?: "plain" | "alert";
  formError?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={styles.notice}
      data-tone={tone}
      {...(formError ? { "data-form-error": true, tabIndex: -1, role: "alert" } : {})}
    >
      <Icon of={icon} />
      <div className={styles.text}>{children}</div>
    </div>
  );
}
