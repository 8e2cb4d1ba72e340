import type { Transaction } from "./client.server";

/** Selects the invitations that are open: neither accepted nor revoked. */
export const OPEN_INVITATIONS = { acceptedAt: null, revokedAt: null } as const;

/** Revokes the open invitations that somebody made: to these engagements, to an organisation, or all of them. */
export async function revokeInvitationsBy(
  tx: Transaction,
  invitedById: string,
  to: { engagementIds: readonly string[] } | { organisationId: string } | "anywhere",
  at: Date,
): Promise<void> {
  const scope =
    to === "anywhere"
      ? {}
      : "organisationId" in to
        ? { organisationId: to.organisationId }
        : { engagementId: { in: [...to.engagementIds] } };
  await tx.invitation.updateMany({ where: { ...scope, invitedById, ...OPEN_INVITATIONS }, data: { revokedAt: at } });
}
