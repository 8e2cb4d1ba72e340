import type { Absences } from "../cover/absences";
import { rotaWithin, type RotaSpan } from "../cover/rota-within.server";
import { wallOf, type Rota } from "../cover/rota";
import type { Span } from "../cover/spans";
import { midnightBefore, midnightOf, MINUTE_MS, type WallTime } from "../cover/wall-time";
import { weekdayAt, type Weekday } from "../cover/working-hours";
import { zoneClock } from "../cover/zoned.server";
import { DAY_MS, utcDay } from "../days";

/** A time on the clocks of a zone: the day as YYYY-MM-DD, and the time as in 09:00. */
export type ShownTime = { day: string; weekday: Weekday; time: string };

/** Who is on call from one time to another; nobody where it is declared off, or whoever has the turn is away. */
export type ShownTurn = {
  from: ShownTime;
  /** Null where it lasts longer than is looked ahead. */
  to: ShownTime | null;
  personIds: string[];
  /** Those whose turn it is and who are away. */
  away: string[];
  kind: "turn" | "override" | "off" | "nobody";
};

/** How many turns are shown ahead. */
const TURNS = 8;

/** The turn of a moment and those after it, as overrides and absences cut them; in every hour, also where the rota doesn't apply. */
export function nextTurns(rota: Rota, absences: Absences, now: number): ShownTurn[] {
  const always: Rota = { ...rota, hours: "always" };
  const length = rota.every * (rota.period === "daily" ? 1 : 7) * DAY_MS;
  const window = { from: now, to: Math.max(now, midnightOf(rota.firstDay)) + (TURNS + 2) * length };
  const planned = rotaWithin(always, { absences: [], deputies: new Map() }, window);
  const shown = withGaps(rotaWithin(always, absences, window), window).slice(0, TURNS);
  return shown.map(({ from, to, personIds, declaredOff }) => {
    const called = planned.find((span) => span.from <= from && from < span.to)?.personIds ?? [];
    return {
      from: shownTime(rota, from),
      to: to < window.to ? shownTime(rota, to) : null,
      personIds,
      away: called.filter((personId) => !personIds.includes(personId)),
      kind: declaredOff
        ? "off"
        : personIds.length === 0
          ? "nobody"
          : isOverridden(rota, zoneClock(rota.timeZone).wallAt(from))
            ? "override"
            : "turn",
    };
  });
}

/** Spans with those between them at which nobody is on call. */
function withGaps(spans: readonly RotaSpan[], window: Span): RotaSpan[] {
  const filled: RotaSpan[] = [];
  let from = window.from;
  for (const span of spans) {
    if (span.from > from) filled.push({ from, to: span.from, personIds: [], declaredOff: false });
    filled.push(span);
    from = span.to;
  }
  if (from < window.to) filled.push({ from, to: window.to, personIds: [], declaredOff: false });
  return filled;
}

function isOverridden({ overrides }: Rota, at: WallTime): boolean {
  return overrides.some(({ from, to }) => {
    const begins = wallOf(from, "begins");
    const ends = wallOf(to, "ends");
    return begins !== null && ends !== null && begins <= at && at < ends;
  });
}

/** A moment on the clocks of a zone. */
export function shownTime({ timeZone }: Pick<Rota, "timeZone">, moment: number): ShownTime {
  const wall = zoneClock(timeZone).wallAt(moment);
  const minutes = Math.floor((wall - midnightBefore(wall)) / MINUTE_MS);
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return { day: utcDay(new Date(wall)), weekday: weekdayAt(wall), time };
}
