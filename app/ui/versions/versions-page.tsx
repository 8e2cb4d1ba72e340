import { Link } from "@remix-run/react";
import { paths } from "~/paths";
import { SeverityMark } from "../marks/severity-mark";
import { ButtonLink } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Empty } from "../primitives/empty";
import { Day, Time } from "../primitives/time";
import { DownloadMenu } from "../shell/download-menu";
import { useMay } from "../shell/own-side";
import styles from "./versions-page.module.css";

export type VersionRow = {
  number: number;
  status: string;
  reason: string;
  authorName: string;
  publishedAt: string;
  effectiveDate: string | null;
  reviewDate: string | null;
  fingerprint: string;
  blockers: number;
  changes: number | null;
};

/** Every version, newest first. */
export function VersionsPage({ matrixId, versions }: { matrixId: string; versions: VersionRow[] }) {
  const mayPublish = useMay("publish");
  if (versions.length === 0) {
    return (
      <>
        <h1 className="vh">Versions</h1>
        <Empty
          title="No version yet."
          action={
            mayPublish && (
              <ButtonLink to={paths.publish(matrixId)} variant="primary">
                Publish version 1
              </ButtonLink>
            )
          }
        >
          A version is the draft frozen at one moment, with a number and a fingerprint, ready to be signed by both parties.
        </Empty>
      </>
    );
  }
  return (
    <div className={styles.page}>
      <header className={styles.title}>
        <h1>
          Versions <span className={styles.count}>{versions.length}</span>
        </h1>
        <ButtonLink to={paths.verify()}>Check a file</ButtonLink>
        <ButtonLink to={paths.compare(matrixId)}>Compare with the draft</ButtonLink>
      </header>
      <ol className={styles.timeline}>
        {versions.map((version) => (
          <VersionItem key={version.number} matrixId={matrixId} version={version} />
        ))}
      </ol>
    </div>
  );
}

function VersionItem({ matrixId, version }: { matrixId: string; version: VersionRow }) {
  return (
    <li className={styles.item}>
      <span className={classNames(styles.dot, version.status === "agreed" && styles.agreed)} aria-hidden="true" />
      <article className={styles.card}>
        <header className={styles.head}>
          <h2>
            <Link to={paths.version(matrixId, version.number)} prefetch="intent">
              Version {version.number}
            </Link>
            , {version.status}
          </h2>
          <DownloadMenu matrixId={matrixId} version={version.number} size="sm" />
          <ButtonLink to={paths.version(matrixId, version.number)} size="sm" prefetch="intent" aria-label={`Open version ${version.number}`}>
            Open
          </ButtonLink>
        </header>
        <p className={styles.reason} dir="auto">
          {version.reason}
        </p>
        <VersionFacts matrixId={matrixId} version={version} />
      </article>
    </li>
  );
}

function VersionFacts({ matrixId, version }: { matrixId: string; version: VersionRow }) {
  return (
    <ul className={styles.facts}>
      <li>
        <Time iso={version.publishedAt} withTime /> by <bdi>{version.authorName}</bdi>
      </li>
      {version.effectiveDate && (
        <li>
          In effect from <Day day={version.effectiveDate} />
        </li>
      )}
      {version.reviewDate && (
        <li>
          Review on <Day day={version.reviewDate} />
        </li>
      )}
      <li>
        {version.changes === null ? (
          "First version"
        ) : (
          <Link to={paths.compare(matrixId, { from: String(version.number - 1), to: String(version.number) })}>
            {version.changes} {version.changes === 1 ? "change" : "changes"} from version {version.number - 1}
          </Link>
        )}
      </li>
      <li className={styles.blockers}>
        {version.blockers === 0 ? (
          "No blockers"
        ) : (
          <>
            <SeverityMark severity="blocker" />
            {version.blockers} {version.blockers === 1 ? "blocker" : "blockers"} before signing
          </>
        )}
      </li>
      <li title={version.fingerprint}>
        Fingerprint <code className={styles.mono}>{version.fingerprint.slice(0, 8)}</code>
      </li>
    </ul>
  );
}
