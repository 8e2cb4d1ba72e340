import { riskPartyOf, sameRuling, termsHash } from "../agreement/agreement";
import type { Marked } from "../agreement/marked";
import { thingTerms } from "../agreement/thing-agreement";
import { withChangedDuty } from "./apply-duty";
import type { CommandOf } from "./commands";
import { sameJson } from "../equal";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { Duty } from "../matrix/shapes";
import { POSITION, RULED, RULED_BY, RULED_WHY, type MarkedName } from "../parts/marks";
import { PARTS } from "../parts/registry";
import { ACCEPT_REASON, ACCEPTED_BY } from "../parts/frame";
import { ok, reject, type Result } from "../result";
import { checkText } from "../text";

type Mark = Pick<CommandOf<"duty.mark">, "partyId" | "state" | "position" | "terms" | "confirms">;
/** A thing with the hash of its present terms and its name in sentences. */
type Present<T extends Marked> = { thing: T; terms: string; name: string };
/** Changes a thing that the parties mark; `present` computes its terms. */
type Change = <T extends Marked>(present: Present<T>) => Result<T>;

/**
 * `duty.mark`: a party agrees to a duty's terms, disputes them, or removes its mark. The party that bears the risk of a
 * declined duty can confirm the declining with it.
 */
export function markDuty(matrix: Matrix, { dutyId, ...mark }: CommandOf<"duty.mark">): Result<Matrix> {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  const rejection = mark.confirms && duty ? confirmingRejection(matrix, duty, mark) : null;
  return rejection ?? changed(matrix, dutyId, withMark(matrix, mark));
}

function confirmingRejection(matrix: Matrix, duty: Duty, { partyId, state }: Mark): Result<never> | null {
  const { code } = duty;
  const bearing = riskPartyOf(matrix, duty);
  if (!bearing || state !== "agreed")
    return reject("not-declined", `${code} isn't declined any more. Look at it again.`);
  return bearing.id === partyId
    ? null
    : reject(
        "not-your-risk",
        `${bearing.name} bears the risk of ${code}, so only ${bearing.name} confirms that it is declined.`,
      );
}

/** `thing.mark`: the same for another kind of thing. */
export function markThing(matrix: Matrix, { part, thingId, ...mark }: CommandOf<"thing.mark">): Result<Matrix> {
  return changedThing(matrix, part, thingId, withMark(matrix, mark));
}

function withMark(matrix: Matrix, { partyId, state, position, terms, confirms }: Mark): Result<Change> {
  const rejection = sideRejection(matrix, partyId);
  if (rejection) return rejection;
  const checked = checkText(position, POSITION);
  if (!checked.ok) return checked;
  if (state === "disputed" && checked.value === "")
    return reject(
      "position-empty",
      "A dispute says how you see it. Write one sentence, so that the other side can answer it.",
    );
  return ok((present) => {
    const { thing } = present;
    const { [partyId]: before, ...others } = thing.marks;
    if (state === "open") return ok({ ...thing, marks: others });
    // Agreeing once more takes no confirmation back.
    const confirmed = confirms ?? (state === "agreed" && before?.terms === terms ? before.confirms : undefined);
    const mark = {
      state,
      terms,
      position: state === "disputed" ? checked.value : "",
      ...(confirmed ? { confirms: confirmed } : {}),
    };
    return termsRejection(present, terms) ?? ok({ ...thing, marks: { ...others, [partyId]: mark } });
  });
}

/** `duty.rule`: records the ruling on a dispute, or removes it. */
export function ruleDuty(matrix: Matrix, { dutyId, ruling }: CommandOf<"duty.rule">): Result<Matrix> {
  return changed(matrix, dutyId, withRuling(ruling));
}

/** `thing.rule`: the same for another kind of thing. */
export function ruleThing(matrix: Matrix, { part, thingId, ruling }: CommandOf<"thing.rule">): Result<Matrix> {
  return changedThing(matrix, part, thingId, withRuling(ruling));
}

function withRuling(ruling: CommandOf<"duty.rule">["ruling"]): Result<Change> {
  if (!ruling) return ok(({ thing }) => ok({ ...thing, ruling: null }));
  const what = checkText(ruling.what, RULED);
  if (!what.ok) return what;
  const by = checkText(ruling.by, RULED_BY);
  if (!by.ok) return by;
  const why = checkText(ruling.why, RULED_WHY);
  if (!why.ok) return why;
  return ok((present) => {
    const { thing } = present;
    const checkedRuling = { ...ruling, what: what.value, by: by.value, why: why.value };
    const confirmed =
      thing.ruling && sameRuling(thing.ruling, { ...checkedRuling, confirmed: [] }) ? thing.ruling.confirmed : [];
    return termsRejection(present, ruling.terms) ?? ok({ ...thing, ruling: { ...checkedRuling, confirmed } });
  });
}

/** `duty.confirm`: a party confirms the recorded ruling. */
export function confirmRuling(matrix: Matrix, { dutyId, ...by }: CommandOf<"duty.confirm">): Result<Matrix> {
  return changed(matrix, dutyId, withConfirmation(matrix, by));
}

/** `thing.confirm`: the same for another kind of thing. */
export function confirmThing(matrix: Matrix, { part, thingId, ...by }: CommandOf<"thing.confirm">): Result<Matrix> {
  return changedThing(matrix, part, thingId, withConfirmation(matrix, by));
}

function withConfirmation(matrix: Matrix, { partyId, terms }: Pick<Mark, "partyId" | "terms">): Result<Change> {
  const rejection = sideRejection(matrix, partyId);
  if (rejection) return rejection;
  return ok((present) => {
    const { thing, name } = present;
    const { ruling } = thing;
    if (!ruling) return reject("ruling-gone", `There is no ruling to confirm any more. Look at ${name} again.`);
    if (ruling.confirmed.includes(partyId)) return ok(thing);
    const confirmed = [...ruling.confirmed, partyId].sort();
    return termsRejection(present, terms) ?? ok({ ...thing, ruling: { ...ruling, confirmed } });
  });
}

/** `duty.unconfirm`: a party takes back its confirmation. The ruling itself stays. */
export function unconfirmRuling(matrix: Matrix, { dutyId, partyId }: CommandOf<"duty.unconfirm">): Result<Matrix> {
  return changed(matrix, dutyId, withoutConfirmation(partyId));
}

/** `thing.unconfirm`: the same for another kind of thing. */
export function unconfirmThing(
  matrix: Matrix,
  { part, thingId, partyId }: CommandOf<"thing.unconfirm">,
): Result<Matrix> {
  return changedThing(matrix, part, thingId, withoutConfirmation(partyId));
}

function withoutConfirmation(partyId: string): Result<Change> {
  return ok(({ thing }) => {
    const { ruling } = thing;
    return ok(
      ruling ? { ...thing, ruling: { ...ruling, confirmed: ruling.confirmed.filter((id) => id !== partyId) } } : thing,
    );
  });
}

function changed(matrix: Matrix, dutyId: string, change: Result<Change>): Result<Matrix> {
  if (!change.ok) return change;
  return withChangedDuty(matrix, dutyId, (duty) =>
    change.value({ thing: duty, terms: termsHash(matrix, duty), name: duty.code }),
  );
}

function changedThing(matrix: Matrix, part: MarkedName, thingId: string, change: Result<Change>): Result<Matrix> {
  if (!change.ok) return change;
  const { one } = PARTS[part];
  const at = matrix[part].findIndex(({ id }) => id === thingId);
  const thing = matrix[part][at];
  if (!thing) return reject("thing-gone", `That ${one} was deleted. Undo the deletion or add it again.`);
  const result = change.value({ thing, terms: thingTerms(matrix, part, thing), name: thing.name });
  if (!result.ok) return result;
  return ok(sameJson(result.value, thing) ? matrix : { ...matrix, [part]: matrix[part].with(at, result.value) });
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

/** A rejection when the present terms differ from those that the person saw; otherwise null. */
function termsRejection({ terms: present, name }: Present<Marked>, seenTerms: string): Result<never> | null {
  return present === seenTerms
    ? null
    : reject("terms-changed", `${name} was changed a moment ago. Look at it again, then decide.`);
}
