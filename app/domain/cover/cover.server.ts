import { cacheOf, oncePer } from "../cache";
import type { Absences } from "./absences";
import { hoursWithin } from "./hours-within.server";
import { rotaWithin } from "./rota-within.server";
import { piecesOf, union, within, type Span, type Spans } from "./spans";
import type { Channels, OffDuty, Reachable, Staffing } from "./staffing";
import { answeringFor } from "./standing-in.server";
import { wholeDays } from "./zoned.server";

/** Throughout a span the same people are there for a role, whichever channels work for them. */
export type Presence = Span & {
  /** In the order in which they are called. */ onShift: readonly string[];
  /** Those who aren't on shift, in the order in which they are called. */ onCall: readonly string[];
  /** What is declared off: the role, whoever is there; or its rota alone. */
  off: "role" | "rota" | null;
};

/** What is said of a role at a moment. */
export type CoverState = "on-shift" | "on-call" | "declared-off" | "nobody";

/** Throughout a span the same people can be called for a role. Those on shift come first, then those on call; nobody where it is declared off. */
export type CoverSpan = Span & { state: CoverState; personIds: readonly string[] };

/** Who is there for a role when within a window, which the spans fill without a gap. It is the same for every channel, so whoever asks for several computes it once. */
export function presenceOf(staffing: Staffing, absences: Absences, window: Span): Presence[] {
  const { holders, rota, declaredOff } = staffing;
  const offDuty = declaredOff ? offDutyWithin(declaredOff, window) : [];
  const onShift = holders.flatMap(({ personId, hours }) =>
    hours ? answeringFor(personId, hoursWithin(hours, window), absences) : [],
  );
  const turns = rota ? rotaWithin(rota, absences, window) : [];
  // Turns follow each other, so that all of them are one layer.
  const layers: Spans[] = [offDuty, ...onShift.map(({ spans }) => spans), turns];
  let next = 0;
  return piecesOf(layers, window).map(({ from, to, layers: there }): Presence => {
    const shift: string[] = [];
    const call: string[] = [];
    let off: Presence["off"] = null;
    for (const layer of there) {
      if (layer === 0) off = "role";
      else if (layer <= onShift.length) add(shift, onShift[layer - 1]?.personId);
      else {
        while ((turns[next]?.to ?? Infinity) <= from) next++;
        const turn = turns[next];
        if (turn?.declaredOff) off ??= "rota";
        else for (const personId of turn?.personIds ?? []) if (!shift.includes(personId)) add(call, personId);
      }
    }
    return { from, to, onShift: shift, onCall: call, off };
  });
}

/** Who can be called for a role when, by at least one of some channels. The spans fill what the presence fills; neighbours differ. */
export function coverOf(presence: readonly Presence[], reachable: Reachable, channels: Channels): CoverSpan[] {
  const works = reachedBy(reachable, channels);
  const cover: CoverSpan[] = [];
  let last: CoverSpan | null = null;
  for (const { from, to, onShift, onCall, off } of presence) {
    const shift = off === "role" ? NOBODY : those(onShift, works);
    const call = off === "role" ? NOBODY : those(onCall, works);
    const state =
      shift.length > 0 ? "on-shift" : call.length > 0 ? "on-call" : off !== null ? "declared-off" : "nobody";
    const personIds = call.length === 0 ? shift : shift.length === 0 ? call : [...shift, ...call];
    if (last && last.state === state && sameInOrder(last.personIds, personIds)) last.to = to;
    else cover.push((last = { from, to, state, personIds }));
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

function offDutyWithin(offDuty: OffDuty, window: Span): Spans {
  const hours = hoursWithin(offDuty.weekly, window);
  const days = within(offDays(offDuty), window);
  return days.length === 0 ? hours : union([...hours, ...days]);
}

const offDays = oncePer(({ weekly, days }: OffDuty) => union(days.map((day) => wholeDays(weekly.timeZone, day, day))));

const reached = oncePer((_: Reachable) => cacheOf<ReadonlySet<string>>(50));

/** Those for whom at least one of some channels works; remembered with what works for whom, which is the same for every role. */
function reachedBy(reachable: Reachable, channels: Channels): ReadonlySet<string> {
  const known = reached(reachable);
  const key = channels === "any" ? "any" : JSON.stringify(channels);
  const works = (personId: string) => channelFor(personId, reachable, channels) !== null;
  return known.get(key) ?? known.set(key, new Set([...reachable.keys()].filter(works)));
}

const NOBODY: readonly string[] = [];

/** Those of some people who are among others; the same list where all of them are. */
function those(people: readonly string[], among: ReadonlySet<string>): readonly string[] {
  for (const personId of people) if (!among.has(personId)) return people.filter((id) => among.has(id));
  return people;
}

function add(people: string[], personId: string | undefined): void {
  if (personId !== undefined && !people.includes(personId)) people.push(personId);
}

function sameInOrder(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((id, i) => id === b[i]));
}
