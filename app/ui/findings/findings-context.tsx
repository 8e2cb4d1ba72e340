import {
  createContext,
  startTransition,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import type { RuleFacts, Finding, Severity } from "~/domain/findings/finding";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import type { SigningFacts } from "~/domain/signing/sign-readiness";
import { usePeople } from "../people/people-context";

export type FindingCounts = Record<Severity, number>;
type Found = {
  counts: FindingCounts;
  facts: RuleFacts;
  /** How many people could sign for each side. */ signers: SigningFacts["signers"];
};
const NOBODY: SigningFacts["signers"] = { client: 0, provider: 0 };
const FindingsContext = createContext<Found>({
  counts: { blocker: 0, warning: 0, insight: 0 },
  facts: { today: "" },
  signers: NOBODY,
});

/** The parts of the matrix that rules about one duty need besides the duty. */
export type DutyContext = Pick<Matrix, "parties" | "roles" | "settings" | "accepted">;
type Rules = {
  findAll: (matrix: Matrix, facts: RuleFacts) => Finding[];
  dutyFindings: (context: DutyContext, duty: Duty, facts: RuleFacts) => Finding[];
  countOpen: (findings: readonly Finding[]) => FindingCounts;
};
type ProviderProps = {
  matrix: Matrix;
  today: string;
  /** The counts of the matrix as it was loaded. */ loaded: FindingCounts;
  signers: SigningFacts["signers"];
  children: ReactNode;
};

/**
 * Provides the counts of findings to every view of the draft. The rules are loaded after hydration, since only the
 * findings page needs them for its first render; the counts are deferred after an edit, so that typing never waits for
 * them.
 */
export function FindingsProvider({ matrix, today, loaded, signers, children }: ProviderProps) {
  const [rules, setRules] = useState<Rules | null>(null);
  const settled = useDeferredValue(matrix);
  const { holders } = usePeople();

  useEffect(() => {
    let gone = false;
    void import("~/domain/findings/findings").then(
      ({ findAll, dutyFindings, countOpen }) =>
        !gone && startTransition(() => setRules({ findAll, dutyFindings, countOpen })),
    );
    return () => {
      gone = true;
    };
  }, []);

  const found = useMemo(() => {
    const facts = { today, holders };
    return { counts: rules ? rules.countOpen(rules.findAll(settled, facts)) : loaded, facts, signers };
  }, [settled, today, holders, rules, loaded, signers]);
  const ofDuty = useMemo(
    () =>
      rules &&
      ((context: DutyContext, duty: Duty) =>
        rules.dutyFindings(context, duty, { today, holders }).filter(({ accepted }) => !accepted)),
    [rules, today, holders],
  );
  return (
    <TodayContext.Provider value={today}>
      <DutyRulesContext.Provider value={ofDuty}>
        <FindingsContext.Provider value={found}>{children}</FindingsContext.Provider>
      </DutyRulesContext.Provider>
    </TodayContext.Provider>
  );
}

const DutyRulesContext = createContext<((context: DutyContext, duty: Duty) => Finding[]) | null>(null);

/**
 * Finds the open warnings of one duty; null until the rules are loaded. The function stays the same through edits, so
 * that an edit renders one mark again and not all.
 */
export function useDutyRules() {
  return useContext(DutyRulesContext);
}

const TodayContext = createContext("");

/** Provides today's date to a view outside the draft's frame. */
export function TodayProvider({ today, children }: { today: string; children: ReactNode }) {
  return <TodayContext.Provider value={today}>{children}</TodayContext.Provider>;
}

/** The day on which the draft was loaded, as YYYY-MM-DD. */
export function useToday(): string {
  return useContext(TodayContext);
}

/** The counts of findings in the draft on screen, and the facts that the rules use. */
export function useFindings(): Found {
  return useContext(FindingsContext);
}
