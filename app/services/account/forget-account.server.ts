import { write, type Transaction } from "~/db/client.server";
import { lockEngagement, lockOrganisation } from "~/db/row-locks.server";
import { revokeInvitationsBy } from "~/db/invitation-store.server";
import { organisationHasOwner, engagementsOwnedAlone, ownsInstallation } from "~/db/owner-store.server";
import { appendRecord, type NewRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { shortNameList } from "~/domain/name-list";
import { endAccessGivenBy, endCalendarsOf } from "../access/member-rules.server";

/**
 * Deletes or ends what belongs to an account, in one transaction, before the account itself is deleted. Throws
 * `conflict` and changes nothing where the account must stay.
 */
export async function forgetAccount(userId: string, now: Date): Promise<void> {
  await write(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true, email: true } });
    if (await ownsInstallation(tx, userId)) throw new AppError("conflict", OWNS_INSTALLATION);
    const entries = [
      ...(await leaveOrganisation(tx, { userId, name: user.name }, now)),
      ...(await leaveAll(tx, { userId, name: user.name }, now)),
    ];
    await revokeInvitationsBy(tx, userId, "anywhere", now);
    // A workshop keeps the name, as the log does, and no longer knows whose account it was.
    await tx.workshopPerson.deleteMany({ where: { userId } });
    await tx.outgoingMail.deleteMany({ where: { to: user.email } });
    // Pending links and codes hold the account's id as their value.
    await tx.verification.deleteMany({ where: { value: userId } });
    await appendRecord(tx, [
      ...entries,
      { engagementId: null, at: now, event: "account.deleted", actorId: userId, actorName: user.name },
    ]);
  });
}

/** The refusal for the owner of the installation. */
const OWNS_INSTALLATION =
  "This installation stands in your name, so your account stays. Hand the installation over first.";

async function leaveOrganisation(
  tx: Transaction,
  { userId, name }: { userId: string; name: string },
  now: Date,
): Promise<NewRecord[]> {
  const own = await tx.organisationMember.findUnique({
    where: { userId },
    select: { organisationId: true, permission: true, organisation: { select: { name: true } } },
  });
  if (!own) return [];
  const { organisationId, organisation, permission } = own;
  await lockOrganisation(tx, organisationId);
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
  tx: Transaction,
  { userId, name }: { userId: string; name: string },
  now: Date,
): Promise<NewRecord[]> {
  const members = await tx.member.findMany({
    where: { userId },
    select: { engagementId: true, side: true, permission: true },
  });
  // The rows stay locked until the transaction ends, so that two owners of a side can't leave at once.
  for (const { engagementId } of members) await lockEngagement(tx, engagementId);
  const ownedAloneIn: string[] = [];
  for (const engagementId of await engagementsOwnedAlone(tx, userId)) ownedAloneIn.push(await nameOf(tx, engagementId));
  if (ownedAloneIn.length > 0)
    throw new AppError(
      "conflict",
      `You are the last owner of your side in ${shortNameList(ownedAloneIn)}. Make somebody else of your side an owner there first.`,
    );
  await endAccessGivenBy(
    tx,
    members.map(({ engagementId }) => engagementId),
    { userId, name },
    userId,
    now,
  );
  await endCalendarsOf(
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

/** The two parties of an engagement, in quotes, for a sentence. */
async function nameOf(tx: Transaction, engagementId: string): Promise<string> {
  const parties = await tx.party.findMany({
    where: { matrix: { engagementId }, kind: { in: ["client", "provider"] } },
    orderBy: [{ matrix: { createdAt: "asc" } }, { position: "asc" }],
    select: { kind: true, name: true },
  });
  const names = ["client", "provider"].flatMap((kind) => parties.find((party) => party.kind === kind)?.name ?? []);
  return `“${names.join(" and ")}”`;
}
