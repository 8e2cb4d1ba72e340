import { isActive } from "../agreement/agreement";
import { thingAgreement } from "../agreement/thing-agreement";
import type { EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { partyOfRole } from "../matrix/owner";
import type { Duty, PartyKind } from "../matrix/shapes";
import { minuteWords } from "../minute-words";
import { appliedPathId } from "../parts/path-of";
import { levelsInOrder } from "../parts/paths";
import { conversationMap } from "./conversation-map";
import type { Finding, Fix, Rule, Severity } from "./finding";

/** A finding about one agreed thing that is no duty. The ways out are written by a person on the page of the thing. */
function finding(
  rule: Rule,
  thingId: string,
  severity: Severity,
  facts: Pick<Finding, "title" | "why" | "about"> & Partial<Pick<Finding, "dutyIds" | "roleIds" | "fixes">>,
): Finding {
  return {
    key: `${rule}.${thingId}`,
    rule,
    severity,
    dutyIds: [],
    roleIds: [],
    fixes: [{ label: "Open escalation", write: "escalation" }],
    accepted: null,
    ...facts,
  };
}

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

function findDispute(matrix: Matrix, path: EscalationPath): Finding[] {
  return thingAgreement(matrix, "paths", path) === "disputed"
    ? [
        finding("path-disputed", path.id, "blocker", {
          title: `${path.name} is disputed. Settle it, or write down the ruling.`,
          why: "What one side disputes isn't agreed.",
          about: "",
        }),
      ]
    : [];
}

function findInPath(path: EscalationPath): Finding[] {
  const { id, name, decisionTarget } = path;
  const levels = levelsInOrder(path.levels).map(({ level }) => level);
  const calling = levels.filter(({ calls }) => calls.length > 0);
  if (calling.length === 0)
    return [
      finding("path-calls-nobody", id, "warning", {
        title: `${name} calls nobody.`,
        why: "When it is needed, nobody knows whom to call.",
        about: JSON.stringify(path.levels),
      }),
    ];
  const found: Finding[] = [];
  const silent = levels.length - calling.length;
  if (silent > 0)
    found.push(
      finding("level-calls-nobody", id, "warning", {
        title: `${name} has ${silent === 1 ? "a level that calls" : `${silent} levels that call`} nobody.`,
        why: "A level without a role is passed over at once.",
        about: JSON.stringify(path.levels),
      }),
    );
  const [deciding] = calling.filter(({ decides }) => decides);
  if (!deciding)
    found.push(
      finding("path-decides-nobody", id, "warning", {
        title: `On ${name} nobody who is called may decide.`,
        why: "Whoever answers can do nothing but call on.",
        about: JSON.stringify(path.levels),
      }),
    );
  else if (decisionTarget !== null && deciding.minutes > decisionTarget)
    found.push(
      finding("target-out-of-reach", id, "warning", {
        title: `${name} aims at a decision within ${minuteWords(decisionTarget)}, and calls the first who may decide after ${minuteWords(deciding.minutes)}.`,
        why: "The target can't be met even if everybody answers at once.",
        about: `${decisionTarget} ${deciding.minutes}`,
      }),
    );
  const roles = new Set(calling.flatMap(({ calls }) => calls.map(({ roleId }) => roleId)));
  if (calling.length > 1 && roles.size === 1)
    found.push(
      finding("one-role-on-path", id, "warning", {
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
      finding("path-unused", id, "insight", {
        title: `No duty names ${name}.`,
        why: "A path that nothing leads to is soon forgotten.",
        about: "",
      }),
    ];
  const always = clock.kind === "always" ? [] : duties.filter(({ cover }) => cover === "24x7");
  return always.length === 0
    ? []
    : [
        finding("cover-beyond-clock", id, "warning", {
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

/** What is found in authorities: approvals that nobody may give. */
export function findInAuthorities({ authorities }: Matrix): Finding[] {
  return authorities.flatMap(({ id, name, roleId }) =>
    roleId === null
      ? [
          finding("nobody-approves", id, "warning", {
            title: `Nobody may approve “${name}”.`,
            why: "Whoever needs it waits, or goes ahead without.",
            about: "",
            fixes: [{ label: "Name who may", write: "authority" }],
          }),
        ]
      : [],
  );
}

const TO_COMMUNICATION: Fix = { label: "Open communication", write: "communication" };

/** What is found in conversations: sides that aren't there, or speak through a role of the other one, and leads that nobody speaks with. */
export function findInConversations(matrix: Matrix): Finding[] {
  return [...findOneSided(matrix), ...findInMap(matrix)];
}

function findOneSided(matrix: Matrix): Finding[] {
  const sides = [
    ["client", "clientRoleId"],
    ["provider", "providerRoleId"],
  ] as const satisfies readonly (readonly [PartyKind, string])[];
  return matrix.conversations.flatMap((conversation) => {
    const missing = sides.flatMap(([kind, field]) => {
      const roleId = conversation[field];
      const party = matrix.parties.find((one) => one.kind === kind);
      const fits = roleId !== null && partyOfRole(matrix, roleId)?.id === party?.id;
      return party && !fits ? [party.name] : [];
    });
    return missing.length === 0
      ? []
      : [
          finding("conversation-one-sided", conversation.id, "warning", {
            title: `Nobody speaks for ${missing.join(" and ")} in ${conversation.name}.`,
            why: "A conversation that one side isn't in decides nothing.",
            about: missing.join(),
            fixes: [TO_COMMUNICATION],
          }),
        ];
  });
}

/** What is missing on the map of who speaks with whom: a lead that nobody of the other side speaks with. */
function findInMap(matrix: Matrix): Finding[] {
  if (matrix.conversations.length === 0) return [];
  return conversationMap(matrix).unpaired.flatMap(({ role, party, other }) =>
    role.lead
      ? [
          finding("pair-missing", role.id, "insight", {
            title: `Nobody of ${other.name} speaks with ${role.name}, who leads ${party.name}.`,
            why: "What the two sides can't settle below has nowhere to go.",
            about: "",
            roleIds: [role.id],
            fixes: [TO_COMMUNICATION],
          }),
        ]
      : [],
  );
}
