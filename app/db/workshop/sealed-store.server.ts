import { proposalSchema, type Proposal, type Voice } from "~/domain/workshop/shapes";
import type { OwnProposal } from "~/domain/workshop/view/view-types";
import type { Reader, Transaction } from "../client.server";

/**
 * The sealed proposals of workshops. Nothing else of Demarc reads their table, and nothing here gives a proposal to
 * anybody but its owner before the transaction that reveals it.
 */

type Place = { workshopId: string; itemId: string; participantId: string };

/** Keeps a proposal, in place of the one that was sealed before. */
export async function putSealed(tx: Transaction, place: Place, proposal: Proposal): Promise<void> {
  await tx.sealedProposal.upsert({
    where: { workshopId_itemId_participantId: place },
    create: { ...place, proposal },
    update: { proposal },
    select: { itemId: true },
  });
}

/** Deletes a proposal that its owner takes back. */
export async function dropSealed(tx: Transaction, place: Place): Promise<void> {
  await tx.sealedProposal.deleteMany({ where: place });
}

/** Deletes what nobody will reveal any more. */
export async function dropAllSealed(tx: Transaction, workshopId: string): Promise<void> {
  await tx.sealedProposal.deleteMany({ where: { workshopId } });
}

/** What a participant has sealed, for themselves alone. */
export async function ownSealed(
  db: Reader,
  { workshopId, participantId }: Omit<Place, "itemId">,
): Promise<OwnProposal[]> {
  const rows = await db.sealedProposal.findMany({
    where: { workshopId, participantId },
    select: { itemId: true, proposal: true },
    orderBy: { itemId: "asc" },
  });
  return rows.map(({ itemId, proposal }) => ({ itemId, proposal: proposalSchema.parse(proposal) }));
}

/**
 * Takes the proposals of an item out, to be revealed in the same transaction. `sealed` says who has sealed, and who of
 * them for their party.
 */
export async function takeSealed(
  tx: Transaction,
  { workshopId, itemId }: Omit<Place, "participantId">,
  sealed: readonly { participantId: string; forParty: boolean }[],
): Promise<Voice[]> {
  const forParty = new Map(sealed.map((one) => [one.participantId, one.forParty]));
  const rows = await tx.sealedProposal.findMany({
    where: { workshopId, itemId, participantId: { in: [...forParty.keys()] } },
    select: { participantId: true, proposal: true },
  });
  await tx.sealedProposal.deleteMany({ where: { workshopId, itemId } });
  return rows.map(({ participantId, proposal }) => ({
    participantId,
    forParty: forParty.get(participantId) ?? false,
    proposal: proposalSchema.parse(proposal),
  }));
}
