import type { Order, PortfolioQuery, PortfolioRow } from "~/domain/engagement/portfolio";
import { PartyMark } from "../marks/party-mark";
import { classNames } from "../primitives/class-names";
import { ArrowDown, ArrowUp, Icon } from "../primitives/icon";
import { Link } from "../primitives/router";
import styles from "./engagement-list.module.css";
import { EngagementTableRow } from "./engagement-table-row";
import { addressOf, sortedBy } from "./use-portfolio-query";

/** The first sort direction of each column: names from A, days from the nearest, counts from the highest. */
const ASCENDING: readonly Order[] = ["client", "review"];

/** The engagements that a query found, as a table. A column's heading sorts by it. */
export function EngagementTable({
  rows,
  query,
  today,
}: {
  rows: PortfolioRow[];
  query: PortfolioQuery;
  today: string;
}) {
  const heading = (order: Order, words: string, number = false) => (
    <Heading order={order} words={words} number={number} query={query} />
  );
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {heading("client", "Client")}
          {heading("version", "Version")}
          <th scope="col">
            Ownership <Legend />
          </th>
          {heading("duties", "Duties", true)}
          {heading("blockers", "Blockers", true)}
          {heading("disputed", "Disputed", true)}
          {heading("review", "Next review")}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <EngagementTableRow key={row.matrixId} row={row} today={today} />
        ))}
      </tbody>
    </table>
  );
}

function Heading({
  order,
  words,
  number,
  query,
}: {
  order: Order;
  words: string;
  number: boolean;
  query: PortfolioQuery;
}) {
  const here = query.order === order;
  const ascending = ASCENDING.includes(order) !== query.reversed;
  return (
    <th
      scope="col"
      className={classNames(number && styles.number)}
      aria-sort={here ? (ascending ? "ascending" : "descending") : undefined}
    >
      <Link
        to={addressOf(sortedBy(query, order))}
        replace
        preventScrollReset
        className={styles.sort}
        data-here={here || undefined}
      >
        {words}
        {here && <Icon of={ascending ? ArrowUp : ArrowDown} size={12} />}
      </Link>
    </th>
  );
}

function Legend() {
  return (
    <span className={styles.legend}>
      {(
        [
          ["none", "Unassigned"],
          ["client", "Client"],
          ["shared", "Shared"],
          ["provider", "Provider"],
          ["third-party", "Third party"],
        ] as const
      ).map(([kind, word]) => (
        <span key={kind} title={word} className={styles.key}>
          <PartyMark kind={kind} />
          <span className={styles.word}>{word}</span>
        </span>
      ))}
    </span>
  );
}
