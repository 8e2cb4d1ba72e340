import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { CurrentView, PlanView } from "~/domain/workshop/view/view-types";

/** What is to be done on the stage at this moment, which decides what Space does. */
export type Moment =
  "prepared" | "between" | "deleted" | "propose" | "settle" | "confirm" | "outdated" | "done" | "ended";

/** At which moment a workshop is. `reconsidered` is the number of what was on the table and is thought about again. */
export function momentOf(
  { stage, current, plan }: Pick<WorkshopShown, "stage" | "current" | "plan">,
  reconsidered: number | null,
): Moment {
  if (stage !== "open") return stage;
  if (!current) return "between";
  const { status, settling, revealed } = current;
  if (status === "settled" || status === "parked" || status === "disputed") return "done";
  if (plan.find(({ itemId }) => itemId === current.itemId)?.deleted) return "deleted";
  if (settling && settling.number !== reconsidered) return settling.outdated ? "outdated" : "confirm";
  return revealed ? "settle" : "propose";
}

/** The item to go on with: the next in the plan, or the first that was passed over; null when all are done or skipped. */
export function nextOpen(plan: readonly PlanView[], current: CurrentView | null): string | null {
  if (current?.nextId) return current.nextId;
  const open: ReadonlySet<PlanView["status"]> = new Set(["waiting", "revealed", "confirming", "proposing"] as const);
  return plan.find(({ itemId, status }) => itemId !== current?.itemId && open.has(status))?.itemId ?? null;
}
