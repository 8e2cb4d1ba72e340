import { useEffect, useRef } from "react";
import type { DomainProgress } from "~/domain/workshop/view/view-types";
import { classNames } from "../../../primitives/class-names";
import { Kbd } from "../../../primitives/kbd";
import styles from "./rail.module.css";

/** What the middle of the stage shows: the item that is talked about, the whole plan, or the differences alone. */
export type StageView = "item" | "plan" | "differences";

/** How far the matrix is, domain by domain, and the ways to the plan and to the differences. */
export function Rail({
  domains,
  currentDomain,
  view,
  planned,
  done,
  differences,
  onView,
}: {
  domains: readonly DomainProgress[];
  currentDomain: string;
  view: StageView;
  planned: number;
  done: number;
  differences: number;
  /** Null while there is one view alone. */
  onView: ((view: StageView) => void) | null;
}) {
  const progress = useRef<HTMLDetailsElement>(null);
  // Where the columns are stacked, what is talked about comes first.
  useEffect(() => {
    if (progress.current && window.matchMedia("(max-width: 900px)").matches) progress.current.open = false;
  }, []);
  const duties = domains.reduce((sum, one) => sum + one.duties, 0);
  const agreed = domains.reduce((sum, one) => sum + one.agreed, 0);
  const ways = [
    { view: "plan" as const, label: "Plan", count: `${done} of ${planned}`, key: "L" },
    { view: "differences" as const, label: "Only differences", count: String(differences), key: "O" },
  ];
  return (
    <aside className={styles.rail} aria-label="Progress">
      {onView && (
        <div className={styles.ways}>
          {ways.map((way) => (
            <button
              key={way.view}
              type="button"
              aria-pressed={view === way.view}
              className={classNames(styles.way, view === way.view && styles.on)}
              onClick={() => onView(view === way.view ? "item" : way.view)}
            >
              <span>{way.label}</span>
              <span className={styles.quiet}>{way.count}</span>
              <Kbd>{way.key}</Kbd>
            </button>
          ))}
        </div>
      )}
      <details ref={progress} className={styles.progress} open>
        <summary>
          {agreed} of {duties} duties settled
        </summary>
        <ul>
          {domains.map(({ domainId, name, duties: of, agreed: settled }) => (
            <li key={domainId} aria-current={name === currentDomain ? "step" : undefined}>
              <span className={styles.name}>{name}</span>
              <span>
                {settled}
                <span className={styles.quiet}>/{of}</span>
              </span>
              <span className={styles.track} aria-hidden>
                <i style={{ width: `${(100 * settled) / of}%` }} />
              </span>
            </li>
          ))}
        </ul>
      </details>
    </aside>
  );
}
