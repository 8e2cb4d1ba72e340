import { termsHash } from "../agreement/agreement";
import type { Matrix } from "../matrix/matrix";
import type { Standing } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { applyCommand } from "./apply-command";
import type { MatrixCommand } from "./commands";

/** The command by which the party that bears the risk confirms that a duty with these terms is declined. */
export function confirmDeclining(dutyId: string, partyId: string, terms: string): MatrixCommand {
  return { type: "duty.mark", dutyId, partyId, state: "agreed", position: "", terms, confirms: "declining" };
}

/**
 * The commands that set a duty's standing. Whoever declines it for the party that bears the risk confirms that in the
 * same step.
 */
export function standingCommands(
  matrix: Matrix,
  dutyId: string,
  standing: Standing | null,
  ownPartyId: string | null,
): MatrixCommand[] {
  const set: MatrixCommand = { type: "duty.edit", dutyId, set: { standing } };
  const bearing = indexOf(matrix).client;
  if (standing?.kind !== "declined" || !bearing || bearing.id !== ownPartyId) return [set];
  const result = applyCommand(matrix, set);
  const duty = result.ok ? result.value.duties.find(({ id }) => id === dutyId) : undefined;
  return result.ok && duty ? [set, confirmDeclining(dutyId, bearing.id, termsHash(result.value, duty))] : [set];
}
