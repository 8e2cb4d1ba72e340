import type { MatrixCommand } from "../editing/commands";
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
  | "declined-expired"
  | "dispute-reopened"
  | "one-person"
  | "path-calls-nobody"
  | "level-calls-nobody"
  | "path-decides-nobody"
  | "target-out-of-reach"
  | "one-role-on-path"
  | "cover-beyond-clock"
  | "nobody-approves"
  | "conversation-one-sided";
type InsightCode =
  | "path-unused"
  | "nobody-asked-or-told"
  | "idle-role"
  | "role-in-everything"
  | "same-role-repeats"
  | "no-verb"
  | "empty-csf";
/** What is said of the people behind the roles: an insight in the draft, a blocker at signing. */
type VacancyCode = "vacant-role";
export type Rule = BlockerCode | WarningCode | InsightCode | VacancyCode;

/** What a person writes or chooses where no command can say it for them. */
export type Write =
  | "boundary"
  | "documentation"
  | "standing"
  | "text"
  | "cover"
  | "agreement"
  | "roles"
  | "terms"
  | "people"
  | "escalation";
/** A way out: commands applied as one undoable step, or what to write. One with a party is that party's own word, and nobody else's to give. */
export type Fix =
  { label: string; commands: MatrixCommand[]; partyId?: string } | { label: string; write: Write; partyId?: undefined };

/** What a rule says about a duty, a role or the matrix. `key` is the same for the same thing, however often it is found. */
export type Finding = {
  key: string;
  rule: Rule;
  severity: Severity;
  dutyIds: string[];
  roleIds: string[];
  /** The person it is about, where it is about one. */
  personId?: string;
  /** What is wrong, in one sentence. */
  title: string;
  /** Why it matters, in one sentence. */
  why: string;
  /** The best one first. */
  fixes: Fix[];
  /** What the finding is about, as text: when it changes, an acceptance falls away. */
  about: string;
  /** Why a warning was accepted as it is; null while it is open. */
  accepted: Acceptance | null;
};

/** What a rule can't take from the matrix. */
export type Facts = {
  /** A day as YYYY-MM-DD. */
  today: string;
  /** Who holds which role today. Absent where nobody can know, as on the command line: rules about people are quiet then. */
  holders?: readonly RoleHolder[];
  /** At signing the rules also ask for holders. */
  phase?: "draft" | "signing";
};

/** What rules about one duty may look at besides it. */
export type Context = Pick<Matrix, "parties" | "roles" | "settings"> & Pick<Facts, "today">;

/** The short words for a rule, over the findings it makes. */
export const RULE_LABELS: Record<Rule, string> = {
  ...BLOCKER_LABELS,
  "reserved-outside-client": "Reserved, but the provider answers",
  "many-doers": "Many do it",
  "many-asked": "Many must be asked",
  "answers-for-much": "One role answers for much",
  "apart-without-note": "Done by one side, answered for by the other, no handover note",
  undocumented: "Only one side can do it, nothing written down",
  "vague-duty": "Too vague to assign",
  "vague-role": "Role name says little",
  "na-without-reason": "Doesn't apply, no reason",
  "past-review": "Review is due",
  "cover-overdue": "Cover has ended",
  "parked-overdue": "Parked too long",
  "declined-expired": "Declined, time is up",
  "dispute-reopened": "Changed after a dispute, not answered",
  "one-person": "Rests on one person",
  "path-calls-nobody": "Path that calls nobody",
  "level-calls-nobody": "Level that calls nobody",
  "path-decides-nobody": "Path on which nobody may decide",
  "target-out-of-reach": "Target that can't be met",
  "one-role-on-path": "One role on every level",
  "cover-beyond-clock": "24x7 duty, path of working hours",
  "nobody-approves": "Approval that nobody may give",
  "conversation-one-sided": "Conversation without one side",
  "path-unused": "Path that no duty names",
  "nobody-asked-or-told": "Nobody asked or told",
  "idle-role": "Idle role",
  "role-in-everything": "In everything",
  "same-role-repeats": "Answers for its own work",
  "no-verb": "No verb",
  "empty-csf": "Framework category without a duty",
  "vacant-role": "Role without a holder",
};

/** Where each rule comes from; sources are those of the field as gathered, "Demarc" is our own. */
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
  "deleted-disputed": "Demarc: a dispute doesn't go away with its row",
  "dispute-reopened": "Demarc: only who disputes says that it is settled",
  "reserved-outside-client": "Demarc: direction, budget and risk stay with the client",
  "many-doers": "Trackplus RACI analysis: many R",
  "many-asked": "Trackplus RACI analysis: many C",
  "answers-for-much": "Trackplus RACI analysis: many A in one column",
  "apart-without-note": "Demarc: a handover needs a note",
  undocumented: "Demarc: no dependency on one side's memory",
  "vague-duty": "Scopable: a row must be concrete enough to assign",
  "vague-role": "CMMC practice: name roles and tools",
  "na-without-reason": "CSA CCM STA-04, FedRAMP CRM: a reason for what doesn't apply",
  "past-review": "RACI practice: a matrix is reviewed on a rhythm",
  "cover-overdue": "Demarc: cover returns on its day",
  "parked-overdue": "Demarc: what is parked is taken up again",
  "declined-expired": "Demarc: an accepted risk has an end",
  "one-person": "Demarc: no single point of failure among people",
  "path-calls-nobody": "Demarc: a path never waits for nobody",
  "level-calls-nobody": "Demarc: a path never waits for nobody",
  "path-decides-nobody": "NinjaOne operating standard: authority at each step",
  "target-out-of-reach": "Demarc: a target that both can meet",
  "one-role-on-path": "Demarc: no single point of failure among roles",
  "cover-beyond-clock": "Demarc: cover and clock agree",
  "nobody-approves": "GeekGirlsIT: authorised contacts are named",
  "conversation-one-sided": "Demarc: each conversation has both sides",
  "path-unused": "Demarc: a path has duties",
  "nobody-asked-or-told": "Trackplus RACI analysis: no C and no I",
  "idle-role": "Trackplus RACI analysis: no R and no A in a column",
  "role-in-everything": "Trackplus RACI analysis: a column without blanks",
  "same-role-repeats": "RASCI validators: the same role as R and A",
  "no-verb": "RACI practice: a duty begins with a verb",
  "empty-csf": "NIST CSF 2.0 categories",
  "vacant-role": "Holaspirit, OpsLevel: a role nobody holds is shown",
};
