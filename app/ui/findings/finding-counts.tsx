import { paths } from "~/paths";
import { SeverityMark } from "../marks/severity-mark";
import { Link } from "../primitives/router";
import { useFindings } from "./findings-context";
import styles from "./finding-counts.module.css";

/** The numbers of blockers and warnings in the draft, as links to them; nothing without any. */
export function FindingCounts({ matrixId }: { matrixId: string }) {
  const { counts } = useFindings();
  if (counts.blocker + counts.warning === 0) return null;
  return (
    <p className={styles.counts}>
      {(["blocker", "warning"] as const).map((severity) =>
        counts[severity] > 0 ? (
          <Link key={severity} discover="none" to={paths.findings(matrixId, { severity })} className={styles[severity]}>
            <SeverityMark severity={severity} />
            {counts[severity]} {counts[severity] === 1 ? severity : `${severity}s`}
          </Link>
        ) : null,
      )}
    </p>
  );
}
