import { callsOf, withoutAnswersOf, type Answer, type Timeline } from "../cover/calls.server";
import type { CallPath } from "../cover/path";
import { zoneClock } from "../cover/zoned.server";
import { callPathOf } from "../escalation/call-path-of";
import {
  callsInWords,
  channelName,
  timeAndDay,
  wallOfBeginning,
  type Beginning,
  type PathCalls,
} from "../escalation/calls-words.server";
import type { Behind } from "../escalation/staffing-of";
import type { EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { PATH_KINDS } from "../parts/paths";
import { answerWords } from "./answer-words";
import { breaksOfDuties, breaksOfPath, breaksOfWhoIsAway } from "./breaks.server";
import { behindScenario, type BehindScenario } from "./behind-scenario.server";
import { mayAtThatHour } from "./may.server";
import { powersOf } from "./powers";
import { dutiesOfScenario, pathOfScenario, type SearchWords } from "./scenario-duties";
import type { Scenario } from "./scenario";
import type { Reached, ScenarioAnswer, ShownPath } from "./scenario-answer";
import { namedRole, shownDuty } from "./shown-duty";

/** What a scenario is asked of: a matrix, and the people behind its roles. */
export type ScenarioFacts = {
  matrix: Matrix;
  /** Null where nobody is known. */
  behind: Behind | null;
  /** Who is away from then on; null leaves it to the scenario. */
  awayId: string | null;
  wordsOf: SearchWords;
};

/** So many duties are shown at most. */
const MOST_DUTIES = 20;

/** Who is called, who may decide what and where it breaks, where a scenario begins at a moment that nothing is wrong with (`checkBeginning`). */
export function answerScenario(scenario: Scenario, beginning: Beginning, facts: ScenarioFacts): ScenarioAnswer {
  const { matrix, behind } = facts;
  const start = zoneClock(beginning.timeZone).momentOf(wallOfBeginning(beginning), "begins");
  const behindRoles = behindScenario(scenario, { day: beginning.day, start }, facts);
  const found = dutiesOfScenario(scenario, matrix, facts.wordsOf);
  const chosen = pathOfScenario(scenario, found.duties, matrix);
  const callPath = chosen.path && callPathOf(chosen.path, matrix);
  const timeline = callPath?.ok ? timelineOf(callPath.value, start, behindRoles) : null;
  const inWords = (
    roleId: string,
    { personId, channel }: Pick<Answer, "personId" | "channel">,
    at: number,
  ): Reached => ({
    name: behindRoles.names.get(personId) ?? "Somebody",
    roleId,
    role: namedRole(roleId, matrix).role,
    channel: channelName(channel),
    ...timeAndDay(at, beginning),
  });
  const may = mayAtThatHour(scenario, { matrix, ...behindRoles, start, timeline, inWords });
  const calls = timeline && chosen.path && callsOfScenario(timeline, chosen.path, { beginning, facts, behindRoles });
  const decided = timeline?.decision ?? null;
  const decision = decided && {
    ...inWords(decided.roleId, decided, decided.at),
    minutes: decided.minutes,
    lateBy: decided.lateBy,
  };
  const all = [...new Set([...behindRoles.hanging.duties, ...found.duties])];
  const duties = all.slice(0, MOST_DUTIES).map((duty) => shownDuty(duty, matrix));
  const { time, day } = timeAndDay(start, beginning);
  const answer = {
    scenario: { id: scenario.id, title: scenario.title, story: scenario.story },
    beginning,
    when: `${day}, ${time}`,
    path: chosen.path && shownPath(chosen.path),
    why: callPath && !callPath.ok ? callPath.rejection.message : chosen.why,
    calls,
    decision,
    inTime: decision !== null && decision.lateBy === 0,
    powers: calls ? powersOf(calls, may) : [],
    duties,
    moreDuties: all.length - duties.length,
    setback: behindRoles.setback,
    away: behindRoles.away,
    byRolesAlone: behind === null,
    ...may,
  };
  const breaks = [
    ...breaksOfPath(answer, timeline, day),
    ...breaksOfDuties(scenario, duties, found.missing),
    ...may.breaks,
    ...breaksOfWhoIsAway(behindRoles),
  ];
  return { ...answer, breaks, words: answerWords({ ...answer, breaks }, { time, day }) };
}

function timelineOf(path: CallPath, start: number, { callable, silent }: BehindScenario): Timeline {
  const timeline = callsOf(path, start, callable);
  return silent.size === 0 ? timeline : withoutAnswersOf(silent, path, timeline);
}

type CallsOf = { beginning: Beginning; facts: ScenarioFacts; behindRoles: BehindScenario };

function callsOfScenario(
  timeline: Timeline,
  path: EscalationPath,
  { beginning, facts, behindRoles }: CallsOf,
): PathCalls {
  const { matrix, behind } = facts;
  const calls = callsInWords(timeline, {
    path,
    matrix,
    people: [...behindRoles.names].map(([id, name]) => ({ id, name })),
    timeZone: beginning.timeZone,
    hoursUnknown: behindRoles.hoursUnknown,
  });
  if (behind) return calls;
  const assumed = { name: "Whoever holds it", state: "Taken to be there" };
  const steps = calls.steps.map((step) => ({
    ...step,
    calls: step.calls.map((call) => ({ ...call, answers: call.answers.map((one) => ({ ...one, ...assumed })) })),
  }));
  return { ...calls, steps };
}

function shownPath({ id, name, kind, trigger, decisionTarget, lastResort }: EscalationPath): ShownPath {
  return { id, name, kind: PATH_KINDS[kind], trigger, decisionTarget, lastResort };
}
