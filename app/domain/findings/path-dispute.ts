import { thingAgreement } from "../agreement/thing-agreement";
import type { EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import type { Finding, Rule, Severity } from "./finding";

/** A finding about one agreed thing that is no duty. The ways out are written by a person on the page of the thing. */
export function thingFinding(
  rule: Rule,
  thingId: string,
  severity: Severity,
  facts: Pick<Finding, "title" | "why" | "about"> & Partial<Pick<Finding, "dutyIds" | "roleIds" | "fixes">>,
): Finding {
  return {
    key: `${rule}.${thingId}`,
    rule,
    severity,
    dutyIds: [],
    roleIds: [],
    fixes: [{ label: "Open escalation", write: "escalation" }],
    accepted: null,
    ...facts,
  };
}

/** What is found in a path that one side disputes. */
export function findDispute(matrix: Matrix, path: EscalationPath): Finding[] {
  return thingAgreement(matrix, "paths", path) === "disputed"
    ? [
        thingFinding("path-disputed", path.id, "blocker", {
          title: `${path.name} is disputed. Settle it, or write down the ruling.`,
          why: "What one side disputes isn't agreed.",
          about: "",
        }),
      ]
    : [];
}
