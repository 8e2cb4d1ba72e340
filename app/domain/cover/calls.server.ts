import type { Absences } from "./absences";
import { channelFor, coverOf, presenceOf, type Presence } from "./cover.server";
import { minutesBetween, momentAfter } from "./path-clock.server";
import type { CallPath, LevelCall } from "./path";
import type { Reachable, Staffing } from "./staffing";

/** Who is behind each role by its id, who is away, and which channels work for whom. */
export type Callable = { staffing: ReadonlyMap<string, Staffing>; absences: Absences; reachable: Reachable };

export type Answer = { personId: string; channel: string; state: "on-shift" | "on-call" };

/** Why nobody answers for a role: it has no holder and no rota; it is declared off; whoever is there has none of the channels; nobody is there; or whoever is there is called and doesn't pick up. */
export type Silence = "no-holder" | "declared-off" | "no-channel" | "nobody" | "no-answer";

/** One role called at a level: those who can be reached, in the order in which they are called, or why there are none. */
export type RoleCall = { roleId: string; mayDecide: boolean; answers: Answer[]; silence: Silence | null };

/** A level of a round as it is called. */
export type CallStep = {
  /** The moment, in milliseconds since 1970. */
  at: number;
  /** The moment agreed for it; later than `at` where levels before it were passed over. */
  plannedAt: number;
  /** From 0 on. */
  round: number;
  level: number;
  calls: RoleCall[];
  /** Nobody can be reached for any role of it, so the next level is called at the same moment. */
  passedOver: boolean;
};

/** When the last resort comes: after everybody was called; at once since nobody could be; or at once since the clock doesn't come so far. */
type LastResort = { at: number; reason: "all-called" | "nobody-reached" | "clock-stands" };

/** The first moment at which somebody is reached who may decide; `minutes` of the path's clock since the start, and how many of them too late. */
export type Decision = {
  at: number;
  minutes: number;
  lateBy: number;
  roleId: string;
  personId: string;
  channel: string;
};

/** Who is called when on a path, where nobody who is called answers for good. */
export type Timeline = {
  /** When the path was begun, and when its clock first runs from then on; null where it never does. */
  start: number;
  clockFrom: number | null;
  steps: CallStep[];
  lastResort: LastResort;
  decision: Decision | null;
};

/** Who is called when by a path that is begun at a moment. The path is such as `checkPath` finds nothing wrong with. */
export function callsOf(path: CallPath, start: number, callable: Callable): Timeline {
  const clockFrom = momentAfter(path.clock, start, 0);
  const steps: CallStep[] = [];
  const end = (lastResort: LastResort): Timeline => ({
    start,
    clockFrom,
    steps,
    lastResort,
    decision: decisionOf(path, start, steps),
  });
  // The moment agreed for the level before, and how many minutes of the clock had passed by then.
  let before = { at: start, minutes: 0 };
  const agreedFor = (minutes: number) => {
    const at = momentAfter(path.clock, before.at, minutes - before.minutes);
    if (at !== null) before = { at, minutes };
    return at;
  };
  // Where the level before was passed over, the moment at which it was called: the next one is called then, and not as agreed.
  let now: number | null = null;
  let passedOver = 0;
  for (let round = 0; round <= path.repeats; round++)
    for (let level = 0; level < path.levels.length; level++) {
      const { minutes, calls } = path.levels[level] ?? { minutes: 0, calls: [] };
      const plannedAt = agreedFor(round * path.roundMinutes + minutes);
      if (plannedAt === null) return end({ at: now ?? before.at, reason: "clock-stands" });
      const at: number = now ?? plannedAt;
      const called = calls.map((call) => callAt(call, at, callable));
      const isEmpty = called.every(({ answers }) => answers.length === 0);
      steps.push({ at, plannedAt, round, level, calls: called, passedOver: isEmpty });
      passedOver = isEmpty ? passedOver + 1 : 0;
      now = isEmpty ? at : null;
      // Every level has been tried at this very moment: another round of them would find the same.
      if (passedOver === path.levels.length) return end({ at, reason: reasonOf(steps) });
    }
  const over = now ?? agreedFor((path.repeats + 1) * path.roundMinutes);
  return end(over === null ? { at: before.at, reason: "clock-stands" } : { at: over, reason: reasonOf(steps) });
}

/** The same calls where some people don't pick up. Nobody knows so beforehand: they are called all the same, and each level is waited for. */
export function withoutAnswersOf(silent: ReadonlySet<string>, path: CallPath, timeline: Timeline): Timeline {
  const steps = timeline.steps.map((step) => ({
    ...step,
    calls: step.calls.map((call): RoleCall => {
      const answers = call.answers.filter(({ personId }) => !silent.has(personId));
      return {
        ...call,
        answers,
        silence: call.answers.length > 0 && answers.length === 0 ? "no-answer" : call.silence,
      };
    }),
  }));
  return { ...timeline, steps, decision: decisionOf(path, timeline.start, steps) };
}

/** Who answers for a role at a moment, in the order in which they are called. */
export function callAt({ roleId, channels, mayDecide }: LevelCall, at: number, callable: Callable): RoleCall {
  const { staffing, absences, reachable } = callable;
  const behind = staffing.get(roleId) ?? { holders: [], rota: null, declaredOff: null };
  const [there] = presenceOf(behind, absences, { from: at, to: at + 1 });
  const [cover] = there ? coverOf([there], reachable, channels) : [];
  const answers = (cover?.personIds ?? []).flatMap((personId): Answer[] => {
    const channel = channelFor(personId, reachable, channels);
    const state = there?.onShift.includes(personId) ? "on-shift" : "on-call";
    return channel === null ? [] : [{ personId, channel, state }];
  });
  return { roleId, mayDecide, answers, silence: answers.length > 0 ? null : silenceOf(behind, there) };
}

/** Why nobody answers for a role that somebody may be there for. */
export function silenceOf({ holders, rota }: Staffing, there: Presence | undefined): Silence {
  if (there?.off === "role") return "declared-off";
  if (there && there.onShift.length + there.onCall.length > 0) return "no-channel";
  if (there?.off === "rota") return "declared-off";
  return holders.length === 0 && rota === null ? "no-holder" : "nobody";
}

function reasonOf(steps: readonly CallStep[]): LastResort["reason"] {
  return steps.every(({ passedOver }) => passedOver) ? "nobody-reached" : "all-called";
}

function decisionOf(path: CallPath, start: number, steps: readonly CallStep[]): Decision | null {
  for (const { at, calls } of steps)
    for (const { roleId, mayDecide, answers } of calls) {
      const [first] = answers;
      if (!mayDecide || !first) continue;
      const minutes = minutesBetween(path.clock, start, at);
      const lateBy = path.targetMinutes === null ? 0 : Math.max(0, minutes - path.targetMinutes);
      return { at, minutes, lateBy, roleId, personId: first.personId, channel: first.channel };
    }
  return null;
}
