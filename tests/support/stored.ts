import { write } from "~/db/client.server";
import { insertMatrix, loadMatrix, type StoredMatrix } from "~/db/matrix-store.server";
import type { Matrix } from "~/domain/matrix/matrix";
import { openAccount } from "~/services/who/accounts.server";
import type { Actor } from "~/services/who/actor.server";
import { cookieAfter } from "~/services/who/auth-answer.server";

/** A person with an account, who can't sign in. */
export async function aUser(name: string): Promise<Actor> {
  const userId = crypto.randomUUID();
  const email = `${userId}@people.example`;
  await write((tx) => tx.user.create({ data: { id: userId, name, email } }));
  return { userId, name, email, secondFactor: false };
}

export const PASSWORD = "four quiet words here";

/** A person with an account and a session of their own: the cookie is what their browser sends. */
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

/** An engagement of one owner with one matrix. */
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

/** Ends a transaction with what it saw, so that nothing of it is stored. */
class Seen extends Error {
  constructor(readonly stored: StoredMatrix | null) {
    super("There is no such matrix.");
  }
}

let visits = 0;

/** The draft as its rows say: what the process keeps in memory is of another revision for as long as this looks. */
export async function freshLoad(matrixId: string): Promise<StoredMatrix> {
  visits += 1;
  const aside = 1_000_000 * visits;
  const look = write(async (tx) => {
    await tx.matrix.update({ where: { id: matrixId }, data: { revision: { increment: aside } } });
    throw new Seen(await loadMatrix(tx, matrixId));
  });
  const seen: unknown = await look.catch((error: unknown) => error);
  if (!(seen instanceof Seen) || !seen.stored) throw seen;
  return { ...seen.stored, revision: seen.stored.revision - aside };
}
