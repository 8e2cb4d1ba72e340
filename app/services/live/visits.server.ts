import { z } from "zod";
import { othersSince } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { cacheOf } from "~/domain/cache";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { hasOpen } from "./presence.server";

/** What others changed on a matrix since somebody's last visit: how many steps by how many people, and who where it was one. */
export type SinceVisit = { since: string; changes: number; people: number; name: string };

/** From when on changes are told to whoever sends it; null once they have seen them. */
export const visitSchema = z.object({ since: z.iso.datetime().nullable() }).strict();

/** Whoever opens a matrix again within this time is told what they were told before, as after a reload; in milliseconds. */
const SAME_VISIT_MS = 10 * 60_000;
/** A page says every 25 seconds that it is there, of which so many milliseconds are passed over. */
const KEPT_EVERY_MS = 3 * 60_000;

/**
 * What others changed since the actor's last visit; null at the first one, where nobody changed anything, and where it was
 * seen, and to whoever has no access, since visits go with it. Only reads, so that a page that is fetched beforehand, or again, is no visit.
 */
export async function sinceLastVisit(actor: Actor, matrixId: string, now: Date): Promise<SinceVisit | null> {
  const visit = await read.matrixVisit.findUnique({
    where: { matrixId_userId: { matrixId, userId: actor.userId } },
    select: { at: true, since: true },
  });
  if (!visit) return null;
  const goesOn =
    hasOpen(matrixId, actor.userId, now) || (visit.since && now.getTime() - visit.at.getTime() <= SAME_VISIT_MS);
  const since = goesOn ? visit.since : visit.at;
  if (!since) return null;
  const others = await othersSince(read, matrixId, { since, except: actor.userId });
  if (others.length === 0) return null;
  return {
    since: since.toISOString(),
    changes: others.reduce((sum, { changes }) => sum + changes, 0),
    people: others.length,
    name: others.length === 1 ? (others[0]?.name ?? "") : "",
  };
}

/** Takes down that the actor has a matrix on screen, and from when on they are told what others changed. */
export async function keepVisit(
  actor: Actor,
  matrixId: string,
  { since: told }: z.infer<typeof visitSchema>,
  now: Date,
): Promise<void> {
  const { engagementId } = await matrixFor(read, actor, matrixId, "read");
  const since = told === null ? null : new Date(told);
  const { userId } = actor;
  await write((tx) =>
    tx.matrixVisit.upsert({
      where: { matrixId_userId: { matrixId, userId } },
      create: { matrixId, userId, engagementId, at: now, since },
      update: { at: now, since },
      select: { userId: true },
    }),
  );
  keptAt.set(`${matrixId} ${userId}`, now.getTime());
}

/** When each visit was written last, in this process. */
const keptAt = cacheOf<number>(10_000);

/** Takes down that a visit, which has begun before, lasts until now: every few minutes, and when it ends. */
export async function prolongVisit(
  matrixId: string,
  userId: string,
  { ends, now }: { ends: boolean; now: Date },
): Promise<void> {
  const key = `${matrixId} ${userId}`;
  const kept = keptAt.get(key);
  if (!ends && kept !== undefined && now.getTime() - kept < KEPT_EVERY_MS) return;
  keptAt.set(key, now.getTime());
  await write((tx) => tx.matrixVisit.updateMany({ where: { matrixId, userId }, data: { at: now } }));
}
