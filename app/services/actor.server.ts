import { read, write } from "~/db/client.server";

/** Who is asking. Every service takes one first. */
export type Actor = { userId: string; name: string };

const LOCAL_OWNER: Actor = { userId: "local-owner", name: "Local owner" };

let known: Promise<Actor> | null = null;

/** The one person of an installation without accounts, created on first use. */
export function localOwner(): Promise<Actor> {
  known ??= findOrCreate().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

async function findOrCreate(): Promise<Actor> {
  const found = await read.user.findUnique({ where: { id: LOCAL_OWNER.userId } });
  if (found) return { userId: found.id, name: found.name };
  await write((tx) => tx.user.upsert({ where: { id: LOCAL_OWNER.userId }, create: { id: LOCAL_OWNER.userId, name: LOCAL_OWNER.name }, update: {} }));
  return LOCAL_OWNER;
}
