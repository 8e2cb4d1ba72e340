import { read, write, type Transaction } from "~/db/client.server";
import { lockEngagement } from "~/db/row-locks.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { sideOf, permissionOf, PERMISSION_CALLED, type Permission } from "~/domain/engagement/permissions";
import { searchFor } from "~/domain/search";
import type { OrganisationQuery } from "~/paths";
import type { Actor } from "../who/actor.server";
import { entryAbout, endAccessGivenBy, endCalendarsOf, requireOtherOwner } from "../access/member-rules.server";
import { clientNames, clientsOf, organisationFor, organisationLocked } from "../who/organisation-access.server";

/** How many clients a page of the list has. */
const PAGE = 50;

/** A member on the provider's side of a client. `outside` says that they don't belong to the organisation. */
export type ClientMember = { userId: string; name: string; permission: Permission; outside: boolean };
/** A client in the list. `matrixId` is the matrix to open, null where the actor has no access to it. */
export type ClientRow = { engagementId: string; name: string; matrixId: string | null; members: ClientMember[] };
/**
 * A person of the organisation in the dialog about a client's access. `permission` is null without access; `elsewhere`
 * says that they are on another side of this engagement.
 */
export type AccessChoice = { userId: string; name: string; permission: Permission | null; elsewhere: boolean };
/** A page of the organisation's clients. */
export type ClientsView = {
  clients: ClientRow[];
  /** The number of clients that match the filter. */ found: number;
  page: number;
  pages: number;
  q: string;
  open: { engagementId: string; people: AccessChoice[] } | null;
};

/**
 * A page of the organisation's clients, sorted by name, with the members of each. Clients whose matrices are all
 * archived are left out.
 */
export async function listClients(
  actor: Actor,
  { q = "", page = 1, client }: Pick<OrganisationQuery, "q" | "page" | "client">,
): Promise<ClientsView> {
  const own = await organisationFor(read, actor, "read");
  const all = await namedClients(actor, own);
  const has = searchFor(q.slice(0, LIMITS.name));
  const matching = all
    .filter(({ name }) => has(name))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.engagementId.localeCompare(b.engagementId, "en"));
  const pages = Math.max(1, Math.ceil(matching.length / PAGE));
  const currentPage = Math.min(Math.max(1, page), pages);
  const rows = matching.slice((currentPage - 1) * PAGE, currentPage * PAGE);
  const members = await read.member.findMany({
    where: { engagementId: { in: rows.map(({ engagementId }) => engagementId) } },
    select: {
      engagementId: true,
      userId: true,
      side: true,
      permission: true,
      user: { select: { name: true, organisation: { select: { organisationId: true } } } },
    },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  const clients = rows.map(({ engagementId, name, matrixId }): ClientRow => {
    const clientMembers = members.filter((member) => member.engagementId === engagementId);
    return {
      engagementId,
      name,
      matrixId: clientMembers.some(({ userId }) => userId === actor.userId) ? matrixId : null,
      members: clientMembers
        .filter(({ side }) => side === "provider")
        .map(({ userId, permission, user }) => ({
          userId,
          name: user.name,
          permission: permissionOf(permission) ?? "viewer",
          outside: user.organisation?.organisationId !== own.organisationId,
        })),
    };
  });
  const opened = own.permission === "owner" ? clients.find(({ engagementId }) => engagementId === client) : undefined;
  const open = opened
    ? {
        engagementId: opened.engagementId,
        people: await choicesFor(
          own.organisationId,
          members.filter(({ engagementId }) => engagementId === opened.engagementId),
        ),
      }
    : null;
  return { clients, found: matching.length, page: currentPage, pages, q, open };
}

/** Every client with its name, taken from the oldest matrix that isn't archived. */
async function namedClients(actor: Actor, own: Parameters<typeof clientsOf>[1]) {
  const parties = await read.party.findMany({
    where: { kind: "client", matrix: { archivedAt: null, engagement: clientsOf(actor, own) } },
    orderBy: [{ matrix: { createdAt: "asc" } }, { matrixId: "asc" }],
    select: { name: true, matrixId: true, matrix: { select: { engagementId: true } } },
  });
  const first = new Map<string, { engagementId: string; name: string; matrixId: string }>();
  for (const { name, matrixId, matrix } of parties)
    if (!first.has(matrix.engagementId))
      first.set(matrix.engagementId, { engagementId: matrix.engagementId, name, matrixId });
  return [...first.values()];
}

async function choicesFor(
  organisationId: string,
  members: readonly { userId: string; side: string; permission: string }[],
): Promise<AccessChoice[]> {
  const people = await read.organisationMember.findMany({
    where: { organisationId },
    select: { userId: true, user: { select: { name: true } } },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return people.map(({ userId, user }) => {
    const member = members.find((one) => one.userId === userId);
    return {
      userId,
      name: user.name,
      permission: member ? permissionOf(member.permission) : null,
      elsewhere: member !== undefined && member.side !== "provider",
    };
  });
}

/**
 * Gives a person of the organisation access on the provider's side of a client, or removes it. Returns a sentence for
 * the page.
 */
export async function giveAccess(
  actor: Actor,
  { engagementId, userId, permission }: { engagementId: string; userId: string; permission: Permission | "none" },
  now: Date,
): Promise<string> {
  return write(async (tx) => {
    const { organisationId } = await organisationLocked(tx, actor, "clients");
    const client = await clientIn(tx, actor, organisationId, engagementId);
    const person = await tx.organisationMember.findFirst({
      where: { userId, organisationId },
      select: { user: { select: { name: true } } },
    });
    if (!person)
      throw new AppError(
        "conflict",
        "This person doesn't belong to the organisation, or not any more. Look at the list again.",
      );
    await lockEngagement(tx, engagementId);
    const { name } = person.user;
    const key = { engagementId_userId: { engagementId, userId } };
    const member = await tx.member.findUnique({ where: key, select: { side: true, permission: true } });
    if (member && sideOf(member.side) !== "provider")
      throw new AppError(
        "conflict",
        `${name} is on another side for ${client}. An owner of that side takes their access away first.`,
      );
    if (member?.permission === "owner" && permission !== "owner") {
      await requireOtherOwner(tx, engagementId, "provider", userId);
      await endAccessGivenBy(tx, [engagementId], actor, userId, now);
    }
    if (permission === "none") {
      if (member) {
        await endCalendarsOf(tx, [engagementId], actor, userId, now);
        await tx.member.delete({ where: key });
        await appendRecord(tx, [
          entryAbout(engagementId, actor, now, userId === actor.userId ? "member.left" : "member.removed", userId, {
            name,
            side: "provider",
            permission: member.permission,
          }),
        ]);
      }
      return `${name} has no access to ${client}.`;
    }
    if (!member) {
      await tx.member.create({ data: { engagementId, userId, side: "provider", permission, createdAt: now } });
      await appendRecord(tx, [
        entryAbout(engagementId, actor, now, "member.added", userId, { name, side: "provider", permission }),
      ]);
    } else if (member.permission !== permission) {
      await tx.member.update({ where: key, data: { permission } });
      await appendRecord(tx, [
        entryAbout(engagementId, actor, now, "member.changed", userId, {
          name,
          from: member.permission,
          to: permission,
        }),
      ]);
    }
    return `${name} is ${PERMISSION_CALLED[permission]} for ${client} now.`;
  });
}

/**
 * The name of a client of the organisation. Throws the same `conflict` for a client of another organisation as for one
 * that doesn't exist.
 */
async function clientIn(tx: Transaction, actor: Actor, organisationId: string, engagementId: string): Promise<string> {
  const engagement = await tx.engagement.findFirst({
    where: { id: engagementId, organisationId },
    select: { requireTwoFactor: true },
  });
  if (!engagement)
    throw new AppError("conflict", "The organisation has no such client, or not any more. Look at the list again.");
  if (engagement.requireTwoFactor && !actor.secondFactor)
    throw new AppError(
      "second-factor",
      "This engagement asks for a second factor. Turn it on under Your account, or sign in with your directory, then open this again.",
    );
  return (await clientNames(tx, [engagementId])).get(engagementId) ?? "this client";
}
