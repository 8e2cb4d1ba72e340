import { termsHash } from "../agreement/agreement";
import { thingTerms } from "../agreement/thing-agreement";
import { applyCommand } from "../editing/apply-command";
import type { MatrixCommand } from "../editing/commands";
import { holdersOf, holdsLetter, lettersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import { indexOf, ownerOf, partiesHolding } from "../matrix/owner";
import type { Duty } from "../matrix/shapes";
import { ok, reject, type Rejection, type Result } from "../result";
import type { Choice, Item, Proposal, Settlement, Subject, Workshop } from "./shapes";

/** What an item is about as the board has it at this moment; null where it was deleted. */
type OnBoard =
  { kind: "duty"; duty: Duty; terms: string } | { kind: "path"; name: string; trigger: string; terms: string } | null;

/** Looks up what an item is about. */
export function onBoard(matrix: Matrix, { kind, id }: Subject): OnBoard {
  if (kind === "path") {
    const path = matrix.paths.find((one) => one.id === id);
    return path ? { kind, name: path.name, trigger: path.trigger, terms: thingTerms(matrix, "paths", path) } : null;
  }
  const duty = matrix.duties.find((one) => one.id === id);
  return duty ? { kind, duty, terms: termsHash(matrix, duty) } : null;
}

/** What a duty or a path is called in sentences. */
export function nameOf(found: NonNullable<OnBoard>): string {
  return found.kind === "duty" ? found.duty.code : found.name;
}

const DELETED: Rejection = {
  code: "deleted",
  message: "This was deleted from the board meanwhile. Skip it, or bring it back there.",
};

/** Why a proposal doesn't fit the matrix as it stands, or null. */
export function proposalRefusal(matrix: Matrix, { subject }: Item, { choice }: Proposal): Rejection | null {
  if (!onBoard(matrix, subject)) return DELETED;
  const fits: Record<Choice["kind"], boolean> = {
    split: subject.kind === "duty",
    stands: subject.kind === "path",
    change: subject.kind === "path",
    "not-sure": true,
  };
  if (!fits[choice.kind]) return { code: "not-for-this", message: "That is no answer to this. Load the page again." };
  return choice.kind === "split" ? splitRefusal(matrix, choice) : null;
}

function splitRefusal(
  matrix: Matrix,
  { does, answers }: Pick<Extract<Choice, { kind: "split" }>, "does" | "answers">,
): Rejection | null {
  const { party, client, provider } = indexOf(matrix);
  if (does.some((id) => !party.has(id)))
    return { code: "party-gone", message: "A party was taken out of the matrix meanwhile. Choose again who does it." };
  return answers === client?.id || answers === provider?.id
    ? null
    : { code: "answers-third-party", message: "One of the two sides answers for it. Choose which." };
}

/** Why what is put on the table doesn't fit the matrix as it stands, or null. `terms` is what the facilitator saw. */
export function settlementRefusal(
  matrix: Matrix,
  { subject }: Item,
  settlement: Settlement,
  terms: string | null,
): Rejection | null {
  const found = onBoard(matrix, subject);
  if (!found) return DELETED;
  if (terms !== null && terms !== found.terms)
    return {
      code: "terms-changed",
      message: `${nameOf(found)} was changed on the board a moment ago. Look at it again, then settle it.`,
    };
  return settlement.kind === "split" ? splitRefusal(matrix, settlement) : null;
}

/**
 * The commands by which a settled item reaches the matrix, as one step: the letters, the boundary note and both marks.
 * Refused where the matrix can't be brought to what was settled.
 */
export function settledCommands(
  matrix: Matrix,
  { subject }: Pick<Item, "subject">,
  settlement: Settlement,
  sides: Workshop["sides"],
): Result<MatrixCommand[]> {
  const step = stepFrom(matrix);
  const refusal =
    subject.kind === "path"
      ? settlePath(step, subject.id, settlement, sides)
      : settleDuty(step, subject.id, settlement, sides);
  return refusal ? { ok: false, rejection: refusal } : ok(step.commands);
}

/** A matrix to which commands are applied one after the other, and the commands that had an effect. */
type StepInMaking = { matrix: Matrix; commands: MatrixCommand[]; run(command: MatrixCommand): Rejection | null };

function stepFrom(before: Matrix): StepInMaking {
  const step: StepInMaking = {
    matrix: before,
    commands: [],
    run(command) {
      const applied = applyCommand(step.matrix, command);
      if (!applied.ok) return applied.rejection;
      if (applied.value !== step.matrix) step.commands.push(command);
      step.matrix = applied.value;
      return null;
    },
  };
  return step;
}

function settlePath(
  step: StepInMaking,
  thingId: string,
  settlement: Settlement,
  sides: Workshop["sides"],
): Rejection | null {
  // A path has no standing of its own, so that a parked one stays in the workshop's minutes alone.
  if (settlement.kind === "park") return null;
  return bothMark(sides, (partyId) => {
    const found = onBoard(step.matrix, { kind: "path", id: thingId });
    if (!found) return DELETED;
    return step.run({
      type: "thing.mark",
      part: "paths",
      thingId,
      partyId,
      ...markBy(settlement, partyId),
      terms: found.terms,
    });
  });
}

function settleDuty(
  step: StepInMaking,
  dutyId: string,
  settlement: Settlement,
  sides: Workshop["sides"],
): Rejection | null {
  const found = onBoard(step.matrix, { kind: "duty", id: dutyId });
  if (found?.kind !== "duty") return DELETED;
  if (settlement.kind === "park")
    return step.run({
      type: "duty.edit",
      dutyId,
      set: { standing: { kind: "parked", owner: settlement.owner, until: settlement.until } },
    });
  const refusal =
    notParkedAnyMore(step, found.duty) ??
    (settlement.kind === "split" ? split(step, found.duty, settlement, sides) : null);
  if (refusal) return refusal;
  return bothMark(sides, (partyId) => {
    const present = onBoard(step.matrix, { kind: "duty", id: dutyId });
    if (!present) return DELETED;
    return step.run({ type: "duty.mark", dutyId, partyId, ...markBy(settlement, partyId), terms: present.terms });
  });
}

function bothMark(sides: Workshop["sides"], mark: (partyId: string) => Rejection | null): Rejection | null {
  return mark(sides.client) ?? mark(sides.provider);
}

function markBy(settlement: Settlement, partyId: string): { state: "agreed" | "disputed"; position: string } {
  return settlement.kind === "dispute"
    ? { state: "disputed", position: settlement.positions[partyId] ?? "" }
    : { state: "agreed", position: "" };
}

/** What is settled, or disputed, isn't put off any more. */
function notParkedAnyMore(step: StepInMaking, { id: dutyId, standing }: Duty): Rejection | null {
  return standing?.kind === "parked" ? step.run({ type: "duty.edit", dutyId, set: { standing: null } }) : null;
}

/** Who does the work, who answers, and the boundary note. */
function split(
  step: StepInMaking,
  { id: dutyId }: Duty,
  { does, answers, boundary }: Extract<Settlement, { kind: "split" }>,
  sides: Workshop["sides"],
): Rejection | null {
  const shared = does.includes(sides.client) && does.includes(sides.provider);
  const [first] = [sides.client, sides.provider, ...does].filter((id) => does.includes(id));
  if (first === undefined) return { code: "nobody", message: "Somebody has to do it. Choose at least one party." };
  return (
    step.run({ type: "duty.assign", dutyId, lens: "does", to: shared ? "shared" : { partyId: first } }) ??
    withOtherDoers(step, dutyId, does) ??
    step.run({ type: "duty.assign", dutyId, lens: "answers", to: { partyId: answers } }) ??
    step.run({ type: "duty.edit", dutyId, set: shared || boundary !== "" ? { boundary } : {} }) ??
    notAsSettled(step.matrix, dutyId, does, answers)
  );
}

/** One drop moves a duty to one party, or to both sides: the letters of other parties follow by themselves. */
function withOtherDoers(step: StepInMaking, dutyId: string, does: readonly string[]): Rejection | null {
  for (const { id: partyId } of step.matrix.parties) {
    const duty = step.matrix.duties.find(({ id }) => id === dutyId);
    if (!duty) return DELETED;
    const roles = indexOf(step.matrix).rolesOf.get(partyId) ?? [];
    const doing = roles.filter(({ id }) => holdsLetter(duty, id, "R"));
    const wanted = does.includes(partyId);
    if (wanted === doing.length > 0) continue;
    const suggested = duty.suggestions[partyId]?.does;
    const doer = roles.find(({ id }) => id === suggested) ?? roles.find(({ lead }) => lead) ?? roles[0];
    const changing = wanted ? (doer ? [doer] : []) : doing;
    if (wanted && !doer) return { code: "no-role", message: "A party without a role can't do it. Add a role first." };
    for (const { id: roleId } of changing) {
      const others = lettersOf(duty, roleId).filter((letter) => letter !== "R" && (!wanted || letter === "A"));
      const letters = wanted ? [...others, "R" as const] : others;
      const refusal = step.run({ type: "duty.letters", dutyId, roleId, letters });
      if (refusal) return refusal;
    }
  }
  return null;
}

/** Nothing is recorded as settled that the board would show otherwise. */
function notAsSettled(matrix: Matrix, dutyId: string, does: readonly string[], answers: string): Rejection | null {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  if (!duty) return DELETED;
  const doing = partiesHolding(matrix, duty, "R").map(({ id }) => id);
  const same = doing.length === new Set(does).size && doing.every((id) => does.includes(id));
  if (same && ownerOf(matrix, duty)?.id === answers) return null;
  return {
    code: "not-reached",
    message: `${duty.code} can't be brought to this on the board: ${holdersOf(duty, "A").length === 1 ? "its letters stand otherwise" : "not exactly one role answers"}. Settle it there by hand.`,
  };
}

/** Whether what was on the table is about a board that has changed since; then it has to be looked at again. */
export function isOutdated(matrix: Matrix, { subject, settling }: Item): boolean {
  if (!settling || settling.terms === null) return false;
  return onBoard(matrix, subject)?.terms !== settling.terms;
}

/** What is refused because of the matrix, before an event is applied; null where it may happen. */
export function archivedRefusal(archived: boolean): Rejection | null {
  const refused = reject(
    "archived",
    "The matrix was archived, so nothing is settled on it now. Bring it back, or end the workshop: what was said is in its minutes.",
  );
  return archived ? refused.rejection : null;
}
