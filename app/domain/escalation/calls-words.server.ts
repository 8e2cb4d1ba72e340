import type { CallStep, RoleCall, Silence, Timeline } from "../cover/calls.server";
import {
  checkDayNear,
  checkTimeZone,
  midnightOf,
  MINUTE_MS,
  minutesOf,
  written,
  type WallTime,
} from "../cover/wall-time";
import { dayWords } from "../day-words";
import type { EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { PartyKind } from "../matrix/shapes";
import { minuteWords } from "../minute-words";
import { CHANNELS, levelsInOrder, levelTime } from "../parts/paths";
import type { Person } from "../people/people";
import { unless, type Rejection } from "../result";
import { shownTime } from "./rota-preview.server";
import { WEEKDAY_WORDS } from "./weekday-words";

/** When a path is begun: a day (YYYY-MM-DD) and a time, as in 02:10, on the clocks of a zone. */
export type Beginning = { day: string; time: string; timeZone: string };

/** A role that is called, and whoever answers for it in order; `why` says in words why nobody does. */
export type ShownCall = {
  roleId: string;
  role: string;
  party: { name: string; kind: PartyKind } | null;
  answers: { name: string; state: string; channel: string }[];
  why: string | null;
  mayDecide: boolean;
};

/** A level as it is called, with the time on the clocks of the zone that was asked for. */
export type ShownStep = {
  time: string;
  day: string;
  level: string;
  passedOver: boolean;
  calls: ShownCall[];
  /** What is agreed that the level may do. */
  may: string[];
};

/** Who a path calls when, in words. */
export type PathCalls = {
  sentence: string;
  steps: ShownStep[];
  /** When nobody is left to call, and what is agreed for that. */
  lastResort: { time: string; day: string; sentence: string };
};

type About = {
  path: EscalationPath;
  matrix: Pick<Matrix, "parties" | "roles">;
  people: readonly Pick<Person, "id" | "name">[];
  timeZone: string;
  /** The roles one of whose holders has no working hours. */
  hoursUnknown: ReadonlySet<string>;
};

const STATES = { "on-shift": "On shift", "on-call": "On call" } as const;

const SILENCES: Record<Silence, string> = {
  "no-holder": "No holder",
  "declared-off": "Off duty",
  "no-channel": "No working channel",
  nobody: "Nobody on shift or on call",
  "no-answer": "Doesn't answer",
};

/** Everything that is wrong with a moment, a sentence each. */
export function checkBeginning({ day, time, timeZone }: Beginning): Rejection[] {
  return [
    ...checkDayNear(day),
    ...unless(
      minutesOf(time) !== null,
      "time",
      `“${written(time)}” isn't a time. Write it with four digits, as in 02:10.`,
    ),
    ...checkTimeZone(timeZone),
  ];
}

/** The time on the wall of a moment that nothing is wrong with. */
export function wallOfBeginning({ day, time }: Beginning): WallTime {
  return midnightOf(day) + (minutesOf(time) ?? 0) * MINUTE_MS;
}

/** Who a path calls when, as its reader is told: a sentence about it all, each level, and what holds when nobody answers. */
export function callsInWords(timeline: Timeline, about: About): PathCalls {
  const { lastResort } = timeline;
  return {
    sentence: sentenceOf(timeline, about),
    steps: timeline.steps.map((step) => shownStep(step, about)),
    lastResort: { ...timeAndDay(lastResort.at, about), sentence: lastResortWords(timeline, about) },
  };
}

function sentenceOf(timeline: Timeline, about: About): string {
  const { start, clockFrom, steps, decision } = timeline;
  const { path } = about;
  if (Object.keys(path.levels).length === 0) return "The path has no level. Add the role that is called first.";
  if (clockFrom === null) return "The clock of the path never runs, so nobody is called.";
  const waits = clockFrom > start ? `The path's clock stands until ${timeWords(clockFrom, timeline, about)}. ` : "";
  const answered = steps.flatMap(({ at, calls }) => calls.filter(({ answers }) => answers.length > 0).map(() => at));
  const last = answered.at(-1);
  if (last === undefined) return `${waits}Nobody can be reached${whatHolds(path)}`;
  const within = Math.round((last - clockFrom) / MINUTE_MS);
  const count = `${answered.length} ${answered.length === 1 ? "call" : "calls"}`;
  const calls = within === 0 ? `${count} at once.` : `${count} in ${lengthWords(within)}.`;
  if (!decision) return `${waits}${calls} Nobody who may decide can be reached.`;
  const late = decision.lateBy > 0 ? `, ${lengthWords(decision.lateBy)} late` : "";
  const inTime = decision.lateBy === 0 && path.decisionTarget !== null ? ", in time" : "";
  return `${waits}${calls} First decision possible at ${timeWords(decision.at, timeline, about)}${late}${inTime}.`;
}

function shownStep({ at, round, level, passedOver, calls }: CallStep, about: About): ShownStep {
  const minutes = [...new Set(levelsInOrder(about.path.levels).map((one) => one.level.minutes))][level] ?? 0;
  const joined = levelsInOrder(about.path.levels).flatMap((one, i) =>
    one.level.minutes === minutes ? [{ number: i + 1, may: one.level.may }] : [],
  );
  const numbers = joined.map(({ number }) => number);
  const again = round > 0 ? `, round ${round + 1}` : "";
  return {
    ...timeAndDay(at, about),
    level: `${numbers.length > 1 ? "Levels" : "Level"} ${numbers.join(" and ")}, ${levelTime({ minutes }).toLowerCase()}${again}`,
    passedOver,
    calls: calls.map((call) => shownCall(call, about)),
    may: joined.flatMap(({ may }) => (may === "" ? [] : [may])),
  };
}

function shownCall({ roleId, mayDecide, answers, silence }: RoleCall, about: About): ShownCall {
  const { matrix, people, hoursUnknown } = about;
  const index = indexOf(matrix);
  const role = index.role.get(roleId);
  const party = role ? index.party.get(role.partyId) : undefined;
  const withoutHours = silence === "nobody" && hoursUnknown.has(roleId);
  return {
    roleId,
    role: role?.name ?? "A deleted role",
    party: party ? { name: party.name, kind: party.kind } : null,
    answers: answers.map(({ personId, channel, state }) => ({
      name: people.find(({ id }) => id === personId)?.name ?? "Somebody",
      state: STATES[state],
      channel: channelName(channel),
    })),
    why: silence && (withoutHours ? `${SILENCES.nobody}; no working hours known` : SILENCES[silence]),
    mayDecide,
  };
}

/** A channel by its name. */
export function channelName(channel: string): string {
  return Object.entries(CHANNELS).find(([name]) => name === channel)?.[1] ?? "any channel";
}

function lastResortWords({ lastResort: { reason } }: Timeline, { path }: About): string {
  const reasons = {
    "all-called": "Everybody was called",
    "nobody-reached": "Nobody can be reached",
    "clock-stands": "The path's clock runs no further",
  };
  return `${reasons[reason]}${whatHolds(path)}`;
}

function whatHolds({ lastResort }: Pick<EscalationPath, "lastResort">): string {
  const text = lastResort.trim();
  return text === ""
    ? ". What holds then isn't agreed; write it as the path's last resort."
    : `; what holds then: ${text}`;
}

/** A number of minutes: up to two hours in minutes, as levels are agreed. */
export function lengthWords(minutes: number): string {
  return minutes === 1 || minutes >= 120 ? minuteWords(minutes) : `${minutes} minutes`;
}

/** A moment as its time and day on the clocks of a zone. */
export function timeAndDay(at: number, { timeZone }: Pick<About, "timeZone">): { time: string; day: string } {
  const { day, weekday, time } = shownTime({ timeZone }, at);
  return { time, day: `${WEEKDAY_WORDS[weekday]} ${dayWords(day)}` };
}

/** A moment as a time; with its day where that isn't the day on which the path begins. */
function timeWords(at: number, { start }: Timeline, about: About): string {
  const { day, time } = timeAndDay(at, about);
  return day === timeAndDay(start, about).day ? time : `${time} on ${day}`;
}
