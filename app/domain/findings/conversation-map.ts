import type { Conversation } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { Party, Role } from "../matrix/shapes";

/** A role of the client and one of the provider that speak with each other, and the conversations in which they do. */
type SpeakingPair = { client: Role; provider: Role; conversations: Conversation[] };
/** A role of one side that nobody of the other side speaks with. */
type UnpairedRole = { role: Role; party: Party; other: Party };
type ConversationMap = { pairs: SpeakingPair[]; unpaired: UnpairedRole[] };

/**
 * Which role of the client speaks with which role of the provider, in the order of their conversations, and the roles
 * that are left: leads first, then in the order of the matrix. A conversation whose sides aren't both there pairs nobody.
 */
export function conversationMap(matrix: Pick<Matrix, "parties" | "roles" | "conversations">): ConversationMap {
  const { client, provider, role } = indexOf(matrix);
  if (!client || !provider) return { pairs: [], unpaired: [] };
  const pairs = new Map<string, SpeakingPair>();
  for (const conversation of matrix.conversations) {
    const ofClient = role.get(conversation.clientRoleId ?? "");
    const ofProvider = role.get(conversation.providerRoleId ?? "");
    if (ofClient?.partyId !== client.id || ofProvider?.partyId !== provider.id) continue;
    const key = `${ofClient.id} ${ofProvider.id}`;
    const pair = pairs.get(key) ?? { client: ofClient, provider: ofProvider, conversations: [] };
    pairs.set(key, { ...pair, conversations: [...pair.conversations, conversation] });
  }
  const speaking = new Set([...pairs.values()].flatMap((pair) => [pair.client.id, pair.provider.id]));
  const left = matrix.roles.flatMap((one): UnpairedRole[] => {
    if (speaking.has(one.id)) return [];
    if (one.partyId === client.id) return [{ role: one, party: client, other: provider }];
    return one.partyId === provider.id ? [{ role: one, party: provider, other: client }] : [];
  });
  const isLead = (wanted: boolean) => left.filter((unpaired) => unpaired.role.lead === wanted);
  return { pairs: [...pairs.values()], unpaired: [...isLead(true), ...isLead(false)] };
}
