import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { Plan, PlanEdit, PlanField } from "~/domain/workshop/planning";
import { pressOf } from "../../primitives/keys";
import type { WorkshopOnScreen } from "../use-workshop";
import { planStore, type PlanOnScreen } from "./plan-store";

/** A workshop's plan, and what can be done with it. */
export type PlanEditing = PlanOnScreen & {
  /** Changes the plan as one undoable change of what `of` names; gives the refusal where it would not be right. */
  edit: (edits: readonly PlanEdit[], of: string) => { field: PlanField; message: string } | null;
  undo: () => void;
  /** Stores what isn't stored yet; false where that can't be done now. */
  flush: () => Promise<boolean>;
  dismiss: () => void;
};

/** A change is sent once nothing more was changed for this long. */
const DELAY_MS = 500;

/** Under what the changes of a participant are kept, so that nobody else who signs in here sends them. */
const keyOf = ({ workshopId, yours }: WorkshopShown) => `demarc.plan.${workshopId}.${yours?.participantId ?? ""}`;

/** The plan in what a page shows of a workshop. */
function planIn({ title, room, plan }: WorkshopShown): Plan {
  const items = plan.map(({ itemId, subject, minutes }) => ({ id: itemId, subject, minutes }));
  return { title, minutes: room?.minutes ?? null, items };
}

/** What an earlier page of this tab couldn't store. */
function keptUnder(key: string): PlanEdit[][] {
  try {
    const kept: PlanEdit[][] = JSON.parse(window.sessionStorage.getItem(key) ?? "[]");
    return kept;
  } catch {
    return [];
  }
}

function keep(key: string, steps: readonly (readonly PlanEdit[])[]): void {
  try {
    if (steps.length === 0) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, JSON.stringify(steps));
  } catch {
    // The browser refuses storage: what isn't sent yet is in memory alone, and closing the page warns.
  }
}

/**
 * A workshop's plan as it is edited. It is stored a moment after each change, and when the page is hidden or left; what
 * can't be stored survives a reload, and closing the page warns.
 */
export function usePlan({ shown, sequence, ask }: WorkshopOnScreen): PlanEditing {
  const [key] = useState(() => keyOf(shown));
  const [store] = useState(() =>
    planStore(
      { sequence, plan: planIn(shown) },
      {
        ask: (plan, from) => ask([{ type: "plan", ...plan, items: [...plan.items], from }]),
        keep: (steps) => keep(key, steps),
        delayMs: DELAY_MS,
      },
    ),
  );
  const onScreen = useSyncExternalStore(store.subscribe, store.onScreen, store.onScreen);

  useEffect(() => store.hear(sequence, planIn(shown)), [store, sequence, shown]);

  useEffect(() => {
    store.show(true);
    store.adopt(keptUnder(key));
    const warn = (event: BeforeUnloadEvent) => {
      if (!store.hasUnsent()) return;
      void store.flush();
      event.preventDefault();
    };
    const whenHidden = () => document.visibilityState === "hidden" && void store.flush();
    const again = () => void store.flush();
    window.addEventListener("beforeunload", warn);
    document.addEventListener("visibilitychange", whenHidden);
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("beforeunload", warn);
      document.removeEventListener("visibilitychange", whenHidden);
      window.removeEventListener("online", again);
      store.show(false);
    };
  }, [store, key]);

  useUndoOfPlan(store.undo);
  return useMemo(
    () => ({
      ...onScreen,
      edit: (edits, of) => store.edit(edits, of, Date.now()),
      undo: () => void store.undo(),
      flush: store.flush,
      dismiss: store.dismiss,
    }),
    [store, onScreen],
  );
}

/** Ctrl Z anywhere on the page takes back the last change of the plan, and not one of the board, which isn't in view. */
function useUndoOfPlan(undo: () => boolean): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, control, alt, shift } = pressOf(event);
      const typing =
        event.target instanceof HTMLTextAreaElement ||
        (event.target instanceof HTMLInputElement && !["radio", "checkbox", "button"].includes(event.target.type));
      if (!control || alt || key !== "z" || typing || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (!shift) undo();
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [undo]);
}
