import { z } from "zod";
import { read, write, type Transaction } from "~/db/client.server";
import { OPEN_INVITATIONS } from "~/db/invitation-store.server";
import { lockEngagement } from "~/db/row-locks.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import type { PartyKind } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import {
  may,
  PERMISSION_CALLED,
  PERMISSIONS,
  permissionOf,
  SIDES,
  type Access,
  type Permission,
} from "~/domain/engagement/permissions";
import { mailSignedOut } from "../mail/account-mail.server";
import type { Actor } from "../who/actor.server";
import { countReached } from "../who/attempts.server";
import { inviteSomebody, invitationForm, resendInvitation, revokeInvitation } from "./invitations.server";
import { endFeed, listFeeds, type FeedRow } from "./calendars.server";
import { endLink, linkForm, listLinks, makeLink, type LinkRow } from "./links.server";
import { accessOf, matrixFor } from "../who/matrix-access.server";
import { mailIsSent } from "../mail/mailer.server";
import { entryAbout, endAccessGivenBy, endCalendarsOf, requireOtherOwner } from "./member-rules.server";

/** A member in the list. */
export type MemberRow = {
  userId: string;
  name: string;
  /** Null for people of the other sides. */ email: string | null;
  permission: Permission;
  since: string | null;
  you: boolean;
};
/** An open invitation in the list. */
export type InvitationRow = {
  id: string;
  email: string;
  permission: Permission;
  invitedBy: string;
  expiresAt: string;
  expired: boolean;
};
/**
 * A side of an engagement. `manages` says whether the reader may change its members, `invites` which permissions they
 * may give in an invitation.
 */
export type SideView = {
  side: PartyKind;
  name: string;
  members: MemberRow[];
  invitations: InvitationRow[];
  manages: boolean;
  invites: Permission[];
};
/** What the page about access shows. */
export type AccessView = {
  sides: SideView[];
  mine: Access;
  requireTwoFactor: boolean;
  canRequire: boolean;
  /** Null for a reader who may not make links. */ links: LinkRow[] | null;
  /** Everybody's calendars for an owner, otherwise the reader's own. */ calendars: FeedRow[];
  /** The numbers of the versions that a link can show, newest first. */ versions: number[];
};

/** The members and open invitations of the engagement a matrix belongs to, by side. */
export async function listAccess(actor: Actor, matrixId: string, now: Date): Promise<AccessView> {
  const { matrix, engagementId, access, requireTwoFactor } = await matrixFor(read, actor, matrixId, "read");
  const members = await read.member.findMany({
    where: { engagementId },
    select: {
      userId: true,
      side: true,
      permission: true,
      createdAt: true,
      user: { select: { name: true, email: true } },
    },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  const invitations = may(access, "invite")
    ? await read.invitation.findMany({
        where: { engagementId, ...OPEN_INVITATIONS },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      })
    : [];
  const { client, provider } = indexOf(matrix);
  const names: Record<PartyKind, string> = {
    client: client?.name ?? "Client",
    provider: provider?.name ?? "Provider",
    "third-party": "Third parties",
  };
  const sides = SIDES.map((side): SideView => {
    const ofSide = members.filter((member) => member.side === side);
    const owned = ofSide.some(({ permission }) => permission === "owner");
    const manages = may(access, "invite") && (side === access.side || side === "third-party");
    return {
      side,
      name: names[side],
      members: ofSide.map(({ userId, permission, createdAt, user }) => ({
        userId,
        name: user.name,
        email: side === access.side || userId === actor.userId ? user.email : null,
        permission: permissionOf(permission) ?? "viewer",
        since: createdAt?.toISOString() ?? null,
        you: userId === actor.userId,
      })),
      invitations:
        manages || !owned
          ? invitations
              .filter((invitation) => invitation.side === side)
              .map(({ id, email, permission, invitedByName, expiresAt }) => ({
                id,
                email,
                permission: permissionOf(permission) ?? "viewer",
                invitedBy: invitedByName,
                expiresAt: expiresAt.toISOString(),
                expired: expiresAt <= now,
              }))
          : [],
      manages,
      invites: permissionsToInvite(access, side, owned),
    };
  });
  const sharing = may(access, "share");
  const versions = sharing
    ? await read.version.findMany({ where: { matrixId }, select: { number: true }, orderBy: { number: "desc" } })
    : [];
  return {
    sides,
    mine: access,
    requireTwoFactor,
    canRequire: may(access, "invite"),
    links: sharing ? await listLinks(actor, matrixId, now) : null,
    calendars: await listFeeds(actor, matrixId),
    versions: versions.map(({ number }) => number),
  };
}

/** The permissions that the actor may give to people of a side in an invitation. */
function permissionsToInvite(access: Access, side: PartyKind, owned: boolean): Permission[] {
  if (!may(access, "invite")) return [];
  if (side === "third-party") return ["viewer"];
  if (side === access.side) return [...PERMISSIONS];
  return owned ? [] : ["owner"];
}

/** The forms of the page about access. */
export const accessFormSchema = z.discriminatedUnion("intent", [
  invitationForm,
  z.object({ intent: z.literal("resend"), invitationId: z.string() }),
  z.object({ intent: z.literal("revoke"), invitationId: z.string() }),
  z.object({ intent: z.literal("change"), userId: z.string(), permission: z.enum(PERMISSIONS) }),
  z.object({ intent: z.literal("hand-over"), userId: z.string() }),
  z.object({ intent: z.literal("remove"), userId: z.string() }),
  z.object({ intent: z.literal("end-sessions"), userId: z.string() }),
  z.object({ intent: z.literal("leave") }),
  linkForm,
  z.object({ intent: z.literal("end-link"), linkId: z.string() }),
  z.object({ intent: z.literal("end-calendar"), calendarId: z.string() }),
  z.object({ intent: z.literal("second-factor"), required: z.enum(["on", "off"]) }),
]);
export type AccessForm = z.infer<typeof accessFormSchema>;

/**
 * The outcome as a sentence, and the link to hand over where no mail is sent. `left` is true where the actor has lost
 * access.
 */
type AccessAnswer = { said: string; link: string | null; left: boolean };

/** Carries out a form of the page about access. */
export async function changeAccess(actor: Actor, matrixId: string, form: AccessForm, now: Date): Promise<AccessAnswer> {
  switch (form.intent) {
    case "invite":
      return { ...(await inviteSomebody(actor, matrixId, form, now)), left: false };
    case "resend":
      return { ...(await resendInvitation(actor, matrixId, form.invitationId, now)), left: false };
    case "revoke":
      return { ...(await revokeInvitation(actor, matrixId, form.invitationId, now)), left: false };
    case "change":
      return changeMember(actor, matrixId, form.userId, form.permission, now);
    case "hand-over":
      return handOver(actor, matrixId, form.userId, now);
    case "remove":
      return removeMember(actor, matrixId, form.userId, now);
    case "end-sessions":
      return endSessions(actor, matrixId, form.userId, now);
    case "leave":
      return leave(actor, matrixId, now);
    case "link":
      return { ...(await makeLink(actor, matrixId, form, now)), left: false };
    case "end-link":
      return { ...(await endLink(actor, matrixId, form.linkId, now)), left: false };
    case "end-calendar":
      return { said: await endFeed(actor, matrixId, form.calendarId, now), link: null, left: false };
    case "second-factor":
      return requireSecondFactor(actor, matrixId, form.required === "on", now);
  }
}

/** The engagement to change; `names` are its two parties, for a sentence. */
type OwnedEngagement = { engagementId: string; access: Access; names: string };

/**
 * The engagement of a matrix, for an owner who changes its access. Locks it, so that changes of access run one after
 * the other.
 */
async function lockedEngagement(tx: Transaction, actor: Actor, matrixId: string): Promise<OwnedEngagement> {
  const { engagementId, access, matrix } = await matrixFor(tx, actor, matrixId, "invite");
  await lockEngagement(tx, engagementId);
  const { client, provider } = indexOf(matrix);
  return { engagementId, access, names: [client, provider].flatMap((party) => party?.name ?? []).join(" and ") };
}

/** A member whom the actor may change: one of their own side or of a third party. */
async function memberToChange(tx: Transaction, { engagementId, access }: OwnedEngagement, userId: string) {
  const member = await tx.member.findUnique({
    where: { engagementId_userId: { engagementId, userId } },
    select: { side: true, permission: true, user: { select: { name: true, email: true } } },
  });
  const memberAccess = member && accessOf(member);
  if (!member || !memberAccess)
    throw new AppError("conflict", "This person has no access any more. Look at the list again.");
  if (memberAccess.side !== access.side && memberAccess.side !== "third-party")
    throw new AppError("forbidden", "The other side changes its own people's access. Ask an owner of that side.");
  return { ...member.user, ...memberAccess };
}

/** Changes the permission of a member. */
async function changeMember(
  actor: Actor,
  matrixId: string,
  userId: string,
  permission: Permission,
  now: Date,
): Promise<AccessAnswer> {
  return write(async (tx) => {
    const engagement = await lockedEngagement(tx, actor, matrixId);
    const member = await memberToChange(tx, engagement, userId);
    if (member.side === "third-party" && permission !== "viewer")
      throw new AppError("invalid", "People of a third party read only.");
    if (member.permission === "owner" && permission !== "owner")
      await requireOtherOwner(tx, engagement.engagementId, member.side, userId);
    if (member.permission !== permission) {
      if (member.permission === "owner") await endAccessGivenBy(tx, [engagement.engagementId], actor, userId, now);
      await tx.member.update({
        where: { engagementId_userId: { engagementId: engagement.engagementId, userId } },
        data: { permission },
      });
      await appendRecord(tx, [
        entryAbout(engagement.engagementId, actor, now, "member.changed", userId, {
          name: member.name,
          from: member.permission,
          to: permission,
        }),
      ]);
    }
    return { said: `${member.name} is ${PERMISSION_CALLED[permission]} now.`, link: null, left: false };
  });
}

/** Makes another member of the actor's side an owner, and the actor an editor. */
async function handOver(actor: Actor, matrixId: string, userId: string, now: Date): Promise<AccessAnswer> {
  return write(async (tx) => {
    const engagement = await lockedEngagement(tx, actor, matrixId);
    const member = await memberToChange(tx, engagement, userId);
    if (member.side !== engagement.access.side || userId === actor.userId)
      throw new AppError("invalid", "Hand over to somebody else of your own side.");
    await endAccessGivenBy(tx, [engagement.engagementId], actor, actor.userId, now);
    for (const [id, permission] of [
      [userId, "owner"],
      [actor.userId, "editor"],
    ] as const)
      await tx.member.update({
        where: { engagementId_userId: { engagementId: engagement.engagementId, userId: id } },
        data: { permission },
      });
    await appendRecord(tx, [
      entryAbout(engagement.engagementId, actor, now, "member.changed", userId, {
        name: member.name,
        from: member.permission,
        to: "owner",
      }),
      entryAbout(engagement.engagementId, actor, now, "member.changed", actor.userId, {
        name: actor.name,
        from: "owner",
        to: "editor",
      }),
    ]);
    return { said: `${member.name} is an owner now; you are an editor.`, link: null, left: false };
  });
}

/** Removes a member's access. What they did stays under their name. */
async function removeMember(actor: Actor, matrixId: string, userId: string, now: Date): Promise<AccessAnswer> {
  if (userId === actor.userId) return leave(actor, matrixId, now);
  return write(async (tx) => {
    const engagement = await lockedEngagement(tx, actor, matrixId);
    const member = await memberToChange(tx, engagement, userId);
    if (member.permission === "owner") await requireOtherOwner(tx, engagement.engagementId, member.side, userId);
    await endAccessGivenBy(tx, [engagement.engagementId], actor, userId, now);
    await endCalendarsOf(tx, [engagement.engagementId], actor, userId, now);
    await tx.member.delete({ where: { engagementId_userId: { engagementId: engagement.engagementId, userId } } });
    await appendRecord(tx, [
      entryAbout(engagement.engagementId, actor, now, "member.removed", userId, {
        name: member.name,
        side: member.side,
        permission: member.permission,
      }),
    ]);
    return { said: `${member.name} has no access any more.`, link: null, left: false };
  });
}

/**
 * Ends all sessions of a member of the actor's side. Sessions belong to the account, so this signs them out of other
 * engagements too. A mail tells them who did it.
 */
async function endSessions(actor: Actor, matrixId: string, userId: string, now: Date): Promise<AccessAnswer> {
  return write(async (tx) => {
    const engagement = await lockedEngagement(tx, actor, matrixId);
    const member = await memberToChange(tx, engagement, userId);
    if (member.side !== engagement.access.side)
      throw new AppError(
        "forbidden",
        "You sign out people of your own side. Take a third party's access away instead.",
      );
    if (userId === actor.userId) throw new AppError("invalid", "Your own sessions are on the page of your account.");
    if ((await tx.session.count({ where: { userId, expiresAt: { gt: now } } })) === 0)
      return { said: `${member.name} is signed in nowhere.`, link: null, left: false };
    await tx.session.deleteMany({ where: { userId } });
    await countReached(tx, "sign-out", actor.userId, [member.email]);
    await mailSignedOut(
      tx,
      member,
      { name: actor.name, engagementId: engagement.engagementId, names: engagement.names },
      now,
    );
    await appendRecord(tx, [
      entryAbout(engagement.engagementId, actor, now, "member.signed-out", userId, { name: member.name }),
    ]);
    return {
      said: `${member.name} is signed out everywhere. ${mailIsSent() ? "A mail tells them that it was you." : "No mail is sent from here, so tell them yourself."}`,
      link: null,
      left: false,
    };
  });
}

/** Removes the actor's own access. */
async function leave(actor: Actor, matrixId: string, now: Date): Promise<AccessAnswer> {
  return write(async (tx) => {
    const { engagementId, access } = await matrixFor(tx, actor, matrixId, "read");
    await lockEngagement(tx, engagementId);
    if (access.permission === "owner") await requireOtherOwner(tx, engagementId, access.side, actor.userId);
    await endAccessGivenBy(tx, [engagementId], actor, actor.userId, now);
    await endCalendarsOf(tx, [engagementId], actor, actor.userId, now);
    await tx.member.delete({ where: { engagementId_userId: { engagementId, userId: actor.userId } } });
    await appendRecord(tx, [
      entryAbout(engagementId, actor, now, "member.left", actor.userId, {
        name: actor.name,
        side: access.side,
        permission: access.permission,
      }),
    ]);
    return { said: "You left the engagement.", link: null, left: true };
  });
}

/** Turns on or off that everybody needs a second factor for this engagement. An actor who turns it on must have one. */
async function requireSecondFactor(
  actor: Actor,
  matrixId: string,
  required: boolean,
  now: Date,
): Promise<AccessAnswer> {
  return write(async (tx) => {
    const { engagementId } = await lockedEngagement(tx, actor, matrixId);
    if (required && !actor.secondFactor)
      throw new AppError(
        "conflict",
        "Turn on the second factor of your own account first, or you would lose access yourself.",
      );
    await tx.engagement.update({ where: { id: engagementId }, data: { requireTwoFactor: required } });
    await appendRecord(tx, [
      entryAbout(engagementId, actor, now, "engagement.second-factor", actor.userId, { required }),
    ]);
    return {
      said: required ? "Everybody needs a second factor here now." : "A second factor is no longer needed here.",
      link: null,
      left: false,
    };
  });
}
