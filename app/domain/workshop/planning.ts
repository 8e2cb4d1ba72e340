import { hashText, sortedJson } from "../hash";
import { LIMITS } from "../limits";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";
import type { Subject } from "./shapes";

export const TITLE: TextRule = { called: "The workshop's name", max: LIMITS.name, lines: false, optional: false };

/** The time that a workshop begins with. */
export const USUAL_MINUTES = 90;

/** What an item begins with: some twenty of them fit into the usual time. */
export const USUAL_ITEM_MINUTES = 4;

export type PlanItem = { id: string; subject: Subject; minutes: number };

/** What is talked about, in its order, and how many minutes there are; null where nobody said. */
export type Plan = { title: string; minutes: number | null; items: readonly PlanItem[] };

/** The part of a plan that a refusal is about, which is the refusal's code. */
export type PlanField = "title" | "minutes" | "items";

const isMinutes = (minutes: number, most: number) => Number.isInteger(minutes) && minutes >= 1 && minutes <= most;

/** Checks a plan and gives its title as it is stored; refused with the part that is wrong as its code. */
export function checkPlan({ title, minutes, items }: Plan): Result<string> {
  const refused = (field: PlanField, message: string) => reject(field, message);
  const checked = checkText(title, TITLE);
  if (!checked.ok) return refused("title", checked.rejection.message);
  if (minutes !== null && !isMinutes(minutes, LIMITS.workshopMinutes))
    return refused(
      "minutes",
      `A workshop lasts 1 to ${LIMITS.workshopMinutes} whole minutes. Leave it empty if it is open.`,
    );
  if (items.length > LIMITS.workshopItems)
    return refused("items", `A workshop has at most ${LIMITS.workshopItems} items. Take some of them out.`);
  if (items.some((item) => !isMinutes(item.minutes, LIMITS.itemMinutes)))
    return refused("items", `An item takes 1 to ${LIMITS.itemMinutes} whole minutes.`);
  return ok(checked.value);
}

/** A hash of a plan, by which whoever changes it says which plan they saw. */
export function planHash({ title, minutes, items }: Plan): string {
  return hashText(
    sortedJson({
      title,
      minutes,
      items: items.map(({ id, subject, minutes: each }) => ({ id, subject, minutes: each })),
    }),
  );
}

export const keyOf = ({ kind, id }: Subject): string => `${kind} ${id}`;

/** One edit of a plan. Each sets something, so that doing it twice is doing it once. */
export type PlanEdit =
  | { type: "title"; title: string }
  | { type: "time"; minutes: number | null }
  | { type: "add"; items: readonly PlanItem[]; beforeId: string | null }
  | { type: "remove"; itemIds: readonly string[] }
  | { type: "move"; itemId: string; beforeId: string | null }
  | { type: "minutes"; each: Readonly<Record<string, number>> };

/** A plan after an edit. What is there already isn't added again, and what is gone is neither moved nor timed. */
export function editedPlan(plan: Plan, edit: PlanEdit): Plan {
  switch (edit.type) {
    case "title":
      return { ...plan, title: edit.title };
    case "time":
      return { ...plan, minutes: edit.minutes };
    case "add": {
      const ids = new Set(plan.items.map(({ id }) => id));
      const subjects = new Set(plan.items.map(({ subject }) => keyOf(subject)));
      const added = edit.items.filter(({ id, subject }) => !ids.has(id) && !subjects.has(keyOf(subject)));
      return { ...plan, items: withBefore(plan.items, added, edit.beforeId) };
    }
    case "remove":
      return { ...plan, items: plan.items.filter(({ id }) => !edit.itemIds.includes(id)) };
    case "move": {
      const moved = plan.items.filter(({ id }) => id === edit.itemId);
      if (moved.length === 0 || edit.beforeId === edit.itemId) return plan;
      const others = plan.items.filter(({ id }) => id !== edit.itemId);
      return { ...plan, items: withBefore(others, moved, edit.beforeId) };
    }
    case "minutes":
      return {
        ...plan,
        items: plan.items.map((item) =>
          Object.hasOwn(edit.each, item.id) ? { ...item, minutes: edit.each[item.id] ?? item.minutes } : item,
        ),
      };
  }
}

/** A list with some put before one of its items, or at its end where that isn't there. */
function withBefore(
  items: readonly PlanItem[],
  added: readonly PlanItem[],
  beforeId: string | null,
): readonly PlanItem[] {
  const at = items.findIndex(({ id }) => id === beforeId);
  return at < 0 ? [...items, ...added] : [...items.slice(0, at), ...added, ...items.slice(at)];
}

/** What takes an edit of a plan back, in order. */
export function takenBack(plan: Plan, edit: PlanEdit): PlanEdit[] {
  switch (edit.type) {
    case "title":
      return [{ type: "title", title: plan.title }];
    case "time":
      return [{ type: "time", minutes: plan.minutes }];
    case "add":
      return [
        {
          type: "remove",
          itemIds: edit.items.flatMap(({ id }) => (plan.items.some((item) => item.id === id) ? [] : [id])),
        },
      ];
    case "remove":
      // From the end on, so that what stood behind each is there again when it comes back.
      return plan.items
        .flatMap((item, i): PlanEdit[] =>
          edit.itemIds.includes(item.id)
            ? [{ type: "add", items: [item], beforeId: plan.items[i + 1]?.id ?? null }]
            : [],
        )
        .reverse();
    case "move": {
      const at = plan.items.findIndex(({ id }) => id === edit.itemId);
      return at < 0 ? [] : [{ type: "move", itemId: edit.itemId, beforeId: plan.items[at + 1]?.id ?? null }];
    }
    case "minutes":
      return [
        {
          type: "minutes",
          each: Object.fromEntries(
            plan.items.flatMap(({ id, minutes }) => (Object.hasOwn(edit.each, id) ? [[id, minutes]] : [])),
          ),
        },
      ];
  }
}

/** An item of a plan as far as time goes: what is done needs none any more, and what was talked about stays. */
export type TimedItem = { id: string; minutes: number; spentMs: number; done: boolean; fixed: boolean };

/** The minutes that a plan needs: what was spent on what is done, and the larger of spent and planned of all else. */
export function neededMinutes(items: readonly TimedItem[]): number {
  const ms = items.reduce(
    (sum, { minutes, spentMs, done }) => sum + (done ? spentMs : Math.max(spentMs, minutes * 60_000)),
    0,
  );
  return Math.ceil(ms / 60_000);
}

/** Ways to bring a plan into the time that there is. */
export type Fitting = {
  /** The most minutes that each item can have; null where not even one is left for each. */
  even: number | null;
  /** The last items, so many of them that the others fit; empty where that isn't enough. */
  drop: string[];
};

/** How a plan that needs more than `minutes` can be brought into them. */
export function fittingOf(items: readonly TimedItem[], minutes: number): Fitting {
  const open = items.filter(({ done, spentMs }) => !done && spentMs === 0);
  const others = neededMinutes(items.filter((item) => !open.includes(item)));
  const each = open.length === 0 ? 0 : Math.floor((minutes - others) / open.length);
  const drop: string[] = [];
  let kept = items;
  for (const item of [...open].reverse()) {
    if (neededMinutes(kept) <= minutes) break;
    if (item.fixed) continue;
    kept = kept.filter(({ id }) => id !== item.id);
    drop.push(item.id);
  }
  return {
    even: each >= 1 ? Math.min(each, LIMITS.itemMinutes) : null,
    drop: neededMinutes(kept) <= minutes ? drop : [],
  };
}
