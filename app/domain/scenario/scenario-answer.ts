import type { Agreement } from "../agreement/agreement";
import type { Beginning, PathCalls } from "../escalation/calls-words.server";
import type { ContainmentStance, EscalationPath, OffLimits } from "../matrix/escalation-shapes";
import type { PartyKind } from "../matrix/shapes";
import type { Scenario } from "./scenario";

/** A role by its name, with its party. */
export type NamedRole = { roleId: string; role: string; party: { name: string; kind: PartyKind } | null };

/** Somebody who can be reached for a role from a time on. */
export type Reached = { name: string; roleId: string; role: string; channel: string; time: string; day: string };

/** What may be approved, up to how much, and who can at that hour; `by` is null where nobody can. */
export type ShownAuthority = {
  id: string;
  kind: string;
  name: string;
  /** As in “up to 5 000 EUR”; empty where there is no limit of money. */
  amount: string;
  condition: string;
  role: string | null;
  deputy: string | null;
  by: (Reached & { isDeputy: boolean }) | null;
};

/** An action of containment, who would take it and who is called first at that hour. */
export type ShownContainment = {
  id: string;
  action: string;
  stance: ContainmentStance;
  /** As in “Call first”. */
  stanceWords: string;
  condition: string;
  role: string | null;
  calls: string | null;
  /** Null where nobody can be reached who would act, or who is called first. */
  actsBy: Reached | null;
  calledFirst: Reached | null;
};

/** A duty that applies, and who does and answers for it. */
export type ShownDuty = {
  id: string;
  code: string;
  text: string;
  does: NamedRole[];
  answers: NamedRole[];
  agreement: Agreement;
  /** The name of the path that applies to it; null where none does. */
  path: string | null;
};

/** What somebody whom the path reaches may decide and do. */
export type ShownPower = NamedRole & {
  names: string[];
  /** Whether their level lets them decide what the path is for. */
  decides: boolean;
  /** What they may approve, with the amount, and for whom where they stand in. */
  approves: string[];
  acts: string[];
  /** What they may do once somebody was called. */
  callsFirst: string[];
};

/** The first decision that is possible: how many minutes of the path's clock after its start, and how many of them too late. */
export type ShownDecision = Reached & { minutes: number; lateBy: number };

/** The path that is followed. */
export type ShownPath = Pick<EscalationPath, "id" | "name" | "trigger" | "decisionTarget" | "lastResort"> & {
  kind: string;
};

/** Where an answer breaks: what isn't agreed, or who can't be reached. */
export type Break = {
  code:
    | "no-path"
    | "level-silent"
    | "role-silent"
    | "no-decision"
    | "decision-late"
    | "no-duty"
    | "duty-gone"
    | "duty-unassigned"
    | "duty-disputed"
    | "duty-declined"
    | "authority-unknown"
    | "authority-nobody"
    | "authority-unreachable"
    | "containment-unknown"
    | "containment-nobody"
    | "containment-unreachable"
    | "nobody-stands-in";
  sentence: string;
};

/** What a scenario comes to on a matrix at a moment. */
export type ScenarioAnswer = {
  scenario: Pick<Scenario, "id" | "title" | "story">;
  beginning: Beginning;
  /** When it begins in words, as in Sat 9 Jan 2027, 02:10. */
  when: string;
  /** Null where no path is followed; `why` says why this one, or why none. */
  path: ShownPath | null;
  why: string;
  calls: PathCalls | null;
  decision: ShownDecision | null;
  /** Whether somebody who may decide is reached by the time that is agreed. */
  inTime: boolean;
  powers: ShownPower[];
  authorities: ShownAuthority[];
  containments: ShownContainment[];
  offLimits: Pick<OffLimits, "id" | "system" | "reason">[];
  duties: ShownDuty[];
  /** How many duties apply beyond those that are shown. */
  moreDuties: number;
  /** Who is away or doesn't answer, in a sentence; empty where nobody is. */
  setback: string;
  away: { personId: string; name: string } | null;
  /** Whether no people are known, and each role counts as reachable at every hour. */
  byRolesAlone: boolean;
  breaks: Break[];
  /** The whole of it in sentences, for reading aloud. */
  words: string[];
};
