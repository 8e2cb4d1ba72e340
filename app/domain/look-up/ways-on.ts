import type { Domain, Duty } from "../matrix/shapes";
import { lookUp, type LookUpIndex } from "./look-up";

/**
 * General situations to offer when a search finds no duty, each with a query that finds the right duty in any matrix
 * that has one.
 */
const SITUATIONS = [
  { when: "In an incident", query: "declare a major security incident" },
  { when: "At any hour", query: "reachable decision-maker on call" },
  { when: "For anything else", query: "log every user request ticket" },
] as const;

export type FallbackDuty = { when: (typeof SITUATIONS)[number]["when"]; duty: Duty };

/**
 * The duties of a matrix to offer when a search finds nothing. Each duty is listed once; a situation without a duty is
 * left out.
 */
export function fallbackDuties(index: LookUpIndex): FallbackDuty[] {
  const ways: FallbackDuty[] = [];
  for (const { when, query } of SITUATIONS) {
    const { duties, sure } = lookUp(index, query);
    const [duty] = duties;
    if (sure && duty && ways.every((way) => way.duty.id !== duty.id)) ways.push({ when, duty });
  }
  return ways;
}

/**
 * The domain that occurs most among the first five duties of an answer, where earlier duties weigh more; null for an
 * empty answer.
 */
export function nearestDomain({ domains }: LookUpIndex, duties: readonly Duty[]): Domain | null {
  const counts = new Map<string, number>();
  for (const [at, { domainId }] of duties.slice(0, 5).entries())
    counts.set(domainId, (counts.get(domainId) ?? 0) + 1 / (at + 1));
  const [nearest] = [...counts].sort(([, a], [, b]) => b - a);
  return domains.find(({ id }) => id === nearest?.[0]) ?? null;
}
