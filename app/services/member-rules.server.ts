import type { Writer } from "~/db/client.server";
import type { NewRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import type { PartyKind } from "~/domain/matrix";
import type { Actor } from "./actor.server";

/** Holds the row of an engagement until the transaction ends, so that two changes of access can't cross. */
export async function hold(tx: Writer, engagementId: string): Promise<void> {
  await tx.engagement.update({ where: { id: engagementId }, data: { id: engagementId }, select: { id: true } });
}

/** Refuses with a sentence where a side would be left without an owner. */
export async function keepsOwner(tx: Writer, engagementId: string, side: PartyKind, without: string): Promise<void> {
  const others = await tx.member.count({ where: { engagementId, side, permission: "owner", userId: { not: without } } });
  if (others === 0) throw new AppError("conflict", "Each side keeps at least one owner. Make somebody else of this side an owner first.");
}

/** Ends what somebody's invitations offer: who may no longer let people in leaves no open door behind. */
export async function endInvitations(tx: Writer, engagementId: string, invitedById: string, now: Date): Promise<void> {
  await tx.invitation.updateMany({ where: { engagementId, invitedById, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
}

/** An entry of an engagement's record about a person. */
export function about(engagementId: string, actor: Pick<Actor, "userId" | "name">, now: Date, event: NewRecord["event"], aboutId: string, detail: NewRecord["detail"]): NewRecord {
  return { engagementId, at: now, event, actorId: actor.userId, actorName: actor.name, aboutId, detail };
}
