import type { ReactNode } from "react";
import { dayWords } from "~/domain/day-words";
import { daysBetween } from "~/domain/days";
import { balanceWords } from "~/domain/matrix/owner";
import type { PortfolioRow } from "~/domain/engagement/portfolio";
import { paths } from "~/paths";
import { BalanceBar } from "../marks/balance-bar";
import { SeverityMark } from "../marks/severity-mark";
import { classNames } from "../primitives/class-names";
import { EqualNot, Icon } from "../primitives/icon";
import { Link } from "../primitives/router";
import { Time, useHydrated } from "../primitives/time";
import styles from "./engagement-list.module.css";
import { daysUntil, distanceWords } from "./review-distance";

/** One matrix in the list: a row of the table, on a phone a card. */
export function EngagementTableRow({ row, today }: { row: PortfolioRow; today: string }) {
  const { matrixId, clientName, providerName, sample, duties, blockers, disputed, balance } = row;
  return (
    <tr>
      <th scope="row" className={styles.client}>
        <Link to={paths.board(matrixId)} prefetch="intent" className={styles.link} title={clientName}>
          <bdi>{clientName}</bdi>
        </Link>
        <span className={styles.sub}>
          {sample && <span className={styles.tag}>Sample</span>}
          with <bdi>{providerName}</bdi>
          {row.several && (
            <>
              {" "}
              · <bdi>{row.title}</bdi>
            </>
          )}
        </span>
      </th>
      <td className={styles.version}>
        <VersionCell row={row} />
      </td>
      <td className={styles.balance}>
        {duties > 0 ? (
          <BalanceBar size="chart" parts={balance} label={balanceWords(balance)} />
        ) : (
          <span className={styles.quiet}>No duties yet</span>
        )}
      </td>
      <td className={styles.number} data-label="Duties">
        {duties}
      </td>
      <td className={styles.number} data-label="Blockers">
        <Count count={blockers} mark={<SeverityMark severity="blocker" />} />
      </td>
      <td className={styles.number} data-label="Disputed">
        <Count count={disputed} mark={<Icon of={EqualNot} size={14} />} />
      </td>
      <td className={styles.review} data-label="Next review">
        <ReviewCell day={row.reviewDate} today={today} />
      </td>
    </tr>
  );
}

function Count({ count, mark }: { count: number; mark: ReactNode }) {
  if (count === 0) return <span className={styles.quiet}>0</span>;
  return (
    <span className={styles.blockers}>
      {mark}
      {count}
    </span>
  );
}

function VersionCell({ row: { version, changes, updatedAt } }: { row: PortfolioRow }) {
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

/** Today in the reader's time zone; before hydration the server's. */
function ReviewCell({ day, today }: { day: string | null; today: string }) {
  const hydrated = useHydrated();
  if (day === null) return <span className={styles.quiet}>Not set</span>;
  const days = hydrated ? daysUntil(day, new Date()) : daysBetween(today, day);
  return (
    <span className={classNames(days < 0 && styles.late)}>
      <time dateTime={day}>{dayWords(day)}</time>
      <span className={styles.sub}>{distanceWords(days)}</span>
    </span>
  );
}
