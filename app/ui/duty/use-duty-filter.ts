import { useCallback, useMemo } from "react";
import type { BoardFilter } from "../board/board-view";
import { useSearchParams } from "../primitives/router";

type Param = "lens" | "q" | "domain" | "owner" | "kind" | "role" | "only" | "duty" | "since" | "changed";
type UrlState = {
  filter: BoardFilter;
  dutyId: string | null;
  /** The version to compare with, and whether only the changed duties are shown. */ since: number | null;
  changed: boolean;
};

/** The lens, the filters and the open duty, kept in the URL, so that a link shows what its sender saw. */
export function useDutyFilter(): UrlState & {
  set: (param: Param, value: string) => void;
  /** Removes every filter. */ clear: () => void;
} {
  const [params, setParams] = useSearchParams();
  const filter = useMemo<BoardFilter>(
    () => ({
      lens: params.get("lens") === "answers" ? "answers" : "does",
      query: params.get("q") ?? "",
      domainId: params.get("domain") ?? "",
      owner: params.get("owner") ?? "",
      kind: params.get("kind") ?? "",
      role: params.get("role") ?? "",
      only: params.get("only") ?? "",
    }),
    [params],
  );
  const set = useCallback(
    (param: Param, value: string) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          if (value) next.set(param, value);
          else next.delete(param);
          return next;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  const clear = useCallback(
    () =>
      setParams(
        (current) => new URLSearchParams([...current].filter(([name]) => ["lens", "duty", "since"].includes(name))),
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  const since = Number(params.get("since") ?? "");
  return {
    filter,
    dutyId: params.get("duty"),
    since: Number.isSafeInteger(since) && since > 0 ? since : null,
    changed: params.has("changed"),
    set,
    clear,
  };
}
