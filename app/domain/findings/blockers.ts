import { isOpenDispute } from "../agreement/agreement";
import type { Matrix } from "../matrix/matrix";
import type { CollectionName } from "../parts/part";
import { COLLECTIONS } from "../parts/registry";
import { BLOCKER_SENTENCES, type BlockerCode } from "./blocker-words";
import { PART_BLOCKERS } from "./part-findings";
import type { DeletedDuty, Duty } from "../matrix/shapes";
import { dutyBlockers } from "./duty-blockers";

/**
 * A reason that stops signing. `part` and `id` identify the thing; `code` and `title` name it and are empty when it has
 * none; `sentence` says what to do.
 */
export type Blocker = { part: CollectionName; id: string; code: string; title: string; sentence: string };

/** The ids and deleted duties whose dispute is still open, ordered by code. */
export function openDisputes(matrix: Pick<Matrix, "parties" | "roles" | "deleted">): [string, DeletedDuty][] {
  return Object.entries(matrix.deleted)
    .filter(([, deleted]) => isOpenDispute(matrix, deleted))
    .sort(([, one], [, other]) => (one.duty.code < other.duty.code ? -1 : 1));
}

/**
 * All blockers of a matrix: first those of duties, in their order, then those of deleted duties, then those of other
 * kinds of thing.
 */
export function findBlockers(matrix: Matrix): Blocker[] {
  const ofDuties = matrix.duties.flatMap((duty) =>
    dutyBlockers(matrix, duty).map((code) => dutyBlocker(code, duty.id, duty)),
  );
  const ofDeleted = openDisputes(matrix).map(([id, { duty }]) => dutyBlocker("deleted-disputed", id, duty));
  return [...ofDuties, ...ofDeleted, ...COLLECTIONS.flatMap((part) => blockersOfPart(part, matrix))];
}

function dutyBlocker(rule: BlockerCode, id: string, { code, text }: Pick<Duty, "code" | "text">): Blocker {
  return { part: "duties", id, code, title: text, sentence: BLOCKER_SENTENCES[rule] };
}

/** The blockers among the findings of a kind's own rules. The id of the thing follows the dot in a finding's key. */
function blockersOfPart(part: CollectionName, matrix: Matrix): Blocker[] {
  const blockers = (PART_BLOCKERS[part]?.(matrix) ?? []).filter(({ severity }) => severity === "blocker");
  return blockers.map(({ key, title }) => ({
    part,
    id: key.slice(key.indexOf(".") + 1),
    code: "",
    title: "",
    sentence: title,
  }));
}

/** A blocker in one sentence, such as: SUP-01 “Answer user calls”: Nobody does it. Choose who does. */
export function blockerWords({ code, title, sentence }: Blocker): string {
  const name = [code, title && `“${title}”`].filter(Boolean).join(" ");
  return name ? `${name}: ${sentence}` : sentence;
}
