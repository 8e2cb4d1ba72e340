import { write } from "~/db/client.server";
import { insertMatrix } from "~/db/matrix-store.server";
import type { PartyKind } from "~/domain/matrix/shapes";
import { presetFrom } from "~/domain/engagement/preset";
import type { Permission } from "~/domain/engagement/permissions";
import { begunWorkshop } from "~/domain/workshop/apply-workshop";
import { insertWorkshop } from "~/db/workshop/workshop-store.server";
import { newLink } from "~/services/workshop/door.server";
import { env } from "~/env.server";
import { hashOfSecret } from "~/services/who/link-secret.server";
import { aDuty, aMatrix, cells } from "./matrices";
import { signedIn } from "./stored";

export type Somebody = Awaited<ReturnType<typeof signedIn>>;
/** Everybody who can have to do with an engagement: their side and permission. */
export const PEOPLE = {
  stranger: null,
  viewer: ["client", "viewer"],
  editor: ["client", "editor"],
  signatory: ["client", "signatory"],
  owner: ["client", "owner"],
  "other owner": ["provider", "owner"],
  "third party": ["third-party", "viewer"],
} as const satisfies Record<string, readonly [PartyKind, Permission] | null>;
export type Who = keyof typeof PEOPLE;
export const EVERYBODY = Object.keys(PEOPLE) as Who[];

const people = new Map<string, Promise<Record<Who, Somebody>>>();

/** An account for each of them, created once in a database. */
export function everybody(): Promise<Record<Who, Somebody>> {
  const accounts =
    people.get(env.DATABASE_URL) ??
    Promise.all(EVERYBODY.map(async (who) => [who, await signedIn(`The ${who}`)] as const)).then(
      (pairs) => Object.fromEntries(pairs) as Record<Who, Somebody>,
    );
  people.set(env.DATABASE_URL, accounts);
  return accounts;
}

export type Ground = {
  colleagueId: string;
  orgToken: string;
  orgInviteId: string;
  presetId: string;
  engagementId: string;
  matrixId: string;
  token: string;
  inviteId: string;
  linkToken: string;
  linkId: string;
  memberId: string;
  personId: string;
  /** The id that `aWorkshopOn` gives to a workshop. */
  workshopId: string;
};

const ORGANISATION = "harbour";

/**
 * An engagement to which all of them but the stranger belong, with one more member, an invitation and a link. It is a
 * client of the organisation of the provider's owner, which has a colleague, an invitation for the stranger, and a
 * preset; nobody else belongs to one.
 */
export async function anEngagementOfAll(now: Date): Promise<Ground> {
  const all = await everybody();
  const [
    engagementId,
    matrixId,
    inviteId,
    linkId,
    token,
    linkToken,
    memberId,
    personId,
    colleagueId,
    orgToken,
    orgInviteId,
    presetId,
    workshopId,
  ] = Array.from({ length: 13 }, () => crypto.randomUUID());
  const matrix = aMatrix({ duties: [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) })] });
  await write(async (tx) => {
    await tx.organisation.upsert({
      where: { id: ORGANISATION },
      create: { id: ORGANISATION, name: "Harbour IT", createdAt: now },
      update: {},
    });
    await tx.organisationMember.deleteMany({});
    await tx.preset.deleteMany({});
    await tx.invitation.deleteMany({ where: { organisationId: ORGANISATION } });
    await tx.user.create({
      data: { id: colleagueId ?? "", name: "A colleague", email: `${colleagueId}@people.example` },
    });
    await tx.organisationMember.createMany({
      data: [
        [all["other owner"].userId, "owner"],
        [colleagueId ?? "", "member"],
      ].map(([userId = "", permission = ""]) => ({ userId, permission, organisationId: ORGANISATION, createdAt: now })),
    });
    await tx.invitation.create({
      data: {
        id: orgInviteId ?? "",
        organisationId: ORGANISATION,
        side: "provider",
        permission: "member",
        email: all.stranger.email,
        tokenHash: hashOfSecret(orgToken ?? ""),
        invitedById: all["other owner"].userId,
        invitedByName: all["other owner"].name,
        createdAt: now,
        expiresAt: new Date(now.getTime() + 86_400_000),
      },
    });
    await tx.preset.create({
      data: {
        id: presetId ?? "",
        organisationId: ORGANISATION,
        name: `Preset ${presetId}`,
        meaning: "",
        matrix: presetFrom(matrix),
        schema: matrix.schema,
        duties: matrix.duties.length,
        createdByName: "A colleague",
        createdAt: now,
      },
    });
    await tx.user.create({ data: { id: memberId ?? "", name: "One more", email: `${memberId}@people.example` } });
    const members = EVERYBODY.flatMap((who) => {
      const [side, permission] = PEOPLE[who] ?? [];
      return side && permission ? [{ userId: all[who].userId, side, permission, createdAt: now }] : [];
    });
    await tx.engagement.create({
      data: {
        id: engagementId ?? "",
        createdAt: now,
        organisationId: ORGANISATION,
        members: {
          create: [...members, { userId: memberId ?? "", side: "client", permission: "viewer", createdAt: now }],
        },
      },
    });
    await insertMatrix(tx, { id: matrixId ?? "", engagementId: engagementId ?? "", matrix });
    await tx.person.create({
      data: {
        id: personId ?? "",
        engagementId: engagementId ?? "",
        side: "client",
        name: "Priya Nair",
        title: "",
        email: "",
        phones: [],
        hours: "",
        timeZone: "",
        createdAt: now,
      },
    });
    await tx.invitation.create({
      data: {
        id: inviteId ?? "",
        engagementId: engagementId ?? "",
        side: "client",
        permission: "viewer",
        email: all.stranger.email,
        tokenHash: hashOfSecret(token ?? ""),
        invitedById: all.owner.userId,
        invitedByName: all.owner.name,
        createdAt: now,
        expiresAt: new Date(now.getTime() + 86_400_000),
      },
    });
    await tx.readLink.create({
      data: {
        id: linkId ?? "",
        matrixId: matrixId ?? "",
        label: "Auditors",
        tokenHash: hashOfSecret(linkToken ?? ""),
        createdById: all.owner.userId,
        createdByName: all.owner.name,
        createdAt: now,
        expiresAt: new Date(now.getTime() + 86_400_000),
      },
    });
  });
  return {
    colleagueId: colleagueId ?? "",
    orgToken: orgToken ?? "",
    orgInviteId: orgInviteId ?? "",
    presetId: presetId ?? "",
    engagementId: engagementId ?? "",
    matrixId: matrixId ?? "",
    token: token ?? "",
    inviteId: inviteId ?? "",
    linkToken: linkToken ?? "",
    linkId: linkId ?? "",
    memberId: memberId ?? "",
    personId: personId ?? "",
    workshopId: workshopId ?? "",
  };
}

/** Prepares a workshop on the matrix of an engagement of all, which the provider's owner leads. */
export async function aWorkshopOn({ matrixId, workshopId }: Ground, now: Date): Promise<void> {
  const { "other owner": leader } = await everybody();
  const change = {
    type: "begin" as const,
    title: "Workshop",
    sides: { client: "client", provider: "provider" },
    participantId: "leader",
    name: leader.name,
    partyId: "provider",
  };
  const begun = begunWorkshop(change);
  if (!begun.ok) throw new Error(begun.rejection.message);
  await write(async (tx) => {
    const event = { by: "leader", at: now.getTime(), change };
    await insertWorkshop(tx, { id: workshopId, matrixId, workshop: begun.value, event, ...newLink() });
    await tx.workshopPerson.create({ data: { workshopId, participantId: "leader", userId: leader.userId } });
  });
}
