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
  | "conversation-one-sided"
  | "undefined-term";
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
  | "no-clauses"
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
  | "authority"
  | "wording";
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
  "undefined-term": "Undefined term",
  "no-clauses": "No clauses",
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
