import type { Writer } from "./client.server";

/**
 * A row that is written to is held until the transaction ends: of two that change the same engagement, the second sees what
 * the first did. Each sets a row's own id, which changes nothing.
 */

/** Holds an engagement, so that changes of its access and of its sign-offs take turns. */
export async function holdEngagement(tx: Writer, engagementId: string): Promise<void> {
  await tx.engagement.update({ where: { id: engagementId }, data: { id: engagementId }, select: { id: true } });
}

/** Holds all engagements of an organisation. */
export async function holdClients(tx: Writer, organisationId: string): Promise<void> {
  await tx.engagement.updateMany({ where: { organisationId }, data: { organisationId } });
}

/** Holds an organisation, so that changes of its people take turns. */
export async function holdOrganisation(tx: Writer, organisationId: string): Promise<void> {
  await tx.organisation.update({ where: { id: organisationId }, data: { id: organisationId }, select: { id: true } });
}
