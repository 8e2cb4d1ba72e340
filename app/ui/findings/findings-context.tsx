import {
  createContext,
  startTransition,
  useCallback,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import type { CoverFacts } from "~/domain/escalation/week/cover-facts";
import type { RuleFacts, Finding, Severity } from "~/domain/findings/finding";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import type { SigningFacts } from "~/domain/signing/sign-readiness";
import type { MatrixEditor } from "../editor/editor-types";
import { usePeople } from "../people/people-context";

export type FindingCounts = Record<Severity, number>;
type Found = {
  counts: FindingCounts;
  facts: RuleFacts;
  /** How far the findings about hours are: there are none without paths, and they are fetched after the page. */ cover: CoverState;
  /** What is found in the cover; nothing until the rules are loaded. */ coverFindings: Rules["coverFindings"];
  /** How many people could sign for each side. */ signers: SigningFacts["signers"];
};
type CoverState = { state: "none" | "waiting" | "here" | "failed"; retry: () => void };
const NOBODY: SigningFacts["signers"] = { client: 0, provider: 0 };
const nothing = () => [];
const FindingsContext = createContext<Found>({
  counts: { blocker: 0, warning: 0, insight: 0 },
  facts: { today: "" },
  cover: { state: "none", retry: () => undefined },
  coverFindings: nothing,
  signers: NOBODY,
});

/** The parts of the matrix that rules about one duty need besides the duty. */
export type DutyContext = Pick<Matrix, "parties" | "roles" | "settings" | "accepted">;
type Rules = {
  findAll: (matrix: Matrix, facts: RuleFacts) => Finding[];
  dutyFindings: (context: DutyContext, duty: Duty, facts: RuleFacts) => Finding[];
  countOpen: (findings: readonly Finding[]) => FindingCounts;
  coverFindings: (matrix: Matrix, facts: RuleFacts) => Finding[];
  fetchCover: (matrixId: string, signal: AbortSignal) => Promise<CoverFacts | null>;
};
type ProviderProps = {
  editor: Pick<MatrixEditor, "matrixId" | "matrix" | "stored">;
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
export function FindingsProvider({ editor, today, loaded, signers, children }: ProviderProps) {
  const [rules, setRules] = useState<Rules | null>(null);
  const settled = useDeferredValue(editor.matrix);
  const { holders } = usePeople();
  const { cover, state, retry } = useCover(editor, rules);

  useEffect(() => {
    let gone = false;
    void import("./late-rules").then(({ RULES }) => !gone && startTransition(() => setRules(RULES)));
    return () => {
      gone = true;
    };
  }, []);

  const found = useMemo(() => {
    const facts = { today, holders, cover };
    const counts = rules ? rules.countOpen(rules.findAll(settled, facts)) : loaded;
    return { counts, facts, signers, cover: { state, retry }, coverFindings: rules?.coverFindings ?? nothing };
  }, [settled, today, holders, cover, state, retry, rules, loaded, signers]);
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

/** What the server finds in who can be reached when, fetched again once what it is made of is stored differently. */
function useCover({ matrixId, stored }: ProviderProps["editor"], rules: Rules | null) {
  const { paths, parties, roles, hours, offDuties, authorities, containments } = stored;
  const { people, holdings } = usePeople();
  const [found, setFound] = useState<{ cover?: CoverFacts; failed: boolean }>({ failed: false });
  const [tries, setTries] = useState(0);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  const hasPaths = paths.length > 0;
  useEffect(() => {
    if (!rules || !hasPaths) return;
    const asking = new AbortController();
    rules.fetchCover(matrixId, asking.signal).then(
      (cover) => !asking.signal.aborted && startTransition(() => setFound({ ...(cover && { cover }), failed: false })),
      () => !asking.signal.aborted && setFound((before) => ({ ...before, failed: true })),
    );
    return () => asking.abort();
  }, [
    matrixId,
    rules,
    hasPaths,
    tries,
    paths,
    parties,
    roles,
    hours,
    offDuties,
    authorities,
    containments,
    people,
    holdings,
  ]);
  const cover = hasPaths ? found.cover : undefined;
  const state: CoverState["state"] = !hasPaths ? "none" : found.failed ? "failed" : cover ? "here" : "waiting";
  return { cover, state, retry };
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
