import { oncePer } from "../cache";
import { DAY_MS } from "../days";
import type { Absences } from "./absences";
import { hoursWithin } from "./hours-within.server";
import { wallOf, type Rota } from "./rota";
import { difference, intersection, piecesOf, union, type Span, type Spans } from "./spans";
import { answeringFor, awayOf } from "./standing-in.server";
import { midnightBefore, midnightOf, MINUTE_MS, minutesOf, type WallTime } from "./wall-time";
import { WEEKDAYS, weekdayAt } from "./working-hours";
import { zoneClock } from "./zoned.server";

/** Throughout a span the same people are on call, in the order in which they are called; or it is declared off and they are none. */
export type RotaSpan = Span & { personIds: string[]; declaredOff: boolean };

type Assigned = Span & { personIds: readonly string[]; declaredOff: boolean };

/** Who is on call when within a window. Where nobody is, there is no span. The rota is such as `checkRota` finds nothing wrong with. */
export function rotaWithin(rota: Rota, absences: Absences, window: Span): RotaSpan[] {
  const overrides = overridesOf(rota)
    .map((override) => ({
      ...override,
      from: Math.max(override.from, window.from),
      to: Math.min(override.to, window.to),
    }))
    .filter(({ from, to }) => from < to);
  const free = difference(hoursWithin(rota.hours, window), overrides);
  const turns = turnsWithin(rota, window).flatMap((turn) =>
    intersection(free, [turn]).map((span) => ({ ...turn, ...span })),
  );
  return [...turns, ...overrides]
    .sort((a, b) => a.from - b.from)
    .flatMap((assigned) => (assigned.declaredOff ? [{ ...assigned, personIds: [] }] : answered(assigned, absences)));
}

/** When everybody of a rota is away and nobody stands in for any of them: worth a warning, and no reason to refuse it. */
export function everybodyAway(rota: Rota, absences: Absences): Spans {
  const people = new Set(rota.turns.flat());
  let away: Spans = [{ from: -Infinity, to: Infinity }];
  for (const personId of people) {
    const days = awayOf(absences).get(personId) ?? [];
    const stoodIn = answeringFor(personId, days, absences).flatMap(({ spans }) => spans);
    away = intersection(away, difference(days, union(stoodIn)));
  }
  return people.size === 0 ? [] : away;
}

/** The turns that touch a window, one after the other; each ends where the next begins, also where clocks show that time twice. */
function turnsWithin(rota: Rota, window: Span): Assigned[] {
  if (rota.turns.length === 0) return [];
  const clock = zoneClock(rota.timeZone);
  const first = firstHandOver(rota);
  const length = rota.every * (rota.period === "daily" ? 1 : 7) * DAY_MS;
  const begins = (turn: number) => clock.momentOf(first + turn * length, "begins");
  const turns: Assigned[] = [];
  const soonest = Math.floor((midnightBefore(clock.wallAt(window.from)) - DAY_MS - first) / length);
  for (let turn = Math.max(0, soonest), from = begins(turn); from < window.to; turn++) {
    const to = begins(turn + 1);
    const personIds = rota.turns[turn % rota.turns.length] ?? [];
    if (to > Math.max(from, window.from)) turns.push({ from, to, personIds, declaredOff: false });
    from = to;
  }
  return turns;
}

function firstHandOver({ period, handOver, firstDay }: Rota): WallTime {
  const day = midnightOf(firstDay);
  const late = WEEKDAYS.indexOf(handOver.weekday) - WEEKDAYS.indexOf(weekdayAt(day));
  return day + (period === "weekly" ? ((late + 7) % 7) * DAY_MS : 0) + (minutesOf(handOver.time) ?? 0) * MINUTE_MS;
}

/** The overrides in order, remembered with the rota. Where clocks show the time twice at which one ends and the next begins, the next begins at the first. */
const overridesOf = oncePer((rota: Rota): Assigned[] => {
  const clock = zoneClock(rota.timeZone);
  const spans = rota.overrides
    .map(({ from, to, personIds }) => ({
      from: clock.momentOf(wallOf(from, "begins") ?? 0, "begins"),
      to: clock.momentOf(wallOf(to, "ends") ?? 0, "ends"),
      personIds,
      declaredOff: personIds.length === 0,
    }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  return spans.map((span, i) => ({ ...span, to: Math.min(span.to, spans[i + 1]?.from ?? Infinity) }));
});

/** Who answers of those to whom a span is assigned: where somebody is away and nobody stands in, the others alone. */
function answered({ from: begins, to: ends, personIds }: Assigned, absences: Absences): RotaSpan[] {
  const span = { from: begins, to: ends };
  const away = awayOf(absences);
  if (!personIds.some((personId) => away.has(personId)))
    return [{ ...span, personIds: [...new Set(personIds)], declaredOff: false }];
  const answering = personIds.flatMap((personId) => answeringFor(personId, [span], absences));
  return piecesOf(
    answering.map(({ spans }) => spans),
    span,
  ).flatMap(({ from, to, layers }) =>
    layers.length === 0
      ? []
      : [
          {
            from,
            to,
            personIds: [...new Set(layers.flatMap((layer) => answering[layer]?.personId ?? []))],
            declaredOff: false,
          },
        ],
  );
}
