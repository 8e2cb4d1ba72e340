import { useEffect, useRef, useState } from "react";
import type { Order, PortfolioQuery } from "~/domain/engagement/portfolio";
import { paths, type HomeQuery } from "~/paths";
import { useNavigate, useNavigation } from "../primitives/router";

/** The URL of a query, without the parameters that have their default. */
export function addressOf({ text, filter, order, reversed }: PortfolioQuery, rows?: number): string {
  const ordinary = order === "edited" && !reversed;
  const query: HomeQuery = {
    q: text || undefined,
    show: filter === "all" ? undefined : filter,
    sort: ordinary ? undefined : `${reversed ? "-" : ""}${order}`,
    rows: rows ? String(rows) : undefined,
  };
  return paths.home(query);
}

/** The query after a press on a column's heading: sorted by the column, then reversed, then in the default order. */
export function sortedBy(query: PortfolioQuery, order: Order): PortfolioQuery {
  if (query.order !== order) return { ...query, order, reversed: false };
  return query.reversed ? { ...query, order: "edited", reversed: false } : { ...query, reversed: true };
}

const PAUSE_MS = 200;

/** The text of the search field. The URL, and with it the list, follows shortly after the last key (debounced). */
export function useTypedSearch(query: PortfolioQuery): { typed: string; type: (text: string) => void; busy: boolean } {
  const navigate = useNavigate();
  const navigation = useNavigation();
  const [typed, setTyped] = useState(query.text);
  const waiting = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(waiting.current), []);
  function type(text: string) {
    setTyped(text);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(
      () => navigate(addressOf({ ...query, text }), { replace: true, preventScrollReset: true }),
      PAUSE_MS,
    );
  }
  return { typed, type, busy: navigation.state === "loading" && navigation.location.pathname === paths.home() };
}
