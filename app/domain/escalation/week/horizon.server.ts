import type { Span, Spans } from "../../cover/spans";
import { DAY_MS } from "../../days";
import { dayWords } from "../../day-words";
import type { Matrix } from "../../matrix/matrix";
import type { SaidHours } from "./cover-facts";
import {
  commonZone,
  dayAt,
  edgeOf,
  nextClockChanges,
  nextHolidays,
  stretchWords,
  weekAt,
  weekOf,
  weeksLater,
  type Week,
} from "./weeks.server";

/** So many weeks from this one on are looked at, whatever happens in them. */
const WEEKS = 4;
const HOLIDAY_WEEKS = 3;
const CHANGES = 2;
/** A stretch that comes back in so many of those weeks comes back each week. */
const RECURRING = WEEKS - 1;
/** What begins in a week is looked at to its end, and what is still on when it begins from its beginning. */
const AROUND_MS = 3 * DAY_MS;

/** Weeks that follow each other, with the time around them. */
export type Window = { core: Span; around: Span };

/** The weeks for which cover is looked at beforehand. */
export type Horizon = { now: number; timeZone: string; windows: Window[]; words: string };

/** This week and the three after it, and the weeks of the next two clock changes of each agreed zone and of the next agreed holidays. */
export function horizonOf(matrix: Pick<Matrix, "hours" | "parties" | "roles">, now: number): Horizon {
  const timeZone = commonZone(matrix);
  const first = weekAt(timeZone, now);
  const zones = new Set([timeZone, ...matrix.hours.map((hours) => hours.timeZone)]);
  const changes = [...zones].flatMap((zone) =>
    nextClockChanges(zone, now)
      .slice(0, CHANGES)
      .map(({ at }) => weekAt(timeZone, at)),
  );
  const holidays = distinct(nextHolidays(matrix, dayAt(timeZone, now)).map(({ day }) => weekOf(timeZone, day)));
  const weeks = distinct([
    ...Array.from({ length: WEEKS }, (_, i) => weeksLater(first, i)),
    ...changes,
    ...holidays.slice(0, HOLIDAY_WEEKS),
  ]).sort((a, b) => a.from - b.from);
  const cores: Span[] = [];
  for (const { from, to } of weeks) {
    const last = cores.at(-1);
    if (last?.to === from) last.to = to;
    else cores.push({ from, to });
  }
  return {
    now,
    timeZone,
    windows: cores.map((core) => ({ core, around: { from: core.from - AROUND_MS, to: core.to + AROUND_MS } })),
    words: `the ${WEEKS} weeks from ${dayWords(first.firstDay)}, and those of the next clock changes and agreed holidays`,
  };
}

function distinct(weeks: readonly Week[]): Week[] {
  return [...new Map(weeks.map((week) => [week.firstDay, week])).values()];
}

/** Stretches of each window of a horizon, in its order. */
export type ByWindow = readonly Spans[];

/** The stretches that begin in a window, or are still on when it begins, and aren't over yet. */
export function keptOf(spans: Spans, { core }: Window, now: number): Spans {
  return spans.filter(({ from, to }) => from < core.to && to > core.from && to > now);
}

/** Whether every window is filled from its beginning to its end. */
export function isAlways(found: ByWindow, { windows }: Horizon): boolean {
  return windows.every(({ core }, i) => found[i]?.some(({ from, to }) => from <= core.from && to >= core.to));
}

/** A stretch of time that comes back each week, or once; `spans` are its times. */
type Occurring = { key: string; weekly: boolean; spans: Span[] };

/** Stretches by when in the week they are, in its order. */
export function occurring(found: ByWindow, { windows, timeZone, now }: Horizon): Occurring[] {
  const groups = new Map<string, Span[]>();
  windows.forEach((window, i) => {
    for (const span of keptOf(found[i] ?? [], window, now)) {
      const key = stretchWords(timeZone, span);
      groups.set(key, [...(groups.get(key) ?? []), span]);
    }
  });
  const first = windows[0]?.core ?? { from: 0, to: 0 };
  const inWeek = ({ from }: Span) => (from - first.from + 7 * DAY_MS) % (7 * DAY_MS);
  return [...groups.entries()]
    .map(([key, spans]) => ({
      key,
      weekly: spans.filter(({ from }) => from < first.to).length >= RECURRING,
      spans,
      at: spans[0] ? inWeek(spans[0]) : 0,
    }))
    .sort((a, b) => a.at - b.at);
}

/** So many stretches are said; the others are counted. */
const SAID = 2;

/** Stretches in words, and as a key that doesn't change from one week to the next while they come back. */
export function sayHours(found: ByWindow, horizon: Horizon): SaidHours {
  if (isAlways(found, horizon)) return { words: "at any hour", key: "always" };
  const { timeZone } = horizon;
  const all = occurring(found, horizon);
  const weekly = all.filter((one) => one.weekly);
  const once = all.flatMap((one) => (one.weekly ? [] : one.spans)).sort((a, b) => a.from - b.from);
  const saidWeekly = listed(
    weekly.map(({ key }) => key),
    (rest) => ` and ${rest} more times`,
  );
  const saidOnce = listed(
    once.map((span) => `${stretchWords(timeZone, span)} (${dayWords(edgeOf(timeZone, span.from, "begins").day)})`),
    (rest) => ` and ${rest} more ${rest === 1 ? "time" : "times"}`,
  );
  return {
    words: [saidWeekly && `${saidWeekly} each week`, saidOnce].filter(Boolean).join("; ") || "at no hour",
    key: [...weekly.map(({ key }) => key), ...once.map(({ from, to }) => `${from}-${to}`)].join("; "),
  };
}

function listed(words: readonly string[], more: (rest: number) => string): string {
  const rest = words.length - SAID;
  return `${words.slice(0, SAID).join(", ")}${rest > 0 ? more(rest) : ""}`;
}
