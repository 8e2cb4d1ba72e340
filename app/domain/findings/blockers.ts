import { isActive, isDisputed, isOpenDispute } from "../agreement/agreement";
import { holdersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { CollectionName } from "../parts/part";
import { COLLECTIONS } from "../parts/registry";
import { BLOCKER_SENTENCES, type BlockerCode } from "./blocker-words";
import { PART_FINDINGS } from "./part-findings";
import type { DeletedDuty, Duty } from "../matrix/shapes";
import { isShared, partyOfRole } from "../matrix/owner";

/** One thing that stops signing: what it is about, and what to do. `code` and `title` name the thing, and are empty where it has none. */
export type Blocker = { part: CollectionName; id: string; code: string; title: string; sentence: string };
type Rules = Pick<Matrix, "parties" | "roles" | "settings">;

/** The blockers of one duty, in order of weight; an empty list when it can be signed, or needs nobody. */
export function dutyBlockers(matrix: Rules, duty: Duty): BlockerCode[] {
  const disputed: BlockerCode[] = isDisputed(matrix, duty) ? ["disputed"] : [];
  return isActive(duty) ? [...letterBlockers(matrix, duty), ...disputed] : disputed;
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

/** The deleted duties whose dispute is open, by id, in the order of their codes. */
export function openDisputes(matrix: Pick<Matrix, "parties" | "roles" | "deleted">): [string, DeletedDuty][] {
  return Object.entries(matrix.deleted)
    .filter(([, deleted]) => isOpenDispute(matrix, deleted))
    .sort(([, one], [, other]) => (one.duty.code < other.duty.code ? -1 : 1));
}

/** Everything that stops signing: in the order of the duties, then of those that were deleted, then of every other kind of thing. */
export function findBlockers(matrix: Matrix): Blocker[] {
  const ofDuties = matrix.duties.flatMap((duty) =>
    dutyBlockers(matrix, duty).map((code) => dutyBlocker(code, duty.id, duty)),
  );
  const ofDeleted = openDisputes(matrix).map(([id, { duty }]) => dutyBlocker("deleted-disputed", id, duty));
  return [...ofDuties, ...ofDeleted, ...COLLECTIONS.flatMap((part) => foundBlockers(part, matrix))];
}

function dutyBlocker(rule: BlockerCode, id: string, { code, text }: Pick<Duty, "code" | "text">): Blocker {
  return { part: "duties", id, code, title: text, sentence: BLOCKER_SENTENCES[rule] };
}

/** The blockers among what a kind of thing finds itself. A finding's key names the thing after its rule. */
function foundBlockers(part: CollectionName, matrix: Matrix): Blocker[] {
  const found = (PART_FINDINGS[part]?.(matrix) ?? []).filter(({ severity }) => severity === "blocker");
  return found.map(({ key, title }) => ({
    part,
    id: key.slice(key.indexOf(".") + 1),
    code: "",
    title: "",
    sentence: title,
  }));
}

/** A blocker in one sentence, as SUP-01 “Answer user calls”: Nobody does it. Choose who does. */
export function blockerWords({ code, title, sentence }: Blocker): string {
  const named = [code, title && `“${title}”`].filter(Boolean).join(" ");
  return named ? `${named}: ${sentence}` : sentence;
}
