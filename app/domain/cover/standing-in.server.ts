import { oncePer } from "../cache";
import type { Absences } from "./absences";
import { difference, intersection, union, type Spans } from "./spans";
import { wholeDays } from "./zoned.server";

/** When each person who is ever away is away. The absences are such as `checkAbsences` finds nothing wrong with; what comes of them is remembered with them. */
export const awayOf = oncePer(({ absences }: Absences): ReadonlyMap<string, Spans> => {
  const away = new Map<string, Spans>();
  for (const { personId, from, to, timeZone } of absences)
    away.set(personId, union([...(away.get(personId) ?? []), wholeDays(timeZone, from, to)]));
  return away;
});

/** Who answers in a person's place in some spans: the person, while away the deputy, while that one is away too the deputy's own, and so on. Nobody where all of them are away. */
export function answeringFor(personId: string, spans: Spans, absences: Absences): { personId: string; spans: Spans }[] {
  const away = awayOf(absences);
  const answering: { personId: string; spans: Spans }[] = [];
  const asked = new Set<string>();
  let left = spans;
  for (
    let next: string | undefined = personId;
    next !== undefined && left.length > 0 && !asked.has(next);
    next = absences.deputies.get(next)
  ) {
    asked.add(next);
    const days = away.get(next);
    const there = days ? difference(left, days) : left;
    if (there.length > 0) answering.push({ personId: next, spans: there });
    left = days ? intersection(left, days) : [];
  }
  return answering;
}
