import { dayWords } from "../../day-words";
import { dayOf } from "../../days";
import { LIMITS } from "../../limits";
import type { Item, Workshop } from "../shapes";
import { statusOf } from "../view/view";

/** A version's reason says at most this many workshops; the newest ones. */
const MOST_NAMED = 3;

/**
 * What the reason of the next version may begin with: what each workshop has settled after a moment, in milliseconds
 * since 1970. Empty where none has settled anything since.
 */
export function workshopReason(workshops: readonly Workshop[], since: number): string {
  const sentences = workshops.map((workshop) => settledSince(workshop, since)).filter((sentence) => sentence !== "");
  const named = sentences.slice(-MOST_NAMED).join(" ");
  // A name may be long; what doesn't fit is left to whoever publishes.
  return named.length > LIMITS.reason ? "" : named;
}

function settledSince(workshop: Workshop, since: number): string {
  const settled = workshop.items.filter((item) => item.settled !== null && item.settled.at > since);
  const last = Math.max(...settled.map((item) => item.settled?.at ?? 0));
  if (settled.length === 0) return "";
  const day = dayOf(new Date(last).toISOString());
  const of = (status: ReturnType<typeof statusOf>) => settled.filter((item) => statusOf(workshop, item) === status);
  const said = [agreedWords(of("settled")), counted(of("parked"), "parked"), counted(of("disputed"), "disputed")];
  return `${workshop.title}, ${dayWords(day)}: ${said.filter((words) => words !== "").join(", ")}.`;
}

function agreedWords(items: readonly Item[]): string {
  const duties = items.filter(({ subject }) => subject.kind === "duty").length;
  const paths = items.length - duties;
  const words = [
    ...(duties > 0 ? [duties === 1 ? "1 duty" : `${duties} duties`] : []),
    ...(paths > 0 ? [paths === 1 ? "1 path" : `${paths} paths`] : []),
  ];
  return words.length === 0 ? "" : `${words.join(" and ")} agreed`;
}

function counted(items: readonly Item[], what: string): string {
  return items.length === 0 ? "" : `${items.length} ${what}`;
}
