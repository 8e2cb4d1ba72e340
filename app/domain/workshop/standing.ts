import { agreementOf } from "../agreement/agreement";
import { thingAgreement } from "../agreement/thing-agreement";
import { dayWords } from "../day-words";
import type { MatrixCommand } from "../editing/commands";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import type { Standing } from "../matrix/shapes";
import { onBoard } from "./board";
import type { Item, Step, Subject } from "./shapes";

/** A duty's standing on the board; null for a path, which has none, and where it was deleted. */
export function standingOf(matrix: Matrix, subject: Subject): Standing | null {
  const found = onBoard(matrix, subject);
  return found?.kind === "duty" ? found.duty.standing : null;
}

/** Whether the board still has a duty as it was parked in the workshop. A path has nothing on the board that could differ. */
export function standsAsParked(matrix: Matrix, { subject, settled }: Pick<Item, "subject" | "settled">): boolean {
  if (subject.kind === "path") return true;
  const standing = standingOf(matrix, subject);
  if (settled?.settlement.kind !== "park" || standing?.kind !== "parked") return false;
  const { owner, until } = settled.settlement;
  return standing.owner === owner && standing.until === until;
}

/** The commands that set a duty's standing back to what it was before it was parked; none where somebody changed it since. */
export function unparkCommands(
  matrix: Matrix,
  item: Pick<Item, "subject" | "settled">,
  { standing }: Pick<Step, "standing">,
): MatrixCommand[] {
  if (item.subject.kind === "path" || !standsAsParked(matrix, item)) return [];
  if (sameJson(standingOf(matrix, item.subject), standing)) return [];
  return [{ type: "duty.edit", dutyId: item.subject.id, set: { standing } }];
}

/**
 * What the board keeps of an item until it is settled anew, in a sentence; empty where nothing was agreed on it.
 * Reopening changes nothing there: what both hosts confirmed is theirs, and what was parked stays with whoever has it.
 */
export function boardWords(matrix: Matrix, subject: Subject): string {
  const found = onBoard(matrix, subject);
  if (!found) return "";
  if (found.kind === "path") {
    const path = matrix.paths.find(({ id }) => id === subject.id);
    return path && thingAgreement(matrix, "paths", path) === "agreed" ? "The board has it agreed by both parties." : "";
  }
  const { standing } = found.duty;
  if (standing?.kind === "parked")
    return `The board has it parked until ${dayWords(standing.until)} with ${standing.owner}.`;
  const agreement = agreementOf(matrix, found.duty);
  if (agreement === "agreed") return "The board has it agreed by both parties.";
  return agreement === "disputed" ? "The board has it disputed." : "";
}
