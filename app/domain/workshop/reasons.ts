import { agreementOf, type Agreement } from "../agreement/agreement";
import type { Matrix } from "../matrix/matrix";
import { riskOf } from "./differences";

/** Why a duty is worth talking about. */
export const CHOICE_REASONS = ["first-workshop", "often-disputed", "unassigned", "changed", "finding"] as const;
export type ChoiceReason = (typeof CHOICE_REASONS)[number];

/** A duty that a workshop may be about, with the reasons for it. */
type DutyChoice = { dutyId: string; code: string; text: string; domainId: string; reasons: ChoiceReason[] };

/** What a workshop may be about: every duty and every path of the matrix. */
export type WorkshopChoices = {
  domains: { domainId: string; name: string }[];
  duties: DutyChoice[];
  paths: { pathId: string; name: string }[];
};

/** What both sides can still talk about. */
const OPEN: ReadonlySet<Agreement> = new Set<Agreement>(["proposed", "disputed", "parked"]);

/**
 * The duties that are most worth the time there is, as many as `count`, in the order of the board: those with the most
 * reasons and the largest risk. Duties without a reason, and those that
 * both sides agree on or that don't apply, aren't among them.
 */
export function suggestedDuties(
  matrix: Matrix,
  choices: Pick<WorkshopChoices, "duties">,
  planned: ReadonlySet<string>,
  count: number,
): string[] {
  const byId = new Map(matrix.duties.map((duty) => [duty.id, duty]));
  const ranked = choices.duties
    .flatMap(({ dutyId, reasons }, place) => {
      const duty = byId.get(dutyId);
      return duty && reasons.length > 0 && !planned.has(dutyId) && OPEN.has(agreementOf(matrix, duty))
        ? [{ dutyId, place, weight: reasons.length * 3 + riskOf(duty) }]
        : [];
    })
    .sort((a, b) => b.weight - a.weight || a.place - b.place);
  return ranked
    .slice(0, Math.max(0, count))
    .sort((a, b) => a.place - b.place)
    .map(({ dutyId }) => dutyId);
}
