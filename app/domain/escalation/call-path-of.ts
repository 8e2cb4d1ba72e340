import type { CallPath, Level as CallLevel, LevelCall } from "../cover/path";
import type { Hours } from "../cover/working-hours";
import { checkWeeklyHours, WEEKDAYS } from "../cover/working-hours";
import type { Clock, EscalationPath, Level } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { levelsInOrder } from "../parts/paths";
import { partyName } from "../parts/parties";
import { ok, reject, type Result } from "../result";

/** A round lasts so many minutes beyond its last level at least, where nobody agreed how long. */
const LAST_LEVEL_MINUTES = 15;

/**
 * An agreed path as its arithmetic needs it: levels of the same minute are one. Refused with `clock-without-hours` where its
 * minutes are the working hours of a party that has none agreed.
 */
export function callPathOf(path: EscalationPath, matrix: Pick<Matrix, "hours" | "parties">): Result<CallPath> {
  const clock = clockOf(path.clock, matrix);
  if (!clock.ok) return clock;
  const levels = levelsOf(path.levels);
  return ok({
    levels,
    clock: clock.value,
    repeats: path.repeats,
    roundMinutes: roundOf(
      levels.map(({ minutes }) => minutes),
      path.roundMinutes,
    ),
    targetMinutes: path.decisionTarget,
  });
}

function clockOf(clock: Clock, { hours, parties }: Pick<Matrix, "hours" | "parties">): Result<Hours> {
  if (clock.kind === "always") return ok("always");
  const agreed = hours.find(({ partyId }) => partyId === clock.partyId);
  if (!agreed || WEEKDAYS.every((weekday) => agreed.week[weekday].length === 0))
    return reject(
      "clock-without-hours",
      `The path counts the working hours of ${partyName({ parties }, clock.partyId)}, which aren't agreed yet. Agree them, or let it count every hour.`,
    );
  const weekly = { days: agreed.week, timeZone: agreed.timeZone, holidays: Object.keys(agreed.holidays) };
  const [wrong] = checkWeeklyHours(weekly);
  return wrong ? { ok: false, rejection: wrong } : ok(weekly);
}

function levelsOf(levels: EscalationPath["levels"]): CallLevel[] {
  const joined = new Map<number, LevelCall[]>();
  for (const { level } of levelsInOrder(levels)) {
    const calls = joined.get(level.minutes) ?? [];
    for (const { roleId } of level.calls) {
      const at = calls.findIndex((call) => call.roleId === roleId);
      const known = calls[at];
      if (known) calls[at] = joinedCall(known, level);
      else calls.push({ roleId, channels: channelsOfLevel(level), mayDecide: level.decides });
    }
    joined.set(level.minutes, calls);
  }
  return [...joined].map(([minutes, calls]) => ({ minutes, calls }));
}

/** A level that names no channel may call by any. */
function channelsOfLevel({ channels }: Level): LevelCall["channels"] {
  return channels.length === 0 ? "any" : channels;
}

function joinedCall(call: LevelCall, level: Level): LevelCall {
  const more = channelsOfLevel(level);
  return {
    ...call,
    channels: call.channels === "any" || more === "any" ? "any" : [...new Set([...call.channels, ...more])],
    mayDecide: call.mayDecide || level.decides,
  };
}

/**
 * After how many minutes a round is over, of levels that are reached at these minutes. A round without an agreed length is over
 * as long after its last level as that one comes after the one before. None is over before its last level.
 */
export function roundOf(minutes: readonly number[], agreed: number | null): number {
  const last = minutes.at(-1) ?? 0;
  const before = minutes.at(-2) ?? 0;
  return Math.max(last + 1, agreed ?? last + Math.max(LAST_LEVEL_MINUTES, last - before));
}
