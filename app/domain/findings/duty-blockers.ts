import { awaitsConfirmation, isActive, isDisputed } from "../agreement/agreement";
import { holdersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import { isShared, partyOfRole } from "../matrix/owner";
import type { Duty } from "../matrix/shapes";
import type { BlockerCode } from "./blocker-words";

/** What stops signing on a duty by itself: all that a card or a row needs, apart from the rules of whole matrices. */

type Rules = Pick<Matrix, "parties" | "roles" | "settings">;

/** The blockers of one duty, the most important first. Empty when the duty can be signed. */
export function dutyBlockers(matrix: Rules, duty: Duty): BlockerCode[] {
  const disputed: BlockerCode[] = isDisputed(matrix, duty) ? ["disputed"] : [];
  const declining: BlockerCode[] = awaitsConfirmation(matrix, duty) ? ["declining-unconfirmed"] : [];
  return isActive(duty) ? [...letterBlockers(matrix, duty), ...disputed] : [...declining, ...disputed];
}

/**
 * The blockers of a duty that a page shows. A version and a link don't say who confirmed that a duty is declined: what
 * both sides signed, they confirmed with it.
 */
export function shownBlockers(matrix: Rules, duty: Duty, draft: boolean): BlockerCode[] {
  return dutyBlockers(matrix, duty).filter((code) => draft || code !== "declining-unconfirmed");
}

function letterBlockers(matrix: Rules, duty: Duty): BlockerCode[] {
  const answering = holdersOf(duty, "A");
  const doing = holdersOf(duty, "R");
  const codes: BlockerCode[] =
    matrix.settings.scheme === "RACI" && holdersOf(duty, "S").length > 0 ? ["unknown-letter"] : [];
  if (answering.length === 0 && doing.length === 0)
    return [Object.keys(duty.letters).length === 0 ? "empty" : "only-informed", ...codes];
  if (answering.length === 0) codes.push("no-answer");
  if (answering.length > 1) codes.push("several-answer");
  if (answering.length === 1 && partyOfRole(matrix, answering[0] ?? "")?.kind === "third-party")
    codes.push("third-party-answers");
  if (doing.length === 0) codes.push("no-doer");
  if (isShared(matrix, duty) && duty.boundary === "") codes.push("shared-without-boundary");
  return codes;
}
