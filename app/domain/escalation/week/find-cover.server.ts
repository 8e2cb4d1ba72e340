import type { CallPath } from "../../cover/path";
import { hoursWithin } from "../../cover/hours-within.server";
import { lateStarts } from "../../cover/late-starts.server";
import { difference, intersection, union, type Span, type Spans } from "../../cover/spans";
import type { Channels } from "../../cover/staffing";
import { MINUTE_MS } from "../../cover/wall-time";
import type { Authority, EscalationPath } from "../../matrix/escalation-shapes";
import type { Matrix } from "../../matrix/matrix";
import { indexOf, partyOfRole } from "../../matrix/owner";
import type { Role } from "../../matrix/shapes";
import { levelsInOrder } from "../../parts/paths";
import { callPathOf } from "../call-path-of";
import type { CoverFacts, RoleHole, UnreachedLevels } from "./cover-facts";
import { horizonOf, isAlways, keptOf, occurring, sayHours, type ByWindow, type Horizon } from "./horizon.server";
import { offDutyFor } from "./off-duty-for.server";
import { coversOf, reachOf, type Covers, type PathReach } from "./path-reach.server";
import { staffingOf, type Behind, type Staffed } from "../staffing-of";
import { candidatesFor, waysToCover } from "./ways-to-cover.server";
import { isVacant, presencesOf } from "./week-cover.server";
import { dayAt } from "./weeks.server";

type CoveredMatrix = Pick<
  Matrix,
  "parties" | "roles" | "hours" | "offDuties" | "paths" | "authorities" | "containments"
>;

/** A path that can be followed, with who it reaches in each window of the horizon. */
type Followed = { path: EscalationPath; callPath: CallPath; reach: PathReach[] };

type Search = {
  matrix: CoveredMatrix;
  behind: Behind;
  staffed: Staffed;
  horizon: Horizon;
  covers: Covers[];
  followed: Followed[];
};

/** What is found in the cover of all paths from a moment on. */
export function findCover(matrix: CoveredMatrix, behind: Behind, now: number): CoverFacts {
  const horizon = horizonOf(matrix, now);
  const staffed = staffingOf(matrix, behind, dayAt(horizon.timeZone, now));
  const covers = horizon.windows.map(({ around }) => coversOf(presencesOf(staffed, around), staffed.reachable));
  const followed = matrix.paths.flatMap((path): Followed[] => {
    const callPath = callPathOf(path, matrix);
    const calling = callPath.ok && callPath.value.levels.some(({ calls }) => calls.length > 0);
    if (!callPath.ok || !calling) return [];
    const reach = horizon.windows.map(({ around }, i) => reachOf(callPath.value, coversAt(covers, i), around));
    return [{ path, callPath: callPath.value, reach }];
  });
  const search: Search = { matrix, behind, staffed, horizon, covers, followed };
  return {
    horizon: horizon.words,
    holes: matrix.roles.flatMap((role) => holesOf(role, search)),
    silentPaths: followed.flatMap((one) => silenceIn(one, search)),
    unreached: followed.flatMap((one) => unreachedIn(one, search)),
    onePerson: followed.flatMap((one) => onePersonIn(one, search)),
    lateTargets: followed.flatMap((one) => lateIn(one, search)),
    approvals: matrix.authorities.flatMap((authority) => approvalHoles(authority, search)),
    rotaWithoutChannel: rotaWithoutChannel(search),
  };
}

const NONE: Covers = () => [];

function coversAt(covers: readonly Covers[], window: number): Covers {
  return covers[window] ?? NONE;
}

/** The same stretches without those that nobody has to look at any more. */
function kept(found: ByWindow, { windows, now }: Horizon): ByWindow {
  return windows.map((window, i) => keptOf(found[i] ?? [], window, now));
}

function isEmpty(found: ByWindow): boolean {
  return found.every((spans) => spans.length === 0);
}

function holesOf(role: Role, search: Search): RoleHole[] {
  const { staffed, horizon, followed } = search;
  const staffing = staffed.staffing.get(role.id);
  if (isVacant(staffing)) return [];
  const calls = followed.flatMap(({ path, callPath, reach }) =>
    callPath.levels.flatMap((level, i) =>
      level.calls.flatMap((call, place) =>
        call.roleId === role.id
          ? [
              {
                path,
                level: i,
                minutes: level.minutes,
                next: nextMinutes(callPath, i, call.mayDecide),
                ...call,
                found: reach.map(({ levels }) => levels[i]?.calls[place]),
              },
            ]
          : [],
      ),
    ),
  );
  const missing = horizon.windows.map((_, window) =>
    difference(union(calls.flatMap(({ found }) => found[window]?.missing ?? [])), actedFor(role, search, window)),
  );
  const hole = kept(missing, horizon);
  if (isEmpty(hole)) return [];
  const calledBy = calls.flatMap(({ path, minutes, mayDecide, next, found }) => {
    const own = hole.map((spans, window) => intersection(spans, found[window]?.missing ?? []));
    if (isEmpty(own)) return [];
    const alone = own.some((spans, window) => intersection(spans, found[window]?.alone ?? []).length > 0);
    return [{ pathId: path.id, level: numberOf(path, minutes), alone, decides: mayDecide, next }];
  });
  const always = isAlways(hole, horizon);
  const holders = staffing?.holders ?? [];
  return [
    {
      ...sayHours(hole, horizon),
      roleId: role.id,
      calledBy,
      always,
      hoursUnknown: !staffing?.rota && holders.length > 0 && holders.every(({ hours }) => hours === null),
      ways: always ? [] : waysFor(role, hole, calls, search),
      offDuty: always ? null : offDutyFor(role, hole, search),
      actsInstead: calls.some(({ mayDecide }) => mayDecide) ? actsInstead(role, hole, search) : null,
    },
  ];
}

/** The number that a level has on the ladder, where levels of the same minute stand apart; that of the first of them. */
function numberOf({ levels }: EscalationPath, minutes: number): number {
  return levelsInOrder(levels).findIndex(({ level }) => level.minutes === minutes) + 1;
}

/** When the next level after one is called, of those that may decide where that is asked. */
function nextMinutes({ levels }: CallPath, after: number, deciding: boolean): number | null {
  const next = levels.slice(after + 1).find(({ calls }) => !deciding || calls.some(({ mayDecide }) => mayDecide));
  return next?.minutes ?? null;
}

/** When somebody else is agreed to act in a role's place, and is there. */
function actedFor(role: Role, { matrix, covers }: Search, window: number): Spans {
  const acting = matrix.containments.flatMap(({ stance, roleId, callsId }) =>
    stance === "act" && callsId === role.id && roleId !== null && roleId !== role.id ? [roleId] : [],
  );
  return union(acting.flatMap((roleId) => reachedSpans(coversAt(covers, window), roleId, "any")));
}

function reachedSpans(covers: Covers, roleId: string, channels: Channels): Span[] {
  return covers(roleId, channels).filter(({ personIds }) => personIds.length > 0);
}

function waysFor(
  role: Role,
  hole: ByWindow,
  calls: readonly { path: EscalationPath; level: number; channels: Channels }[],
  search: Search,
) {
  const { matrix, behind, staffed, horizon, followed } = search;
  const pathIds = new Set(calls.map(({ path }) => path.id));
  const first = Math.min(...calls.map(({ level }) => level));
  const others = followed.flatMap(({ path, callPath }) =>
    pathIds.has(path.id)
      ? callPath.levels.flatMap(({ calls: ofLevel }, level) => ofLevel.map(({ roleId }) => ({ roleId, level })))
      : [],
  );
  const later = others.filter(({ level }) => level > first);
  const order = [...new Set([...later, ...others].map(({ roleId }) => roleId))].filter((id) => id !== role.id);
  return waysToCover(
    {
      matrix,
      role,
      hole: occurring(hole, horizon)
        .flatMap(({ spans }) => spans)
        .sort((a, b) => a.from - b.from),
      channels: calls.map(({ channels }) => channels),
      candidates: candidatesFor(role, { matrix, behind, staffed }, order),
    },
    behind,
    staffed,
  );
}

/** The first role of the provider that the client's paths call and that is reached in all hours of a hole. */
function actsInstead(role: Role, hole: ByWindow, { matrix, covers, followed }: Search): string | null {
  const { client, provider } = indexOf(matrix);
  if (role.partyId !== client?.id) return null;
  const calls = followed.flatMap(({ callPath }) =>
    callPath.levels.some((level) => level.calls.some(({ roleId }) => roleId === role.id))
      ? callPath.levels.flatMap((level) => level.calls)
      : [],
  );
  const found = calls.find(
    ({ roleId, channels }) =>
      partyOfRole(matrix, roleId)?.id === provider?.id &&
      hole.every(
        (spans, window) =>
          difference(spans, union(reachedSpans(coversAt(covers, window), roleId, channels))).length === 0,
      ),
  );
  return found?.roleId ?? null;
}

function silenceIn(
  { path, callPath, reach }: Followed,
  { horizon, staffed }: Search,
): CoverFacts["silentPaths"][number][] {
  const silent = kept(
    reach.map((one) => one.silent),
    horizon,
  );
  if (isEmpty(silent)) return [];
  const roleIds = rolesIn(callPath);
  return [
    {
      ...sayHours(silent, horizon),
      pathId: path.id,
      always: isAlways(silent, horizon),
      vacant: roleIds.every((roleId) => isVacant(staffed.staffing.get(roleId))),
      roleIds,
    },
  ];
}

function rolesIn({ levels }: CallPath): string[] {
  return [...new Set(levels.flatMap(({ calls }) => calls.map(({ roleId }) => roleId)))];
}

function unreachedIn({ path, callPath, reach }: Followed, { horizon, staffed }: Search): UnreachedLevels[] {
  const levels = callPath.levels.flatMap(({ minutes, calls }, i) => {
    const reached = reach.some(({ levels: found }, window) => {
      const core = horizon.windows[window]?.core;
      return core && intersection(found[i]?.reached ?? [], [core]).length > 0;
    });
    const missing = reach.some(({ levels: found }) => (found[i]?.missing.length ?? 0) > 0);
    return calls.length > 0 && missing && !reached
      ? [{ number: numberOf(path, minutes), roleIds: calls.map(({ roleId }) => roleId) }]
      : [];
  });
  if (levels.length === 0) return [];
  const isBehindNobody = ({ roleIds }: { roleIds: readonly string[] }) =>
    roleIds.every((roleId) => isVacant(staffed.staffing.get(roleId)));
  return [
    {
      pathId: path.id,
      levels: levels.map(({ number }) => number),
      vacant: levels.filter(isBehindNobody).map(({ number }) => number),
      roleIds: [...new Set(levels.flatMap(({ roleIds }) => roleIds))],
    },
  ];
}

function onePersonIn(
  { path, callPath, reach }: Followed,
  { behind, horizon }: Search,
): CoverFacts["onePerson"][number][] {
  // Where a path calls one role alone, a rule of the matrix says so.
  if (rolesIn(callPath).length < 2) return [];
  const personIds = new Set(reach.flatMap(({ onePerson }) => onePerson.map(({ personId }) => personId)));
  return [...personIds].flatMap((personId) => {
    const found = kept(
      reach.map(({ onePerson }) => onePerson.find((one) => one.personId === personId)?.spans ?? []),
      horizon,
    );
    const name = behind.people.find(({ id }) => id === personId)?.name ?? "";
    return isEmpty(found) ? [] : [{ ...sayHours(found, horizon), pathId: path.id, personId, name }];
  });
}

function lateIn(
  { path, callPath, reach }: Followed,
  { horizon, staffed }: Search,
): CoverFacts["lateTargets"][number][] {
  const { targetMinutes, clock, repeats, roundMinutes } = callPath;
  if (targetMinutes === null) return [];
  const deciding = callPath.levels.flatMap(({ minutes, calls }) =>
    calls.some(({ mayDecide, roleId }) => mayDecide && !isVacant(staffed.staffing.get(roleId))) ? [minutes] : [],
  );
  // That nobody may decide, or only later than agreed, is found in the path itself.
  if (deciding.length === 0 || Math.min(...deciding) > targetMinutes) return [];
  const late = kept(
    horizon.windows.map(({ around }, window) =>
      lateStarts(reach[window]?.levels ?? [], { clock, repeats, roundMinutes, targetMinutes }, around),
    ),
    horizon,
  );
  if (isEmpty(late)) return [];
  const roleIds = causesOf(late, callPath, reach, targetMinutes);
  return [{ ...sayHours(late, horizon), pathId: path.id, minutes: targetMinutes, roleIds }];
}

/** The deciding roles without cover in whose hours, or within the target before them, everything that is late begins; none where something begins at other times. */
function causesOf(late: ByWindow, { levels }: CallPath, reach: readonly PathReach[], targetMinutes: number): string[] {
  const before = targetMinutes * MINUTE_MS;
  const holes = reach.map(({ levels: found }) =>
    found.flatMap(({ calls }, level) =>
      calls.flatMap(({ roleId, missing }, place) =>
        levels[level]?.calls[place]?.mayDecide
          ? missing.map(({ from, to }) => ({ roleId, from: from - before, to }))
          : [],
      ),
    ),
  );
  const explained = late.every((spans, window) => difference(spans, union(holes[window] ?? [])).length === 0);
  if (!explained) return [];
  const near = holes.flatMap((ofWindow, window) =>
    ofWindow.filter((hole) => intersection(late[window] ?? [], [hole]).length > 0),
  );
  return [...new Set(near.map(({ roleId }) => roleId))];
}

/** What is asked for at once, whenever it happens. */
const URGENT: ReadonlySet<Authority["kind"]> = new Set(["containment", "out-of-hours", "disclosure"]);

function approvalHoles(authority: Authority, search: Search): CoverFacts["approvals"][number][] {
  const { horizon, covers, followed, staffed } = search;
  const roleIds = [authority.roleId, authority.deputyId].filter((id) => id !== null);
  if (roleIds.length === 0 || roleIds.every((roleId) => isVacant(staffed.staffing.get(roleId)))) return [];
  const asking = followed.filter(
    ({ path, callPath }) =>
      rolesIn(callPath).some((roleId) => roleIds.includes(roleId)) ||
      (URGENT.has(authority.kind) && (path.kind === "incident" || path.kind === "security")),
  );
  const missing = horizon.windows.map(({ around }, window) => {
    const needed = union(asking.flatMap(({ callPath }) => hoursWithin(callPath.clock, around)));
    const answered = roleIds.flatMap((roleId) => reachedSpans(coversAt(covers, window), roleId, "any"));
    const off = roleIds.map((roleId) =>
      union(coversAt(covers, window)(roleId, "any").filter(({ state }) => state === "declared-off")),
    );
    const allOff = off.reduce((both, spans) => intersection(both, spans));
    return difference(difference(needed, union(answered)), allOff);
  });
  const hole = kept(missing, horizon);
  return isEmpty(hole) ? [] : [{ ...sayHours(hole, horizon), authorityId: authority.id }];
}

/** People who take turns for a role without holding it, where no channel of a level that calls it works for them. */
function rotaWithoutChannel({ behind, staffed, followed }: Search): CoverFacts["rotaWithoutChannel"] {
  const found = new Map<string, Set<string>>();
  for (const { path, callPath } of followed)
    for (const { roleId, channels } of callPath.levels.flatMap(({ calls }) => calls)) {
      const staffing = staffed.staffing.get(roleId);
      const holders = new Set(staffing?.holders.map(({ personId }) => personId));
      for (const personId of new Set(staffing?.rota?.turns.flat())) {
        const working = staffed.reachable.get(personId);
        if (holders.has(personId) || channels === "any" || channels.some((channel) => working?.has(channel))) continue;
        found.set(personId, (found.get(personId) ?? new Set()).add(path.id));
      }
    }
  return [...found].map(([personId, pathIds]) => ({
    personId,
    name: behind.people.find(({ id }) => id === personId)?.name ?? "",
    pathIds: [...pathIds],
  }));
}
