import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { PartyView } from "~/domain/workshop/view/view-types";

/** A party as the screens of a workshop name it. */
export type Side = Pick<PartyView, "partyId" | "kind" | "name">;

/** The viewer's own party; null where it was taken out of the matrix. */
export function ownSide({ room, yours }: Pick<WorkshopShown, "room" | "yours">): PartyView | null {
  return room?.parties.find(({ partyId }) => partyId === yours?.partyId) ?? null;
}

/** The party that the viewer speaks for; null where they are nobody's host. */
export function hostedSide(shown: Pick<WorkshopShown, "room" | "yours">): PartyView | null {
  const own = ownSide(shown);
  return own && own.hostId === shown.yours?.participantId ? own : null;
}
