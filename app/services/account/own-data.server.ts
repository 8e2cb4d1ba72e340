import { read } from "~/db/client.server";
import type { RecordEvent } from "~/db/record-store.server";
import { ownSealed } from "~/db/workshop/sealed-store.server";
import { loadWorkshop } from "~/db/workshop/workshop-store.server";
import { labelOf } from "~/domain/workshop/people";
import type { OwnProposal } from "~/domain/workshop/view/view-types";
import type { Actor } from "../who/actor.server";
import type { ExportedFile } from "../pack/pack-writing.server";

/** The most entries of the record in one download, far more than a person has. */
const MOST = 10_000;
const MOST_WORKSHOPS = 1_000;
/** Events that others cause to somebody's account. */
const DONE_TO_THEM: RecordEvent[] = ["account.recovered", "member.signed-out"];

/**
 * What is stored about the actor, as a JSON file: profile, ways to sign in, sessions, organisation, access,
 * calendars, when they had each matrix open last, the workshops they took part in with what they proposed, their entries of the record, and the drills they recorded.
 */
export async function ownData(actor: Actor, now: Date): Promise<ExportedFile> {
  const user = await read.user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: { id: true, name: true, email: true, emailVerified: true, twoFactorEnabled: true, createdAt: true },
  });
  const [accounts, sessions, members, record, drills, membership, calendars, visits] = await Promise.all([
    read.account.findMany({
      where: { userId: actor.userId },
      select: { providerId: true, createdAt: true },
      orderBy: { createdAt: "asc" },
    }),
    read.session.findMany({
      where: { userId: actor.userId },
      select: { createdAt: true, expiresAt: true, ipAddress: true, userAgent: true, method: true },
      orderBy: { createdAt: "asc" },
    }),
    read.member.findMany({
      where: { userId: actor.userId },
      select: { engagementId: true, side: true, permission: true, createdAt: true },
      orderBy: { engagementId: "asc" },
    }),
    read.recordEntry.findMany({
      where: { OR: [{ actorId: actor.userId }, { aboutId: actor.userId, event: { in: DONE_TO_THEM } }] },
      select: { at: true, event: true, engagementId: true, actorName: true, detail: true, address: true },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      take: MOST,
    }),
    read.drill.findMany({
      where: { recordedById: actor.userId },
      select: { engagementId: true, day: true, scenario: true, learned: true, createdAt: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: MOST,
    }),
    read.organisationMember.findUnique({
      where: { userId: actor.userId },
      select: { permission: true, createdAt: true, organisation: { select: { name: true } } },
    }),
    read.calendarFeed.findMany({
      where: { createdById: actor.userId },
      select: { matrixId: true, kind: true, createdAt: true, revokedAt: true, fetchedAt: true },
      orderBy: { createdAt: "asc" },
    }),
    read.matrixVisit.findMany({
      where: { userId: actor.userId },
      select: { matrixId: true, at: true, since: true },
      orderBy: { matrixId: "asc" },
    }),
  ]);
  const workshops = await ownWorkshops(actor.userId);
  const organisation = membership && {
    name: membership.organisation.name,
    permission: membership.permission,
    since: membership.createdAt,
  };
  const signIn = accounts.map(({ providerId, createdAt }) => ({
    way: providerId === "credential" ? "password" : providerId,
    since: createdAt,
  }));
  const text = JSON.stringify(
    {
      written: now,
      profile: user,
      signIn,
      sessions,
      organisation,
      access: members,
      calendars,
      visits,
      workshops,
      record,
      drills,
    },
    null,
    2,
  );
  return {
    name: "demarc-my-data.json",
    type: "application/json; charset=utf-8",
    bytes: new TextEncoder().encode(`${text}\n`),
  };
}

/** The workshops somebody took part in: under which name, and what they proposed, sealed or revealed. */
async function ownWorkshops(userId: string) {
  const rows = await read.workshopPerson.findMany({
    where: { userId },
    select: { workshopId: true, participantId: true },
    orderBy: { workshopId: "asc" },
    take: MOST_WORKSHOPS,
  });
  const workshops: { workshop: string; number: number; as: string; proposals: OwnProposal[] }[] = [];
  for (const { workshopId, participantId } of rows) {
    const stored = await loadWorkshop(read, workshopId);
    if (!stored) continue;
    const { workshop, number } = stored;
    const revealed = workshop.items.flatMap(({ id, revealed: shown }) =>
      (shown?.voices ?? [])
        .filter((voice) => voice.participantId === participantId)
        .map(({ proposal }): OwnProposal => ({ itemId: id, proposal })),
    );
    const sealed = await ownSealed(read, { workshopId, participantId });
    const as = labelOf(workshop, participantId);
    workshops.push({ workshop: workshop.title, number, as, proposals: [...sealed, ...revealed] });
  }
  return workshops;
}
