import type { Writer } from "./client.server";

/** Which invitations wait: neither accepted nor taken back. */
export const WAITING = { acceptedAt: null, revokedAt: null } as const;

/** Takes back the invitations that wait and that somebody made: to these engagements, to an organisation, or all. */
export async function takeBackInvitationsBy(
  tx: Writer,
  invitedById: string,
  to: { engagementIds: readonly string[] } | { organisationId: string } | "anywhere",
  at: Date,
): Promise<void> {
  const place =
    to === "anywhere"
      ? {}
      : "organisationId" in to
        ? { organisationId: to.organisationId }
        : { engagementId: { in: [...to.engagementIds] } };
  await tx.invitation.updateMany({ where: { ...place, invitedById, ...WAITING }, data: { revokedAt: at } });
}
