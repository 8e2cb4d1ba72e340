import { sameRuling, termsHash } from "../agreement/agreement";
import { withChangedDuty } from "./apply-duty";
import type { CommandOf } from "./commands";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { POSITION, RULED, RULED_BY, RULED_WHY } from "../parts/duties";
import { ACCEPT_REASON, ACCEPTED_BY } from "../parts/frame";
import { ok, reject, type Result } from "../result";
import { checkText } from "../text";

/** `duty.mark`: a party agrees to a duty's terms, disputes them, or removes its mark. */
export function markDuty(
  matrix: Matrix,
  { dutyId, partyId, state, position, terms }: CommandOf<"duty.mark">,
): Result<Matrix> {
  const rejection = sideRejection(matrix, partyId);
  if (rejection) return rejection;
  const checked = checkText(position, POSITION);
  if (!checked.ok) return checked;
  if (state === "disputed" && checked.value === "")
    return reject(
      "position-empty",
      "A dispute says how you see it. Write one sentence, so that the other side can answer it.",
    );
  return withChangedDuty(matrix, dutyId, (duty) => {
    const { [partyId]: _before, ...others } = duty.marks;
    if (state === "open") return ok({ ...duty, marks: others });
    return (
      termsRejection(matrix, duty, terms) ??
      ok({
        ...duty,
        marks: { ...others, [partyId]: { state, terms, position: state === "disputed" ? checked.value : "" } },
      })
    );
  });
}

/** `duty.rule`: records the ruling on a dispute, or removes it. */
export function ruleDuty(matrix: Matrix, { dutyId, ruling }: CommandOf<"duty.rule">): Result<Matrix> {
  if (!ruling) return withChangedDuty(matrix, dutyId, (duty) => ok({ ...duty, ruling: null }));
  const what = checkText(ruling.what, RULED);
  if (!what.ok) return what;
  const by = checkText(ruling.by, RULED_BY);
  if (!by.ok) return by;
  const why = checkText(ruling.why, RULED_WHY);
  if (!why.ok) return why;
  return withChangedDuty(matrix, dutyId, (duty) => {
    const checkedRuling = { ...ruling, what: what.value, by: by.value, why: why.value };
    const confirmed =
      duty.ruling && sameRuling(duty.ruling, { ...checkedRuling, confirmed: [] }) ? duty.ruling.confirmed : [];
    return termsRejection(matrix, duty, ruling.terms) ?? ok({ ...duty, ruling: { ...checkedRuling, confirmed } });
  });
}

/** `duty.confirm`: a party confirms the recorded ruling. */
export function confirmRuling(matrix: Matrix, { dutyId, partyId, terms }: CommandOf<"duty.confirm">): Result<Matrix> {
  const rejection = sideRejection(matrix, partyId);
  if (rejection) return rejection;
  return withChangedDuty(matrix, dutyId, (duty) => {
    if (!duty.ruling) return reject("ruling-gone", "There is no ruling to confirm any more. Look at the duty again.");
    if (duty.ruling.confirmed.includes(partyId)) return ok(duty);
    return (
      termsRejection(matrix, duty, terms) ??
      ok({ ...duty, ruling: { ...duty.ruling, confirmed: [...duty.ruling.confirmed, partyId].sort() } })
    );
  });
}

/** `duty.unconfirm`: a party takes back its confirmation. The ruling itself stays. */
export function unconfirmRuling(matrix: Matrix, { dutyId, partyId }: CommandOf<"duty.unconfirm">): Result<Matrix> {
  return withChangedDuty(matrix, dutyId, (duty) =>
    ok(
      duty.ruling
        ? { ...duty, ruling: { ...duty.ruling, confirmed: duty.ruling.confirmed.filter((id) => id !== partyId) } }
        : duty,
    ),
  );
}

/** `duty.close`: a party closes the dispute over a deleted duty. The dispute is over once both sides have closed it. */
export function closeDispute(matrix: Matrix, { dutyId, partyId }: CommandOf<"duty.close">): Result<Matrix> {
  const rejection = sideRejection(matrix, partyId);
  if (rejection) return rejection;
  const deleted = Object.hasOwn(matrix.deleted, dutyId) ? matrix.deleted[dutyId] : undefined;
  if (!deleted)
    return reject("dispute-gone", "There is no dispute over a deleted duty to close. Look at the findings again.");
  if (deleted.closed.includes(partyId)) return ok(matrix);
  return ok({
    ...matrix,
    deleted: { ...matrix.deleted, [dutyId]: { ...deleted, closed: [...deleted.closed, partyId].sort() } },
  });
}

/** `finding.accept`: accepts a warning with a reason, or takes the acceptance back. */
export function acceptFinding(matrix: Matrix, { key, acceptance }: CommandOf<"finding.accept">): Result<Matrix> {
  const { [key]: before, ...others } = matrix.accepted;
  if (!acceptance) return ok(before ? { ...matrix, accepted: others } : matrix);
  const reason = checkText(acceptance.reason, ACCEPT_REASON);
  if (!reason.ok) return reason;
  const by = checkText(acceptance.by, ACCEPTED_BY);
  if (!by.ok) return by;
  if (!before && Object.keys(others).length >= LIMITS.accepted)
    return reject(
      "accepted-full",
      `A matrix holds at most ${LIMITS.accepted} accepted warnings. Take some back first.`,
    );
  const after = { ...acceptance, reason: reason.value, by: by.value };
  const same =
    before &&
    before.reason === after.reason &&
    before.by === after.by &&
    before.on === after.on &&
    before.about === after.about &&
    before.partyId === after.partyId;
  return ok(same ? matrix : { ...matrix, accepted: { ...others, [key]: after } });
}

function sideRejection(matrix: Matrix, partyId: string): Result<never> | null {
  const party = indexOf(matrix).party.get(partyId);
  if (!party) return reject("party-gone", "That party was deleted. Choose another one.");
  return party.kind === "third-party"
    ? reject(
        "third-party-marks",
        "Only the client and the provider agree to a duty. A third party answers to whoever engages it.",
      )
    : null;
}

/** A rejection when the duty's terms differ from those that the person saw; otherwise null. */
function termsRejection(matrix: Matrix, duty: Duty, terms: string): Result<never> | null {
  return termsHash(matrix, duty) === terms
    ? null
    : reject("terms-changed", `${duty.code} was changed a moment ago. Look at it again, then decide.`);
}
