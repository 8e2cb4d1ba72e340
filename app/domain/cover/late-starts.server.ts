import { hoursWithin } from "./hours-within.server";
import { intersection, union, type Span, type Spans } from "./spans";
import { MINUTE_MS } from "./wall-time";
import type { Hours } from "./working-hours";

/** When a level reaches anybody, and when it reaches somebody who may decide. */
type LevelReach = { minutes: number; reached: Spans; decides: Spans };

type Rounds = { clock: Hours; repeats: number; roundMinutes: number; targetMinutes: number };

/**
 * When within a window a path would have to begin for its first decision to come later than its target. Beginnings so late in
 * the window that their target lies beyond it are left out. By the rules of `callsOf`, for all beginnings at once: what happens
 * changes only where a level's moment passes the edge of a stretch.
 */
export function lateStarts(levels: readonly LevelReach[], rounds: Rounds, window: Span): Spans {
  const running = hoursWithin(rounds.clock, window);
  const axis = axisOf(running);
  const target = rounds.targetMinutes * MINUTE_MS;
  const reach = levels.map(({ minutes, reached, decides }) => ({
    after: minutes * MINUTE_MS,
    reached: axis.along(reached),
    decides: axis.along(decides),
  }));
  const called = Array.from({ length: rounds.repeats + 1 }, (_, round) =>
    reach.map((level) => ({ ...level, after: level.after + round * rounds.roundMinutes * MINUTE_MS })),
  ).flat();
  const edges = reach.flatMap(({ reached, decides }) => [...reached, ...decides].flatMap(({ from, to }) => [from, to]));
  const last = axis.length - target;
  // What is planned after the target is late, or is called before at the moment of a level that was passed over.
  const moments = [...new Set(called.map(({ after }) => after))].filter((after) => after <= target);
  const starts = new Set([0, ...moments.flatMap((after) => edges.map((edge) => edge - after))]);
  const inOrder = [...starts].filter((start) => start >= 0 && start < last).sort((a, b) => a - b);
  const late = inOrder.flatMap((from, i) =>
    isLate(called, reach.length, from, from + target) ? [{ from, to: inOrder[i + 1] ?? last }] : [],
  );
  return axis.back(union(late));
}

type Called = { after: number; reached: Spans; decides: Spans };

function isLate(called: readonly Called[], levels: number, start: number, latest: number): boolean {
  let now: number | null = null;
  let passedOver = 0;
  for (const { after, reached, decides } of called) {
    const at: number = now ?? start + after;
    if (at > latest) return true;
    if (holds(decides, at)) return false;
    const isEmpty = !holds(reached, at);
    passedOver = isEmpty ? passedOver + 1 : 0;
    now = isEmpty ? at : null;
    if (passedOver === levels) return true;
  }
  return true;
}

/** Whether a moment is within one of some spans. */
function holds(spans: Spans, at: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span !== undefined && span.from <= at;
}

/** The time of a clock that stands between its hours: how long it has run since the first of them. */
function axisOf(running: Spans) {
  let length = 0;
  const stretches = running.map(({ from, to }) => {
    const begins = length;
    length += to - from;
    return { from, to, begins };
  });
  const move = (spans: Spans, shift: (stretch: (typeof stretches)[number]) => { of: Span; by: number }) => {
    const moved: Span[] = [];
    for (const stretch of stretches) {
      const { of, by } = shift(stretch);
      for (const { from, to } of intersection(spans, [of])) moved.push({ from: from + by, to: to + by });
    }
    return union(moved);
  };
  return {
    length,
    along: (spans: Spans) => move(spans, ({ from, to, begins }) => ({ of: { from, to }, by: begins - from })),
    back: (spans: Spans) =>
      move(spans, ({ from, to, begins }) => ({ of: { from: begins, to: begins + to - from }, by: from - begins })),
  };
}
