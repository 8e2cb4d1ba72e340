import { write } from "~/db/client.server";
import { insertMatrix, loadMatrix, type StoredMatrix } from "~/db/matrix-store.server";
import type { Matrix } from "~/domain/matrix/matrix";
import { openAccount } from "~/services/who/accounts.server";
import type { Actor } from "~/services/who/actor.server";
import { cookieAfter } from "~/services/who/auth-answer.server";

/** A user without a password, who can't sign in. */
export async function aUser(name: string): Promise<Actor> {
  const userId = crypto.randomUUID();
  const email = `${userId}@people.example`;
  await write((tx) => tx.user.create({ data: { id: userId, name, email } }));
  return { userId, name, email, secondFactor: false };
}

export const PASSWORD = "four quiet words here";

/** A user with a session; the cookie is what their browser sends. */
export async function signedIn(name: string): Promise<Actor & { cookie: string }> {
  const email = `${crypto.randomUUID()}@people.example`;
  const { userId, cookies } = await openAccount(
    { name, email, password: PASSWORD },
    async () => null,
    { address: "", userAgent: "", cookie: "" },
    new Date(),
  );
  return { userId, name, email, secondFactor: false, cookie: cookieAfter("", cookies) };
}

/** Creates an engagement with one owner and one matrix. */
export async function anEngagement(owner: Actor, matrix: Matrix): Promise<{ engagementId: string; matrixId: string }> {
  const engagementId = crypto.randomUUID();
  const matrixId = crypto.randomUUID();
  await write(async (tx) => {
    await tx.engagement.create({
      data: {
        id: engagementId,
        createdAt: new Date(),
        members: { create: { userId: owner.userId, side: "client", permission: "owner" } },
      },
    });
    await insertMatrix(tx, { id: matrixId, engagementId, matrix });
  });
  return { engagementId, matrixId };
}

/** Rolls a transaction back and carries the draft that was read in it. */
class RollBack extends Error {
  constructor(readonly stored: StoredMatrix | null) {
    super("There is no such matrix.");
  }
}

let reads = 0;

/**
 * Reads a draft from its rows and not from the cache: within the transaction the draft has a revision that the cache
 * doesn't hold.
 */
export async function freshLoad(matrixId: string): Promise<StoredMatrix> {
  reads += 1;
  const revisionOffset = 1_000_000 * reads;
  const reading = write(async (tx) => {
    await tx.matrix.update({ where: { id: matrixId }, data: { revision: { increment: revisionOffset } } });
    throw new RollBack(await loadMatrix(tx, matrixId));
  });
  const thrown: unknown = await reading.catch((error: unknown) => error);
  if (!(thrown instanceof RollBack) || !thrown.stored) throw thrown;
  return { ...thrown.stored, revision: thrown.stored.revision - revisionOffset };
}
