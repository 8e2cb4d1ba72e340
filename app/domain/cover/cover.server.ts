import { DAY_MS } from "../days";
import type { Absences } from "./absences";
import { hoursWithin } from "./hours-within.server";
import { rotaWithin } from "./rota-within.server";
import { intersection, piecesOf, union, type Span, type Spans } from "./spans";
import type { Channels, OffDuty, Reachable, Staffing } from "./staffing";
import { answeringFor } from "./standing-in.server";
import { midnightOf } from "./wall-time";
import { zoneClock } from "./zoned.server";

/** Throughout a span the same people are there for a role, whichever channels work for them. */
export type Presence = Span & {
  /** In the order in which they are called. */ onShift: string[];
  onCall: string[];
  /** What is declared off: the role, whoever is there; or its rota alone. */
  off: "role" | "rota" | null;
};

export type CoverState = "on-shift" | "on-call" | "declared-off" | "nobody";

/** Throughout a span the same people can be called for a role. Those on shift come first, then those on call; nobody where it is declared off. */
export type CoverSpan = Span & { state: CoverState; personIds: string[] };

/** Who is there for a role when within a window, which the spans fill without a gap. It is the same for every channel, so whoever asks for several computes it once. */
export function presenceOf(staffing: Staffing, absences: Absences, window: Span): Presence[] {
  const { holders, rota, declaredOff } = staffing;
  const off = declaredOff ? offDutyWithin(declaredOff, window) : [];
  const onShift = holders.flatMap(({ personId, hours }) =>
    hours ? answeringFor(personId, hoursWithin(hours, window), absences) : [],
  );
  const turns = rota ? rotaWithin(rota, absences, window) : [];
  const layers: Spans[] = [off, ...onShift.map(({ spans }) => spans), ...turns.map((turn) => [turn])];
  return piecesOf(layers, window).map(({ from, to, layers: there }) => {
    const onCall = there.flatMap((layer) => turns[layer - 1 - onShift.length] ?? []);
    return {
      from,
      to,
      onShift: once(there.flatMap((layer) => onShift[layer - 1]?.personId ?? [])),
      onCall: once(onCall.flatMap(({ personIds }) => personIds)),
      off: there[0] === 0 ? "role" : onCall.some((turn) => turn.declaredOff) ? "rota" : null,
    };
  });
}

/** Who can be called for a role when, by at least one of some channels. The spans fill what the presence fills; neighbours differ. */
export function coverOf(presence: readonly Presence[], reachable: Reachable, channels: Channels): CoverSpan[] {
  const cover: CoverSpan[] = [];
  const works = (personId: string) => channelFor(personId, reachable, channels) !== null;
  for (const { from, to, onShift, onCall, off } of presence) {
    const shift = off === "role" ? [] : onShift.filter(works);
    const call = off === "role" ? [] : onCall.filter((id) => works(id) && !shift.includes(id));
    const personIds = call.length === 0 ? shift : [...shift, ...call];
    const state =
      shift.length > 0 ? "on-shift" : call.length > 0 ? "on-call" : off !== null ? "declared-off" : "nobody";
    const last = cover.at(-1);
    if (last && last.state === state && sameInOrder(last.personIds, personIds)) last.to = to;
    else cover.push({ from, to, state, personIds });
  }
  return cover;
}

/** The first of some channels that works for a person; of any, the first that is named for that person. */
export function channelFor(personId: string, reachable: Reachable, channels: Channels): string | null {
  const working = reachable.get(personId);
  if (!working) return null;
  if (channels !== "any") return channels.find((channel) => working.has(channel)) ?? null;
  const [first = null] = working;
  return first;
}

function offDutyWithin({ weekly, days }: OffDuty, window: Span): Spans {
  const clock = zoneClock(weekly.timeZone);
  const whole = days.map((day) => ({
    from: clock.momentOf(midnightOf(day), "begins"),
    to: clock.momentOf(midnightOf(day) + DAY_MS, "ends"),
  }));
  const hours = hoursWithin(weekly, window);
  return whole.length === 0 ? hours : intersection(union([...hours, ...whole]), [window]);
}

function once(ids: string[]): string[] {
  return ids.length < 2 ? ids : [...new Set(ids)];
}

function sameInOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}
