import type { Reader, Writer } from "./client.server";

/** What is kept about access, in the past tense. Those without an engagement are about an account. */
export const RECORD_EVENTS = [
  "installation.set-up",
  "installation.handed-over",
  "session.opened",
  "session.refused",
  "session.ended",
  "account.password-changed",
  "account.email-changed",
  "account.second-factor",
  "account.recovery-codes",
  "account.directory-linked",
  "account.deleted",
  "engagement.created",
  "member.invited",
  "invitation.resent",
  "invitation.revoked",
  "member.joined",
  "member.changed",
  "member.removed",
  "member.left",
  "engagement.second-factor",
] as const;
export type RecordEvent = (typeof RECORD_EVENTS)[number];

export type RecordFacts = Record<string, string | number | boolean>;
export type NewRecord = { engagementId: string | null; at: Date; event: RecordEvent; actorId: string; actorName: string; aboutId?: string; detail?: RecordFacts; address?: string };

/** Appends to the record, in the transaction of what it tells. Nothing ever changes or removes an entry. */
export async function appendRecord(tx: Writer, entries: readonly NewRecord[]): Promise<void> {
  await tx.recordEntry.createMany({ data: entries.map(({ detail = {}, aboutId = null, address = null, ...entry }) => ({ ...entry, detail, aboutId, address, id: crypto.randomUUID() })) });
}

export type RecordRow = { id: string; at: string; event: RecordEvent; actorName: string; detail: RecordFacts; address: string | null };

/** The entries of an engagement, newest first. */
export async function recordOf(db: Reader, engagementId: string, take: number): Promise<RecordRow[]> {
  const rows = await db.recordEntry.findMany({ where: { engagementId }, orderBy: [{ at: "desc" }, { id: "desc" }], take });
  return rows.map(({ id, at, event, actorName, detail, address }) => ({ id, at: at.toISOString(), event: event as RecordEvent, actorName, detail: detail as RecordFacts, address }));
}
