import { termsHash } from "../agreement/agreement";
import { dutyFindings } from "../findings/findings";
import type { RuleFacts } from "../findings/finding";
import type { Matrix } from "../matrix/matrix";
import { holdersOf } from "../matrix/letters";
import type { Duty } from "../matrix/shapes";
import { ownerOf } from "../matrix/owner";
import { CHOICE_REASONS, type ChoiceReason, type WorkshopChoices } from "./reasons";

/** What a workshop on a matrix may be about. `since` is the newest version, against which a duty has changed or not. */
export function workshopChoices(matrix: Matrix, since: Matrix | null, facts: RuleFacts): WorkshopChoices {
  const before = since && new Map(since.duties.map((duty) => [duty.id, termsHash(since, duty)]));
  return {
    domains: matrix.domains.map(({ id, name }) => ({ domainId: id, name })),
    duties: matrix.duties.map((duty) => ({
      dutyId: duty.id,
      code: duty.code,
      text: duty.text,
      domainId: duty.domainId,
      reasons: reasonsFor(matrix, duty, before && before.get(duty.id) !== termsHash(matrix, duty), facts),
    })),
    paths: matrix.paths.map(({ id, name }) => ({ pathId: id, name })),
  };
}

function reasonsFor(matrix: Matrix, duty: Duty, changed: boolean | null, facts: RuleFacts): ChoiceReason[] {
  const holds: Record<ChoiceReason, boolean> = {
    "first-workshop": duty.firstWorkshop,
    "often-disputed": duty.oftenDisputed,
    unassigned: ownerOf(matrix, duty) === null || holdersOf(duty, "R").length === 0,
    changed: changed === true,
    finding: dutyFindings(matrix, duty, facts).some(({ severity, accepted }) => severity !== "insight" && !accepted),
  };
  return CHOICE_REASONS.filter((reason) => holds[reason]);
}
