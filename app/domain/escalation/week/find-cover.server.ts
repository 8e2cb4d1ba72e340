import type { CallPath } from "../../cover/path";
import { hoursWithin } from "../../cover/hours-within.server";
import { lateStarts } from "../../cover/late-starts.server";
import { difference, intersection, union } from "../../cover/spans";
import { MINUTE_MS } from "../../cover/wall-time";
import type { Authority } from "../../matrix/escalation-shapes";
import { callPathOf } from "../call-path-of";
import type { CoverFacts, UnreachedLevels } from "./cover-facts";
import {
  coversAt,
  isEmpty,
  kept,
  numberOf,
  reachedSpans,
  type CoveredMatrix,
  type Followed,
  type Search,
} from "./cover-search.server";
import { horizonOf, isAlways, sayHours, type ByWindow } from "./horizon.server";
import { coversOf, reachOf, type PathReach } from "./path-reach.server";
import { holesOf } from "./role-holes.server";
import { staffingOf, type Behind } from "../staffing-of";
import { isVacant, presencesOf } from "./week-cover.server";
import { dayAt } from "./weeks.server";

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
