import { termsHash } from "~/domain/agreement/agreement";
import { DEFAULT_SETTINGS } from "~/domain/version/upgrade";
import type { Rule } from "~/domain/findings/finding";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { aDuty, aMatrix, cells } from "./matrices";

const TEXTS = [
  "Patch servers every month",
  "Answer user calls",
  "Review access rights",
  "Test the restore",
  "Renew licences in time",
  "Watch alerts",
  "Change firewall rules",
  "Order new devices",
  "Write runbooks",
  "Train new staff",
];

const GRIDS: readonly Record<string, string>[] = [
  { "it-team": "A", "it-lead": "R", vendor: "R", engineer: "I" },
  { engineer: "A", "service-desk": "R", "it-lead": "I" },
  { "it-lead": "A", "it-team": "R", "service-desk": "I" },
  { "service-desk": "A", engineer: "R", "it-team": "C" },
];

/** A matrix of twenty duties in which no rule finds anything. */
export function faultless(): Matrix {
  const duties = Array.from({ length: 20 }, (_, i) => {
    // Every role is in fewer than half of the duties, so that no rule about shares finds anything.
    const varied = GRIDS[i % GRIDS.length] ?? {};
    return aDuty({
      id: `duty-${i + 1}`,
      code: `SUP-${String(i + 1).padStart(2, "0")}`,
      text: `${TEXTS[i % 10] ?? ""} (${i + 1})`,
      letters: cells(varied),
      boundary: "The team opens the call; the vendor works on the line.",
      documentation: "Wiki",
    });
  });
  const base = aMatrix({ duties, settings: { ...DEFAULT_SETTINGS, answererShare: 60 } });
  return {
    ...base,
    clauses: [{ id: "changes", key: "", title: "Changes", text: "Only a signed version changes this.", struck: false }],
    definitions: [{ id: "target", key: "", term: "Target", meaning: "How both sides see that something is done." }],
    roles: [
      ...base.roles.slice(0, 3),
      { id: "engineer", partyId: "provider", name: "Engineer", lead: false },
      ...base.roles.slice(3),
    ],
  };
}

export type Fault = {
  rule: Rule;
  /** The kind of thing whose id ends a finding's key; null for a finding about the whole matrix. */ subject:
    "duty" | "role" | null;
  spoil: (duty: Duty) => Duty;
};

const declinedUntil = (duty: Duty, until: string): Duty => ({
  ...duty,
  standing: { kind: "declined", reason: "Too dear", riskOwner: "Daniel", until },
});

const letters =
  (grid: Record<string, string>) =>
  (duty: Duty): Duty => ({ ...duty, letters: cells(grid) });
const all = { it: "it-lead", team: "it-team", desk: "service-desk", engineer: "engineer", vendor: "vendor" };

/** Faults in a duty of `faultless`, each of which one rule finds and no other. */
export const FAULTS: readonly Fault[] = [
  { rule: "empty", subject: "duty", spoil: letters({}) },
  { rule: "only-informed", subject: "duty", spoil: letters({ [all.it]: "C", [all.desk]: "I" }) },
  { rule: "no-answer", subject: "duty", spoil: letters({ [all.team]: "R", [all.desk]: "I" }) },
  { rule: "several-answer", subject: "duty", spoil: letters({ [all.it]: "A", [all.team]: "A/R", [all.desk]: "I" }) },
  {
    rule: "third-party-answers",
    subject: "duty",
    spoil: letters({ [all.vendor]: "A", [all.team]: "R", [all.desk]: "I" }),
  },
  { rule: "no-doer", subject: "duty", spoil: letters({ [all.it]: "A", [all.team]: "C", [all.desk]: "I" }) },
  {
    rule: "shared-without-boundary",
    subject: "duty",
    spoil: (duty) => ({
      ...duty,
      boundary: "",
      letters: cells({ [all.it]: "A", [all.team]: "R", [all.desk]: "R", [all.engineer]: "I" }),
    }),
  },
  {
    rule: "unknown-letter",
    subject: "duty",
    spoil: letters({ [all.it]: "A", [all.team]: "R", [all.desk]: "S", [all.engineer]: "I" }),
  },
  {
    rule: "reserved-outside-client",
    subject: "duty",
    spoil: (duty) => ({
      ...duty,
      reserved: true,
      letters: cells({ [all.desk]: "A", [all.engineer]: "R", [all.it]: "I" }),
    }),
  },
  {
    rule: "many-doers",
    subject: "duty",
    spoil: letters({ [all.it]: "A/R", [all.team]: "R", [all.desk]: "R", [all.engineer]: "R", [all.vendor]: "I" }),
  },
  {
    rule: "many-asked",
    subject: "duty",
    spoil: letters({ [all.it]: "A/R", [all.team]: "C", [all.desk]: "C", [all.engineer]: "C", [all.vendor]: "C" }),
  },
  {
    rule: "apart-without-note",
    subject: "duty",
    spoil: (duty) => ({
      ...duty,
      boundary: "",
      letters: cells({ [all.it]: "A", [all.engineer]: "R", [all.desk]: "I" }),
    }),
  },
  {
    rule: "undocumented",
    subject: null,
    spoil: (duty) => ({
      ...duty,
      documentation: "",
      knowledge: "Sam Okafor",
      letters: cells({ [all.it]: "A", [all.team]: "R", [all.desk]: "I" }),
    }),
  },
  {
    rule: "unwritten",
    subject: null,
    spoil: (duty) => ({
      ...duty,
      documentation: "",
      letters: cells({ [all.it]: "A", [all.team]: "R", [all.desk]: "I" }),
    }),
  },
  {
    rule: "unfilled",
    subject: null,
    spoil: (duty) => ({ ...duty, doneWhen: "Calls are answered within [agreed time]" }),
  },
  { rule: "vague-duty", subject: null, spoil: (duty) => ({ ...duty, text: "Access control" }) },
  {
    rule: "no-verb",
    subject: null,
    spoil: (duty) => ({ ...duty, text: "Quarterly access recertification for all systems" }),
  },
  { rule: "nobody-asked-or-told", subject: null, spoil: letters({ [all.it]: "A", [all.team]: "R" }) },
  {
    rule: "na-without-reason",
    subject: "duty",
    spoil: (duty) => ({ ...duty, standing: { kind: "not-applicable", reason: "" } }),
  },
  {
    rule: "parked-overdue",
    subject: "duty",
    spoil: (duty) => ({ ...duty, standing: { kind: "parked", owner: "Priya", until: "2026-01-01" } }),
  },
  {
    rule: "parked-unowned",
    subject: "duty",
    spoil: (duty) => ({ ...duty, standing: { kind: "parked", owner: " ", until: "2999-01-01" } }),
  },
  {
    rule: "declined-expired",
    subject: "duty",
    spoil: (duty) => {
      const declined = declinedUntil(duty, "2026-01-01");
      const terms = termsHash(faultless(), declined);
      return { ...declined, marks: { client: { state: "agreed", terms, position: "", confirms: "declining" } } };
    },
  },
  { rule: "declining-unconfirmed", subject: "duty", spoil: (duty) => declinedUntil(duty, "2099-01-01") },
  {
    rule: "cover-overdue",
    subject: "duty",
    spoil: (duty) => ({ ...duty, coverPeriod: { partyId: "provider", from: "2025-12-01", to: "2026-01-01" } }),
  },
];
