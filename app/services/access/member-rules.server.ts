import type { Writer } from "~/db/client.server";
import { appendRecord, type NewRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { Actor } from "../who/actor.server";

/** Holds the row of an engagement until the transaction ends, so that two changes of access can't cross. */
export async function hold(tx: Writer, engagementId: string): Promise<void> {
  await tx.engagement.update({ where: { id: engagementId }, data: { id: engagementId }, select: { id: true } });
}

/** Refuses with a sentence where a side would be left without an owner. */
export async function keepsOwner(tx: Writer, engagementId: string, side: PartyKind, without: string): Promise<void> {
  const others = await tx.member.count({ where: { engagementId, side, permission: "owner", userId: { not: without } } });
  if (others === 0) throw new AppError("conflict", "Each side keeps at least one owner. Make somebody else of this side an owner first.");
}

/** Ends what somebody has let others in by, invitations and read-only links: who may no longer let anybody in leaves no open door behind. */
export async function closeDoors(tx: Writer, engagementIds: readonly string[], actor: Pick<Actor, "userId" | "name">, userId: string, now: Date): Promise<void> {
  const here = { in: [...engagementIds] };
  await tx.invitation.updateMany({ where: { engagementId: here, invitedById: userId, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
  const open = { matrix: { engagementId: here }, createdById: userId, revokedAt: null };
  const links = await tx.readLink.findMany({ where: { ...open, expiresAt: { gt: now } }, select: { label: true, matrix: { select: { engagementId: true } } } });
  await tx.readLink.updateMany({ where: open, data: { revokedAt: now } });
  await appendRecord(tx, links.map(({ label, matrix }) => ({ engagementId: matrix.engagementId, at: now, event: "link.ended", actorId: actor.userId, actorName: actor.name, detail: { label } })));
}

/** An entry of an engagement's record about a person. */
export function about(engagementId: string, actor: Pick<Actor, "userId" | "name">, now: Date, event: NewRecord["event"], aboutId: string, detail: NewRecord["detail"]): NewRecord {
  return { engagementId, at: now, event, actorId: actor.userId, actorName: actor.name, aboutId, detail };
}
