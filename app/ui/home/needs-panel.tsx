import { dayWords } from "~/domain/day-words";
import type { PortfolioNeed } from "~/domain/engagement/portfolio";
import { paths } from "~/paths";
import { ButtonLink } from "../primitives/button";
import { CalendarClock, EqualNot, Icon, PenLine, type LucideIcon } from "../primitives/icon";
import { Time } from "../primitives/time";
import styles from "./engagement-list.module.css";

const ICONS: Record<PortfolioNeed["reason"], LucideIcon> = {
  review: CalendarClock,
  disputed: EqualNot,
  unsigned: PenLine,
};

/**
 * What waits for somebody: reviews whose day has passed, open disputes, versions that have waited long to be signed.
 */
export function NeedsPanel({ needs, more }: { needs: PortfolioNeed[]; more: number }) {
  return (
    <section className={styles.needs} aria-label="Needs you">
      <h2>Needs you</h2>
      <ul>
        {needs.map(({ reason, row }) => (
          <li key={row.matrixId}>
            <Icon of={ICONS[reason]} />
            <p>
              <b>
                <bdi>{row.clientName}</bdi>
              </b>{" "}
              <span className={styles.quiet}>
                <NeedWords reason={reason} row={row} />
              </span>
            </p>
            <ButtonLink
              size="sm"
              to={
                reason === "review"
                  ? paths.compare(row.matrixId)
                  : reason === "disputed"
                    ? paths.findings(row.matrixId, { severity: "blocker" })
                    : paths.versions(row.matrixId)
              }
              aria-label={`${ACTS[reason]}: ${row.clientName}`}
            >
              {ACTS[reason]}
            </ButtonLink>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.quiet}>{more} more wait. Filter the list to see them.</p>}
    </section>
  );
}

const ACTS: Record<PortfolioNeed["reason"], string> = {
  review: "Review it",
  disputed: "Settle them",
  unsigned: "Look at it",
};

function NeedWords({ reason, row: { reviewDate, disputed, version } }: PortfolioNeed) {
  if (reason === "review") return <>Review was due on {dayWords(reviewDate ?? "")}</>;
  if (reason === "disputed") return <>{disputed === 1 ? "1 duty is disputed" : `${disputed} duties are disputed`}</>;
  return (
    <>
      Version {version?.number} is not signed since <Time iso={version?.publishedAt ?? ""} />
    </>
  );
}
