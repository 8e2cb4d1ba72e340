import { isActive } from "../agreement/agreement";
import type { EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { minuteWords } from "../minute-words";
import { appliedPathId } from "../parts/path-of";
import { levelsInOrder } from "../parts/paths";
import type { Finding } from "./finding";
import { findDispute, thingFinding } from "./path-dispute";

/** What is found in escalation paths: levels that call nobody, targets that can't be met, paths that nothing uses. */
export function findInPaths(matrix: Matrix): Finding[] {
  const { paths } = matrix;
  if (paths.length === 0) return [];
  const duties = dutiesOfPaths(matrix);
  return paths.flatMap((path) => [
    ...findDispute(matrix, path),
    ...findInPath(path),
    ...findInUse(path, duties.get(path.id) ?? []),
  ]);
}

function findInPath(path: EscalationPath): Finding[] {
  const { id, name, decisionTarget } = path;
  const levels = levelsInOrder(path.levels).map(({ level }) => level);
  const calling = levels.filter(({ calls }) => calls.length > 0);
  if (calling.length === 0)
    return [
      thingFinding("path-calls-nobody", id, "warning", {
        title: `${name} calls nobody.`,
        why: "When it is needed, nobody knows whom to call.",
        about: JSON.stringify(path.levels),
      }),
    ];
  const found: Finding[] = [];
  const silent = levels.length - calling.length;
  if (silent > 0)
    found.push(
      thingFinding("level-calls-nobody", id, "warning", {
        title: `${name} has ${silent === 1 ? "a level that calls" : `${silent} levels that call`} nobody.`,
        why: "A level without a role is passed over at once.",
        about: JSON.stringify(path.levels),
      }),
    );
  const [deciding] = calling.filter(({ decides }) => decides);
  if (!deciding)
    found.push(
      thingFinding("path-decides-nobody", id, "warning", {
        title: `On ${name} nobody who is called may decide.`,
        why: "Whoever answers can do nothing but call on.",
        about: JSON.stringify(path.levels),
      }),
    );
  else if (decisionTarget !== null && deciding.minutes > decisionTarget)
    found.push(
      thingFinding("target-out-of-reach", id, "warning", {
        title: `${name} aims at a decision within ${minuteWords(decisionTarget)}, and calls the first who may decide after ${minuteWords(deciding.minutes)}.`,
        why: "The target can't be met even if everybody answers at once.",
        about: `${decisionTarget} ${deciding.minutes}`,
      }),
    );
  const roles = new Set(calling.flatMap(({ calls }) => calls.map(({ roleId }) => roleId)));
  if (calling.length > 1 && roles.size === 1)
    found.push(
      thingFinding("one-role-on-path", id, "warning", {
        title: `${name} calls the same role at every level.`,
        why: "Where it doesn't answer the first time, there is nobody else.",
        about: [...roles].join(),
        roleIds: [...roles],
      }),
    );
  return found;
}

function findInUse({ id, name, kind, clock }: EscalationPath, duties: readonly Duty[]): Finding[] {
  // Incidents are told apart by how bad they are, and not by the duty that they hit.
  if (duties.length === 0 && kind !== "incident")
    return [
      thingFinding("path-unused", id, "insight", {
        title: `No duty names ${name}.`,
        why: "A path that nothing leads to is soon forgotten.",
        about: "",
      }),
    ];
  const always = clock.kind === "always" ? [] : duties.filter(({ cover }) => cover === "24x7");
  return always.length === 0
    ? []
    : [
        thingFinding("cover-beyond-clock", id, "warning", {
          title: `${always.length} ${always.length === 1 ? "duty is" : "duties are"} covered 24x7, and ${name} counts working hours.`,
          why: "At night the work goes on and nobody is called.",
          about: always.map(({ code }) => code).join(),
          dutyIds: always.map((duty) => duty.id),
        }),
      ];
}

/** The duties that each path applies to: those that name it, and those whose domain does and which name none. */
function dutiesOfPaths(matrix: Pick<Matrix, "duties" | "domains">): Map<string, Duty[]> {
  const dutiesByPath = new Map<string, Duty[]>();
  for (const duty of matrix.duties) {
    const pathId = isActive(duty) ? appliedPathId(matrix, duty) : null;
    if (pathId === null) continue;
    const duties = dutiesByPath.get(pathId);
    if (duties) duties.push(duty);
    else dutiesByPath.set(pathId, [duty]);
  }
  return dutiesByPath;
}

/** The ids of the roles that paths call. */
export function rolesOnPaths({ paths }: Pick<Matrix, "paths">): ReadonlySet<string> {
  const calls = paths.flatMap(({ levels }) => Object.values(levels).flatMap((level) => level.calls));
  return new Set(calls.map(({ roleId }) => roleId));
}
