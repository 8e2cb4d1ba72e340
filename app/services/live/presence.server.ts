import { z } from "zod";
import { announce, type Announcement } from "~/db/announcements.server";
import { read } from "~/db/client.server";
import type { Present } from "~/domain/live/live-event";
import { idSchema } from "~/domain/matrix/shapes";
import type { Actor } from "../who/actor.server";
import { accessOf, matrixFor } from "../who/matrix-access.server";

/** What a page says of itself: which of the browser's tabs it is, what it is on, or that it is left. */
export const presenceSchema = z.object({ tab: z.uuid(), place: idSchema.nullable(), left: z.boolean() }).strict();

/** A page says every 25 seconds that it is still there. Whoever missed two is gone. */
const GONE_AFTER_MS = 60_000;
/** A matrix shows this many people at once at most. */
const MOST_PRESENT = 200;

type Seen = { userId: string; tab: string; place: string | null; at: number };

/** Who was heard of on each matrix, by person and tab, in this process; nothing of it is stored. */
const seenOn = new Map<string, Map<string, Seen>>();

/** Takes down that the actor has a matrix open, or has left it, and tells everybody else who has. */
export async function bePresent(
  actor: Actor,
  matrixId: string,
  { tab, place, left }: z.infer<typeof presenceSchema>,
  now: Date,
): Promise<void> {
  await matrixFor(read, actor, matrixId, "read");
  announce({ kind: "present", matrixId, tab, userId: actor.userId, place, left, at: now.getTime() });
}

/** Whether somebody has a matrix open at a moment, as far as this process has heard. */
export function hasOpen(matrixId: string, userId: string, now: Date): boolean {
  return [...(seenOn.get(matrixId)?.values() ?? [])].some(
    (one) => one.userId === userId && now.getTime() - one.at <= GONE_AFTER_MS,
  );
}

type Heard = Extract<Announcement, { kind: "present" }>;

/** Keeps what was heard of somebody's presence, and says whether anything is different from before. */
export function keepPresence({ matrixId, tab, userId, place, left, at }: Heard): boolean {
  const seen = seenOn.get(matrixId) ?? new Map<string, Seen>();
  const key = `${userId} ${tab}`;
  const before = seen.get(key);
  if (left) seen.delete(key);
  else if (before || seen.size < MOST_PRESENT) seen.set(key, { userId, tab, place, at });
  if (seen.size === 0) seenOn.delete(matrixId);
  else seenOn.set(matrixId, seen);
  return left ? before !== undefined : before?.place !== place;
}

/** Who has a matrix open at a moment. Only members count, so that whoever lost access is left out at once. */
export async function presentOn(matrixId: string, now: Date): Promise<Present[]> {
  const seen = seenOn.get(matrixId);
  if (!seen) return [];
  for (const [key, { at }] of seen) if (now.getTime() - at > GONE_AFTER_MS) seen.delete(key);
  const members = await read.member.findMany({
    where: {
      userId: { in: [...new Set([...seen.values()].map(({ userId }) => userId))] },
      engagement: { matrices: { some: { id: matrixId } } },
    },
    select: { side: true, permission: true, user: { select: { id: true, name: true } } },
  });
  const known = new Map(
    members.map((member) => [member.user.id, { name: member.user.name, side: accessOf(member)?.side }]),
  );
  return [...seen.values()].flatMap(({ tab, userId, place }) => {
    const { name, side } = known.get(userId) ?? {};
    return name === undefined || side === undefined ? [] : [{ tab, userId, name, side, place }];
  });
}
