import {
  acceptFinding,
  closeDispute,
  confirmRuling,
  confirmThing,
  markDuty,
  markThing,
  ruleDuty,
  ruleThing,
  unconfirmRuling,
  unconfirmThing,
} from "./apply-agreement";
import {
  addDuty,
  assignDuty,
  copyDuty,
  deleteDuty,
  editDuty,
  moveDuty,
  restoreDuty,
  setCells,
  setLetters,
  suggestRoles,
} from "./apply-duty";
import {
  addDomain,
  addParty,
  addRole,
  deleteDomain,
  deleteParty,
  deleteRole,
  describeParty,
  engageParty,
  escalateDomain,
  leadRole,
  mergeDomains,
  mergeRoles,
  placeDomain,
  placeRole,
  renameDomain,
  renameParty,
  renameRole,
} from "./apply-structure";
import { addThing, deleteThing, editThing, placeThing } from "./apply-thing";
import { renameMatrix, setScheme, setSettings, setTerms } from "./apply-terms";
import type { CommandOf, MatrixCommand } from "./commands";
import { applyDiff, isEmptyDiff } from "../changes/diff";
import { firstProblem } from "../parts/invariants";
import type { Matrix } from "../matrix/matrix";
import { CHANGED_SINCE, textConflict } from "./one-text";
import { indexOf } from "../matrix/owner";
import { withoutLostReferences } from "../parts/references";
import { withEarlierHashesConverted, withStatementsKept } from "./own-word";
import { ok, reject, type Rejection, type Result } from "../result";

/**
 * The only function that edits a matrix. The browser, the server, the importer and the command line all use it. It
 * never changes its argument. A command without effect returns the same reference; a refused command returns a sentence
 * that says why and what to do.
 */
export function applyCommand(matrix: Matrix, command: MatrixCommand): Result<Matrix> {
  const applied = applyOne(matrix, command);
  if (!applied.ok || applied.value === matrix) return applied;
  const rejection = textConflict(matrix, command);
  if (rejection) return { ok: false, rejection };
  const withoutLost = command.type === "diff.apply" ? applied : withoutLostReferences(matrix, applied.value);
  if (!withoutLost.ok) return withoutLost;
  const withStatements = withStatementsKept(matrix, withoutLost.value);
  if (!withStatements.ok) return withStatements;
  const result = withEarlierHashesConverted(matrix, withStatements.value);
  const rejected = CHECKED_AFTERWARDS[command.type];
  const problem = rejected && firstProblem(result);
  return problem ? rejected(problem.message) : ok(result);
}

const undoRejected = (message: string) =>
  reject(CHANGED_SINCE, `This can't be taken back as the matrix stands now: ${message} Change it by hand instead.`);
/** A code of its own: what was written can't stand, whoever changed what meanwhile. */
const thingRejected = (message: string) => reject("thing-invalid", message);
/**
 * Commands that can set any field to any value. The resulting matrix is checked as a whole, and the command is refused
 * with the first broken invariant.
 */
const CHECKED_AFTERWARDS: Partial<Record<MatrixCommand["type"], (message: string) => Result<Matrix>>> = {
  "diff.apply": undoRejected,
  "thing.add": thingRejected,
  "thing.edit": thingRejected,
};

function applyOne(matrix: Matrix, command: MatrixCommand): Result<Matrix> {
  switch (command.type) {
    case "duty.assign":
      return assignDuty(matrix, command);
    case "duty.add":
      return addDuty(matrix, command);
    case "duty.edit":
      return editDuty(matrix, command);
    case "duty.letters":
      return setLetters(matrix, command);
    case "duty.cells":
      return setCells(matrix, command);
    case "duty.suggest":
      return suggestRoles(matrix, command);
    case "duty.move":
      return moveDuty(matrix, command);
    case "duty.copy":
      return copyDuty(matrix, command);
    case "duty.mark":
      return markDuty(matrix, command);
    case "duty.rule":
      return ruleDuty(matrix, command);
    case "duty.confirm":
      return confirmRuling(matrix, command);
    case "duty.unconfirm":
      return unconfirmRuling(matrix, command);
    case "duty.close":
      return closeDispute(matrix, command);
    case "duty.delete":
      return deleteDuty(matrix, command);
    case "duty.restore":
      return restoreDuty(matrix, command);
    case "domain.add":
      return addDomain(matrix, command);
    case "domain.rename":
      return renameDomain(matrix, command);
    case "domain.escalate":
      return escalateDomain(matrix, command);
    case "domain.place":
      return placeDomain(matrix, command);
    case "domain.merge":
      return mergeDomains(matrix, command);
    case "domain.delete":
      return deleteDomain(matrix, command);
    case "party.add":
      return addParty(matrix, command);
    case "party.rename":
      return renameParty(matrix, command);
    case "party.describe":
      return describeParty(matrix, command);
    case "party.engage":
      return engageParty(matrix, command);
    case "party.delete":
      return deleteParty(matrix, command);
    case "role.add":
      return addRole(matrix, command);
    case "role.rename":
      return renameRole(matrix, command);
    case "role.lead":
      return leadRole(matrix, command);
    case "role.place":
      return placeRole(matrix, command);
    case "role.merge":
      return mergeRoles(matrix, command);
    case "role.delete":
      return deleteRole(matrix, command);
    case "matrix.rename":
      return renameMatrix(matrix, command);
    case "matrix.settings":
      return setSettings(matrix, command);
    case "matrix.scheme":
      return setScheme(matrix, command);
    case "finding.accept":
      return acceptFinding(matrix, command);
    case "matrix.terms":
      return setTerms(matrix, command);
    case "thing.add":
      return addThing(matrix, command);
    case "thing.edit":
      return editThing(matrix, command);
    case "thing.place":
      return placeThing(matrix, command);
    case "thing.delete":
      return deleteThing(matrix, command);
    case "thing.mark":
      return markThing(matrix, command);
    case "thing.rule":
      return ruleThing(matrix, command);
    case "thing.confirm":
      return confirmThing(matrix, command);
    case "thing.unconfirm":
      return unconfirmThing(matrix, command);
    case "diff.apply":
      return undoOrRedo(matrix, command);
  }
}

/**
 * Applies commands in order. A refused command changes nothing and is listed with its index; the others take effect.
 */
export function applyCommands(
  matrix: Matrix,
  commands: readonly MatrixCommand[],
): { matrix: Matrix; rejected: { index: number; rejection: Rejection }[] } {
  const rejected: { index: number; rejection: Rejection }[] = [];
  let current = matrix;
  commands.forEach((command, index) => {
    const result = applyCommand(current, command);
    if (result.ok) current = result.value;
    else rejected.push({ index, rejection: result.rejection });
  });
  return { matrix: current, rejected };
}

function undoOrRedo(matrix: Matrix, { diff }: CommandOf<"diff.apply">): Result<Matrix> {
  if (isEmptyDiff(diff)) return ok(matrix);
  const applied = applyDiff(matrix, diff);
  if (!applied.ok) return applied;
  if (sideIds(applied.value) !== sideIds(matrix))
    return reject(
      "sides-fixed",
      "The client and the provider of a matrix are what they are for good. Rename a party instead.",
    );
  return applied;
}

/** The ids of the client and the provider. The rights of members depend on them, so they must never change. */
function sideIds(matrix: Matrix): string {
  const { client, provider } = indexOf(matrix);
  return `${client?.id} ${provider?.id}`;
}
