import { LIMITS } from "../limits";
import { unless, type Rejection } from "../result";
import type { Channels } from "./staffing";
import { checkWeeklyHours, type Hours } from "./working-hours";

/** A role that a level calls, the channels in the order in which they are tried, and whether whoever answers may decide. */
export type LevelCall = { roleId: string; channels: Channels; mayDecide: boolean };

/** What is called once so many minutes of the path's clock have passed since the start of its round. */
export type Level = { minutes: number; calls: readonly LevelCall[] };

/** A path of escalation as far as its arithmetic goes. */
export type CallPath = {
  levels: readonly Level[];
  /** When the path's minutes count. */
  clock: Hours;
  /** How often the levels are gone through again where nobody has answered. */
  repeats: number;
  /** After how many minutes a round is over: then the next begins, and after the last one comes the last resort. */
  roundMinutes: number;
  /** By when somebody who may decide is to be reached, in minutes of the path's clock; null where nothing is agreed. */
  targetMinutes: number | null;
};

/** Everything that is wrong with a path, a sentence each. `roleIds` are the roles that are there. */
export function checkPath(path: CallPath, roleIds: ReadonlySet<string>): Rejection[] {
  const { levels, clock, repeats, roundMinutes, targetMinutes } = path;
  const { pathLevels, pathMinutes, pathRepeats } = LIMITS;
  const last = levels.at(-1)?.minutes ?? 0;
  return [
    ...unless(levels.length > 0, "path-empty", "The path has no level. Add the role that is called first."),
    ...unless(
      levels.length <= pathLevels,
      "path-levels",
      `The path has ${levels.length} levels; at most ${pathLevels} fit. Remove some.`,
    ),
    ...levels.flatMap((level, i) => checkLevel(level, levels[i - 1], i + 1, roleIds)),
    ...unless(
      isWhole(repeats, 0, pathRepeats),
      "path-repeats",
      `A path is repeated from 0 to ${pathRepeats} times. Choose a whole number.`,
    ),
    ...unless(
      isWhole(roundMinutes, last + 1, pathMinutes),
      "path-round",
      `A round ends after its last level, at ${last} minutes, and at most ${pathMinutes}. Choose a later end.`,
    ),
    ...unless(
      targetMinutes === null || isWhole(targetMinutes, 0, pathMinutes),
      "path-target",
      `The target is from 0 to ${pathMinutes} minutes. Choose a whole number.`,
    ),
    ...(clock === "always" ? [] : checkWeeklyHours(clock)),
  ];
}

function checkLevel(
  { minutes, calls }: Level,
  before: Level | undefined,
  number: number,
  roleIds: ReadonlySet<string>,
) {
  return [
    ...unless(
      isWhole(minutes, 0, LIMITS.pathMinutes),
      "level-minutes",
      `Level ${number} is called after 0 to ${LIMITS.pathMinutes} minutes. Choose a whole number.`,
    ),
    ...unless(
      !before || minutes > before.minutes,
      "level-order",
      `Level ${number} is called after ${minutes} minutes, level ${number - 1} after ${before?.minutes}. Give level ${number} more minutes.`,
    ),
    ...unless(calls.length > 0, "level-empty", `Level ${number} calls no role. Add a role, or remove the level.`),
    ...unless(
      calls.every(({ roleId }) => roleIds.has(roleId)),
      "level-role",
      `Level ${number} calls a role that was deleted. Choose another, or take it off the level.`,
    ),
    ...unless(
      calls.every(({ channels }) => channels.length > 0),
      "level-channels",
      `Level ${number} calls a role by no channel. Choose at least one.`,
    ),
  ];
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
