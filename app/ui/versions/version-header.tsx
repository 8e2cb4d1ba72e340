import type { ReactNode } from "react";
import type { Blocker } from "~/domain/findings/blockers";
import { paths } from "~/paths";
import type { VersionListed } from "~/services/version/versions.server";
import { SeverityMark } from "../marks/severity-mark";
import { Icon, Lock } from "../primitives/icon";
import { Link } from "../primitives/router";
import { Day, Time } from "../primitives/time";
import { DownloadMenu } from "../download/download-menu";
import { BlockerRows } from "./blocker-list";
import { ChangeRows } from "./change-list";
import { DateRemarks } from "./date-remarks";
import { Fingerprint } from "./fingerprint";
import { usePhaseWords } from "./phase";
import styles from "./version-header.module.css";

type VersionHeaderProps = {
  matrixId: string;
  version: VersionListed;
  blockerList: Blocker[];
  changeList?: string[];
  /** Actions beside the downloads. */
  children?: ReactNode;
};

/** The header above a version's read-only board: number, status, reason, dates, fingerprint, files and blockers. */
export function VersionHeader({ matrixId, version, blockerList, changeList = [], children }: VersionHeaderProps) {
  const phase = usePhaseWords(version);
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <h1>
          Version {version.number}, {phase}
        </h1>
        <p className={styles.lock}>
          <Icon of={Lock} size={14} />
          Read only. Edits go into the draft.
        </p>
        {children}
        <DownloadMenu matrixId={matrixId} version={version.number} />
      </div>
      <p className={styles.reason} dir="auto">
        {version.reason}
      </p>
      <dl className={styles.facts}>
        <Fact name="Published">
          <Time iso={version.publishedAt} withTime /> by <bdi>{version.authorName}</bdi>
        </Fact>
        <Fact name="Effective date">{version.effectiveDate ? <Day day={version.effectiveDate} /> : "Not set"}</Fact>
        <Fact name="Review date">{version.reviewDate ? <Day day={version.reviewDate} /> : "Not set"}</Fact>
        <Fact name="Fingerprint">
          <Fingerprint value={version.fingerprint} previous={version.previousFingerprint} />
        </Fact>
      </dl>
      <DateRemarks remarks={version.remarks} />
      <div className={styles.more}>
        {blockerList.length > 0 && (
          <details>
            <summary className={styles.blockers}>
              <SeverityMark severity="blocker" />
              {blockerList.length === 1 ? "1 blocker" : `${blockerList.length} blockers`}, to be cleared before signing
            </summary>
            <div className={styles.rows}>
              <BlockerRows matrixId={matrixId} blockers={blockerList} />
            </div>
          </details>
        )}
        {changeList.length > 0 && (
          <details>
            <summary>What changed from version {version.number - 1}</summary>
            <div className={styles.rows}>
              <p>
                <Link to={paths.compare(matrixId, { from: String(version.number - 1), to: String(version.number) })}>
                  Compare with version {version.number - 1}
                </Link>
              </p>
              <ChangeRows changes={changeList} />
            </div>
          </details>
        )}
      </div>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
