import { write, type Writer } from "~/db/client.server";
import { holdEngagement, holdOrganisation } from "~/db/held-rows.server";
import { takeBackInvitationsBy } from "~/db/invitation-store.server";
import { organisationHasOwner, ownedAlone, ownsInstallation } from "~/db/owner-store.server";
import { appendRecord, type NewRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { shortNameList } from "~/domain/name-list";
import { closeDoors } from "../access/member-rules.server";

/** What goes with an account before its own rows do, in one transaction. Throws, changing nothing, where the account must stay. */
export async function forgetAccount(userId: string, now: Date): Promise<void> {
  await write(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true, email: true } });
    if (await ownsInstallation(tx, userId)) throw new AppError("conflict", OWNS_INSTALLATION);
    const left = [
      ...(await leaveOrganisation(tx, { userId, name: user.name }, now)),
      ...(await leaveAll(tx, { userId, name: user.name }, now)),
    ];
    await takeBackInvitationsBy(tx, userId, "anywhere", now);
    await tx.outgoingMail.deleteMany({ where: { to: user.email } });
    // Links and codes under way name the account by its id.
    await tx.verification.deleteMany({ where: { value: userId } });
    await appendRecord(tx, [
      ...left,
      { engagementId: null, at: now, event: "account.deleted", actorId: userId, actorName: user.name },
    ]);
  });
}

/** Why the account of whoever set the installation up stays. */
const OWNS_INSTALLATION =
  "This installation stands in your name, so your account stays. Hand the installation over first.";

async function leaveOrganisation(
  tx: Writer,
  { userId, name }: { userId: string; name: string },
  now: Date,
): Promise<NewRecord[]> {
  const own = await tx.organisationMember.findUnique({
    where: { userId },
    select: { organisationId: true, permission: true, organisation: { select: { name: true } } },
  });
  if (!own) return [];
  const { organisationId, organisation, permission } = own;
  await holdOrganisation(tx, organisationId);
  if (permission === "owner" && !(await organisationHasOwner(tx, organisationId, userId)))
    throw new AppError(
      "conflict",
      `You are the last owner of ${organisation.name}. Make somebody else an owner of the organisation first.`,
    );
  await tx.organisationMember.delete({ where: { userId } });
  return [
    {
      engagementId: null,
      at: now,
      event: "organisation.left",
      actorId: userId,
      actorName: name,
      aboutId: userId,
      detail: { organisation: organisation.name, name, accountDeleted: true },
    },
  ];
}

async function leaveAll(
  tx: Writer,
  { userId, name }: { userId: string; name: string },
  now: Date,
): Promise<NewRecord[]> {
  const members = await tx.member.findMany({
    where: { userId },
    select: { engagementId: true, side: true, permission: true },
  });
  // Held until the transaction ends, so that two owners of a side can't go at the same moment.
  for (const { engagementId } of members) await holdEngagement(tx, engagementId);
  const kept: string[] = [];
  for (const engagementId of await ownedAlone(tx, userId)) kept.push(await nameOf(tx, engagementId));
  if (kept.length > 0)
    throw new AppError(
      "conflict",
      `You are the last owner of your side in ${shortNameList(kept)}. Make somebody else of your side an owner there first.`,
    );
  await closeDoors(
    tx,
    members.map(({ engagementId }) => engagementId),
    { userId, name },
    userId,
    now,
  );
  await tx.member.deleteMany({ where: { userId } });
  return members.map(({ engagementId, side, permission }) => ({
    engagementId,
    at: now,
    event: "member.left",
    actorId: userId,
    actorName: name,
    aboutId: userId,
    detail: { name, side, permission, accountDeleted: true },
  }));
}

async function nameOf(tx: Writer, engagementId: string): Promise<string> {
  const parties = await tx.party.findMany({
    where: { matrix: { engagementId }, kind: { in: ["client", "provider"] } },
    orderBy: [{ matrix: { createdAt: "asc" } }, { position: "asc" }],
    select: { kind: true, name: true },
  });
  const names = ["client", "provider"].flatMap((kind) => parties.find((party) => party.kind === kind)?.name ?? []);
  return `“${names.join(" and ")}”`;
}
