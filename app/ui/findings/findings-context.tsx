import { createContext, startTransition, useContext, useDeferredValue, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Facts, Finding, Severity } from "~/domain/findings/finding";
import type { Matrix } from "~/domain/matrix";
import type { Duty } from "~/domain/parts/shapes";
import type { SigningGround } from "~/domain/sign-readiness";
import { usePeople } from "../people/people-context";

export type FindingCounts = Record<Severity, number>;
type Found = { counts: FindingCounts; facts: Facts; /** How many people could sign for each side. */ signers: SigningGround["signers"] };
const NOBODY: SigningGround["signers"] = { client: 0, provider: 0 };
const FindingsContext = createContext<Found>({ counts: { blocker: 0, warning: 0, insight: 0 }, facts: { today: "" }, signers: NOBODY });

/** What rules about one duty look at besides it. */
export type DutyContext = Pick<Matrix, "parties" | "roles" | "settings" | "accepted">;
type Rules = { findAll: (matrix: Matrix, facts: Facts) => Finding[]; dutyFindings: (context: DutyContext, duty: Duty, facts: Facts) => Finding[]; countOpen: (findings: readonly Finding[]) => FindingCounts };
type ProviderProps = { matrix: Matrix; today: string; /** The counts of the matrix as it was loaded. */ loaded: FindingCounts; signers: SigningGround["signers"]; children: ReactNode };

/**
 * Hands how much the rules say about the draft to every view of it. The rules themselves come once the page is alive,
 * since no view but the findings needs them to be drawn; the counts follow an edit at leisure, so that no key waits for it.
 */
export function FindingsProvider({ matrix, today, loaded, signers, children }: ProviderProps) {
  const [rules, setRules] = useState<Rules | null>(null);
  const settled = useDeferredValue(matrix);
  const { holders } = usePeople();

  useEffect(() => {
    let gone = false;
    void import("~/domain/findings/findings").then(({ findAll, dutyFindings, countOpen }) => !gone && startTransition(() => setRules({ findAll, dutyFindings, countOpen })));
    return () => {
      gone = true;
    };
  }, []);

  const found = useMemo(() => {
    const facts = { today, holders };
    return { counts: rules ? rules.countOpen(rules.findAll(settled, facts)) : loaded, facts, signers };
  }, [settled, today, holders, rules, loaded, signers]);
  const ofDuty = useMemo(() => rules && ((context: DutyContext, duty: Duty) => rules.dutyFindings(context, duty, { today, holders }).filter(({ accepted }) => !accepted)), [rules, today, holders]);
  return (
    <TodayContext.Provider value={today}>
      <DutyRulesContext.Provider value={ofDuty}>
        <FindingsContext.Provider value={found}>{children}</FindingsContext.Provider>
      </DutyRulesContext.Provider>
    </TodayContext.Provider>
  );
}

const DutyRulesContext = createContext<((context: DutyContext, duty: Duty) => Finding[]) | null>(null);

/** What the rules say openly about one duty, for a mark beside it; null until they are here. It stays the same value through edits, so that one edit draws one mark anew. */
export function useDutyRules() {
  return useContext(DutyRulesContext);
}

const TodayContext = createContext("");

/** Tells a view outside the draft's frame which day it is read on. */
export function TodayProvider({ today, children }: { today: string; children: ReactNode }) {
  return <TodayContext.Provider value={today}>{children}</TodayContext.Provider>;
}

/** The day the draft was loaded, as YYYY-MM-DD: it stays the same value through edits. */
export function useToday(): string {
  return useContext(TodayContext);
}

/** How much the rules say about the draft on screen, and the facts they go by. */
export function useFindings(): Found {
  return useContext(FindingsContext);
}
