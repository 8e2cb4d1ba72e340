import { coverOf, type CoverSpan } from "../../cover/cover.server";
import type { CallPath } from "../../cover/path";
import { intersection, union, type Span, type Spans } from "../../cover/spans";
import { hoursWithin } from "../../cover/hours-within.server";
import type { Reachable } from "../../cover/staffing";
import { together, type Together } from "../../cover/together.server";
import type { Presences } from "./week-cover.server";

/** What is found of a role on a level: when nobody can be reached for it, and when no other role of the level does instead, which may decide where this one may. */
type CallReach = { roleId: string; missing: Spans; alone: Spans };

/** Who is reached on a path within a window, in the hours in which its clock runs. */
export type PathReach = {
  levels: { minutes: number; reached: Spans; decides: Spans; missing: Spans; calls: CallReach[] }[];
  /** No level reaches anybody, and not because all of it is off duty. */
  silent: Spans;
  /** Two levels or more reach somebody, and all of them the same one person. */
  onePerson: { personId: string; spans: Spans }[];
};

/** The cover of a role by some channels in a window. */
export type Covers = (roleId: string, channels: CallPath["levels"][number]["calls"][number]["channels"]) => CoverSpan[];

/** Covers that are computed once for each role and choice of channels. */
export function coversOf(presences: Presences, reachable: Reachable): Covers {
  const known = new Map<string, CoverSpan[]>();
  return (roleId, channels) => {
    const key = JSON.stringify([roleId, channels === "any" ? channels : [...channels].sort()]);
    const cover = known.get(key) ?? coverOf(presences(roleId), reachable, channels);
    known.set(key, cover);
    return cover;
  };
}

/** Follows a path through a window, cut wherever somebody comes or goes. */
export function reachOf(path: CallPath, covers: Covers, window: Span): PathReach {
  const calls = path.levels.flatMap(({ calls: ofLevel }, level) => ofLevel.map((call) => ({ ...call, level })));
  const pieces = together(calls.map(({ roleId, channels }) => covers(roleId, channels)));
  const running = hoursWithin(path.clock, window);
  const when = (holds: (piece: Together) => boolean): Spans => intersection(running, union(pieces.filter(holds)));
  const places = path.levels.map((_, level) => calls.flatMap((call, i) => (call.level === level ? [i] : [])));
  const isReached = ({ covers: now }: Together, own: readonly number[]) =>
    own.some((place) => (now[place]?.personIds.length ?? 0) > 0);
  const isOff = ({ covers: now }: Together, own: readonly number[]) =>
    own.length > 0 && own.every((place) => now[place]?.state === "declared-off");
  const everywhere = calls.map((_, i) => i);
  return {
    levels: path.levels.map(({ minutes }, level) => {
      const own = places[level] ?? [];
      const deciding = own.filter((place) => calls[place]?.mayDecide);
      const missing = when((piece) => own.length > 0 && !isReached(piece, own) && !isOff(piece, own));
      return {
        minutes,
        reached: when((piece) => isReached(piece, own)),
        decides: when((piece) => isReached(piece, deciding)),
        missing,
        calls: own.map((place) => {
          const instead = deciding.includes(place) ? deciding : own;
          return {
            roleId: calls[place]?.roleId ?? "",
            missing: when(({ covers: now }) => now[place]?.state === "nobody"),
            alone: when((piece) => piece.covers[place]?.state === "nobody" && !isReached(piece, instead)),
          };
        }),
      };
    }),
    silent: when((piece) => everywhere.length > 0 && !isReached(piece, everywhere) && !isOff(piece, everywhere)),
    onePerson: onePersonOf(pieces, places, running),
  };
}

function onePersonOf(pieces: readonly Together[], places: readonly number[][], running: Spans): PathReach["onePerson"] {
  const found = new Map<string, Span[]>();
  for (const piece of pieces) {
    const [person, ...others] = new Set(piece.covers.flatMap(({ personIds }) => personIds));
    if (person === undefined || others.length > 0) continue;
    const levels = places.filter((own) => own.some((place) => (piece.covers[place]?.personIds.length ?? 0) > 0));
    if (levels.length > 1) found.set(person, [...(found.get(person) ?? []), piece]);
  }
  return [...found].map(([personId, spans]) => ({ personId, spans: intersection(running, union(spans)) }));
}
