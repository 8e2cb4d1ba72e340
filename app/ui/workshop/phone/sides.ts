import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { PartyView } from "~/domain/workshop/view/view-types";

/** A party as the screens of a workshop name it. */
export type Side = Pick<PartyView, "partyId" | "kind" | "name">;

/** The parties in the order in which they stand everywhere: the client, the provider, then the others. */
export function partiesInOrder({ room }: Pick<WorkshopShown, "room">): PartyView[] {
  const parties = room?.parties ?? [];
  return (["client", "provider", "third-party"] as const).flatMap((kind) => parties.filter((one) => one.kind === kind));
}

/** The two parties whose hosts confirm. */
export function sidesOf(shown: Pick<WorkshopShown, "room">): PartyView[] {
  return partiesInOrder(shown).filter(({ kind }) => kind !== "third-party");
}

/** The viewer's own party; null where it was taken out of the matrix. */
export function ownSide({ room, yours }: Pick<WorkshopShown, "room" | "yours">): PartyView | null {
  return room?.parties.find(({ partyId }) => partyId === yours?.partyId) ?? null;
}

/** The party that the viewer speaks for; null where they are nobody's host. */
export function hostedSide(shown: Pick<WorkshopShown, "room" | "yours">): PartyView | null {
  const own = ownSide(shown);
  return own && own.hostId === shown.yours?.participantId ? own : null;
}
