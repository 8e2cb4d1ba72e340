import { assignLetters, settleCell } from "./assign";
import {
  blankDuty,
  DECISIONS,
  DUTY_FIELDS,
  STANDING_PERSON,
  STANDING_REASON,
  TEXT_FIELDS,
  TODAY,
} from "../parts/duties";
import type { CommandOf } from "./commands";
import { withTexts } from "./entry-texts";
import { sameJson } from "../equal";
import { holdersOf, holdsLetter, inOrder, lettersOf, withCell } from "../matrix/letters";
import { LIMITS } from "../limits";
import { pressuresInOrder } from "../matrix/kinds";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Letter } from "../matrix/shapes";
import { withItemBefore } from "../matrix/ordering";
import { indexOf, partiesHolding } from "../matrix/owner";
import { checkNamed } from "../parts/named";
import { ok, reject, type Result } from "../result";
import { checkText } from "../text";

const dutyGone = () => reject("duty-gone", "That duty was deleted. Undo the deletion or add it again.");
const domainGone = () => reject("domain-gone", "That domain was deleted. Choose another one.");

/** `duty.assign`: sets the letters as dropping the duty on a column of the board does. */
export function assignDuty(matrix: Matrix, { dutyId, lens, to }: CommandOf<"duty.assign">): Result<Matrix> {
  return withChangedDuty(matrix, dutyId, (duty) => {
    const letters = assignLetters(matrix, duty, lens, to);
    return letters.ok ? ok({ ...duty, letters: letters.value }) : letters;
  });
}

/**
 * `duty.add`: adds a duty without letters, with the next code of its domain. If the id exists already, nothing changes.
 */
export function addDuty(matrix: Matrix, { dutyId, domainId, text, beforeId }: CommandOf<"duty.add">): Result<Matrix> {
  if (matrix.duties.some(({ id }) => id === dutyId)) return ok(matrix);
  if (Object.hasOwn(matrix.deleted, dutyId))
    return reject(
      "duty-deleted",
      `${matrix.deleted[dutyId]?.duty.code ?? "That duty"} was deleted, and what was said of it stays. Bring it back, or add it as a new duty.`,
    );
  const domain = matrix.domains.find(({ id }) => id === domainId);
  if (!domain) return domainGone();
  if (matrix.duties.length >= LIMITS.duties)
    return reject(
      "duties-full",
      `A matrix holds at most ${LIMITS.duties} duties. Delete some or start another matrix.`,
    );
  const checked = checkText(text, DUTY_FIELDS.text.rule);
  if (!checked.ok) return checked;
  const number = (matrix.issued[domain.code] ?? 0) + 1;
  const duty = blankDuty({
    id: dutyId,
    code: `${domain.code}-${String(number).padStart(2, "0")}`,
    domainId,
    text: checked.value,
  });
  return ok({
    ...matrix,
    duties: withItemBefore(matrix.duties, duty, beforeId),
    issued: { ...matrix.issued, [domain.code]: number },
  });
}

/** `duty.edit`: sets the given fields. If one text is invalid, the whole command is refused. */
export function editDuty(matrix: Matrix, { dutyId, set }: CommandOf<"duty.edit">): Result<Matrix> {
  return withChangedDuty(matrix, dutyId, (duty) => {
    const decisions = withTexts(duty.decisions, set.decisions ?? {}, DECISIONS);
    if (!decisions.ok) return decisions;
    const { compromise: compromiseBefore, ...textsBefore } = duty.today;
    const { compromise = compromiseBefore, ...newTexts } = set.today ?? {};
    const today = withTexts(textsBefore, newTexts, TODAY);
    if (!today.ok) return today;
    const standing = checkStanding(set.standing === undefined ? duty.standing : set.standing);
    if (!standing.ok) return standing;
    const edited: Duty = {
      ...duty,
      ...set,
      decisions: decisions.value,
      today: compromise ? { ...today.value, compromise } : today.value,
      standing: standing.value,
      pressures: pressuresInOrder(set.pressures ?? duty.pressures),
    };
    const coverRejection = checkCoverPeriod(matrix, edited, set.coverPeriod ?? null);
    if (coverRejection) return coverRejection;
    const namedRejection =
      checkNamed(matrix, "paths", set.pathId ?? null) ?? checkNamed(matrix, "authorities", set.authorityId ?? null);
    if (namedRejection) return namedRejection;
    for (const field of TEXT_FIELDS) {
      const text = set[field];
      if (text === undefined) continue;
      const checked = checkText(text, DUTY_FIELDS[field].rule);
      if (!checked.ok) return checked;
      edited[field] = checked.value;
    }
    return ok(edited);
  });
}

/**
 * Checks a standing: a declined duty needs a reason and a risk owner, a parked one the person who takes it up again. A
 * missing reason for "not applicable" is a finding, not an error.
 */
function checkStanding(standing: Duty["standing"]): Result<Duty["standing"]> {
  if (!standing) return ok(standing);
  if (standing.kind === "parked") {
    const owner = checkText(standing.owner, { ...STANDING_PERSON, called: "Who takes it up again" });
    return owner.ok ? ok({ ...standing, owner: owner.value }) : owner;
  }
  const reason = checkText(standing.reason, STANDING_REASON);
  if (!reason.ok) return reason;
  if (standing.kind === "not-applicable") return ok({ ...standing, reason: reason.value });
  if (reason.value === "") return reject("reason-empty", "A declined duty needs a reason. Write one sentence.");
  const riskOwner = checkText(standing.riskOwner, { ...STANDING_PERSON, called: "The risk owner" });
  return riskOwner.ok ? ok({ ...standing, reason: reason.value, riskOwner: riskOwner.value }) : riskOwner;
}

/**
 * Checks the cover period. A new one is refused when the covering party already does the duty alone. A stored one
 * isn't, since letters may change later.
 */
function checkCoverPeriod(matrix: Matrix, duty: Duty, newPeriod: Duty["coverPeriod"]): Result<never> | null {
  const { coverPeriod } = duty;
  if (!coverPeriod) return null;
  if (!indexOf(matrix).party.has(coverPeriod.partyId))
    return reject("party-gone", "That party was deleted. Choose another one.");
  const doing = partiesHolding(matrix, duty, "R");
  if (newPeriod && doing.length === 1 && doing[0]?.id === newPeriod.partyId)
    return reject("cover-self", `${doing[0].name} does it already. Choose the party that takes over for a while.`);
  return coverPeriod.to < coverPeriod.from
    ? reject("cover-backwards", "The cover ends before it begins. Choose a later last day.")
    : null;
}

/**
 * `duty.letters`: sets the letters of one role. Giving A to a role takes it from the role that held it, which is asked
 * (C) from then on unless it does the duty (R).
 */
export function setLetters(matrix: Matrix, { dutyId, roleId, letters }: CommandOf<"duty.letters">): Result<Matrix> {
  const { role: roles, party: parties } = indexOf(matrix);
  const role = roles.get(roleId);
  if (!role) return reject("role-gone", "That role was deleted. Choose another one.");
  if (letters.includes("S") && matrix.settings.scheme === "RACI") return reject("scheme", SUPPORT_REFUSED);
  const cell = sortedCell(letters);
  const answers = cell.includes("A");
  if (answers && parties.get(role.partyId)?.kind === "third-party") {
    return reject(
      "answers-third-party",
      "Vendors can do the work; one of you answers for it. Choose a role of one of the two parties.",
    );
  }
  return withChangedDuty(matrix, dutyId, (duty) => {
    let next = withCell(duty.letters, roleId, cell);
    for (const other of answers ? Object.keys(duty.letters) : []) {
      const otherLetters = lettersOf(duty, other);
      if (other !== roleId && otherLetters.includes("A"))
        next = withCell(next, other, settleCell(otherLetters, { A: false, R: otherLetters.includes("R") }));
    }
    return ok({ ...duty, letters: next });
  });
}

/**
 * `duty.cells`: sets the letters of several roles. If exactly one of them gets A, A moves there as in `duty.letters`;
 * several A are stored as given.
 */
export function setCells(matrix: Matrix, { dutyId, cells }: CommandOf<"duty.cells">): Result<Matrix> {
  const { role: roles } = indexOf(matrix);
  const entries = Object.entries(cells);
  if (entries.some(([roleId]) => !roles.has(roleId)))
    return reject("role-gone", "One of these roles was deleted. Look at the columns again and repeat it.");
  if (matrix.settings.scheme === "RACI" && entries.some(([, cell]) => cell.includes("S")))
    return reject("scheme", SUPPORT_REFUSED);
  return withChangedDuty(matrix, dutyId, (duty) => {
    let letters = duty.letters;
    for (const [roleId, cell] of entries) letters = withCell(letters, roleId, sortedCell(cell));
    const answering = entries.filter(([, cell]) => cell.includes("A"));
    const formerAnswerers =
      answering.length === 1 ? holdersOf({ letters }, "A").filter((roleId) => !Object.hasOwn(cells, roleId)) : [];
    for (const roleId of formerAnswerers)
      letters = withCell(
        letters,
        roleId,
        settleCell(lettersOf({ letters }, roleId), { A: false, R: holdsLetter({ letters }, roleId, "R") }),
      );
    return ok({ ...duty, letters });
  });
}

const SUPPORT_REFUSED = "This matrix uses RACI. Switch it to RASCI under Parties and roles to use S.";

/**
 * The letters in order. A or R displaces S, C and I, because a role that answers for or does a duty isn't also asked or
 * told.
 */
function sortedCell(letters: readonly Letter[]): Letter[] {
  const active = letters.filter((letter) => letter === "A" || letter === "R");
  return inOrder(active.length > 0 ? active : letters);
}

/** `duty.suggest`: sets the roles of a party that would do the duty and answer for it. */
export function suggestRoles(
  matrix: Matrix,
  { dutyId, partyId, suggestion }: CommandOf<"duty.suggest">,
): Result<Matrix> {
  const roles = indexOf(matrix).rolesOf.get(partyId);
  if (!roles) return reject("party-gone", "That party was deleted. Choose another one.");
  const isOwnRole = (roleId: string | null) => roleId === null || roles.some(({ id }) => id === roleId);
  if (!isOwnRole(suggestion.does) || !isOwnRole(suggestion.answers))
    return reject("role-gone", "That role is not one of this party's. Choose another one.");
  return withChangedDuty(matrix, dutyId, (duty) =>
    ok({ ...duty, suggestions: { ...duty.suggestions, [partyId]: suggestion } }),
  );
}

/** `duty.move`: moves a duty to a domain, before another duty or to the end. Its code stays. */
export function moveDuty(matrix: Matrix, { dutyId, domainId, beforeId }: CommandOf<"duty.move">): Result<Matrix> {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  if (!duty) return dutyGone();
  if (!matrix.domains.some(({ id }) => id === domainId)) return domainGone();
  const moved = duty.domainId === domainId ? duty : { ...duty, domainId };
  const duties =
    beforeId === dutyId
      ? matrix.duties.map((other) => (other === duty ? moved : other))
      : withItemBefore(matrix.duties, moved, beforeId);
  const same = duties.every((other, i) => other === matrix.duties[i]);
  return ok(same ? matrix : { ...matrix, duties });
}

/** `duty.copy`: adds a copy directly after the duty, with a code of its own and without marks or a ruling. */
export function copyDuty(matrix: Matrix, { dutyId, copyId }: CommandOf<"duty.copy">): Result<Matrix> {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  if (!duty) return dutyGone();
  if (matrix.duties.some(({ id }) => id === copyId)) return ok(matrix);
  const added = addDuty(matrix, {
    type: "duty.add",
    dutyId: copyId,
    domainId: duty.domainId,
    text: duty.text,
    beforeId: matrix.duties[matrix.duties.indexOf(duty) + 1]?.id ?? null,
  });
  if (!added.ok) return added;
  return withChangedDuty(added.value, copyId, ({ id, code }) => ok({ ...duty, id, code, marks: {}, ruling: null }));
}

/** `duty.delete`: removes a duty. Its code is never given to another one. */
export function deleteDuty(matrix: Matrix, { dutyId }: CommandOf<"duty.delete">): Result<Matrix> {
  const duties = matrix.duties.filter(({ id }) => id !== dutyId);
  return ok(duties.length === matrix.duties.length ? matrix : { ...matrix, duties });
}

/**
 * `duty.restore`: brings back a kept deleted duty, at the end of its domain, or of the first domain if its own is gone.
 * Letters of deleted roles are left out.
 */
export function restoreDuty(matrix: Matrix, { dutyId }: CommandOf<"duty.restore">): Result<Matrix> {
  if (matrix.duties.some(({ id }) => id === dutyId)) return ok(matrix);
  const deletedDuty = Object.hasOwn(matrix.deleted, dutyId) ? matrix.deleted[dutyId]?.duty : undefined;
  if (!deletedDuty) return reject("duty-unknown", "Nothing is kept of that duty. Add it anew.");
  if (matrix.duties.length >= LIMITS.duties)
    return reject(
      "duties-full",
      `A matrix holds at most ${LIMITS.duties} duties. Delete some or start another matrix.`,
    );
  const domainId = (matrix.domains.find(({ id }) => id === deletedDuty.domainId) ?? matrix.domains[0])?.id;
  if (domainId === undefined) return domainGone();
  const { role, party } = indexOf(matrix);
  const existingRole = (partyId: string, roleId: string | null) =>
    roleId !== null && role.get(roleId)?.partyId === partyId ? roleId : null;
  const duty: Duty = {
    ...deletedDuty,
    domainId,
    letters: Object.fromEntries(Object.entries(deletedDuty.letters).filter(([roleId]) => role.has(roleId))),
    suggestions: Object.fromEntries(
      Object.entries(deletedDuty.suggestions).flatMap(([partyId, { does, answers }]) =>
        party.has(partyId)
          ? [[partyId, { does: existingRole(partyId, does), answers: existingRole(partyId, answers) }]]
          : [],
      ),
    ),
    coverPeriod: deletedDuty.coverPeriod && party.has(deletedDuty.coverPeriod.partyId) ? deletedDuty.coverPeriod : null,
    pathId: checkNamed(matrix, "paths", deletedDuty.pathId) ? null : deletedDuty.pathId,
    authorityId: checkNamed(matrix, "authorities", deletedDuty.authorityId) ? null : deletedDuty.authorityId,
  };
  const last = matrix.duties.findLastIndex((other) => other.domainId === domainId);
  return ok({ ...matrix, duties: withItemBefore(matrix.duties, duty, matrix.duties[last + 1]?.id ?? null) });
}

/** The matrix with one duty edited, or the same reference when the edit changes nothing. */
export function withChangedDuty(matrix: Matrix, dutyId: string, edit: (duty: Duty) => Result<Duty>): Result<Matrix> {
  const index = matrix.duties.findIndex(({ id }) => id === dutyId);
  const duty = matrix.duties[index];
  if (!duty) return dutyGone();
  const edited = edit(duty);
  if (!edited.ok) return edited;
  if (sameJson(edited.value, duty)) return ok(matrix);
  return ok({ ...matrix, duties: matrix.duties.with(index, edited.value) });
}
