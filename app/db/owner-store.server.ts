import type { Reader } from "./client.server";

type Side = "client" | "provider";
const BOTH_SIDES: Side[] = ["client", "provider"];

/** The owners of both sides of an engagement. */
export async function ownersOf(
  db: Reader,
  engagementId: string,
): Promise<{ userId: string; side: string; name: string; email: string }[]> {
  const owners = await db.member.findMany({
    where: { engagementId, permission: "owner", side: { in: BOTH_SIDES } },
    orderBy: { userId: "asc" },
    select: { userId: true, side: true, user: { select: { name: true, email: true } } },
  });
  return owners.map(({ userId, side, user }) => ({ userId, side, ...user }));
}

/** The sides of an engagement that have an owner. Such an owner has a say in who signs for the side. */
export async function ownedSides(db: Reader, engagementId: string): Promise<Side[]> {
  const owners = await db.member.findMany({
    where: { engagementId, permission: "owner", side: { in: BOTH_SIDES } },
    select: { side: true },
  });
  return BOTH_SIDES.filter((kind) => owners.some(({ side }) => side === kind));
}

/** Whether a side of an engagement has an owner, other than `besides` where that person is given. */
export async function sideHasOwner(db: Reader, engagementId: string, side: string, besides?: string): Promise<boolean> {
  return (
    (await db.member.count({
      where: {
        engagementId,
        side,
        permission: "owner",
        ...(besides === undefined ? {} : { userId: { not: besides } }),
      },
    })) > 0
  );
}

/**
 * The ids of the engagements in which somebody is the only owner of their side: among all, or among an organisation's
 * clients on the provider's side.
 */
export async function engagementsOwnedAlone(db: Reader, userId: string, organisationId?: string): Promise<string[]> {
  const within = organisationId === undefined ? {} : { side: "provider", engagement: { organisationId } };
  const ownerships = await db.member.findMany({
    where: { userId, permission: "owner", ...within },
    orderBy: { engagementId: "asc" },
    select: { engagementId: true, side: true },
  });
  const others =
    ownerships.length === 0
      ? []
      : await db.member.findMany({
          where: {
            userId: { not: userId },
            permission: "owner",
            engagement: { members: { some: { userId, permission: "owner", ...within } } },
          },
          select: { engagementId: true, side: true },
        });
  const sharedSides = new Set(others.map(({ engagementId, side }) => `${engagementId} ${side}`));
  return ownerships.flatMap(({ engagementId, side }) =>
    sharedSides.has(`${engagementId} ${side}`) ? [] : [engagementId],
  );
}

/** Whether an organisation has an owner besides this person. */
export async function organisationHasOwner(db: Reader, organisationId: string, besides: string): Promise<boolean> {
  return (
    (await db.organisationMember.count({ where: { organisationId, permission: "owner", userId: { not: besides } } })) >
    0
  );
}

/** Whether somebody owns the installation. */
export async function ownsInstallation(db: Reader, userId: string): Promise<boolean> {
  return (await db.installation.findFirst({ where: { ownerId: userId }, select: { id: true } })) !== null;
}
