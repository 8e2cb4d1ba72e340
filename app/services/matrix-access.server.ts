import type { Reader } from "~/db/client.server";
import { matrixAt, type StoredMatrix } from "~/db/matrix-store.server";
import { AppError } from "~/domain/errors";
import type { Actor } from "./actor.server";

export type Permission = "read" | "edit" | "publish";

/** What each kind of member may do with a matrix. */
const ALLOWED: Record<string, readonly Permission[]> = {
  owner: ["read", "edit", "publish"],
  editor: ["read", "edit"],
  signatory: ["read", "edit"],
  viewer: ["read"],
};

export type MatrixFor = StoredMatrix & { matrixId: string; engagementId: string; sample: boolean; archived: boolean };

/** A matrix as this actor may use it. Not yours and not there are the same answer. */
export async function matrixFor(db: Reader, actor: Actor, matrixId: string, permission: Permission): Promise<MatrixFor> {
  const row = await db.matrix.findFirst({
    where: { id: matrixId, engagement: { members: { some: { userId: actor.userId } } } },
    select: { revision: true, archivedAt: true, engagementId: true, engagement: { select: { sample: true, members: { where: { userId: actor.userId }, select: { permission: true } } } } },
  });
  const stored = row ? await matrixAt(db, matrixId, row.revision) : null;
  if (!row || !stored) throw new AppError("not-found", "There is no such matrix, or it isn't shared with you.");
  const held = row.engagement.members[0]?.permission ?? "";
  if (!ALLOWED[held]?.includes(permission)) throw new AppError("forbidden", "You can read this matrix but not change it. Ask an owner of your side.");
  if (row.archivedAt && permission !== "read") throw new AppError("forbidden", "This matrix is archived, so it can be read but not changed. Bring it back first.");
  return { ...stored, matrixId, engagementId: row.engagementId, sample: row.engagement.sample, archived: row.archivedAt !== null };
}
