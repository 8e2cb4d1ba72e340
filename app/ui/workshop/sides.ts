import type { PartyView } from "~/domain/workshop/view/view-types";

/** The parties in the order in which they stand everywhere: the client, the provider, then the others. */
export function partiesInOrder(parties: readonly PartyView[]): PartyView[] {
  return (["client", "provider", "third-party"] as const).flatMap((kind) => parties.filter((one) => one.kind === kind));
}

/** The two sides, whose hosts confirm, the client first. */
export function sidesOf(parties: readonly PartyView[]): PartyView[] {
  return partiesInOrder(parties).filter(({ kind }) => kind !== "third-party");
}
