import { agreementOf, isStruck } from "../agreement/agreement";
import { holdsLetter } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import { indexOf, partyOfRole } from "../matrix/owner";
import type { Duty, Letter } from "../matrix/shapes";
import { appliedPathId } from "../parts/path-of";
import type { NamedRole, ShownDuty } from "./scenario-answer";

/** A duty with who does and answers for it; nobody where it is struck from who does what. */
export function shownDuty(duty: Duty, matrix: Matrix): ShownDuty {
  // In the order of the matrix, whichever order the letters are stored in.
  const holding = (letter: Letter) =>
    matrix.roles.flatMap(({ id }) => (!isStruck(duty) && holdsLetter(duty, id, letter) ? [namedRole(id, matrix)] : []));
  const pathId = appliedPathId(matrix, duty);
  return {
    id: duty.id,
    code: duty.code,
    text: duty.text,
    does: holding("R"),
    answers: holding("A"),
    agreement: agreementOf(matrix, duty),
    path: matrix.paths.find(({ id }) => id === pathId)?.name ?? null,
  };
}

/** A role by its name, with its party. */
export function namedRole(roleId: string, matrix: Pick<Matrix, "roles" | "parties">): NamedRole {
  const party = partyOfRole(matrix, roleId);
  return {
    roleId,
    role: indexOf(matrix).role.get(roleId)?.name ?? "A deleted role",
    party: party && { name: party.name, kind: party.kind },
  };
}
