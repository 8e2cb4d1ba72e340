import type { CallStep, Timeline } from "../cover/calls.server";
import { lengthWords, type ShownStep } from "../escalation/calls-words.server";
import type { BehindScenario } from "./behind-scenario.server";
import { timeFrom } from "./answer-words";
import type { Scenario } from "./scenario";
import type { Break, ScenarioAnswer, ShownDecision, ShownDuty, ShownPath } from "./scenario-answer";

/** Where a path breaks: there is none, a level reaches nobody, a role isn't reached, or nobody decides in time. */
export function breaksOfPath(
  { path, why, calls, decision }: Pick<ScenarioAnswer, "path" | "why" | "calls" | "decision">,
  timeline: Timeline | null,
  firstDay: string,
): Break[] {
  if (!path || !calls || !timeline) return [{ code: "no-path", sentence: why }];
  if (timeline.steps.length === 0) return [{ code: "no-path", sentence: calls.sentence }];
  const steps = timeline.steps.flatMap((step, i) => {
    const shown = calls.steps[i];
    // Another round calls whom the first one called.
    return shown && step.round === 0 ? breaksOfStep(step, shown, i + 1 < timeline.steps.length) : [];
  });
  return [...steps, ...breaksOfDecision(path, decision, firstDay)];
}

function breaksOfStep({ passedOver, calls }: CallStep, shown: ShownStep, isFollowed: boolean): Break[] {
  const silent = calls.flatMap(({ answers, silence }, i) => {
    const call = shown.calls[i];
    // What is agreed to be off duty is no hole.
    return call && answers.length === 0 && silence !== "declared-off" ? [call] : [];
  });
  if (calls.length === 0)
    return [{ code: "level-silent", sentence: `${shown.level}: no role is called, so it is passed over.` }];
  if (calls.every(({ answers }) => answers.length === 0)) {
    if (silent.length === 0) return [];
    const why = silent.map(({ role, why: because }) => `${role}: ${(because ?? "").toLowerCase()}`).join("; ");
    const then = passedOver ? "It is passed over at once." : isFollowed ? "The minutes until the next level pass." : "";
    return [
      {
        code: "level-silent",
        sentence: [`${shown.level}: nobody is reached (${why}).`, then].filter(Boolean).join(" "),
      },
    ];
  }
  return silent.map(({ role, why }) => ({
    code: "role-silent",
    sentence: `${shown.level}: ${role} isn't reached (${(why ?? "").toLowerCase()}).`,
  }));
}

function breaksOfDecision(
  { name, decisionTarget }: ShownPath,
  decision: ShownDecision | null,
  firstDay: string,
): Break[] {
  if (!decision) return [{ code: "no-decision", sentence: `Nobody who may decide can be reached on ${name}.` }];
  return decision.lateBy === 0
    ? []
    : [
        {
          code: "decision-late",
          sentence: `The first decision is possible at ${timeFrom(firstDay, decision)}, ${lengthWords(decision.lateBy)} after the target of ${lengthWords(decisionTarget ?? 0)}.`,
        },
      ];
}

/** Where duties break: none is about it, or one of them is nobody's, disputed or declined. */
export function breaksOfDuties(
  { duties: clues, words }: Pick<Scenario, "duties" | "words">,
  duties: readonly ShownDuty[],
  missing: number,
): Break[] {
  const breaks: Break[] = [];
  if (duties.length === 0 && missing === 0 && (clues.length > 0 || words !== ""))
    breaks.push({ code: "no-duty", sentence: "No duty of the matrix is about this. Add the one that is missing." });
  if (missing > 0)
    breaks.push({
      code: "duty-gone",
      sentence: `${missing === 1 ? "One of its duties isn't" : `${missing} of its duties aren't`} in the matrix.`,
    });
  for (const { code, does, answers, agreement } of duties) {
    if (agreement === "declined") {
      breaks.push({ code: "duty-declined", sentence: `${code} is declined: nobody does it.` });
      continue;
    }
    if (does.length === 0) breaks.push({ code: "duty-unassigned", sentence: `Nobody does ${code}.` });
    if (answers.length !== 1)
      breaks.push({
        code: "duty-unassigned",
        sentence: answers.length === 0 ? `Nobody answers for ${code}.` : `More than one role answers for ${code}.`,
      });
    if (agreement === "disputed") breaks.push({ code: "duty-disputed", sentence: `${code} is disputed.` });
  }
  return breaks;
}

/** That duties hang on whoever is away, and nobody stands in. */
export function breaksOfWhoIsAway({ away, hanging: { duties, standsIn } }: BehindScenario): Break[] {
  if (!away || standsIn !== null || duties.length === 0) return [];
  const hang = duties.length === 1 ? "One duty hangs" : `${duties.length} duties hang`;
  return [
    {
      code: "nobody-stands-in",
      sentence: `${hang} on ${away.name} alone, and nobody stands in. Name a deputy.`,
    },
  ];
}
