import { z } from "zod";
import { read, write, type Writer } from "~/db/client.server";
import { WAITING } from "~/db/invitation-store.server";
import { holdEngagement } from "~/db/held-rows.server";
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
import { endLink, linkForm, listLinks, makeLink, type LinkRow } from "./links.server";
import { accessOf, matrixFor } from "../who/matrix-access.server";
import { mailIsSent } from "../mail/mailer.server";
import { about, closeDoors, keepsOwner } from "./member-rules.server";

export type MemberRow = {
  userId: string;
  name: string;
  /** Told to people of the same side. */ email: string | null;
  permission: Permission;
  since: string | null;
  you: boolean;
};
export type InvitationRow = {
  id: string;
  email: string;
  permission: Permission;
  invitedBy: string;
  expiresAt: string;
  expired: boolean;
};
/** One side of an engagement: its people and whom it is waiting for. `manages` says whether the one who looks may change it. */
export type SideView = {
  side: PartyKind;
  name: string;
  members: MemberRow[];
  invitations: InvitationRow[];
  manages: boolean;
  invites: Permission[];
};
export type AccessView = {
  sides: SideView[];
  mine: Access;
  requireTwoFactor: boolean;
  canRequire: boolean;
  /** Null for who may not make any. */ links: LinkRow[] | null;
  /** Numbers of the versions a link can show. */ versions: number[];
};

/** Who has access to the engagement of a matrix, side by side. */
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
        where: { engagementId, ...WAITING },
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
    const here = members.filter((member) => member.side === side);
    const owned = here.some(({ permission }) => permission === "owner");
    const manages = may(access, "invite") && (side === access.side || side === "third-party");
    return {
      side,
      name: names[side],
      members: here.map(({ userId, permission, createdAt, user }) => ({
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
      invites: invitable(access, side, owned),
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
    versions: versions.map(({ number }) => number),
  };
}

function invitable(access: Access, side: PartyKind, owned: boolean): Permission[] {
  if (!may(access, "invite")) return [];
  if (side === "third-party") return ["viewer"];
  if (side === access.side) return [...PERMISSIONS];
  return owned ? [] : ["owner"];
}

/** What the page about access sends. */
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
  z.object({ intent: z.literal("second-factor"), required: z.enum(["on", "off"]) }),
]);
export type AccessForm = z.infer<typeof accessFormSchema>;

/** What came of it: said in a sentence, with the link to hand over where no mail can carry it. `left` is true once the actor has no access any more. */
type AccessAnswer = { said: string; link: string | null; left: boolean };

/** Carries out what the page about access asks for. */
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
    case "second-factor":
      return requireSecondFactor(actor, matrixId, form.required === "on", now);
  }
}

type Ground = { engagementId: string; access: Access; /** Of both sides, in a sentence. */ names: string };

/** The engagement of a matrix whose access an owner changes; its row is held until the transaction ends, so that two changes can't cross. */
async function ground(tx: Writer, actor: Actor, matrixId: string): Promise<Ground> {
  const { engagementId, access, matrix } = await matrixFor(tx, actor, matrixId, "invite");
  await holdEngagement(tx, engagementId);
  const { client, provider } = indexOf(matrix);
  return { engagementId, access, names: [client, provider].flatMap((party) => party?.name ?? []).join(" and ") };
}

async function managed(tx: Writer, { engagementId, access }: Ground, userId: string) {
  const member = await tx.member.findUnique({
    where: { engagementId_userId: { engagementId, userId } },
    select: { side: true, permission: true, user: { select: { name: true, email: true } } },
  });
  const theirs = member && accessOf(member);
  if (!member || !theirs) throw new AppError("conflict", "This person has no access any more. Look at the list again.");
  if (theirs.side !== access.side && theirs.side !== "third-party")
    throw new AppError("forbidden", "The other side changes its own people's access. Ask an owner of that side.");
  return { ...member.user, ...theirs };
}

/** Gives a person of the owner's own side another permission. */
async function changeMember(
  actor: Actor,
  matrixId: string,
  userId: string,
  permission: Permission,
  now: Date,
): Promise<AccessAnswer> {
  return write(async (tx) => {
    const on = await ground(tx, actor, matrixId);
    const member = await managed(tx, on, userId);
    if (member.side === "third-party" && permission !== "viewer")
      throw new AppError("invalid", "People of a third party read only.");
    if (member.permission === "owner" && permission !== "owner")
      await keepsOwner(tx, on.engagementId, member.side, userId);
    if (member.permission !== permission) {
      if (member.permission === "owner") await closeDoors(tx, [on.engagementId], actor, userId, now);
      await tx.member.update({
        where: { engagementId_userId: { engagementId: on.engagementId, userId } },
        data: { permission },
      });
      await appendRecord(tx, [
        about(on.engagementId, actor, now, "member.changed", userId, {
          name: member.name,
          from: member.permission,
          to: permission,
        }),
      ]);
    }
    return { said: `${member.name} is ${PERMISSION_CALLED[permission]} now.`, link: null, left: false };
  });
}

/** Makes somebody of the same side its owner in one's own place; the one who hands over stays as an editor. */
async function handOver(actor: Actor, matrixId: string, userId: string, now: Date): Promise<AccessAnswer> {
  return write(async (tx) => {
    const on = await ground(tx, actor, matrixId);
    const member = await managed(tx, on, userId);
    if (member.side !== on.access.side || userId === actor.userId)
      throw new AppError("invalid", "Hand over to somebody else of your own side.");
    await closeDoors(tx, [on.engagementId], actor, actor.userId, now);
    for (const [id, permission] of [
      [userId, "owner"],
      [actor.userId, "editor"],
    ] as const)
      await tx.member.update({
        where: { engagementId_userId: { engagementId: on.engagementId, userId: id } },
        data: { permission },
      });
    await appendRecord(tx, [
      about(on.engagementId, actor, now, "member.changed", userId, {
        name: member.name,
        from: member.permission,
        to: "owner",
      }),
      about(on.engagementId, actor, now, "member.changed", actor.userId, {
        name: actor.name,
        from: "owner",
        to: "editor",
      }),
    ]);
    return { said: `${member.name} is an owner now; you are an editor.`, link: null, left: false };
  });
}

/** Takes a person's access away. What they did stays under their name. */
async function removeMember(actor: Actor, matrixId: string, userId: string, now: Date): Promise<AccessAnswer> {
  if (userId === actor.userId) return leave(actor, matrixId, now);
  return write(async (tx) => {
    const on = await ground(tx, actor, matrixId);
    const member = await managed(tx, on, userId);
    if (member.permission === "owner") await keepsOwner(tx, on.engagementId, member.side, userId);
    await closeDoors(tx, [on.engagementId], actor, userId, now);
    await tx.member.delete({ where: { engagementId_userId: { engagementId: on.engagementId, userId } } });
    await appendRecord(tx, [
      about(on.engagementId, actor, now, "member.removed", userId, {
        name: member.name,
        side: member.side,
        permission: member.permission,
      }),
    ]);
    return { said: `${member.name} has no access any more.`, link: null, left: false };
  });
}

/**
 * Signs a person of the owner's own side out everywhere, in other engagements too: a session is an account's. It takes
 * nothing else away, and they are told who did it.
 */
async function endSessions(actor: Actor, matrixId: string, userId: string, now: Date): Promise<AccessAnswer> {
  return write(async (tx) => {
    const on = await ground(tx, actor, matrixId);
    const member = await managed(tx, on, userId);
    if (member.side !== on.access.side)
      throw new AppError(
        "forbidden",
        "You sign out people of your own side. Take a third party's access away instead.",
      );
    if (userId === actor.userId) throw new AppError("invalid", "Your own sessions are on the page of your account.");
    if ((await tx.session.count({ where: { userId, expiresAt: { gt: now } } })) === 0)
      return { said: `${member.name} is signed in nowhere.`, link: null, left: false };
    await tx.session.deleteMany({ where: { userId } });
    await countReached(tx, "sign-out", actor.userId, [member.email]);
    await mailSignedOut(tx, member, { name: actor.name, engagementId: on.engagementId, names: on.names }, now);
    await appendRecord(tx, [about(on.engagementId, actor, now, "member.signed-out", userId, { name: member.name })]);
    return {
      said: `${member.name} is signed out everywhere. ${mailIsSent() ? "A mail tells them that it was you." : "No mail is sent from here, so tell them yourself."}`,
      link: null,
      left: false,
    };
  });
}

/** Gives up one's own access. */
async function leave(actor: Actor, matrixId: string, now: Date): Promise<AccessAnswer> {
  return write(async (tx) => {
    const { engagementId, access } = await matrixFor(tx, actor, matrixId, "read");
    await holdEngagement(tx, engagementId);
    if (access.permission === "owner") await keepsOwner(tx, engagementId, access.side, actor.userId);
    await closeDoors(tx, [engagementId], actor, actor.userId, now);
    await tx.member.delete({ where: { engagementId_userId: { engagementId, userId: actor.userId } } });
    await appendRecord(tx, [
      about(engagementId, actor, now, "member.left", actor.userId, {
        name: actor.name,
        side: access.side,
        permission: access.permission,
      }),
    ]);
    return { said: "You left the engagement.", link: null, left: true };
  });
}

/** Says whether anybody sees this engagement without a second factor. Who asks for it must have one. */
async function requireSecondFactor(
  actor: Actor,
  matrixId: string,
  required: boolean,
  now: Date,
): Promise<AccessAnswer> {
  return write(async (tx) => {
    const { engagementId } = await ground(tx, actor, matrixId);
    if (required && !actor.secondFactor)
      throw new AppError(
        "conflict",
        "Turn on the second factor of your own account first, or you would lose access yourself.",
      );
    await tx.engagement.update({ where: { id: engagementId }, data: { requireTwoFactor: required } });
    await appendRecord(tx, [about(engagementId, actor, now, "engagement.second-factor", actor.userId, { required })]);
    return {
      said: required ? "Everybody needs a second factor here now." : "A second factor is no longer needed here.",
      link: null,
      left: false,
    };
  });
}
