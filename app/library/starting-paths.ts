import type { Channel, Direction, EscalationPath, Level, PathKind } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf, partyOfRole } from "~/domain/matrix/owner";
import { blankPath } from "~/domain/parts/paths";
import { roleFor, sideOf, type LibraryRole } from "./role-for";

type StartingLevel = {
  minutes: number;
  calls: readonly (readonly [LibraryRole, Direction])[];
  decides?: boolean;
  may?: string;
};
type StartingPath = {
  id: string;
  kind: PathKind;
  name: string;
  trigger: string;
  examples: string;
  /** Whose working hours its minutes are; without it they are minutes of every day. */
  hoursOf?: "client" | "provider";
  channels: readonly Channel[];
  levels: readonly StartingLevel[];
  updateMinutes?: number;
  decisionTarget?: number;
  restoreTarget?: number;
  lastResort: string;
};

const HANDOVER = "Reason, next step, who owns it, due time.";
const CONTAIN =
  "If nobody can be reached, whoever is on the bridge contains what is spreading, changes nothing else, and goes on calling.";
const WAIT =
  "If nobody answers, the desk keeps the ticket open, tells who reported it, and tries again on the next working day.";

/**
 * The paths that an engagement is offered to start from. Minutes and targets are editable starting values within the range
 * that providers publish, which differ by a factor of four among themselves.
 */
const STARTING: readonly StartingPath[] = [
  {
    id: "s1",
    kind: "incident",
    name: "S1",
    trigger: "Work has stopped for most people, or an attack is going on.",
    examples: "Ransomware is spreading; the main site is offline; a core system is down for everybody.",
    channels: ["phone", "bridge", "sms"],
    levels: [
      { minutes: 0, calls: [["desk", "up"]], may: "Opens the bridge and calls the engineer on call." },
      {
        minutes: 15,
        calls: [
          ["engineer", "sideways"],
          ["security", "sideways"],
          ["itLead", "across"],
        ],
        may: "Isolates what is spreading, where the agreed containment actions say so.",
      },
      {
        minutes: 30,
        calls: [
          ["vcio", "up"],
          ["itLead", "across"],
        ],
        decides: true,
      },
      {
        minutes: 60,
        calls: [
          ["leadership", "up"],
          ["vcio", "across"],
        ],
        decides: true,
      },
    ],
    updateMinutes: 30,
    decisionTarget: 30,
    restoreTarget: 240,
    lastResort: CONTAIN,
  },
  {
    id: "s2",
    kind: "incident",
    name: "S2",
    trigger: "A team or an important service is badly hurt, and there is no workaround.",
    examples: "One site is offline; phones are partly down; one account was taken over.",
    channels: ["phone", "ticket", "chat"],
    levels: [
      { minutes: 0, calls: [["desk", "up"]] },
      {
        minutes: 30,
        calls: [
          ["engineer", "sideways"],
          ["itTeam", "across"],
        ],
      },
      {
        minutes: 120,
        calls: [
          ["vcio", "up"],
          ["itLead", "across"],
        ],
        decides: true,
      },
      { minutes: 240, calls: [["leadership", "up"]], decides: true, may: "Decides whether this becomes S1." },
    ],
    updateMinutes: 120,
    decisionTarget: 120,
    restoreTarget: 480,
    lastResort: CONTAIN,
  },
  {
    id: "s3",
    kind: "incident",
    name: "S3",
    trigger: "One person or a small group is hurt, or there is a workaround.",
    examples: "One laptop; one mailbox; a slow application.",
    hoursOf: "provider",
    channels: ["ticket", "chat"],
    levels: [
      { minutes: 0, calls: [["desk", "up"]] },
      {
        minutes: 240,
        calls: [
          ["engineer", "sideways"],
          ["itTeam", "across"],
        ],
      },
      { minutes: 480, calls: [["vcio", "up"]], decides: true },
      { minutes: 960, calls: [["itLead", "across"]], decides: true },
    ],
    updateMinutes: 480,
    decisionTarget: 480,
    restoreTarget: 1_440,
    lastResort: WAIT,
  },
  {
    id: "s4",
    kind: "incident",
    name: "S4",
    trigger: "A request, a question or planned work.",
    examples: "A new starter next week; a quote; a small change.",
    hoursOf: "provider",
    channels: ["ticket"],
    levels: [
      { minutes: 0, calls: [["desk", "up"]] },
      { minutes: 1_440, calls: [["engineer", "sideways"]] },
      { minutes: 2_880, calls: [["vcio", "up"]], decides: true },
    ],
    restoreTarget: 2_400,
    lastResort: WAIT,
  },
  {
    id: "security",
    kind: "security",
    name: "Security",
    trigger: "Somebody may have access who shouldn't, or data may have left.",
    examples: "An alert of the security tools; a lost phone; a message that pretends to be the managing director.",
    channels: ["phone", "bridge", "sms"],
    levels: [
      { minutes: 0, calls: [["security", "up"]] },
      {
        minutes: 15,
        calls: [
          ["engineer", "sideways"],
          ["itLead", "across"],
        ],
        decides: true,
      },
      {
        minutes: 30,
        calls: [
          ["leadership", "up"],
          ["vcio", "across"],
        ],
        decides: true,
      },
    ],
    updateMinutes: 30,
    decisionTarget: 15,
    restoreTarget: 240,
    lastResort: CONTAIN,
  },
  {
    id: "decision",
    kind: "decision",
    name: "Decision",
    trigger: "Work waits for a decision that nobody at hand may take.",
    examples: "A purchase above the limit; a change outside its window; an exception from a rule.",
    hoursOf: "client",
    channels: ["chat", "email", "phone"],
    levels: [
      { minutes: 0, calls: [["itLead", "across"]], decides: true },
      { minutes: 480, calls: [["leadership", "up"]], decides: true },
    ],
    decisionTarget: 480,
    lastResort: "Without a decision nothing is bought or changed, and whoever asked says so in writing.",
  },
  {
    id: "risk",
    kind: "risk",
    name: "Risk",
    trigger: "Something is known to be weak, and nobody is mending it.",
    examples: "A system without support; a restore that was never tried; one person who alone knows a system.",
    hoursOf: "client",
    channels: ["email", "chat"],
    levels: [
      {
        minutes: 0,
        calls: [
          ["vcio", "up"],
          ["itLead", "across"],
        ],
      },
      {
        minutes: 2_400,
        calls: [["leadership", "up"]],
        decides: true,
        may: "Accepts the risk, or pays for mending it.",
      },
    ],
    decisionTarget: 2_400,
    lastResort:
      "Until somebody decides, the risk stands in the register with a date, and is on the agenda of every review.",
  },
  {
    id: "disagreement",
    kind: "disagreement",
    name: "Disagreement",
    trigger: "The two sides differ on whose duty something is, or on what it costs.",
    examples: "Both say the other one does it; work that one side thinks is included and the other bills.",
    hoursOf: "client",
    channels: ["phone", "email"],
    levels: [
      {
        minutes: 0,
        calls: [
          ["itLead", "across"],
          ["vcio", "across"],
        ],
        decides: true,
      },
      { minutes: 2_400, calls: [["leadership", "up"]], decides: true },
    ],
    decisionTarget: 2_400,
    lastResort:
      "Until it is settled, whoever did the work last goes on doing it, and what it costs is settled afterwards.",
  },
];

/** The starting paths for a matrix, with its own roles. A level without any role of the matrix calls nobody. */
export function startingPaths(matrix: Matrix): EscalationPath[] {
  const index = indexOf(matrix);
  return STARTING.map(({ id, hoursOf, channels, levels, updateMinutes, decisionTarget, restoreTarget, ...texts }) => {
    const party = hoursOf && index[hoursOf];
    return {
      ...blankPath(id),
      ...texts,
      clock: party ? { kind: "working-hours", partyId: party.id } : { kind: "always" },
      levels: Object.fromEntries(levels.map((level, i) => [`${id}-${i + 1}`, levelFrom(level, channels, matrix)])),
      updateMinutes: updateMinutes ?? null,
      decisionTarget: decisionTarget ?? null,
      restoreTarget: restoreTarget ?? null,
      handover: HANDOVER,
    };
  });
}

function levelFrom(
  { minutes, calls, decides = false, may = "" }: StartingLevel,
  channels: readonly Channel[],
  matrix: Matrix,
): Level {
  const directions = new Map<string, Direction>();
  for (const [called, direction] of calls) {
    const roleId = roleFor(matrix, called);
    if (roleId === null || directions.has(roleId)) continue;
    // Where another side does the work, the call leaves the side that it was written for.
    const isOwn = partyOfRole(matrix, roleId)?.kind === sideOf(called);
    directions.set(roleId, isOwn ? direction : "across");
  }
  return {
    minutes,
    calls: [...directions].map(([roleId, direction]) => ({ roleId, direction })),
    channels: [...channels],
    decides,
    may,
  };
}
