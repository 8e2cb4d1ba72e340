import { createContext, useContext, useDeferredValue, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Facts, Finding, Severity } from "~/domain/findings/finding";
import type { Matrix } from "~/domain/matrix";
import { usePeople } from "../people/people-context";

export type FindingCounts = Record<Severity, number>;
type Found = { counts: FindingCounts; facts: Facts };
const FindingsContext = createContext<Found>({ counts: { blocker: 0, warning: 0, insight: 0 }, facts: { today: "" } });

type Rules = { findAll: (matrix: Matrix, facts: Facts) => Finding[]; countOpen: (findings: readonly Finding[]) => FindingCounts };
type ProviderProps = { matrix: Matrix; today: string; /** The counts of the matrix as it was loaded. */ loaded: FindingCounts; children: ReactNode };

/**
 * Hands how much the rules say about the draft to every view of it. The rules themselves come once the page is alive,
 * since no view but the findings needs them to be drawn; the counts follow an edit at leisure, so that no key waits for it.
 */
export function FindingsProvider({ matrix, today, loaded, children }: ProviderProps) {
  const [rules, setRules] = useState<Rules | null>(null);
  const settled = useDeferredValue(matrix);
  const { holders } = usePeople();

  useEffect(() => {
    let gone = false;
    void import("~/domain/findings/findings").then(({ findAll, countOpen }) => !gone && setRules({ findAll, countOpen }));
    return () => {
      gone = true;
    };
  }, []);

  const found = useMemo(() => {
    const facts = { today, holders };
    return { counts: rules ? rules.countOpen(rules.findAll(settled, facts)) : loaded, facts };
  }, [settled, today, holders, rules, loaded]);
  return (
    <TodayContext.Provider value={today}>
      <FindingsContext.Provider value={found}>{children}</FindingsContext.Provider>
    </TodayContext.Provider>
  );
}

const TodayContext = createContext("");

/** The day the draft was loaded, as YYYY-MM-DD: it stays the same value through edits. */
export function useToday(): string {
  return useContext(TodayContext);
}

/** How much the rules say about the draft on screen, and the facts they go by. */
export function useFindings(): Found {
  return useContext(FindingsContext);
}
