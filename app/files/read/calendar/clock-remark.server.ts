import type { Span } from "~/domain/cover/spans";
import { MINUTE_MS, type WallTime } from "~/domain/cover/wall-time";
import { zoneClock } from "~/domain/cover/zoned.server";
import { dayWords } from "~/domain/day-words";
import { utcDay } from "~/domain/days";
import type { CalendarTime } from "./times.server";

/** What the clocks make of an occurrence, where that isn't what is written; not taken where there is none. */
export function clockRemark(
  { wall, zone, isDay }: CalendarTime,
  { recurs, length, moments }: { recurs: boolean; length: number; moments: Span },
): { taken: boolean; why: string } | null {
  const clock = zoneClock(zone);
  const on = `On ${dayWords(utcDay(new Date(wall)))} the clocks of ${zone}`;
  const shown = clock.wallAt(moments.from);
  if (shown !== wall && !isDay)
    return recurs
      ? {
          taken: false,
          why: `${on} leave out ${timeWords(wall)}, and what recurs at a time that isn't there is dropped (RFC 5545): nobody has this turn then. Add an override if somebody should.`,
        }
      : { taken: true, why: `${on} leave out ${timeWords(wall)}: it begins at ${timeWords(shown)}.` };
  if (clock.momentOf(wall, "ends") !== moments.from && !isDay)
    return { taken: true, why: `${on} show ${timeWords(wall)} twice: it begins at the first.` };
  const hours = (moments.to - moments.from) / (60 * MINUTE_MS);
  return recurs && !isDay && moments.to - moments.from !== length
    ? {
        taken: true,
        why: `${on} are set before it ends: it ends at ${timeWords(wall + length)} as always, and lasts ${Math.round(hours * 100) / 100} hours.`,
      }
    : null;
}

function timeWords(wall: WallTime): string {
  return new Date(wall).toISOString().slice(11, 16);
}
