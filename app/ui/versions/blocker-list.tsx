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

/** The blockers as rows, with a link from each to its duty on the draft's board. */
export function BlockerRows({ matrixId, blockers }: { matrixId: string; blockers: readonly Blocker[] }) {
  return (
    <ul className={styles.list}>
      {blockers.map((blocker) => (
        <li key={`${blocker.dutyId} ${blocker.code}`}>
          <Link to={paths.duty(matrixId, blocker.dutyId)} className={styles.duty}>
            <span className={styles.code}>{blocker.dutyCode}</span> <bdi translate="yes">{blocker.text}</bdi>
          </Link>
          <span className={styles.quiet}>{blocker.sentence}</span>
        </li>
      ))}
    </ul>
  );
}
