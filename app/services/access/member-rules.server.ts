import type { Transaction } from "~/db/client.server";
import { revokeInvitationsBy } from "~/db/invitation-store.server";
import { sideHasOwner } from "~/db/owner-store.server";
import { appendRecord, type NewRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { Actor } from "../who/actor.server";

/** Throws `conflict` where a side would have no owner without this person. */
export async function requireOtherOwner(
  tx: Transaction,
  engagementId: string,
  side: PartyKind,
  without: string,
): Promise<void> {
  if (!(await sideHasOwner(tx, engagementId, side, without)))
    throw new AppError(
      "conflict",
      "Each side keeps at least one owner. Make somebody else of this side an owner first.",
    );
}

/**
 * Ends the open invitations and read-only links that somebody made in these engagements, because they may no longer
 * give access.
 */
export async function endAccessGivenBy(
  tx: Transaction,
  engagementIds: readonly string[],
  actor: Pick<Actor, "userId" | "name">,
  userId: string,
  now: Date,
): Promise<void> {
  await revokeInvitationsBy(tx, userId, { engagementIds }, now);
  const open = { matrix: { engagementId: { in: [...engagementIds] } }, createdById: userId, revokedAt: null };
  const links = await tx.readLink.findMany({
    where: { ...open, expiresAt: { gt: now } },
    select: { label: true, matrix: { select: { engagementId: true } } },
  });
  await tx.readLink.updateMany({ where: open, data: { revokedAt: now } });
  await appendRecord(
    tx,
    links.map(({ label, matrix }) => ({
      engagementId: matrix.engagementId,
      at: now,
      event: "link.ended",
      actorId: actor.userId,
      actorName: actor.name,
      detail: { label },
    })),
  );
}

/** Ends the calendars that somebody made in these engagements, because they may no longer read there. */
export async function endCalendarsOf(
  tx: Transaction,
  engagementIds: readonly string[],
  actor: Pick<Actor, "userId" | "name">,
  userId: string,
  now: Date,
): Promise<void> {
  const open = { matrix: { engagementId: { in: [...engagementIds] } }, createdById: userId, revokedAt: null };
  const calendars = await tx.calendarFeed.findMany({
    where: open,
    select: { createdByName: true, matrix: { select: { engagementId: true } } },
  });
  await tx.calendarFeed.updateMany({ where: open, data: { revokedAt: now } });
  await appendRecord(
    tx,
    calendars.map(({ createdByName, matrix }) => ({
      engagementId: matrix.engagementId,
      at: now,
      event: "calendar.ended",
      actorId: actor.userId,
      actorName: actor.name,
      detail: { madeBy: createdByName },
    })),
  );
}

/** An entry in an engagement's record about a person. */
export function entryAbout(
  engagementId: string,
  actor: Pick<Actor, "userId" | "name">,
  now: Date,
  event: NewRecord["event"],
  aboutId: string,
  detail: NewRecord["detail"],
): NewRecord {
  return { engagementId, at: now, event, actorId: actor.userId, actorName: actor.name, aboutId, detail };
}
