import type { Blocker } from "~/domain/findings/blockers";
import { paths } from "~/paths";
import { SeverityMark } from "../marks/severity-mark";
import { Link } from "../primitives/router";
import styles from "./sentence-list.module.css";

/** The blockers of a version, each with its duty. They stop signing, not publishing. */
export function BlockerList({ matrixId, blockers }: { matrixId: string; blockers: readonly Blocker[] }) {
  return (
    <section>
      <h2 className={styles.heading}>
        <SeverityMark severity="blocker" />
        {blockers.length === 1 ? "1 blocker" : `${blockers.length} blockers`}
      </h2>
      <p className={styles.about}>Allowed as proposed; these must be cleared before signing.</p>
      <BlockerRows matrixId={matrixId} blockers={blockers} />
    </section>
  );
}

/** The blockers as rows; one about a duty leads to it on the draft's board. */
export function BlockerRows({ matrixId, blockers }: { matrixId: string; blockers: readonly Blocker[] }) {
  return (
    <ul className={styles.list}>
      {blockers.map((blocker) => (
        <li key={`${blocker.part} ${blocker.id} ${blocker.sentence}`}>
          {blocker.part === "duties" && (
            <Link to={paths.duty(matrixId, blocker.id)} className={styles.duty}>
              <span className={styles.code}>{blocker.code}</span> <bdi translate="yes">{blocker.title}</bdi>
            </Link>
          )}
          <span className={styles.quiet}>{blocker.sentence}</span>
        </li>
      ))}
    </ul>
  );
}
