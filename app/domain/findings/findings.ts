import { hashText } from "../hash";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { findInCover } from "./cover-rules";
import { findInDuty } from "./duty-rules";
import { SEVERITIES, type DutyContext, type RuleFacts, type Finding, type Severity } from "./finding";
import { findInAuthorities, findInConversations } from "./conversation-rules";
import { findInPaths } from "./escalation-rules";
import { findInLimits } from "./limit-rules";
import { findInMatrix } from "./matrix-rules";
import { findInPeople } from "./people-rules";
import { findInWording } from "./wording-rules";

const cache = new WeakMap<Matrix["roles"], { context: DutyContext; byDuty: WeakMap<Duty, Finding[]> }>();

/**
 * The findings about one duty, with acceptances. They are cached while the duty, the context and the day stay the same.
 */
export function dutyFindings(
  matrix: Pick<Matrix, "parties" | "roles" | "settings" | "accepted">,
  duty: Duty,
  { today }: RuleFacts,
): Finding[] {
  let cached = cache.get(matrix.roles);
  if (
    !cached ||
    cached.context.parties !== matrix.parties ||
    cached.context.settings !== matrix.settings ||
    cached.context.today !== today
  ) {
    cached = {
      context: { parties: matrix.parties, roles: matrix.roles, settings: matrix.settings, today },
      byDuty: new WeakMap(),
    };
    cache.set(matrix.roles, cached);
  }
  let findings = cached.byDuty.get(duty);
  if (!findings) {
    findings = findInDuty(cached.context, duty);
    cached.byDuty.set(duty, findings);
  }
  return findings.length === 0 ? findings : findings.map((finding) => withAcceptance(matrix.accepted, finding));
}

/** All findings of a matrix: blockers, then warnings, then insights. */
export function findAll(matrix: Matrix, facts: RuleFacts): Finding[] {
  const all = [
    ...matrix.duties.flatMap((duty) => dutyFindings(matrix, duty, facts)),
    ...[
      ...findInMatrix(matrix, facts),
      ...findInPeople(matrix, facts),
      ...findInCover(matrix, facts.cover),
      ...findInPaths(matrix),
      ...findInAuthorities(matrix),
      ...findInLimits(matrix),
      ...findInConversations(matrix),
      ...findInWording(matrix),
    ].map((finding) => withAcceptance(matrix.accepted, finding)),
  ];
  return SEVERITIES.flatMap((severity) => all.filter((finding) => finding.severity === severity));
}

/** What is found in who can be reached when, with acceptances. */
export function coverFindings(matrix: Matrix, { cover }: Pick<RuleFacts, "cover">): Finding[] {
  return findInCover(matrix, cover).map((finding) => withAcceptance(matrix.accepted, finding));
}

function withAcceptance(accepted: Matrix["accepted"], finding: Finding): Finding {
  const acceptance =
    finding.severity === "warning" && Object.hasOwn(accepted, finding.key) ? accepted[finding.key] : undefined;
  return acceptance && acceptance.about === hashText(finding.about) ? { ...finding, accepted: acceptance } : finding;
}

/** The number of open findings by severity. Accepted warnings aren't counted. */
export function countOpen(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { blocker: 0, warning: 0, insight: 0 };
  for (const { severity, accepted } of findings) if (!accepted) counts[severity] += 1;
  return counts;
}
