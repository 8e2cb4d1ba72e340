import type { Override } from "../cover/rota";
import type { MatrixCommand } from "../editing/commands";
import type { CoverFacts } from "../escalation/week/cover-facts";
import type { Matrix } from "../matrix/matrix";
import type { Acceptance } from "../matrix/shapes";
import type { RoleHolder } from "../people/people";
import { BLOCKER_LABELS, type BlockerCode } from "./blocker-words";

export type Severity = "blocker" | "warning" | "insight";
export const SEVERITIES: readonly Severity[] = ["blocker", "warning", "insight"];

export type WarningCode =
  | "reserved-outside-client"
  | "many-doers"
  | "many-asked"
  | "answers-for-much"
  | "apart-without-note"
  | "undocumented"
  | "vague-duty"
  | "vague-role"
  | "na-without-reason"
  | "past-review"
  | "cover-overdue"
  | "parked-overdue"
  | "parked-unowned"
  | "declined-expired"
  | "dispute-reopened"
  | "one-person"
  | "no-channel"
  | "path-calls-nobody"
  | "level-calls-nobody"
  | "path-decides-nobody"
  | "target-out-of-reach"
  | "one-role-on-path"
  | "cover-beyond-clock"
  | "nobody-approves"
  | "authority-contradicted"
  | "one-person-on-path"
  | "target-missed"
  | "approval-uncovered"
  | "conversation-one-sided";
type InsightCode =
  | "path-unused"
  | "path-role-vacant"
  | "hours-unknown"
  | "contact-unverified"
  | "pair-missing"
  | "limit-without-authority"
  | "nobody-asked-or-told"
  | "idle-role"
  | "role-in-everything"
  | "same-role-repeats"
  | "no-verb"
  | "unwritten"
  | "unfilled"
  | "empty-csf";
/** The rule about roles without a holder. Its finding is an insight in a draft and a blocker at signing. */
type VacancyCode = "vacant-role";
/** Blockers of other things than duties. */
type ThingBlockerCode = "path-disputed" | "level-unreached";
/** Rules whose severity depends on what the hours without anybody mean for a path. */
type CoverCode = "path-silent" | "cover-hole";
export type Rule = BlockerCode | WarningCode | InsightCode | VacancyCode | ThingBlockerCode | CoverCode;

/** The place where a person writes or chooses something, for fixes that no command can carry out. */
export type WritePlace =
  | "boundary"
  | "documentation"
  | "standing"
  | "text"
  | "cover"
  | "agreement"
  | "roles"
  | "terms"
  | "people"
  | "rota"
  | "escalation"
  | "communication"
  | "authority";
/** A change of who is behind a role, or of a contact. It is no part of what is agreed, and is undone by the reverse change. */
export type PeopleChange =
  | { intent: "cover"; roleId: string; overrides: Override[] }
  | { intent: "hold"; roleId: string; personId: string }
  | { intent: "verify"; personId: string; was: string | null };

/**
 * A way to fix a finding: commands that are applied as one undoable step, a change of people, or a place to write. A fix with
 * `partyId` makes a statement of that party, so that only its members can apply it. `does` says what it does, where its label
 * doesn't say it all.
 */
export type Fix =
  | { label: string; commands: MatrixCommand[]; partyId?: string; does?: string }
  | {
      label: string;
      people: PeopleChange;
      /** What is said once it is done. */ said: string;
      does: string;
      partyId?: undefined;
    }
  | { label: string; write: WritePlace; partyId?: undefined };

/** A finding of a rule about a duty, a role, a person or the matrix. The same problem always has the same key. */
export type Finding = {
  key: string;
  rule: Rule;
  severity: Severity;
  dutyIds: string[];
  roleIds: string[];
  /** The id of the person that the finding is about, if it is about one. */
  personId?: string;
  /** What is wrong, in one sentence. */
  title: string;
  /** Why it matters, in one sentence. */
  why: string;
  /** The best fix comes first. */
  fixes: Fix[];
  /** The facts behind the finding as text. When they change, an acceptance is no longer valid. */
  about: string;
  /** The acceptance of a warning; null while it is open. */
  accepted: Acceptance | null;
};

/** The facts that rules need and a matrix doesn't contain. */
export type RuleFacts = {
  /** Today's date as YYYY-MM-DD. */
  today: string;
  /** The holders of roles today. When they aren't known, as on the command line, rules about people are skipped. */
  holders?: readonly RoleHolder[];
  /** What was found in who can be reached when. Where it isn't known, as before the server has worked it out, its rules are skipped. */
  cover?: CoverFacts;
  /** At signing, a role without a holder is a blocker; the default is "draft". */
  phase?: "draft" | "signing";
};

/** The context that rules about one duty may use. */
export type DutyContext = Pick<Matrix, "parties" | "roles" | "settings"> & Pick<RuleFacts, "today">;

/** The label of each rule, which stands above its findings. */
export const RULE_LABELS: Record<Rule, string> = {
  ...BLOCKER_LABELS,
  "reserved-outside-client": "Reserved, but the provider answers",
  "many-doers": "Many do it",
  "many-asked": "Many must be asked",
  "answers-for-much": "One role answers for much",
  "apart-without-note": "Done by one side, answered for by the other, no handover note",
  undocumented: "Only one side can do it, nothing written down",
  unwritten: "Nothing written down yet",
  unfilled: "Figure left open",
  "vague-duty": "Too vague to assign",
  "vague-role": "Role name says little",
  "na-without-reason": "Doesn't apply, no reason",
  "past-review": "Review is due",
  "cover-overdue": "Cover has ended",
  "parked-overdue": "Parked too long",
  "parked-unowned": "Parked with nobody",
  "declined-expired": "Declined, time is up",
  "dispute-reopened": "Changed after a dispute, not answered",
  "one-person": "Rests on one person",
  "path-disputed": "Disputed path",
  "no-channel": "Person who can't be called",
  "path-calls-nobody": "Path that calls nobody",
  "level-calls-nobody": "Level that calls nobody",
  "path-decides-nobody": "Path on which nobody may decide",
  "target-out-of-reach": "Target that can't be met",
  "one-role-on-path": "One role on every level",
  "cover-beyond-clock": "24x7 duty, path of working hours",
  "nobody-approves": "Approval that nobody may give",
  "authority-contradicted": "Limit that contradicts its authority",
  "path-silent": "Hours in which a path reaches nobody",
  "level-unreached": "Level that reaches nobody",
  "cover-hole": "Hours without cover",
  "one-person-on-path": "One person at every level",
  "target-missed": "Target that can't be met at some hours",
  "approval-uncovered": "Approval that nobody can give at some hours",
  "contact-unverified": "Contact not verified for six months",
  "conversation-one-sided": "Conversation without one side",
  "path-unused": "Path that no duty names",
  "path-role-vacant": "Role on a path without a holder",
  "hours-unknown": "Working hours not known",
  "pair-missing": "Lead that nobody speaks with",
  "limit-without-authority": "Limit of money without an authority",
  "nobody-asked-or-told": "Nobody asked or told",
  "idle-role": "Idle role",
  "role-in-everything": "In everything",
  "same-role-repeats": "Answers for its own work",
  "no-verb": "No verb",
  "empty-csf": "Framework category without a duty",
  "vacant-role": "Role without a holder",
};

/** The source of each rule. "Demarc" means that the rule is this product's own. */
export const FINDING_SOURCES: Record<Rule, string> = {
  empty: "RACI practice: a row has one A and at least one R",
  "only-informed": "RASCI validators: somebody must be active",
  "no-answer": "ITIL: exactly one A a row",
  "several-answer": "ITIL: exactly one A a row",
  "third-party-answers": "CSA CCM: a party stays accountable for its third parties",
  "no-doer": "ITIL: at least one R a row",
  "shared-without-boundary": "PCI DSS 12.8.5, CSA CCM STA-04",
  "unknown-letter": "RASCI validators: letters outside the scheme",
  disputed: "Demarc: what is disputed is not agreed",
  "declining-unconfirmed": "Demarc: whoever bears a risk accepts it",
  "deleted-disputed": "Demarc: a dispute doesn't go away with its row",
  "dispute-reopened": "Demarc: only who disputes says that it is settled",
  "reserved-outside-client": "Demarc: direction, budget and risk stay with the client",
  "many-doers": "Trackplus RACI analysis: many R",
  "many-asked": "Trackplus RACI analysis: many C",
  "answers-for-much": "Trackplus RACI analysis: many A in one column",
  "apart-without-note": "Demarc: a handover needs a note",
  undocumented: "Demarc: no dependency on one side's memory",
  unwritten: "Demarc: no dependency on one side's memory",
  unfilled: "Demarc: a target names its figure",
  "vague-duty": "Scopable: a row must be concrete enough to assign",
  "vague-role": "CMMC practice: name roles and tools",
  "na-without-reason": "CSA CCM STA-04, FedRAMP CRM: a reason for what doesn't apply",
  "past-review": "RACI practice: a matrix is reviewed on a rhythm",
  "cover-overdue": "Demarc: cover returns on its day",
  "parked-overdue": "Demarc: what is parked is taken up again",
  "parked-unowned": "Demarc: what is parked is taken up again",
  "declined-expired": "Demarc: an accepted risk has an end",
  "one-person": "Demarc: no single point of failure among people",
  "path-disputed": "Demarc: what is disputed is not agreed",
  "no-channel": "Demarc: whoever is called can be reached",
  "path-calls-nobody": "Demarc: a path never waits for nobody",
  "level-calls-nobody": "Demarc: a path never waits for nobody",
  "path-decides-nobody": "NinjaOne operating standard: authority at each step",
  "target-out-of-reach": "Demarc: a target that both can meet",
  "one-role-on-path": "Demarc: no single point of failure among roles",
  "cover-beyond-clock": "Demarc: cover and clock agree",
  "nobody-approves": "GeekGirlsIT: authorised contacts are named",
  "authority-contradicted": "Demarc: one agreement says one amount",
  "path-silent": "Demarc: a path never waits for nobody",
  "level-unreached": "Demarc: a path never waits for nobody",
  "cover-hole": "Demarc: a hole is seen before it hurts",
  "one-person-on-path": "Demarc: no single point of failure among people",
  "target-missed": "Demarc: a target that both can meet",
  "approval-uncovered": "Demarc: whoever may approve can be asked",
  "contact-unverified": "Demarc: a number is checked before it is needed",
  "conversation-one-sided": "Demarc: each conversation has both sides",
  "path-unused": "Demarc: a path has duties",
  "path-role-vacant": "Demarc: a path never waits for nobody",
  "hours-unknown": "Demarc: who is called when is known beforehand",
  "pair-missing": "Demarc: each level has its counterpart",
  "limit-without-authority": "Demarc: one agreement says one amount",
  "nobody-asked-or-told": "Trackplus RACI analysis: no C and no I",
  "idle-role": "Trackplus RACI analysis: no R and no A in a column",
  "role-in-everything": "Trackplus RACI analysis: a column without blanks",
  "same-role-repeats": "RASCI validators: the same role as R and A",
  "no-verb": "RACI practice: a duty begins with a verb",
  "empty-csf": "NIST CSF 2.0 categories",
  "vacant-role": "Holaspirit, OpsLevel: a role nobody holds is shown",
};
