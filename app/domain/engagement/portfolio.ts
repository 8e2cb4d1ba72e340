import { dayOf, daysBetween } from "../days";
import { LIMITS } from "../limits";
import type { BalancePart } from "../matrix/owner";
import { searchFor } from "../search";

/** What the list of engagements says of a matrix's draft. */
export type MatrixSummary = {
  clientName: string;
  providerName: string;
  agreementReference: string;
  title: string;
  duties: number;
  blockers: number;
  /** Duties with an open dispute. */
  disputed: number;
  balance: BalancePart[];
  /** How many things differ from the newest version; null before the first. */
  changes: number | null;
  /** YYYY-MM-DD. */
  reviewDate: string | null;
};

/** Counts up when a summary gets other fields or a rule counts otherwise: kept ones of another form are made anew. */
export const SUMMARY_FORM = 1;

/** One line of the list. */
export type PortfolioRow = MatrixSummary & {
  engagementId: string;
  matrixId: string;
  sample: boolean;
  /** Whether the engagement has several matrices, so that each is told apart by its title. */
  several: boolean;
  version: { number: number; status: string; publishedAt: string } | null;
  updatedAt: string;
};

/** What can be left out of the list, and which rows stay. `today` is YYYY-MM-DD. */
export const FILTERS = {
  all: () => true,
  blockers: ({ blockers }) => blockers > 0,
  disputed: ({ disputed }) => disputed > 0,
  review: ({ reviewDate }, today) => reviewDate !== null && daysBetween(today, reviewDate) <= REVIEW_SOON_DAYS,
  unsigned: ({ version }) => version !== null && version.status === "proposed",
  changed: ({ version, changes }) => version === null || (changes ?? 0) > 0,
} as const satisfies Record<string, (row: PortfolioRow, today: string) => boolean>;
export type Filter = keyof typeof FILTERS;

/** A review that is due within as many days is due. */
const REVIEW_SOON_DAYS = 30;

const words = new Intl.Collator("en", { sensitivity: "base", numeric: true });
type Compare = (a: PortfolioRow, b: PortfolioRow) => number;
const most =
  (count: (row: PortfolioRow) => number): Compare =>
  (a, b) =>
    count(b) - count(a);

/** What the list can be sorted by, each in the order that is asked for first: names from A, counts from the most, days from the nearest. */
const ORDERS = {
  edited: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
  client: (a, b) => words.compare(a.clientName, b.clientName) || words.compare(a.title, b.title),
  version: most(({ version }) => version?.number ?? 0),
  duties: most(({ duties }) => duties),
  blockers: most(({ blockers }) => blockers),
  disputed: most(({ disputed }) => disputed),
  // A matrix without a day for its review stands behind all that have one.
  review: (a, b) => (a.reviewDate ?? "9999").localeCompare(b.reviewDate ?? "9999"),
} as const satisfies Record<string, Compare>;
export type Order = keyof typeof ORDERS;

export type PortfolioQuery = { text: string; filter: Filter; order: Order; reversed: boolean };

/** Reads a query from an address; what it doesn't know means the ordinary list. */
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

/** The rows a query asks for, in its order; rows that are alike in it stay in the order of the last edit. */
export function portfolio(
  rows: readonly PortfolioRow[],
  { text, filter, order, reversed }: PortfolioQuery,
  today: string,
): PortfolioRow[] {
  const has = searchFor(text.slice(0, LIMITS.name));
  const says = ({ clientName, providerName, agreementReference, title, several }: PortfolioRow) =>
    [clientName, providerName, agreementReference, several ? title : ""].join(" ");
  const direction = reversed ? -1 : 1;
  return rows
    .filter((row) => FILTERS[filter](row, today) && has(says(row)))
    .sort((a, b) => direction * ORDERS[order](a, b) || ORDERS.edited(a, b));
}

/** Something on the list that waits for a person: the reason, and the row. */
export type Need = { reason: "review" | "disputed" | "unsigned"; row: PortfolioRow };

/** How long a version may wait for its signatures before somebody is reminded. */
const UNSIGNED_DAYS = 14;

/** What waits, the longest overdue review first, then disputes, then versions long unsigned; one line a matrix, samples left out. */
export function needs(rows: readonly PortfolioRow[], today: string): Need[] {
  const real = rows.filter(({ sample }) => !sample);
  const late = real.filter(({ reviewDate }) => reviewDate !== null && reviewDate < today).sort(ORDERS.review);
  const disputed = real.filter((row) => row.disputed > 0 && !late.includes(row)).sort(ORDERS.disputed);
  const unsigned = real.filter(
    (row) =>
      row.version?.status === "proposed" &&
      daysBetween(dayOf(row.version.publishedAt), today) > UNSIGNED_DAYS &&
      !late.includes(row) &&
      !disputed.includes(row),
  );
  return [
    ...late.map((row) => ({ reason: "review", row }) as const),
    ...disputed.map((row) => ({ reason: "disputed", row }) as const),
    ...unsigned.map((row) => ({ reason: "unsigned", row }) as const),
  ];
}
