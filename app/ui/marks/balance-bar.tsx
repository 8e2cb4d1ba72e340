import type { BalancePart } from "~/domain/matrix/owner";
import { classNames } from "../primitives/class-names";
import styles from "./marks.module.css";

/** How duties divide between owners, in the order shown everywhere. `label` says the same in words. */
export function BalanceBar({
  parts,
  size,
  label,
}: {
  parts: readonly BalancePart[];
  size: "rail" | "board" | "chart";
  label: string;
}) {
  return (
    <span role="img" aria-label={label} className={classNames(styles.bar, styles[`bar-${size}`])}>
      {parts.map(({ key, kind, count }) =>
        count > 0 ? <i key={key} className={styles[`fill-${kind}`]} style={{ flexGrow: count }} /> : null,
      )}
    </span>
  );
}
