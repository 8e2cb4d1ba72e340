import type { MatrixCommand } from "~/domain/editing/commands";
import { LIMITS } from "~/domain/limits";
import type { EscalationPath, Level } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf, partyOfRole } from "~/domain/matrix/owner";
import type { Domain, Duty, Party, Role } from "~/domain/matrix/shapes";
import { minuteWords } from "~/domain/minute-words";
import { appliedPathId } from "~/domain/parts/path-of";
import { levelsInOrder, levelTime, PATH_FIELDS } from "~/domain/parts/paths";

type Structure = Pick<Matrix, "parties" | "roles">;

/** A role that a level calls, as a card in its party's row. */
export type CalledRole = { role: Role; direction: Level["calls"][number]["direction"] };
/** A column of the ladder: a level with its number from 1, and whom it calls of each party. */
export type Rung = { id: string; number: number; level: Level; cells: { party: Party; called: CalledRole[] }[] };

/** The roles of a path that nobody answers for at a moment that was asked, and that moment in words. */
export type Silent = { pathId: string; roleIds: ReadonlySet<string>; when: string };

/** The rows of a path's ladder: client and provider always, a third party where one of its roles is called. */
export function lanesOf(matrix: Structure, { levels }: Pick<EscalationPath, "levels">): Party[] {
  const called = new Set(
    Object.values(levels).flatMap(({ calls }) => calls.map(({ roleId }) => partyOfRole(matrix, roleId)?.id)),
  );
  const { client, provider } = indexOf(matrix);
  const thirdParties = matrix.parties.filter(({ id, kind }) => kind === "third-party" && called.has(id));
  return [client, provider, ...thirdParties].filter((party) => party !== null);
}

/** The columns of a path's ladder, in the order of time. A role that the matrix doesn't have is left out. */
export function rungsOf(matrix: Structure, path: Pick<EscalationPath, "levels">): Rung[] {
  const lanes = lanesOf(matrix, path);
  const { role } = indexOf(matrix);
  return levelsInOrder(path.levels).map(({ id, level }, i) => {
    const called = level.calls.flatMap(({ roleId, direction }): CalledRole[] => {
      const found = role.get(roleId);
      return found ? [{ role: found, direction }] : [];
    });
    return {
      id,
      number: i + 1,
      level,
      cells: lanes.map((party) => ({ party, called: called.filter(({ role: { partyId } }) => partyId === party.id) })),
    };
  });
}

/** A level in sentences: “level 2, after 15 minutes”. */
export function levelName(number: number, level: Pick<Level, "minutes">): string {
  return `level ${number}, ${levelTime(level).toLowerCase()}`;
}

/** The fields of a path that its head says in one line, where they say anything. */
const HEAD_FIELDS = ["updateMinutes", "decisionTarget", "restoreTarget"] as const;

/** Clock, update rhythm, targets and repeats of a path, each in a few words. */
export function headFacts(path: EscalationPath, matrix: Matrix): string[] {
  const times = HEAD_FIELDS.flatMap((name) => {
    const minutes = path[name];
    return minutes === null ? [] : [`${PATH_FIELDS[name].label} ${minuteWords(minutes)}`];
  });
  const again =
    path.repeats > 0 ? [`Begins again ${PATH_FIELDS.repeats.words(path.repeats, matrix).toLowerCase()}`] : [];
  return [PATH_FIELDS.clock.words(path.clock, matrix), ...times, ...again];
}

/** The command that adds a level to a path, or takes it out. */
export function setLevel(path: EscalationPath, levelId: string, level: Level | null): MatrixCommand {
  return editPath(path, { [`levels/${levelId}`]: level });
}

/**
 * The command that sets fields of a level and leaves its other fields to whoever changes those; `was` is the text that its
 * writer saw.
 */
export function editLevel(path: EscalationPath, levelId: string, fields: Partial<Level>, was?: string): MatrixCommand {
  const set = Object.entries(fields).map(([field, value]) => [`levels/${levelId}/${field}`, value]);
  return editPath(path, Object.fromEntries(set), was);
}

/** The command that sets fields of a path; `was` is the text that its writer saw. */
export function editPath(
  { id }: Pick<EscalationPath, "id">,
  set: Extract<MatrixCommand, { type: "thing.edit" }>["set"],
  was?: string,
): MatrixCommand {
  return { type: "thing.edit", part: "paths", thingId: id, set, ...(was === undefined ? {} : { was }) };
}

/** A change of a path: its commands and the sentence that says it, or why it isn't made. */
export type Move = { commands: MatrixCommand[]; said: string } | { refused: string };

/** Moves a role from one level to another, where it is called last. */
export function moveToLevel(
  matrix: Structure,
  path: EscalationPath,
  roleId: string,
  fromId: string,
  toId: string,
): Move {
  const rungs = rungsOf(matrix, path);
  const [from, to] = [fromId, toId].map((id) => rungs.find((rung) => rung.id === id));
  const call = from?.level.calls.find((one) => one.roleId === roleId);
  const name = indexOf(matrix).role.get(roleId)?.name ?? "The role";
  if (!from || !to || !call || from === to) return { refused: `${name} stays where it is` };
  if (to.level.calls.some((one) => one.roleId === roleId))
    return { refused: `${name} is called at ${levelName(to.number, to.level)} already` };
  if (to.level.calls.length >= LIMITS.levelCalls)
    return { refused: `A level calls at most ${LIMITS.levelCalls} roles` };
  return {
    commands: [
      editPath(path, {
        [`levels/${from.id}/calls`]: from.level.calls.filter((one) => one !== call),
        [`levels/${to.id}/calls`]: [...to.level.calls, call],
      }),
    ],
    said: `${name} moved to ${levelName(to.number, to.level)}`,
  };
}

/** Moves a role one level earlier or later. */
export function moveByLevels(
  matrix: Structure,
  path: EscalationPath,
  roleId: string,
  fromId: string,
  step: -1 | 1,
): Move {
  const order = levelsInOrder(path.levels).map(({ id }) => id);
  const to = order[order.indexOf(fromId) + step];
  return to === undefined
    ? { refused: step < 0 ? "This is the first level" : "This is the last level" }
    : moveToLevel(matrix, path, roleId, fromId, to);
}

/** Moves a role up or down among those of its party that the same level calls. */
export function moveWithin(
  matrix: Structure,
  path: EscalationPath,
  roleId: string,
  levelId: string,
  step: -1 | 1,
): Move {
  const level = path.levels[levelId];
  const { role } = indexOf(matrix);
  const partyId = role.get(roleId)?.partyId;
  const beside = (level?.calls ?? []).filter((one) => role.get(one.roleId)?.partyId === partyId);
  const other = beside[beside.findIndex((one) => one.roleId === roleId) + step];
  const name = role.get(roleId)?.name ?? "The role";
  if (!level || !other)
    return { refused: step < 0 ? `${name} is the first of its party here` : `${name} is the last of its party here` };
  return {
    commands: [editLevel(path, levelId, { calls: swapped(level.calls, roleId, other.roleId) })],
    said: `${name} moved ${step < 0 ? "up" : "down"}`,
  };
}

function swapped(calls: Level["calls"], one: string, other: string): Level["calls"] {
  const [a, b] = [one, other].map((roleId) => calls.find((call) => call.roleId === roleId));
  return calls.map((call) => (call === a ? (b ?? call) : call === b ? (a ?? call) : call));
}

/** The minutes of a level that is added to a path: after the last one, by the time between the last two. */
export function nextMinutes(levels: EscalationPath["levels"]): number {
  const [last, before] = levelsInOrder(levels)
    .map(({ level }) => level.minutes)
    .reverse();
  if (last === undefined) return 0;
  const gap = before === undefined ? 0 : last - before;
  return Math.min(last + (gap > 0 ? gap : 15), LIMITS.pathMinutes);
}

/** A typed number of minutes; null where nothing is typed, undefined where it is no number of minutes. */
export function minutesTyped(text: string, least: number): number | null | undefined {
  const typed = text.trim();
  if (typed === "") return null;
  const minutes = /^\d{1,6}$/.test(typed) ? Number(typed) : -1;
  return minutes >= least && minutes <= LIMITS.pathMinutes ? minutes : undefined;
}

/** The commands that add paths behind those that are there. Roles that the draft doesn't have any more are not called. */
export function addPaths(matrix: Structure, added: readonly EscalationPath[]): MatrixCommand[] {
  return added.map((path) => addPath(withRolesOf(matrix, path), null));
}

/** A new path holds nobody's word, whatever it is a copy of. */
function addPath(
  { id, marks: _marks, ruling: _ruling, ...fields }: EscalationPath,
  beforeId: string | null,
): MatrixCommand {
  return { type: "thing.add", part: "paths", thingId: id, fields, beforeId };
}

function withRolesOf(matrix: Structure, path: EscalationPath): EscalationPath {
  const { role } = indexOf(matrix);
  const levels = Object.entries(path.levels).map(([id, level]) => [
    id,
    { ...level, calls: level.calls.filter(({ roleId }) => role.has(roleId)) },
  ]);
  return { ...path, levels: Object.fromEntries(levels) };
}

/** The command that adds a copy of a path behind it, under a name that says so. */
export function copyPath({ paths }: Pick<Matrix, "paths">, path: EscalationPath, copyId: string): MatrixCommand {
  const used = new Set(paths.map(({ name }) => name));
  const names = Array.from({ length: paths.length + 1 }, (_, i) => {
    const end = i === 0 ? " (copy)" : ` (copy ${i + 1})`;
    return `${path.name.slice(0, LIMITS.name - end.length).trimEnd()}${end}`;
  });
  const name = names.find((one) => !used.has(one)) ?? path.name;
  const next = paths[paths.findIndex(({ id }) => id === path.id) + 1];
  return addPath({ ...path, id: copyId, name }, next?.id ?? null);
}

/** The command that moves a path one place earlier or later; null where it stands at that end. */
export function placePath({ paths }: Pick<Matrix, "paths">, pathId: string, step: -1 | 1): MatrixCommand | null {
  const at = paths.findIndex(({ id }) => id === pathId);
  if (at < 0 || at + step < 0 || at + step >= paths.length) return null;
  const before = step < 0 ? paths[at - 1] : paths[at + 2];
  return { type: "thing.place", part: "paths", thingId: pathId, beforeId: before?.id ?? null };
}

/** What of one domain names an escalation path: how many of its duties have one, and which name one of their own. */
export type DomainUse = { domain: Domain; count: number; own: Duty[] };

/** Every domain with its duties and those of them that name a path by themselves. */
export function usesOf({ domains, duties }: Pick<Matrix, "domains" | "duties">): DomainUse[] {
  return domains.map((domain) => {
    const inside = duties.filter(({ domainId }) => domainId === domain.id);
    return { domain, count: inside.length, own: inside.filter(({ pathId }) => pathId !== null) };
  });
}

/** How many duties a path applies to, by themselves or through their domain; null counts those without any. */
export function dutiesUsing(matrix: Pick<Matrix, "domains" | "duties">, pathId: string | null): number {
  return matrix.duties.filter((duty) => appliedPathId(matrix, duty) === pathId).length;
}

/** The parts of a scenario's query. */
const SCENARIO_NAMES = ["scenario", "title", "path", "duties", "day", "time", "zone", "away"];

/** The name that a part of a scenario's query has in the page's address, where `path` names the path that is shown. */
export function nameInAddress(name: string): string {
  return name === "path" ? "follows" : name;
}

/** The part of the page's address that is about a scenario; empty where it asks for none. */
export function scenarioInAddress(params: URLSearchParams): Record<string, string> {
  if (!params.has("scenario")) return {};
  return Object.fromEntries(
    SCENARIO_NAMES.map(nameInAddress).flatMap((name) => {
      const value = params.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
