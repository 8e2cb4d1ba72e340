import type { CoverFacts, RoleHole } from "../escalation/week/cover-facts";
import type { MatrixCommand } from "../editing/commands";
import { hashText } from "../hash";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import { minuteWords } from "../minute-words";
import type { EscalationPath } from "../matrix/escalation-shapes";
import { blankContainment } from "../parts/authorities";
import { blankOffDuty } from "../parts/hours";
import type { Finding, Fix, Rule, Severity } from "./finding";
import { namedAndCounted } from "./wording";

type Said = Pick<Finding, "title" | "why" | "fixes"> & Partial<Pick<Finding, "roleIds" | "personId">>;

function finding(rule: Rule, id: string, severity: Severity, key: string, said: Said): Finding {
  return { key: `${rule}.${id}`, rule, severity, dutyIds: [], roleIds: [], about: key, accepted: null, ...said };
}

const NAME_HOLDERS: Fix = { label: "Name the holders", write: "people" };

/** What is found in who can be reached when. None where the cover isn't known, as on the command line without people. */
export function findInCover(matrix: Matrix, cover: CoverFacts | undefined): Finding[] {
  if (!cover) return [];
  const paths = new Map(matrix.paths.map((path) => [path.id, path]));
  return [
    ...findSilence(matrix, cover, paths),
    ...findUnreached(matrix, cover, paths),
    ...cover.holes.flatMap((hole) => findHole(hole, matrix, cover, paths)),
    ...findOnePerson(cover, paths),
    ...findLateTargets(cover, paths),
    ...findApprovals(matrix, cover),
    ...findRotaWithoutChannel(cover, paths),
  ];
}

type Paths = ReadonlyMap<string, EscalationPath>;

/** Whether somebody has to be reached on a path at any hour, so that hours without anybody stop signing. */
function mustAlwaysReach({ kind, clock }: EscalationPath): boolean {
  return clock.kind === "always" && (kind === "incident" || kind === "security");
}

function findSilence(matrix: Matrix, cover: CoverFacts, paths: Paths): Finding[] {
  return cover.silentPaths.flatMap(({ pathId, words, key, vacant, roleIds }) => {
    const path = paths.get(pathId);
    // That nobody holds the roles of a path is found of the roles.
    if (!path || vacant) return [];
    return [
      finding("path-silent", pathId, mustAlwaysReach(path) ? "blocker" : "warning", key, {
        title: `${path.name} reaches nobody, at any level: ${words}.`,
        why: mustAlwaysReach(path)
          ? "It is agreed for every hour, and in these nobody answers."
          : "Whoever begins it then waits for nobody.",
        roleIds: [...roleIds],
        fixes: [
          ...cover.holes
            .filter(({ roleId }) => roleIds.includes(roleId))
            .slice(0, 2)
            .flatMap((hole) => coverFixes(hole, matrix).slice(0, 1)),
          NAME_HOLDERS,
        ],
      }),
    ];
  });
}

function findUnreached(matrix: Matrix, cover: CoverFacts, paths: Paths): Finding[] {
  return cover.unreached.flatMap(({ pathId, levels, vacant, roleIds }) => {
    const path = paths.get(pathId);
    const silent = cover.silentPaths.some((other) => other.pathId === pathId && other.always);
    const found = levels.filter((level) => !vacant.includes(level));
    if (!path || silent || found.length === 0) return [];
    const names = roleIds.flatMap((roleId) => indexOf(matrix).role.get(roleId)?.name ?? []);
    return [
      finding("level-unreached", pathId, "blocker", found.join(), {
        title: `${path.name} reaches nobody at ${found.length === 1 ? "level" : "levels"} ${found.join(", ")}, at any hour.`,
        why: `Nobody behind ${namedAndCounted(names)} has working hours, a turn of a rota and a channel that the level calls by.`,
        roleIds: [...roleIds],
        fixes: [
          { label: "Write down their hours", write: "people" },
          { label: "Set up a rota", write: "rota" },
        ],
      }),
    ];
  });
}

function findHole(hole: RoleHole, matrix: Matrix, cover: CoverFacts, paths: Paths): Finding[] {
  const { roleId, words, key, calledBy, always, hoursUnknown } = hole;
  const role = indexOf(matrix).role.get(roleId);
  const known = calledBy.filter(({ pathId }) => paths.has(pathId));
  // One cause is one finding: hours that nobody said, levels that reach nobody at all, and paths that don't.
  const said = always && hoursUnknown;
  const silent = known.every(({ pathId }) =>
    cover.silentPaths.some((other) => other.pathId === pathId && (other.key === key || other.always)),
  );
  const unreached = always && known.every(({ pathId, level }) => isUnreached(cover, pathId, level));
  if (!role || known.length === 0 || said || silent || unreached) return [];
  const alone = known.find((call) => call.alone);
  const names = [...new Set(known.map(({ pathId }) => paths.get(pathId)?.name ?? ""))];
  const late = cover.lateTargets.find((one) => one.roleIds.includes(roleId) && paths.has(one.pathId));
  return [
    finding("cover-hole", roleId, alone ? "warning" : "insight", key, {
      title: `${role.name} has no cover: ${words}.`,
      why: [
        alone
          ? aloneWords(alone, paths)
          : `On ${namedAndCounted(names)} the others of its level are called without it.`,
        late
          ? ` ${paths.get(late.pathId)?.name} misses its target of ${minuteWords(late.minutes)} to a decision then.`
          : "",
      ].join(""),
      roleIds: [roleId],
      fixes: [
        ...coverFixes(hole, matrix),
        ...preAuthorise(hole, matrix),
        ...declareOff(hole, matrix),
        { label: "Add a holder", write: "people" },
        { label: "Set up its rota", write: "rota" },
      ],
    }),
  ];
}

function aloneWords({ pathId, level, decides, next }: RoleHole["calledBy"][number], paths: Paths): string {
  const nobody = `On ${paths.get(pathId)?.name} nobody${decides ? " who may decide" : ""} is reached at level ${level} then`;
  return next === null ? `${nobody}, nor later.` : `${nobody}; the next is planned after ${minuteWords(next)}.`;
}

function isUnreached({ unreached }: CoverFacts, pathId: string, level: number): boolean {
  return unreached.some((one) => one.pathId === pathId && one.levels.includes(level));
}

function coverFixes({ roleId, ways }: RoleHole, matrix: Matrix): Fix[] {
  const role = indexOf(matrix).role.get(roleId)?.name ?? "";
  return ways.map(({ personId, name, how, overrides, does }) => ({
    label: `Let ${name} cover`,
    does,
    said: `${name} covers for ${role}`,
    people:
      how === "override"
        ? { intent: "cover", roleId, overrides: [...overrides] }
        : { intent: "hold", roleId, personId },
  }));
}

/** The ids of what a fix adds follow from what it is for, so that the same press twice adds it once. */
function idFor(what: string, hole: RoleHole): string {
  return hashText(JSON.stringify([what, hole.roleId, hole.key]));
}

function preAuthorise(hole: RoleHole, matrix: Matrix): Fix[] {
  const { role } = indexOf(matrix);
  const [acting, missing] = [role.get(hole.actsInstead ?? ""), role.get(hole.roleId)];
  if (!acting || !missing) return [];
  const id = idFor("act", hole);
  const { id: _id, ...fields } = {
    ...blankContainment(id),
    action: `Contain what spreads while ${missing.name} can't be reached`,
    stance: "act" as const,
    roleId: acting.id,
    callsId: missing.id,
    condition: `Agreed for the hours in which nobody is there for ${missing.name}.`,
  };
  const party = indexOf(matrix).party.get(acting.partyId)?.name ?? "";
  return [
    {
      label: `Pre-authorise ${party}`,
      commands: [{ type: "thing.add", part: "containments", thingId: id, fields, beforeId: null }],
      does: `Proposes that ${acting.name} of ${party} acts first, and reports to ${missing.name} after.`,
    },
  ];
}

function declareOff(hole: RoleHole, matrix: Matrix): Fix[] {
  const role = indexOf(matrix).role.get(hole.roleId);
  if (!hole.offDuty || !role) return [];
  const id = idFor("off", hole);
  const { timeZone, week, days } = hole.offDuty;
  const { id: _id, ...fields } = { ...blankOffDuty(id, role.id), timeZone, week, days: [...days] };
  const command: MatrixCommand = { type: "thing.add", part: "offDuties", thingId: id, fields, beforeId: null };
  return [
    {
      label: "Declare off duty",
      commands: [command],
      does: `Proposes to agree that ${role.name} is off duty then: ${hole.words}.`,
    },
  ];
}

function findOnePerson(cover: CoverFacts, paths: Paths): Finding[] {
  return cover.onePerson.flatMap(({ pathId, personId, name, words, key }) => {
    const path = paths.get(pathId);
    return path
      ? [
          finding("one-person-on-path", `${pathId}.${personId}`, "warning", key, {
            title: `Every level of ${path.name} that reaches anybody reaches ${name}: ${words}.`,
            why: "Where one person doesn't answer the first time, there is nobody else.",
            personId,
            fixes: [NAME_HOLDERS],
          }),
        ]
      : [];
  });
}

function findLateTargets(cover: CoverFacts, paths: Paths): Finding[] {
  return cover.lateTargets.flatMap(({ pathId, minutes, words, key, roleIds }) => {
    const path = paths.get(pathId);
    // Where a path reaches nobody, that is the finding.
    const silent = cover.silentPaths.some((other) => other.pathId === pathId && (other.key === key || other.always));
    // Where hours without cover are all there is to it, those are the finding, and say so.
    const isSaid = roleIds.length > 0 && roleIds.every((roleId) => cover.holes.some((hole) => hole.roleId === roleId));
    return path && !silent && !isSaid
      ? [
          finding("target-missed", pathId, "warning", `${minutes} ${key}`, {
            title: `${path.name} can't meet its target of ${minuteWords(minutes)} to a decision where it begins: ${words}.`,
            why: "Nobody who may decide is reached in time then, whoever answers.",
            fixes: [{ label: "Open escalation", write: "escalation" }, NAME_HOLDERS],
          }),
        ]
      : [];
  });
}

function findApprovals({ authorities }: Matrix, cover: CoverFacts): Finding[] {
  return cover.approvals.flatMap(({ authorityId, words, key }) => {
    const authority = authorities.find(({ id }) => id === authorityId);
    return authority
      ? [
          finding("approval-uncovered", authorityId, "warning", key, {
            title: `Nobody can be asked to approve “${authority.name}”: ${words}.`,
            why:
              authority.deputyId === null
                ? "The role that may isn't covered then, and no role stands in."
                : "Neither the role that may nor the one that stands in is covered then.",
            roleIds: [authority.roleId, authority.deputyId].filter((id) => id !== null),
            fixes: [{ label: "Name a deputy role", write: "authority" }, NAME_HOLDERS],
          }),
        ]
      : [];
  });
}

function findRotaWithoutChannel(cover: CoverFacts, paths: Paths): Finding[] {
  return cover.rotaWithoutChannel.flatMap(({ personId, name, pathIds }) => {
    const names = pathIds.flatMap((pathId) => paths.get(pathId)?.name ?? []);
    return names.length === 0
      ? []
      : [
          finding("no-channel", personId, "warning", JSON.stringify([personId, names]), {
            title: `${name} has turns on call and can't be called on ${namedAndCounted(names)}.`,
            why: "A level calls by its channels alone, and none of them works for this person.",
            personId,
            fixes: [{ label: "Write down how to reach them", write: "people" }],
          }),
        ];
  });
}

/** What of the cover stops a version from being sent for signing, a sentence each; roles that nobody is behind count too. */
export function coverStops(matrix: Pick<Matrix, "paths">, cover: CoverFacts | undefined): string[] {
  if (!cover) return [];
  const paths = new Map(matrix.paths.map((path) => [path.id, path]));
  const silent = cover.silentPaths.flatMap(({ pathId, words }) => {
    const path = paths.get(pathId);
    return path && mustAlwaysReach(path)
      ? [{ pathId, said: `${path.name} reaches nobody, at any level: ${words}.` }]
      : [];
  });
  const unreached = cover.unreached.flatMap(({ pathId, levels }) => {
    const path = paths.get(pathId);
    return path && !silent.some((other) => other.pathId === pathId)
      ? [
          `${path.name} reaches nobody at ${levels.length === 1 ? "level" : "levels"} ${levels.join(", ")}, at any hour.`,
        ]
      : [];
  });
  return [...silent.map(({ said }) => said), ...unreached];
}
