import { LIMITS } from "../limits";
import type { Conversation, ConversationKind } from "../matrix/escalation-shapes";
import { agreed, textField, type Fields } from "./field";
import type { Part } from "./part";
import { roleField, roleReference } from "./role-of";

export const CONVERSATION_KINDS: Record<ConversationKind, string> = {
  operations: "Weekly operations",
  "service-review": "Monthly service review",
  "business-review": "Quarterly business review",
  roadmap: "Roadmap",
  security: "Security",
  other: "Another conversation",
};

const lines = (label: string, called: string) =>
  textField(label, { called, max: LIMITS.conversationText, lines: true });

export const CONVERSATION_FIELDS = {
  kind: agreed<ConversationKind>({ label: "Kind", words: (kind) => CONVERSATION_KINDS[kind] }),
  name: textField("Name", { called: "The conversation's name", max: LIMITS.name, optional: false }),
  clientRoleId: roleField("For the client"),
  providerRoleId: roleField("For the provider"),
  leadsId: roleField("Led by"),
  cadence: textField("How often", { called: "How often it takes place", max: LIMITS.cadence }),
  place: textField("Where", { called: "Where it takes place", max: LIMITS.cadence }),
  agenda: lines("Agenda", "The agenda"),
  inputs: lines("Prepared beforehand", "What is prepared beforehand"),
  shared: lines("What is shared", "What is shared"),
  clientHolds: lines("What the client may not share", "What the client may not share"),
  providerHolds: lines("What the provider may not share", "What the provider may not share"),
} satisfies Fields<Omit<Conversation, "id">>;

/** The communication plan: which conversations take place, between whom, and what is said in them. */
export const CONVERSATIONS: Part<Conversation> = {
  name: "conversations",
  one: "conversation",
  many: "conversations",
  limit: LIMITS.conversations,
  since: 3,
  fields: CONVERSATION_FIELDS,
  title: ({ name }) => `The conversation ${name}`,
  titled: ["name"],
  editing: "common",
  references: [roleReference(["clientRoleId", "providerRoleId", "leadsId"])],
  blank: ({ id }) => blankConversation(id),
};

/** A conversation of which nothing is known but its id. */
export function blankConversation(id: string): Conversation {
  return {
    id,
    kind: "other",
    name: "",
    clientRoleId: null,
    providerRoleId: null,
    leadsId: null,
    cadence: "",
    place: "",
    agenda: "",
    inputs: "",
    shared: "",
    clientHolds: "",
    providerHolds: "",
  };
}
