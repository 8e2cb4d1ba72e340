import { dayOf, daysBetween } from "../days";
import { LIMITS } from "../limits";
import type { BalancePart } from "../matrix/owner";
import { searchFor } from "../search";

/** The facts about a matrix's draft in the list of engagements. */
export type MatrixSummary = {
  clientName: string;
  providerName: string;
  agreementReference: string;
  title: string;
  duties: number;
  blockers: number;
  /** The number of duties with an open dispute. */
  disputed: number;
  balance: BalancePart[];
  /** The number of changes since the newest version; null before the first version. */
  changes: number | null;
  /** The day of the next review as YYYY-MM-DD; null when none is set. */
  reviewDate: string | null;
};

/**
 * The version of the stored form. It must be increased when a summary gets other fields or a rule counts differently;
 * stored summaries of another form are computed again.
 */
export const SUMMARY_FORM = 1;

/** One row of the list of engagements. */
export type PortfolioRow = MatrixSummary & {
  engagementId: string;
  matrixId: string;
  sample: boolean;
  /** Whether the engagement has several matrices. Their rows then show the title to tell them apart. */
  several: boolean;
  version: { number: number; status: string; publishedAt: string } | null;
  updatedAt: string;
};

/** The filters of the list: each is a test whether a row is shown. `today` is YYYY-MM-DD. */
export const FILTERS = {
  all: () => true,
  blockers: ({ blockers }) => blockers > 0,
  disputed: ({ disputed }) => disputed > 0,
  review: ({ reviewDate }, today) => reviewDate !== null && daysBetween(today, reviewDate) <= REVIEW_SOON_DAYS,
  unsigned: ({ version }) => version !== null && version.status === "proposed",
  changed: ({ version, changes }) => version === null || (changes ?? 0) > 0,
} as const satisfies Record<string, (row: PortfolioRow, today: string) => boolean>;
export type Filter = keyof typeof FILTERS;

/** A review is due this many days before its date. */
const REVIEW_SOON_DAYS = 30;

const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
type Compare = (a: PortfolioRow, b: PortfolioRow) => number;
const mostFirst =
  (count: (row: PortfolioRow) => number): Compare =>
  (a, b) =>
    count(b) - count(a);

/**
 * The orders of the list, each in its usual direction: names from A, counts from the highest, days from the nearest.
 */
const ORDERS = {
  edited: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
  client: (a, b) => collator.compare(a.clientName, b.clientName) || collator.compare(a.title, b.title),
  version: mostFirst(({ version }) => version?.number ?? 0),
  duties: mostFirst(({ duties }) => duties),
  blockers: mostFirst(({ blockers }) => blockers),
  disputed: mostFirst(({ disputed }) => disputed),
  // A matrix without a review date comes after all that have one.
  review: (a, b) => (a.reviewDate ?? "9999").localeCompare(b.reviewDate ?? "9999"),
} as const satisfies Record<string, Compare>;
export type Order = keyof typeof ORDERS;

export type PortfolioQuery = { text: string; filter: Filter; order: Order; reversed: boolean };

/** Reads the query from the parameters of a URL. Unknown values give the default list. */
export function portfolioQuery(params: URLSearchParams): PortfolioQuery {
  const sort = params.get("sort") ?? "";
  const name = sort.replace(/^-/, "");
  const show = params.get("show") ?? "";
  return {
    text: (params.get("q") ?? "").slice(0, 200),
    filter: isFilter(show) ? show : "all",
    order: isOrder(name) ? name : "edited",
    reversed: isOrder(name) && sort.startsWith("-"),
  };
}

function isFilter(text: string): text is Filter {
  return Object.hasOwn(FILTERS, text);
}

function isOrder(text: string): text is Order {
  return Object.hasOwn(ORDERS, text);
}

/** The rows that match a query, in its order. Equal rows are ordered by their last edit. */
export function portfolio(
  rows: readonly PortfolioRow[],
  { text, filter, order, reversed }: PortfolioQuery,
  today: string,
): PortfolioRow[] {
  const matches = searchFor(text.slice(0, LIMITS.name));
  const textOf = ({ clientName, providerName, agreementReference, title, several }: PortfolioRow) =>
    [clientName, providerName, agreementReference, several ? title : ""].join(" ");
  const direction = reversed ? -1 : 1;
  return rows
    .filter((row) => FILTERS[filter](row, today) && matches(textOf(row)))
    .sort((a, b) => direction * ORDERS[order](a, b) || ORDERS.edited(a, b));
}

/** A row that needs attention, and the reason. */
export type PortfolioNeed = { reason: "review" | "disputed" | "unsigned"; row: PortfolioRow };

/** A version that waits for signatures longer than this many days needs attention. */
const UNSIGNED_DAYS = 14;

/**
 * The rows that need attention: overdue reviews, the oldest first, then disputes, then versions long unsigned. Each
 * matrix is listed once; sample matrices are left out.
 */
export function portfolioNeeds(rows: readonly PortfolioRow[], today: string): PortfolioNeed[] {
  const real = rows.filter(({ sample }) => !sample);
  const overdue = real.filter(({ reviewDate }) => reviewDate !== null && reviewDate < today).sort(ORDERS.review);
  const disputed = real.filter((row) => row.disputed > 0 && !overdue.includes(row)).sort(ORDERS.disputed);
  const unsigned = real.filter(
    (row) =>
      row.version?.status === "proposed" &&
      daysBetween(dayOf(row.version.publishedAt), today) > UNSIGNED_DAYS &&
      !overdue.includes(row) &&
      !disputed.includes(row),
  );
  return [
    ...overdue.map((row) => ({ reason: "review", row }) as const),
    ...disputed.map((row) => ({ reason: "disputed", row }) as const),
    ...unsigned.map((row) => ({ reason: "unsigned", row }) as const),
  ];
}
