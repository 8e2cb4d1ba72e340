import { createContext, useContext, useDeferredValue, useMemo, type ReactNode } from "react";
import type { Facts, Finding, Severity } from "~/domain/findings/finding";
import { countOpen, findAll } from "~/domain/findings/findings";
import type { Matrix } from "~/domain/matrix";

type Found = { findings: Finding[]; counts: Record<Severity, number>; facts: Facts };
const FindingsContext = createContext<Found>({ findings: [], counts: { blocker: 0, warning: 0, insight: 0 }, facts: { today: "" } });

/** Hands what the rules say about the draft to every view of it. It follows an edit at leisure, so that no key waits for it. */
export function FindingsProvider({ matrix, today, children }: { matrix: Matrix; today: string; children: ReactNode }) {
  const settled = useDeferredValue(matrix);
  const found = useMemo(() => {
    const facts = { today };
    const findings = findAll(settled, facts);
    return { findings, counts: countOpen(findings), facts };
  }, [settled, today]);
  return <FindingsContext.Provider value={found}>{children}</FindingsContext.Provider>;
}

/** What the rules say about the draft on screen. */
export function useFindings(): Found {
  return useContext(FindingsContext);
}
