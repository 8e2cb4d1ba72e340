import { callAt, type Answer, type Callable, type Timeline } from "../cover/calls.server";
import type { Authority, Containment } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { amountWords, AUTHORITY_KINDS, STANCES } from "../parts/authorities";
import { fold } from "../search";
import type { Scenario } from "./scenario";
import type { Break, Reached, ScenarioAnswer, ShownAuthority, ShownContainment } from "./scenario-answer";

/** Who is reached for a role at a moment, in words. */
type WhoReached = (roleId: string, answer: Answer, at: number) => Reached;

type About = {
  matrix: Pick<Matrix, "roles" | "authorities" | "containments" | "offLimits">;
  callable: Callable;
  /** Those who don't pick up. */
  silent: ReadonlySet<string>;
  start: number;
  /** Null where no path is followed. */
  timeline: Timeline | null;
  inWords: WhoReached;
};

/** What may be decided and done in a scenario, by whoever can be reached when it begins or is called by its path. */
export function mayAtThatHour(
  scenario: Pick<Scenario, "authorities" | "containments">,
  about: About,
): Pick<ScenarioAnswer, "authorities" | "containments" | "offLimits" | "breaks"> {
  const { matrix } = about;
  const asked = scenario.authorities;
  const authorities = matrix.authorities
    .filter(({ kind }) => asked === "all" || asked.includes(kind))
    .map((authority) => shownAuthority(authority, about));
  const kinds = asked === "all" ? [] : asked;
  const unknown = kinds.filter((kind) => matrix.authorities.every((authority) => authority.kind !== kind));
  const containments = containmentsOf(scenario.containments, matrix.containments).map((containment) =>
    shownContainment(containment, about),
  );
  return {
    authorities,
    containments,
    offLimits:
      scenario.containments.length === 0
        ? []
        : matrix.offLimits.map(({ id, system, reason }) => ({ id, system, reason })),
    breaks: [
      ...unknown.map((kind) => ({
        code: "authority-unknown" as const,
        sentence: `Nobody agreed who may approve this: ${AUTHORITY_KINDS[kind].toLowerCase()}. Add an authority.`,
      })),
      ...authorities.flatMap(breakOfAuthority),
      ...(scenario.containments.length > 0 && containments.every(({ stance }) => stance === "never")
        ? [
            {
              code: "containment-unknown" as const,
              sentence: "No containment action is agreed that helps here. Agree what may be done without asking.",
            },
          ]
        : []),
      ...containments.flatMap(breakOfContainment),
    ],
  };
}

/** The actions that a scenario asks for, by their words; what may never be done is said with them. */
function containmentsOf(asked: Scenario["containments"], containments: readonly Containment[]): readonly Containment[] {
  if (asked === "all" || asked.length === 0) return asked === "all" ? containments : [];
  return containments.filter(({ id, action, stance }) => {
    const actionText = fold(`${id} ${action}`);
    return stance === "never" || asked.some((word) => actionText.includes(word));
  });
}

function shownAuthority(authority: Authority, about: About): ShownAuthority {
  const { id, kind, name, roleId, deputyId, upTo, currency, condition } = authority;
  const first = roleId === null ? null : reachedFor(roleId, about);
  const second = first || deputyId === null ? null : reachedFor(deputyId, about);
  const by = first ?? second;
  return {
    id,
    kind: AUTHORITY_KINDS[kind],
    name,
    amount: upTo === null ? "" : `up to ${amountWords(upTo)} ${currency}`,
    condition,
    role: roleName(roleId, about),
    deputy: roleName(deputyId, about),
    by: by && { ...by, isDeputy: !first },
  };
}

function shownContainment(containment: Containment, about: About): ShownContainment {
  const { id, action, stance, roleId, callsId, condition } = containment;
  return {
    id,
    action,
    stance,
    stanceWords: STANCES[stance],
    condition,
    role: roleName(roleId, about),
    calls: roleName(callsId, about),
    actsBy: roleId === null ? null : reachedFor(roleId, about),
    calledFirst: callsId === null ? null : reachedFor(callsId, about),
  };
}

function roleName(roleId: string | null, { matrix }: About): string | null {
  return matrix.roles.find(({ id }) => id === roleId)?.name ?? null;
}

/** Who is reached for a role first: when the scenario begins by any channel, else once its path calls the role. */
function reachedFor(roleId: string, { callable, silent, start, timeline, inWords }: About): Reached | null {
  const atOnce = callAt({ roleId, channels: "any", mayDecide: false }, start, callable);
  const [answerAtOnce] = atOnce.answers.filter(({ personId }) => !silent.has(personId));
  if (answerAtOnce) return inWords(roleId, answerAtOnce, start);
  for (const { at, calls } of timeline?.steps ?? [])
    for (const call of calls) {
      const [answer] = call.answers;
      if (call.roleId === roleId && answer) return inWords(roleId, answer, at);
    }
  return null;
}

function breakOfAuthority({ name, role, deputy, by }: ShownAuthority): Break[] {
  if (by) return [];
  if (role === null && deputy === null)
    return [{ code: "authority-nobody", sentence: `Nobody is named who may approve “${name}”.` }];
  const roles = [role, deputy].filter((one) => one !== null).join(" and ");
  return [
    {
      code: "authority-unreachable",
      sentence: `Nobody can approve “${name}” at that hour: ${roles} can't be reached.`,
    },
  ];
}

function breakOfContainment({ action, stance, role, calls, actsBy, calledFirst }: ShownContainment): Break[] {
  if (stance === "never") return [];
  if (role === null) return [{ code: "containment-nobody", sentence: `Nobody is named who would act: “${action}”.` }];
  if (!actsBy)
    return [
      {
        code: "containment-unreachable",
        sentence: `Nobody can act at that hour: “${action}” is for ${role}, and nobody answers.`,
      },
    ];
  if (stance === "act" || calledFirst) return [];
  return [
    {
      code: "containment-unreachable",
      sentence:
        calls === null
          ? `“${action}” needs a call first, and nobody is named for it.`
          : `“${action}” needs a call to ${calls} first, and nobody answers there at that hour.`,
    },
  ];
}
