import { useRef } from "react";
import { dayWords } from "~/domain/day-words";
import { paths } from "~/paths";
import type { AskedDay, InForce, VersionListed } from "~/services/version/versions.server";
import { SeverityMark } from "../../marks/severity-mark";
import { Button, ButtonLink } from "../../primitives/button";
import { classNames } from "../../primitives/class-names";
import { Empty } from "../../primitives/empty";
import { Field, TextInput } from "../../primitives/form/field";
import { Form, Link, useSubmit } from "../../primitives/router";
import { Day, ownZone, Time, useHydrated, useOwnDay, When } from "../../primitives/time";
import { DownloadMenu } from "../../download/download-menu";
import { useMay } from "../../draft/own-side";
import { DateRemarks } from "../date-remarks";
import { phaseOn } from "../phase";
import { VersionStanding } from "./version-standing";
import styles from "./versions-page.module.css";

/** Every version, newest first. */
export function VersionsPage({
  matrixId,
  count,
  versions,
  asked,
  today,
  inForce,
}: {
  matrixId: string;
  /** The number of all versions; `versions` may have only the newest. */ count: number;
  versions: VersionListed[];
  asked: AskedDay | null;
  today: string;
  inForce: InForce[];
}) {
  const mayPublish = useMay("publish");
  const own = useOwnDay(today);
  const chosenDay = inForce.find(({ day }) => day === (asked?.day ?? own)) ??
    inForce.find(({ day }) => day === today) ?? { day: own, version: null };
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
          A version is the draft frozen at one moment, with a number and a fingerprint, ready to be signed by both
          parties.
        </Empty>
      </>
    );
  }
  return (
    <div className={styles.page}>
      <header className={styles.title}>
        <h1>
          Versions <span className={styles.count}>{count}</span>
        </h1>
        <div className={styles.actions}>
          <ButtonLink to={paths.verify()}>Check a file</ButtonLink>
          <ButtonLink to={paths.compare(matrixId)}>Compare with the draft</ButtonLink>
        </div>
      </header>
      <AsOf matrixId={matrixId} inForce={chosenDay} own={own} />
      <ol className={styles.timeline}>
        {versions.map((version) => (
          <VersionItem
            key={version.number}
            matrixId={matrixId}
            version={version}
            inForce={version.number === chosenDay.version?.number}
            today={today}
            day={chosenDay.day === own ? null : chosenDay.day}
          />
        ))}
      </ol>
      {versions.length < count && (
        <p className={styles.rest}>
          <Link to={paths.versions(matrixId, { all: "yes" })} preventScrollReset>
            Show all {count} versions
          </Link>
        </p>
      )}
    </div>
  );
}

/** Says which version is in force today, or was on the chosen day. Days are those of the reader's time zone. */
function AsOf({ matrixId, inForce: { day, version }, own }: { matrixId: string; inForce: InForce; own: string }) {
  const form = useRef<HTMLFormElement>(null);
  const submit = useSubmit();
  const hydrated = useHydrated();
  // Before hydration the reader's time zone is unknown, so the day is that of UTC.
  const when = day !== own ? "on that day" : hydrated ? "today" : "today in UTC";
  return (
    <section className={styles.asOf} aria-label="In force">
      <Form ref={form} method="get" action={paths.versions(matrixId)}>
        <input type="hidden" name="zone" value={hydrated ? ownZone() : ""} />
        <Field label="In force on">
          <TextInput
            key={day}
            type="date"
            name="on"
            defaultValue={day}
            onChange={(event) =>
              event.target.value && submit(form.current, { replace: true, preventScrollReset: true })
            }
          />
        </Field>
        <noscript>
          <Button type="submit">Show</Button>
        </noscript>
      </Form>
      <p role="status">
        {version ? (
          <>
            <Link to={paths.version(matrixId, version.number)}>Version {version.number}</Link>{" "}
            {day === own ? "is" : day < own ? "was" : "will be"} in force {when}, since <When at={version.since} />.
          </>
        ) : (
          `Nothing ${day < own ? "was" : "is"} in force ${when}: no version was agreed by then.`
        )}{" "}
        {version && version.covers.length > 0 && (
          <>
            Covered by another party {when}:{" "}
            {version.covers
              .slice(0, 5)
              .map(({ code, by, from, to }) => `${code} by ${by} from ${dayWords(from)} to ${dayWords(to)}`)
              .join(", ")}
            {version.covers.length > 5 && ` and ${version.covers.length - 5} more`}.
          </>
        )}
      </p>
    </section>
  );
}

function VersionItem({
  matrixId,
  version,
  inForce,
  today,
  day,
}: {
  matrixId: string;
  version: VersionListed;
  inForce: boolean;
  today: string;
  day: string | null;
}) {
  const { number, reason } = version;
  const own = useOwnDay(today);
  const phase = phaseOn(version, day ?? own);
  const status = phase.kind === "in-force" || phase.kind === "later" ? "agreed" : phase.kind;
  return (
    <li className={styles.item} data-quiet={status === "withdrawn" || undefined}>
      <span
        className={classNames(
          styles.dot,
          status === "agreed" && styles.agreed,
          status === "superseded" && styles.superseded,
          status === "withdrawn" && styles.withdrawn,
        )}
        aria-hidden="true"
      />
      <article className={styles.card}>
        <header className={styles.head}>
          <h2>
            <Link to={paths.version(matrixId, number)} prefetch="intent">
              Version {number}
            </Link>
            , {status}
            {inForce && (
              <span className={styles.inForce}>
                {day ? (
                  <>
                    In force on <Day day={day} />
                  </>
                ) : (
                  "In force"
                )}
              </span>
            )}
            {phase.kind === "later" && (
              <span className={styles.inForce}>
                In force from <When at={phase.from} />
              </span>
            )}
          </h2>
          <DownloadMenu matrixId={matrixId} version={number} size="sm" />
          <ButtonLink
            to={paths.version(matrixId, number)}
            size="sm"
            prefetch="intent"
            aria-label={`Open version ${number}`}
          >
            Open
          </ButtonLink>
        </header>
        <p className={styles.reason} dir="auto">
          {reason}
        </p>
        <VersionStanding version={version} phase={phase} />
        <DateRemarks remarks={version.remarks} />
        <VersionFacts matrixId={matrixId} version={version} />
      </article>
    </li>
  );
}

function VersionFacts({ matrixId, version }: { matrixId: string; version: VersionListed }) {
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
          "No blocker on any duty"
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
