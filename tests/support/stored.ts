import { read, write } from "~/db/client.server";
import { insertMatrix, loadMatrix, type StoredMatrix } from "~/db/matrix-store.server";
import type { Matrix } from "~/domain/matrix";
import type { Actor } from "~/services/actor.server";

/** A person with an account. */
export async function aUser(name: string): Promise<Actor> {
  const userId = crypto.randomUUID();
  await write((tx) => tx.user.create({ data: { id: userId, name } }));
  return { userId, name };
}

/** An engagement of one owner with one matrix. */
export async function anEngagement(owner: Actor, matrix: Matrix): Promise<{ engagementId: string; matrixId: string }> {
  const engagementId = crypto.randomUUID();
  const matrixId = crypto.randomUUID();
  await write(async (tx) => {
    await tx.engagement.create({ data: { id: engagementId, createdAt: new Date(), members: { create: { userId: owner.userId, permission: "owner" } } } });
    await insertMatrix(tx, { id: matrixId, engagementId, matrix });
  });
  return { engagementId, matrixId };
}

let visits = 0;

/** The draft as its rows say: what the process keeps in memory is of another revision while this looks. */
export async function freshLoad(matrixId: string): Promise<StoredMatrix> {
  visits += 1;
  const aside = 1_000_000 * visits;
  await write((tx) => tx.matrix.update({ where: { id: matrixId }, data: { revision: { increment: aside } } }));
  const stored = await loadMatrix(read, matrixId);
  await write((tx) => tx.matrix.update({ where: { id: matrixId }, data: { revision: { decrement: aside } } }));
  if (!stored) throw new Error("There is no such matrix.");
  return { ...stored, revision: stored.revision - aside };
}
