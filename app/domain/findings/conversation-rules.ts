import type { Matrix } from "../matrix/matrix";
import { partyOfRole } from "../matrix/owner";
import type { PartyKind } from "../matrix/shapes";
import { conversationMap } from "./conversation-map";
import { thingFinding } from "./path-dispute";
import type { Finding, Fix } from "./finding";

/** What is found in authorities: approvals that nobody may give. */
export function findInAuthorities({ authorities }: Matrix): Finding[] {
  return authorities.flatMap(({ id, name, roleId }) =>
    roleId === null
      ? [
          thingFinding("nobody-approves", id, "warning", {
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
          thingFinding("conversation-one-sided", conversation.id, "warning", {
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
          thingFinding("pair-missing", role.id, "insight", {
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
