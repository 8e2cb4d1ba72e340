import type { Absences } from "../../cover/absences";
import { silenceOf, type Silence } from "../../cover/calls.server";
import { coverOf, presenceOf, type CoverState, type Presence } from "../../cover/cover.server";
import { hoursWithin } from "../../cover/hours-within.server";
import { difference, intersection, union, type Span, type Spans } from "../../cover/spans";
import type { Channels, Reachable, Staffing } from "../../cover/staffing";
import { MINUTE_MS } from "../../cover/wall-time";
import type { Hours } from "../../cover/working-hours";
import type { EscalationPath } from "../../matrix/escalation-shapes";
import type { Matrix } from "../../matrix/matrix";
import { indexOf } from "../../matrix/owner";
import type { PartyKind } from "../../matrix/shapes";
import { CHANNELS, levelsInOrder } from "../../parts/paths";
import { callPathOf } from "../call-path-of";
import type { Staffed } from "../staffing-of";
import { stretchWords, type Week } from "./weeks.server";

/** What is shown of a stretch of a week. `outside` is nobody in hours in which the path's clock stands, which is no hole. */
type ShownState = CoverState | "outside";

/** A stretch of a week throughout which the same holds for a role, in minutes since the week began. */
export type ShownSpan = {
  from: number;
  to: number;
  state: ShownState;
  /** When, as in “Sat 00:00 to 08:00”. */
  when: string;
  /** Who can be called, in order; or why nobody can. */
  who: string;
};

/** The week of a role that a path calls by some channels: one strip of the picture. */
export type Strip = {
  roleId: string;
  role: string;
  party: { name: string; kind: PartyKind } | null;
  /** The numbers of the levels that call it so, as in “L1, L3”, and by what, as in “phone, SMS”. */
  levels: string;
  channels: string;
  /** They fill the week without a gap. */
  spans: ShownSpan[];
};

/** The week of a path: its strips in the order in which roles are called. */
export type PathWeek = {
  pathId: string;
  path: string;
  strips: Strip[];
  /** No role of the path has a holder or a rota yet. */
  nobodyBehind: boolean;
  /** Why the path's clock can't be followed, where it can't; then every hour of it counts. */
  clock: string;
};

type About = {
  matrix: Pick<Matrix, "parties" | "roles" | "hours">;
  staffed: Staffed;
  people: readonly { id: string; name: string }[];
  week: Week;
};

const NOBODY_AWAY: Absences = { absences: [], deputies: new Map() };

/** Who can be reached for each role of a path throughout a week. */
export function weekOfPath(path: EscalationPath, about: About, presences: Presences): PathWeek {
  const { matrix, staffed, week } = about;
  const index = indexOf(matrix);
  const callPath = callPathOf(path, matrix);
  const clock = callPath.ok ? callPath.value.clock : "always";
  const strips = rowsOf(path).map(({ roleId, levels, channels }): Strip => {
    const role = index.role.get(roleId);
    const party = role ? index.party.get(role.partyId) : undefined;
    const staffing = staffed.staffing.get(roleId) ?? EMPTY;
    return {
      roleId,
      role: role?.name ?? "A deleted role",
      party: party ? { name: party.name, kind: party.kind } : null,
      levels: levels.map((number) => `L${number}`).join(", "),
      channels: channelsInWords(channels),
      spans: cutWhereDue(pieces(presences(roleId), staffing, staffed.reachable, channels), staffing, week)
        .flatMap((piece) => cutByClock(piece, clock, week))
        .map((piece) => shown(piece, { ...about, roleId, staffing, channels })),
    };
  });
  return {
    pathId: path.id,
    path: path.name,
    strips,
    nobodyBehind: strips.every(({ roleId }) => isVacant(staffed.staffing.get(roleId))),
    clock: callPath.ok ? "" : callPath.rejection.message,
  };
}

const EMPTY: Staffing = { holders: [], rota: null, declaredOff: null };

/** Whether nobody holds a role and nobody takes turns at it. */
export function isVacant(staffing: Staffing = EMPTY): boolean {
  return staffing.holders.length === 0 && staffing.rota === null;
}

/** Who is there for each role in a window, by its id. */
export type Presences = (roleId: string) => readonly Presence[];

/** Presences that are computed once for each role, however many paths call it. */
export function presencesOf({ staffing, absences }: Staffed, window: Span): Presences {
  const known = new Map<string, Presence[]>();
  return (roleId) => {
    const there = known.get(roleId) ?? presenceOf(staffing.get(roleId) ?? EMPTY, absences, window);
    known.set(roleId, there);
    return there;
  };
}

type Row = { roleId: string; channels: Channels; levels: number[] };

/** The roles of a path by the channels that call them, in the order in which they are called first. */
function rowsOf({ levels }: EscalationPath): Row[] {
  const rows = new Map<string, Row>();
  levelsInOrder(levels).forEach(({ level }, i) => {
    for (const { roleId } of level.calls) {
      // Which channel is tried first makes no difference to whether somebody can be reached.
      const key = JSON.stringify([roleId, [...level.channels].sort()]);
      const row = rows.get(key) ?? {
        roleId,
        channels: level.channels.length === 0 ? "any" : level.channels,
        levels: [],
      };
      row.levels.push(i + 1);
      rows.set(key, row);
    }
  });
  return [...rows.values()];
}

/** Why nobody can be called; "away" where somebody would be there, and is away without a deputy who stands in. */
type Why = Silence | "away";

type Piece = Span & { state: ShownState; personIds: readonly string[]; onShift: number; why: Why | null };

/** Stretches throughout which the same people can be called, or nobody for the same reason. */
function pieces(presence: readonly Presence[], staffing: Staffing, reachable: Reachable, channels: Channels): Piece[] {
  const found: Piece[] = [];
  for (const there of presence) {
    const [cover] = coverOf([there], reachable, channels);
    if (!cover) continue;
    const { from, to, state, personIds } = cover;
    const onShift = personIds.filter((id) => there.onShift.includes(id)).length;
    const why = personIds.length > 0 ? null : silenceOf(staffing, there);
    const last = found.at(-1);
    if (
      last?.state === state &&
      last.why === why &&
      last.onShift === onShift &&
      last.personIds.join() === personIds.join()
    )
      last.to = to;
    else found.push({ from, to, state, personIds, onShift, why });
  }
  return found;
}

/** A stretch with nobody is cut where somebody is due who is away, and where not. */
function cutWhereDue(found: readonly Piece[], staffing: Staffing, week: Span): Piece[] {
  if (!found.some(({ why }) => why === "nobody")) return [...found];
  const due = union(
    presenceOf(staffing, NOBODY_AWAY, week).filter(({ onShift, onCall }) => onShift.length + onCall.length > 0),
  );
  return found.flatMap((piece) =>
    piece.why === "nobody"
      ? cut(
          piece,
          due,
          (within) => ({ ...within, why: "away" }),
          (outside) => outside,
        )
      : [piece],
  );
}

/** The pieces of a piece that are within some spans and those that aren't, in order. */
function cut(piece: Piece, spans: Spans, within: (piece: Piece) => Piece, outside: (piece: Piece) => Piece): Piece[] {
  return [
    ...intersection(spans, [piece]).map((span) => within({ ...piece, ...span })),
    ...difference([piece], spans).map((span) => outside({ ...piece, ...span })),
  ].sort((a, b) => a.from - b.from);
}

/** A stretch with nobody is cut where the path's clock begins to run and stops. */
function cutByClock(piece: Piece, clock: Hours, week: Week): Piece[] {
  if (piece.state !== "nobody" || clock === "always") return [piece];
  return cut(
    piece,
    hoursWithin(clock, week),
    (within) => within,
    (outside) => ({ ...outside, state: "outside" }),
  );
}

type AboutRole = About & { roleId: string; staffing: Staffing; channels: Channels };

function shown(piece: Piece, about: AboutRole): ShownSpan {
  const { from, to, state } = piece;
  const { week } = about;
  return {
    from: (from - week.from) / MINUTE_MS,
    to: (to - week.from) / MINUTE_MS,
    state,
    when: stretchWords(week.timeZone, piece),
    who: piece.why === null ? namesOf(piece, about) : whyNobody(piece.why, about),
  };
}

function namesOf({ personIds, onShift }: Piece, { people }: AboutRole): string {
  const names = personIds.map((id) => people.find((person) => person.id === id)?.name ?? "Somebody");
  const [first, then] = [names.slice(0, onShift), names.slice(onShift)];
  return first.length > 0 && then.length > 0
    ? `${first.join(", ")}; then on call ${then.join(", ")}`
    : names.join(", ");
}

function whyNobody(why: Why, { staffed, roleId, channels }: AboutRole): string {
  if (why === "no-channel")
    return `no ${channels === "any" ? "channel" : channelsInWords(channels)} for whoever is there`;
  if (why === "nobody" && staffed.hoursUnknown.some((unknown) => unknown.roleId === roleId))
    return "no turn, and no working hours known";
  return WHY[why];
}

const WHY: Record<Exclude<Why, "no-channel">, string> = {
  "no-holder": "nobody holds the role",
  "no-answer": "whoever is there doesn't answer",
  "declared-off": "declared off duty",
  away: "whoever is due is away, and nobody stands in",
  nobody: "no turn and no hours",
};

function channelsInWords(channels: Channels): string {
  const names = new Map<string, string>(Object.entries(CHANNELS));
  return channels === "any" ? "any channel" : channels.map((channel) => names.get(channel) ?? channel).join(", ");
}
