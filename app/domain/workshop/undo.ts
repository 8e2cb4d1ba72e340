import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { ok, reject, type Rejection, type Result } from "../result";
import { nameOf, onBoard } from "./board";
import type { Change } from "./events";
import { withItem, withTimeCounted } from "./items";
import { standsAsParked } from "./standing";
import type { Item, ItemBefore, Step, Workshop } from "./shapes";

/** So many steps are kept to be taken back, the newest ones. */
const MOST_STEPS = 8;

/** What changes with a step besides the time, which was spent whatever is taken back. */
const FIELDS = ["sealed", "revealed", "settling", "settled", "skipped", "roundFromMs"] as const;

/** After these the steps before them aren't taken back any more: the plan is another one, somebody else leads, or it is over for the day. */
const FORGETS: ReadonlySet<Change["type"]> = new Set<Change["type"]>([
  "plan",
  "adjourn",
  "end",
  "take-over",
  "hand-over",
]);

/** The workshop after a change, with the facilitator's step among those that can be taken back. */
export function withStep(before: Workshop, after: Workshop, change: Change): Workshop {
  switch (change.type) {
    // Everybody has seen what is revealed, so that nothing before it is taken back either.
    case "reveal":
      return { ...after, steps: [{ type: "reveal", itemId: change.itemId, before: {}, clock: null, standing: null }] };
    case "go":
    case "skip":
    case "settle":
    case "park":
    case "reopen": {
      const standing = change.type === "park" ? change.standing : null;
      const step = { type: change.type, itemId: change.itemId, ...changedBy(before, after, change.itemId), standing };
      return { ...after, steps: [...before.steps, step].slice(-MOST_STEPS) };
    }
    default:
      return FORGETS.has(change.type) && after.steps.length > 0 ? { ...after, steps: [] } : after;
  }
}

function changedBy(before: Workshop, after: Workshop, itemId: string): Pick<Step, "before" | "clock"> {
  const [was, is] = [before, after].map(({ items }) => items.find(({ id }) => id === itemId));
  const fields: ItemBefore = was && is ? Object.fromEntries(changedFields(was, is)) : {};
  const sameClock = before.current === after.current && before.runningSince === after.runningSince;
  return {
    before: fields,
    clock: sameClock ? null : { current: before.current, ran: before.runningSince !== null },
  };
}

function changedFields(was: Item, is: Item): [string, unknown][] {
  return FIELDS.flatMap((field) => (sameJson(was[field], is[field]) ? [] : [[field, was[field]]]));
}

/** `undo`: the facilitator's last step is taken back. The time that it took stays spent. */
export function undo(workshop: Workshop, at: number): Result<Workshop> {
  const refusal = undoRefusal(workshop);
  const step = workshop.steps.at(-1);
  if (refusal || !step) return { ok: false, rejection: refusal ?? NOTHING };
  const counted = step.clock ? withTimeCounted(workshop, at) : workshop;
  const item = counted.items.find(({ id }) => id === step.itemId);
  const restored = item ? withItem(counted, { ...item, ...step.before }) : counted;
  const steps = workshop.steps.slice(0, -1);
  if (!step.clock) return ok({ ...restored, steps });
  const { current, ran } = step.clock;
  // What both hosts confirmed meanwhile takes no time any more.
  const over = restored.items.some(({ id, settled }) => id === current && settled !== null);
  return ok({ ...restored, steps, current, runningSince: ran && !over ? at : null });
}

const NOTHING: Rejection = { code: "nothing-to-undo", message: "There is no step of yours to take back." };

/** Why the last step can't be taken back, or null. Nobody else's word is lost by taking it back. */
function undoRefusal({ steps, items }: Workshop): Rejection | null {
  const step = steps.at(-1);
  const item = items.find(({ id }) => id === step?.itemId);
  if (!step || !item) return NOTHING;
  const refusals: Partial<Record<Step["type"], { rejection: Rejection; applies: boolean }>> = {
    reveal: {
      ...reject("revealed", "A reveal isn't taken back, as everybody has seen it. Reopen it to hear new proposals."),
      applies: true,
    },
    settle: {
      ...reject("settled", "Both hosts have confirmed this. Reopen it to talk about it again."),
      applies: item.settled !== null,
    },
    reopen: {
      ...reject("proposed-anew", "Somebody has proposed anew since you reopened it. Go on with the new round."),
      applies: step.before.sealed !== undefined && item.sealed.length > 0,
    },
  };
  const refusal = refusals[step.type];
  return refusal?.applies ? refusal.rejection : null;
}

/** What the facilitator's last step was, in a sentence; null where it can't be taken back. */
export function undoWords(workshop: Workshop, matrix: Matrix): string | null {
  const step = workshop.steps.at(-1);
  if (!step || undoRefusal(workshop)) return null;
  const called = (itemId: string | null) => {
    const item = workshop.items.find(({ id }) => id === itemId);
    const found = item && onBoard(matrix, item.subject);
    return found ? nameOf(found) : "what was deleted";
  };
  const name = called(step.itemId);
  switch (step.type) {
    case "reveal":
      return null;
    case "go":
      return step.clock?.current ? `You went from ${called(step.clock.current)} to ${name}.` : `You went to ${name}.`;
    case "skip":
      return `${name} was skipped.`;
    case "settle":
      return `A settlement of ${name} was put on the table.`;
    case "reopen":
      return `${name} was reopened.`;
    case "park": {
      const item = workshop.items.find(({ id }) => id === step.itemId);
      const stays = item && !standsAsParked(matrix, item) ? " The board was changed since, and stays as it is." : "";
      return `${name} was parked.${stays}`;
    }
  }
}
