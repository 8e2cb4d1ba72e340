import type { Reader } from "~/db/client.server";
import { matrixAt, type StoredMatrix } from "~/db/matrix-store.server";
import { AppError, type AppErrorCode } from "~/domain/errors";
import { may, permissionOf, sideOf, type Ability, type Access } from "~/domain/engagement/permissions";
import type { Actor } from "./actor.server";
import { logRefusal } from "./refusals.server";

/** A matrix with its draft, and what the actor may do with it. */
export type MatrixFor = StoredMatrix & {
  matrixId: string;
  engagementId: string;
  sample: boolean;
  archived: boolean;
  requireTwoFactor: boolean;
  access: Access;
};

/** What may be done with an archived matrix: it can be read, downloaded, shared and brought back. */
const WHILE_ARCHIVED: readonly Ability[] = ["read", "export", "archive", "record", "invite", "share"];

const REFUSALS: Record<Ability, string> = {
  read: "You can't read this matrix.",
  export: "You can't download this matrix.",
  edit: "You can read this matrix but not change it. Ask an owner of your side.",
  mark: "You can read this matrix but not agree or dispute. Ask an owner of your side.",
  sign: "You can't sign for your side. Ask an owner of your side.",
  publish: "Only an owner publishes. Ask an owner of your side.",
  archive: "Only an owner creates, duplicates or archives a matrix. Ask an owner of your side.",
  "export-contacts": "Only an owner downloads contacts. Ask an owner of your side.",
  invite: "Only an owner changes who has access. Ask an owner of your side.",
  share: "Only an owner makes links. Ask an owner of your side.",
  record: "Only an owner reads the record. Ask an owner of your side.",
};

/**
 * A matrix that this actor may use in this way. Throws `forbidden` or `second-factor` where they may not. A matrix of
 * others and one that doesn't exist give the same `not-found`, after the same statement.
 */
export async function matrixFor(db: Reader, actor: Actor, matrixId: string, ability: Ability): Promise<MatrixFor> {
  const refusal = (answer: AppErrorCode, sentence: string) => {
    logRefusal({ event: "access.refused", answer, userId: actor.userId, matrixId, ability });
    return new AppError(answer, sentence);
  };
  const row = await db.matrix.findFirst({
    where: { id: matrixId, engagement: { members: { some: { userId: actor.userId } } } },
    select: {
      revision: true,
      archivedAt: true,
      engagementId: true,
      engagement: {
        select: {
          sample: true,
          requireTwoFactor: true,
          members: { where: { userId: actor.userId }, select: { permission: true, side: true } },
        },
      },
    },
  });
  const member = row?.engagement.members[0];
  const access = member && accessOf(member);
  if (!row || !access) throw refusal("not-found", "There is no such matrix, or it isn't shared with you.");
  if (row.engagement.requireTwoFactor && !actor.secondFactor)
    throw refusal(
      "second-factor",
      "This engagement asks for a second factor. Turn it on under Your account, or sign in with your directory, then open this again.",
    );
  if (!may(access, ability)) throw refusal("forbidden", REFUSALS[ability]);
  if (row.archivedAt && !WHILE_ARCHIVED.includes(ability))
    throw new AppError("forbidden", "This matrix is archived, so it can be read but not changed. Bring it back first.");
  const stored = await matrixAt(db, matrixId, row.revision);
  if (!stored) throw new AppError("not-found", "There is no such matrix, or it isn't shared with you.");
  const { sample, requireTwoFactor } = row.engagement;
  return {
    ...stored,
    matrixId,
    engagementId: row.engagementId,
    sample,
    requireTwoFactor,
    archived: row.archivedAt !== null,
    access,
  };
}

/**
 * The access that a member's row gives. Null, which is no access, where this release doesn't know the side or
 * permission.
 */
export function accessOf({ side, permission }: { side: string; permission: string }): Access | null {
  const parsed = { side: sideOf(side), permission: permissionOf(permission) };
  return parsed.side && parsed.permission ? { side: parsed.side, permission: parsed.permission } : null;
}
