import { useEffect, useRef } from "react";
import { portfolioQuery, type Filter, type Order, type PortfolioQuery } from "~/domain/engagement/portfolio";
import { paths } from "~/paths";
import type { Portfolio } from "~/services/engagement/portfolio.server";
import { Button, ButtonLink } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Empty } from "../primitives/empty";
import { Field, Select, TextInput } from "../primitives/form/field";
import { Icon, Plus, Search } from "../primitives/icon";
import { Kbd } from "../primitives/kbd";
import { pressOf } from "../primitives/keys";
import { Form, useNavigate } from "../primitives/router";
import { EngagementTable } from "./engagement-table";
import styles from "./engagement-list.module.css";
import { NeedsPanel } from "./needs-panel";
import { SampleForm } from "./sample-form";
import { addressOf, useTypedSearch } from "./use-portfolio-query";

export type PortfolioView = Omit<Portfolio, "organisation"> & {
  query: PortfolioQuery;
  /** How many rows are shown, and how many the button adds. */
  limit: number;
  more: number;
  today: string;
};

/** The sort orders that a phone offers, where the list has no column headings. */
const SORT_WORDS: Partial<Record<Order, string>> = {
  edited: "Last edited",
  client: "By client",
  review: "By next review",
  blockers: "By blockers",
  disputed: "By disputes",
};

const FILTER_WORDS: Record<Filter, string> = {
  all: "All engagements",
  blockers: "With blockers",
  disputed: "With disputes",
  review: "Review due",
  unsigned: "Version not signed",
  changed: "Draft differs",
};

/** Every engagement as one line, searched, filtered and sorted. What waits for somebody stands above the list. */
export function EngagementList({
  rows,
  found,
  all,
  hasSample,
  needs,
  moreNeeds,
  query,
  limit,
  more,
  today,
}: PortfolioView) {
  const search = useTypedSearch(query);
  const narrowed = query.text !== "" || query.filter !== "all";
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>
          Engagements <span className={styles.count}>{narrowed ? `${found} of ${all}` : all}</span>
        </h1>
        <Narrow query={query} search={search} />
        <ButtonLink to={paths.newEngagement("library")} variant="primary" icon={<Icon of={Plus} />} prefetch="intent">
          New engagement
        </ButtonLink>
      </header>
      <p className="vh" role="status">
        {narrowed ? `${found} of ${all} shown` : ""}
      </p>
      {needs.length > 0 && !narrowed && <NeedsPanel needs={needs} more={moreNeeds} />}
      <section
        className={classNames(styles.panel, search.busy && styles.busy)}
        aria-label="Engagements"
        aria-busy={search.busy}
      >
        {rows.length > 0 ? (
          <EngagementTable rows={rows} query={query} today={today} />
        ) : (
          <Empty title="No engagement matches." action={<ButtonLink to={paths.home()}>Show all {all}</ButtonLink>}>
            {query.text !== ""
              ? `Nothing has “${query.text}” in its names or agreement reference${query.filter === "all" ? "" : " among those shown"}.`
              : "Good news, or too narrow a choice."}
          </Empty>
        )}
      </section>
      {found > rows.length && (
        <p className={styles.more}>
          <span>
            {rows.length} of {found} shown
          </span>
          <ButtonLink size="sm" to={addressOf(query, limit + more)} preventScrollReset>
            Show {Math.min(more, found - rows.length)} more
          </ButtonLink>
        </p>
      )}
      {!hasSample && (
        <div className={styles.sample}>
          <span>Want to look around first?</span>
          <SampleForm size="sm">Open the sample engagement</SampleForm>
        </div>
      )}
    </div>
  );
}

function Narrow({ query, search }: { query: PortfolioView["query"]; search: ReturnType<typeof useTypedSearch> }) {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const go = (change: Partial<PortfolioQuery>) =>
    navigate(addressOf({ ...query, text: search.typed, ...change }), { replace: true, preventScrollReset: true });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLInputElement ||
        event.target instanceof HTMLTextAreaElement ||
        event.target instanceof HTMLSelectElement;
      const { key, control, alt } = pressOf(event);
      if (key !== "/" || control || alt || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <Form method="get" role="search" className={styles.narrow}>
      <div className={styles.search}>
        <Icon of={Search} size={14} />
        <Field label="Find a client" hideLabel>
          <TextInput
            ref={input}
            type="search"
            name="q"
            placeholder="Find a client"
            value={search.typed}
            onChange={(event) => search.type(event.target.value)}
            onKeyDown={(event) => pressOf(event).key === "Escape" && search.type("")}
          />
        </Field>
        {search.typed === "" && <Kbd>/</Kbd>}
      </div>
      <Field label="Show" hideLabel className={styles.filter}>
        <Select
          name="show"
          value={query.filter}
          onChange={({ target }) => go({ filter: portfolioQuery(new URLSearchParams({ show: target.value })).filter })}
        >
          {Object.entries(FILTER_WORDS).map(([filter, words]) => (
            <option key={filter} value={filter}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Sort" hideLabel className={classNames(styles.filter, styles.sorting)}>
        <Select
          name="sort"
          value={`${query.reversed ? "-" : ""}${query.order}`}
          onChange={({ target }) => {
            const { order, reversed } = portfolioQuery(new URLSearchParams({ sort: target.value }));
            go({ order, reversed });
          }}
        >
          {Object.entries(SORT_WORDS).map(([order, words]) => (
            <option key={order} value={order}>
              {words}
            </option>
          ))}
          {!(query.order in SORT_WORDS && !query.reversed) && (
            <option value={`${query.reversed ? "-" : ""}${query.order}`}>As sorted</option>
          )}
        </Select>
      </Field>
      <noscript>
        <Button type="submit">Show</Button>
      </noscript>
    </Form>
  );
}
