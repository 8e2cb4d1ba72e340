import { useSearchParams } from "@remix-run/react";
import { useCallback, useMemo } from "react";
import type { BoardFilter } from "../board/board-view";

type Param = "lens" | "q" | "domain" | "owner" | "role" | "only" | "duty";

/** The lens of the board, filters and open duty, kept in the URL so that a link shows what its sender saw. */
export function useDutyFilter(): { filter: BoardFilter; dutyId: string | null; set: (param: Param, value: string) => void; /** Takes every filter away. */ clear: () => void } {
  const [params, setParams] = useSearchParams();
  const filter = useMemo<BoardFilter>(
    () => ({
      lens: params.get("lens") === "answers" ? "answers" : "does",
      query: params.get("q") ?? "",
      domainId: params.get("domain") ?? "",
      owner: params.get("owner") ?? "",
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
    () => setParams((current) => new URLSearchParams([...current].filter(([name]) => name === "lens" || name === "duty")), { replace: true, preventScrollReset: true }),
    [setParams],
  );
  return { filter, dutyId: params.get("duty"), set, clear };
}
