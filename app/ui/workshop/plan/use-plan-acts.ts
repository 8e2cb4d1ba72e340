import { useCallback, useRef } from "react";
import { keyOf, USUAL_ITEM_MINUTES, type PlanEdit, type PlanItem } from "~/domain/workshop/planning";
import type { Subject } from "~/domain/workshop/shapes";
import type { PlanEditing } from "./use-plan";

/** Changes the plan and says what was done; or why it isn't. */
export type RunPlan = (edits: readonly PlanEdit[], of: string, words: string) => string | null;
export type AddToPlan = (subjects: readonly Subject[], words: string) => void;

/** The acts on a plan, each said to screen readers. */
export function usePlanActs(
  { edit, plan }: Pick<PlanEditing, "edit" | "plan">,
  say: (words: string) => void,
): { run: RunPlan; add: AddToPlan } {
  const items = useRef(plan.items);
  items.current = plan.items;
  const run = useCallback<RunPlan>(
    (edits, of, words) => {
      const refused = edit(edits, of);
      say(refused?.message ?? words);
      return refused?.message ?? null;
    },
    [edit, say],
  );
  const add = useCallback<AddToPlan>(
    (subjects, words) =>
      void run([{ type: "add", items: newItems(items.current, subjects), beforeId: null }], "add", words),
    [run],
  );
  return { run, add };
}

/** Items of their own ids, which are short since they are in every view. */
function newItems(items: readonly PlanItem[], subjects: readonly Subject[]): PlanItem[] {
  const taken = new Set(items.map(({ id }) => id));
  const planned = new Set(items.map(({ subject }) => keyOf(subject)));
  return subjects
    .filter((subject) => !planned.has(keyOf(subject)))
    .map((subject) => {
      let id = crypto.randomUUID().slice(0, 8);
      while (taken.has(id)) id = crypto.randomUUID().slice(0, 8);
      taken.add(id);
      return { id, subject, minutes: USUAL_ITEM_MINUTES };
    });
}
