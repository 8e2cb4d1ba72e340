import type { Conversation, ConversationKind } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { CONVERSATION_KINDS } from "~/domain/parts/conversations";
import { roleOfSide, type LibraryRole } from "./role-for";

type StartingConversation = Pick<Conversation, "cadence" | "place" | "agenda" | "inputs" | "shared"> & {
  kind: ConversationKind;
  client: LibraryRole;
  provider: LibraryRole;
  leads: "client" | "provider";
};

const CLIENT_HOLDS = "Pay, appraisals and other matters of its own people; what it negotiates with other suppliers.";
const PROVIDER_HOLDS = "Anything about its other clients; its own costs and margins.";

/** The conversations that an engagement is offered to start from. */
const STARTING: readonly StartingConversation[] = [
  {
    kind: "operations",
    client: "itTeam",
    provider: "desk",
    leads: "provider",
    cadence: "Every week, 30 minutes",
    place: "Video call",
    agenda: "Open tickets older than a week.\nWork planned until next week.\nWhat waits for whom.\nWho is away.",
    inputs: "The provider sends the list of open tickets the day before.",
    shared: "Tickets, planned changes, people's absences.",
  },
  {
    kind: "service-review",
    client: "itLead",
    provider: "vcio",
    leads: "provider",
    cadence: "Every month, one hour",
    place: "Video call",
    agenda:
      "How the month went against the targets.\nIncidents and what was learned.\nDuties that were disputed or changed hands.\nRisks that need a decision.",
    inputs: "The provider sends the month's report three working days before.",
    shared: "Service report, incident reports, register of risks.",
  },
  {
    kind: "business-review",
    client: "leadership",
    provider: "vcio",
    leads: "client",
    cadence: "Every quarter, 90 minutes",
    place: "On site",
    agenda:
      "Whether the service is what the business needs.\nCost and what drives it.\nWhat changes in the business.\nThe next version of the responsibility matrix.",
    inputs: "Both sides name their three points a week before.",
    shared: "Cost by service, summary of the quarter, plans of the business.",
  },
  {
    kind: "roadmap",
    client: "itLead",
    provider: "engineer",
    leads: "client",
    cadence: "Every quarter, one hour",
    place: "Video call",
    agenda:
      "What reaches its end of life.\nProjects of the next twelve months.\nWho does what in each of them.\nBudget.",
    inputs: "The provider brings the list of equipment and licences with their end dates.",
    shared: "Inventory, licences, project plans.",
  },
  {
    kind: "security",
    client: "itLead",
    provider: "security",
    leads: "provider",
    cadence: "Every month, 45 minutes",
    place: "Video call",
    agenda:
      "Alerts and what was done about them.\nVulnerabilities that stay open.\nAccess that was given and taken away.\nThe next drill.",
    inputs: "The provider sends open vulnerabilities and the month's alerts two working days before.",
    shared: "Alerts, findings of scans, results of drills.",
  },
];

/** The starting conversations for a matrix, between its own roles. */
export function startingConversations(matrix: Matrix): Conversation[] {
  return STARTING.map(({ client, provider, leads, ...texts }) => {
    const clientRoleId = roleOfSide(matrix, client);
    const providerRoleId = roleOfSide(matrix, provider);
    return {
      ...texts,
      id: texts.kind,
      name: CONVERSATION_KINDS[texts.kind],
      clientRoleId,
      providerRoleId,
      leadsId: leads === "client" ? clientRoleId : providerRoleId,
      clientHolds: CLIENT_HOLDS,
      providerHolds: PROVIDER_HOLDS,
    };
  });
}
