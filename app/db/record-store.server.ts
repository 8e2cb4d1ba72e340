import type { Reader, Transaction } from "./client.server";

/**
 * The events of the access record, in the past tense. Entries without an engagement are about an account or an
 * organisation.
 */
const RECORD_EVENTS = [
  "installation.set-up",
  "installation.handed-over",
  "session.opened",
  "session.refused",
  "session.ended",
  "account.password-changed",
  "account.email-changed",
  "account.email-confirmed",
  "account.second-factor",
  "account.recovery-codes",
  "account.recovered",
  "account.directory-linked",
  "account.deleted",
  "organisation.created",
  "organisation.renamed",
  "organisation.invited",
  "organisation.joined",
  "organisation.changed",
  "organisation.removed",
  "organisation.left",
  "engagement.created",
  "engagement.brought-in",
  "member.invited",
  "invitation.resent",
  "invitation.revoked",
  "member.joined",
  "member.added",
  "member.changed",
  "member.signed-out",
  "member.removed",
  "member.left",
  "engagement.second-factor",
  "link.made",
  "link.ended",
  "calendar.made",
  "calendar.ended",
  "signing.link-proved",
  "workshop.guest-admitted",
] as const;
export type RecordEvent = (typeof RECORD_EVENTS)[number];

type RecordFacts = Record<string, string | number | boolean>;
export type NewRecord = {
  engagementId: string | null;
  at: Date;
  event: RecordEvent;
  actorId: string;
  actorName: string;
  aboutId?: string;
  detail?: RecordFacts;
  address?: string;
};

/**
 * Appends entries to the access record, in the transaction of the change they record. Entries are never changed or
 * removed.
 */
export async function appendRecord(tx: Transaction, entries: readonly NewRecord[]): Promise<void> {
  for (const entry of entries)
    await tx.recordEntry.create({
      data: { ...entry, id: crypto.randomUUID(), detail: entry.detail ?? {} },
      select: { id: true },
    });
}

/**
 * The events of a person's sessions. They count to the record of each engagement that the person had access to at the
 * time.
 */
const SESSION_EVENTS: readonly RecordEvent[] = ["session.opened", "session.refused", "session.ended"];

export type RecordRow = { id: string; at: string; event: string; actorName: string; detail: RecordFacts };
/**
 * A time in which somebody had access to an engagement: `from` is null where its beginning isn't known, `until` is null
 * while it lasts.
 */
type Stay = { userId: string; from: Date | null; until: Date | null };

/**
 * The entries of an engagement before a moment, newest first, with its people's session events from the times in which
 * they had access.
 */
export async function recordOf(
  db: Reader,
  engagementId: string,
  stays: readonly Stay[],
  before: Date | null,
  take: number,
): Promise<RecordRow[]> {
  const sessions = stays.map(({ userId, from, until }) => ({
    engagementId: null,
    actorId: userId,
    event: { in: [...SESSION_EVENTS] },
    at: { ...(from ? { gte: from } : {}), ...(until ? { lte: until } : {}) },
  }));
  const rows = await db.recordEntry.findMany({
    where: { AND: [{ OR: [{ engagementId }, ...sessions] }, before ? { at: { lt: before } } : {}] },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
  });
  return rows.map(({ id, at, event, actorName, detail }) => ({
    id,
    at: at.toISOString(),
    event,
    actorName,
    detail: detail as RecordFacts,
  }));
}
