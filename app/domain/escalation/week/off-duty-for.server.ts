import type { Span } from "../../cover/spans";
import { midnightBefore, MINUTE_MS, timeOf, type WallTime } from "../../cover/wall-time";
import { WEEKDAYS, weekdayAt, type DayHours, type Weekday } from "../../cover/working-hours";
import { zoneClock } from "../../cover/zoned.server";
import { DAY_MS, utcDay } from "../../days";
import type { Matrix } from "../../matrix/matrix";
import type { Role } from "../../matrix/shapes";
import { NO_HOURS } from "../../parts/hours";
import type { RoleHole } from "./cover-facts";
import { occurring, type ByWindow, type Horizon } from "./horizon.server";

/** The hours of a hole as hours of each week and whole days, on the clocks on which the role is off duty already, or those of its party. Null where they can't be said so. */
export function offDutyFor(
  role: Role,
  hole: ByWindow,
  { matrix, horizon }: { matrix: Pick<Matrix, "hours" | "offDuties">; horizon: Horizon },
): RoleHole["offDuty"] {
  const timeZone =
    matrix.offDuties.find(({ roleId }) => roleId === role.id)?.timeZone ??
    (matrix.hours.find(({ partyId }) => partyId === role.partyId)?.timeZone || horizon.timeZone);
  const week: Record<Weekday, DayHours[]> = { ...NO_HOURS };
  const days: string[] = [];
  for (const { weekly, spans } of occurring(hole, horizon)) {
    for (const piece of weekly ? perDay(timeZone, spans.slice(0, 1)) : perDay(timeZone, spans)) {
      const isWhole = piece.from === 0 && piece.to === 24 * 60;
      if (weekly) week[piece.weekday] = [...week[piece.weekday], { from: timeOf(piece.from), to: endOf(piece.to) }];
      else if (isWhole) days.push(piece.day);
      else return null;
    }
  }
  for (const weekday of WEEKDAYS) week[weekday].sort((a, b) => (a.from < b.from ? -1 : 1));
  return { timeZone, week, days: days.sort() };
}

function endOf(minutes: number): string {
  return minutes === 24 * 60 ? "24:00" : timeOf(minutes);
}

/** Stretches cut at each midnight on the wall, in minutes of the day. */
function perDay(timeZone: string, spans: readonly Span[]) {
  const clock = zoneClock(timeZone);
  return spans.flatMap(({ from, to }) => {
    const last = clock.wallAt(to);
    const pieces: { day: string; weekday: Weekday; from: number; to: number }[] = [];
    for (let wall: WallTime = clock.wallAt(from); wall < last;) {
      const midnight = midnightBefore(wall);
      const next = Math.min(midnight + DAY_MS, last);
      pieces.push({
        day: utcDay(new Date(midnight)),
        weekday: weekdayAt(midnight),
        from: (wall - midnight) / MINUTE_MS,
        to: (next - midnight) / MINUTE_MS,
      });
      wall = next;
    }
    return pieces;
  });
}
