import type { CallPath } from "../../cover/path";
import { difference, intersection, union, type Spans } from "../../cover/spans";
import type { Channels } from "../../cover/staffing";
import type { EscalationPath } from "../../matrix/escalation-shapes";
import { indexOf, partyOfRole } from "../../matrix/owner";
import type { Role } from "../../matrix/shapes";
import type { RoleHole } from "./cover-facts";
import { coversAt, isEmpty, kept, numberOf, reachedSpans, type Search } from "./cover-search.server";
import { isAlways, occurring, sayHours, type ByWindow } from "./horizon.server";
import { offDutyFor } from "./off-duty-for.server";
import { candidatesFor, waysToCover } from "./ways-to-cover.server";
import { isVacant } from "./week-cover.server";

/** The hours in which a role is called and nobody answers for it, with what would close them. */
export function holesOf(role: Role, search: Search): RoleHole[] {
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
