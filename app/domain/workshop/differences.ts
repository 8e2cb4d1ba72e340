import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { OUTCOMES, outcomeOf, pictureOf, voicesOf, type Outcome } from "./outcome";
import type { Item, Workshop } from "./shapes";

/** What an item's reveal showed; null before it. */
export function itemOutcome(workshop: Pick<Workshop, "participants" | "sides">, { revealed }: Item): Outcome | null {
  if (!revealed) return null;
  const { sides, participants } = workshop;
  const choiceOf = (partyId: string) => pictureOf(voicesOf(participants, revealed.voices, partyId)).choice;
  return outcomeOf(sides, choiceOf(sides.client), choiceOf(sides.provider));
}

/** How much goes wrong if nobody does a duty: what must be covered at any hour, defends, carries a known risk, or is reserved. */
export function riskOf(duty: Duty | undefined): number {
  if (!duty) return 0;
  const weights: [boolean, number][] = [
    [duty.cover === "24x7", 4],
    [duty.stance === "defend", 3],
    [(duty.today.risk ?? "") !== "", 3],
    [duty.today.compromise === "accident", 2],
    [duty.reserved, 2],
    [duty.oftenDisputed, 1],
  ];
  return weights.reduce((sum, [holds, weight]) => sum + (holds ? weight : 0), 0);
}

/**
 * The revealed items that are still to be talked about, without those on which both sides agree: gaps first, and in
 * each kind the largest risk first.
 */
export function differencesOf(workshop: Workshop, matrix: Pick<Matrix, "duties">): string[] {
  const duties = new Map(matrix.duties.map((duty) => [duty.id, duty]));
  return workshop.items
    .flatMap((item, place) => {
      const outcome = itemOutcome(workshop, item);
      if (!outcome || outcome === "agree" || item.settled) return [];
      return [{ id: item.id, place, rank: OUTCOMES.indexOf(outcome), risk: riskOf(duties.get(item.subject.id)) }];
    })
    .sort((a, b) => a.rank - b.rank || b.risk - a.risk || a.place - b.place)
    .map(({ id }) => id);
}
