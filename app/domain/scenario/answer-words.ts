import type { ShownStep } from "../escalation/calls-words.server";
import { nameList } from "../name-list";
import type { NamedRole, ScenarioAnswer, ShownAuthority, ShownContainment, ShownDuty } from "./scenario-answer";

type AnswerWithoutWords = Omit<ScenarioAnswer, "words">;

/** So many duties are read aloud. */
const MOST_DUTIES = 8;

/** The answer to a scenario in sentences, for reading aloud; `first` is the moment at which it begins. */
export function answerWords(answer: AnswerWithoutWords, first: { time: string; day: string }): string[] {
  const firstDay = first.day;
  const { scenario, when, beginning, byRolesAlone, setback, why, path, calls, authorities, containments, offLimits } =
    answer;
  return [
    `${scenario.title}, ${when} (${beginning.timeZone}).`,
    beginning.time === first.time
      ? ""
      : `Clocks leave ${beginning.time} out on that day, so it begins at ${first.time}.`,
    byRolesAlone
      ? "No people are known: somebody is taken to be behind each role at every hour that isn't agreed off duty."
      : "",
    setback,
    why,
    path && calls ? calls.sentence : "",
    ...(calls?.steps ?? []).flatMap((step) => stepWords(step, byRolesAlone, firstDay)),
    path && calls && calls.steps.length > 0
      ? `${timeFrom(firstDay, calls.lastResort)}: ${calls.lastResort.sentence}`
      : "",
    ...authorities.flatMap(authorityWords),
    ...containments.map(containmentWords),
    offLimits.length > 0 ? `Off limits: ${offLimits.map(({ system }) => system).join("; ")}.` : "",
    ...answer.duties.slice(0, MOST_DUTIES).map(dutyWords),
    moreWords(answer),
    answer.breaks.length === 0
      ? "It holds: nothing breaks."
      : `It breaks at ${answer.breaks.length === 1 ? "one place" : `${answer.breaks.length} places`}:`,
    ...answer.breaks.map(({ sentence }) => sentence),
  ].filter((sentence) => sentence !== "");
}

/** A time; with its day where that isn't the day on which all of it begins. */
export function timeFrom(firstDay: string, { time, day }: { time: string; day: string }): string {
  return day === firstDay ? time : `${time} on ${day}`;
}

function stepWords(step: ShownStep, byRolesAlone: boolean, firstDay: string): string[] {
  const time = timeFrom(firstDay, step);
  if (step.passedOver) return [`${time}, ${step.level.toLowerCase()}: nobody is reached.`];
  return step.calls.map(({ role, party, answers, why, mayDecide }) => {
    const whose = party ? ` of ${party.name}` : "";
    const decides = mayDecide ? " May decide." : "";
    if (answers.length === 0) return `${time}: ${role}${whose} isn't reached (${(why ?? "").toLowerCase()}).`;
    const who = answers.map(({ name, channel, state }) =>
      byRolesAlone ? `by ${channel}` : `${name} by ${channel} (${state.toLowerCase()})`,
    );
    return `${time}: ${role}${whose}, ${nameList(who)}.${decides}`;
  });
}

function authorityWords({ name, amount, by, condition }: ShownAuthority): string[] {
  if (!by) return [];
  const what = `${name}${amount === "" ? "" : ` ${amount}`}`;
  const place = by.isDeputy ? " as deputy" : "";
  return [
    `${what}: ${by.name === by.role ? by.role : `${by.name}, ${by.role}`}${place}.${condition === "" ? "" : ` ${condition}`}`,
  ];
}

function containmentWords({ action, stance, stanceWords, role, calls, condition }: ShownContainment): string {
  const who =
    stance === "never" || role === null
      ? ""
      : stance === "call-first" && calls !== null
        ? `; ${role} calls ${calls}`
        : `; ${role}`;
  return `${action}: ${stanceWords.toLowerCase()}${who}.${condition === "" ? "" : ` ${condition}`}`;
}

function dutyWords({ code, text, does, answers }: ShownDuty): string {
  const names = (roles: readonly NamedRole[]) =>
    roles.length === 0 ? "nobody" : nameList(roles.map(({ role }) => role));
  return `${code}, ${text}: ${names(does)} ${does.length > 1 ? "do" : "does"} it, ${names(answers)} ${answers.length > 1 ? "answer" : "answers"} for it.`;
}

function moreWords({ duties, moreDuties }: AnswerWithoutWords): string {
  const more = Math.max(0, duties.length - MOST_DUTIES) + moreDuties;
  return more === 0 ? "" : `${more === 1 ? "One more duty applies" : `${more} more duties apply`}.`;
}
