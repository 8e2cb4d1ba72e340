import { Link } from "@remix-run/react";
import { paths } from "~/paths";
import { BalanceBar } from "../marks/balance-bar";
import { SeverityMark } from "../marks/severity-mark";
import { classNames } from "../primitives/class-names";
import { formatDay, Time, useHydrated } from "../primitives/time";
import styles from "./engagement-list.module.css";
import type { EngagementRow } from "./home-page";
import { daysUntil, distanceWords } from "./review-distance";

/** One engagement in the list; on a phone the same facts stand as a card. */
export function EngagementTableRow({ engagement }: { engagement: EngagementRow }) {
  const { matrixId, clientName, providerName, sample, duties, blockers, balance } = engagement;
  return (
    <tr>
      <th scope="row" className={styles.client}>
        <Link to={paths.board(matrixId)} prefetch="intent" className={styles.link} title={clientName}>
          <bdi>{clientName}</bdi>
        </Link>
        <span className={styles.sub}>
          {sample && <span className={styles.tag}>Sample</span>}
          with <bdi>{providerName}</bdi>
          {engagement.title && <> · <bdi>{engagement.title}</bdi></>}
        </span>
      </th>
      <td className={styles.version}>
        <VersionCell engagement={engagement} />
      </td>
      <td className={styles.balance}>
        {duties > 0 ? <BalanceBar size="chart" parts={balance} label={balanceWords(balance)} /> : <span className={styles.quiet}>No duties yet</span>}
      </td>
      <td className={styles.number} data-label="Duties">
        {duties}
      </td>
      <td className={styles.number} data-label="Blockers">
        {blockers === 0 ? (
          <span className={styles.quiet}>0</span>
        ) : (
          <span className={styles.blockers}>
            <SeverityMark severity="blocker" />
            {blockers}
          </span>
        )}
      </td>
      <td className={styles.review} data-label="Next review">
        <ReviewCell day={engagement.reviewDate} />
      </td>
    </tr>
  );
}

function VersionCell({ engagement: { version, changes, updatedAt } }: { engagement: EngagementRow }) {
  return (
    <>
      <span className={styles.state}>
        <span className={classNames(styles.pen, version?.status === "agreed" && styles.agreed)} aria-hidden="true" />
        <b>{version ? `Version ${version.number} ${version.status}` : "Draft of version 1"}</b>
      </span>
      <span className={classNames(styles.sub, styles.inset)}>
        {version && changes !== null && changes > 0 ? (
          `${changes} ${changes === 1 ? "change" : "changes"} since`
        ) : (
          <Time iso={version?.publishedAt ?? updatedAt} />
        )}
      </span>
    </>
  );
}

function ReviewCell({ day }: { day: string | null }) {
  const hydrated = useHydrated();
  if (day === null) return <span className={styles.quiet}>Not set</span>;
  const days = hydrated ? daysUntil(day, new Date()) : null;
  return (
    <span className={classNames(days !== null && days < 0 && styles.late)}>
      <time dateTime={day}>{formatDay(day)}</time>
      <span className={styles.sub}>{days === null ? "" : distanceWords(days)}</span>
    </span>
  );
}

function balanceWords(balance: EngagementRow["balance"]): string {
  return balance.map(({ label, count }) => `${count} ${label}`).join(", ");
}
