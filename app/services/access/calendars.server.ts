import { z } from "zod";
import { appendLog } from "~/db/activity-log.server";
import { read, write, type Reader } from "~/db/client.server";
import { loadAbsences, loadRotas, peopleOf } from "~/db/people-store.server";
import { loadMatrix } from "~/db/matrix-store.server";
import { appendRecord } from "~/db/record-store.server";
import { findVersion, listVersionSummaries } from "~/db/version-store.server";
import { utcDay } from "~/domain/days";
import { AppError } from "~/domain/errors";
import type { CalendarPlan } from "~/domain/escalation/calendar";
import {
  basisWords,
  checkPlan,
  conversationCalendar,
  engagementName,
  planSchema,
  type Basis,
  type Plan,
} from "~/domain/escalation/conversation-calendar.server";
import { minutesOfText, rhythmOf, type Rhythm } from "~/domain/escalation/rhythm";
import { absencesOf, rotaOf } from "~/domain/escalation/staffing-of";
import { turnsCalendar } from "~/domain/escalation/turns-calendar.server";
import { may } from "~/domain/engagement/permissions";
import { idSchema } from "~/domain/matrix/shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { agreedVersionInForce } from "~/domain/signing/version-dates";
import { publicUrl } from "~/env.server";
import { writeCalendar, type Issued } from "~/files/calendar.server";
import { fileName } from "~/files/file-name";
import { fingerprintOf } from "~/files/fingerprint.server";
import { paths } from "~/paths";
import type { ExportedFile } from "../pack/pack-writing.server";
import type { Actor, Caller } from "../who/actor.server";
import { countMade, countTry, findBySecret } from "../who/attempts.server";
import { hashOfSecret, newLinkSecret } from "../who/link-secret.server";
import { accessOf, matrixFor } from "../who/matrix-access.server";

/** What a calendar is about: the conversations with their first times, or the turns of one person. */
const calendarSchema = z.discriminatedUnion("about", [
  z.object({ about: z.literal("conversations"), plan: planSchema }),
  z.object({ about: z.literal("turns"), personId: idSchema }),
]);
export type CalendarChoice = z.infer<typeof calendarSchema>;

/** What is made of it: a file, or a private address. */
export const calendarForm = z.object({ as: z.enum(["file", "address"]), calendar: calendarSchema });

/** The most calendars of one matrix that one member keeps open. */
const MOST_OPEN = 20;

/** A calendar in the list. It has no secret, which only `makeFeed` returns. */
export type FeedRow = {
  id: string;
  /** The person whose turns it has; null for conversations. */
  person: string | null;
  madeBy: string;
  own: boolean;
  madeAt: string;
  fetchedAt: string | null;
};

/** The open calendars of a matrix, newest first: an owner's list has everybody's, others' their own. */
export async function listFeeds(actor: Actor, matrixId: string): Promise<FeedRow[]> {
  const { access, engagementId } = await matrixFor(read, actor, matrixId, "read");
  const rows = await read.calendarFeed.findMany({
    where: { matrixId, revokedAt: null, ...(may(access, "share") ? {} : { createdById: actor.userId }) },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  const people = await read.person.findMany({ where: { engagementId }, select: { id: true, name: true } });
  return rows.map(({ id, personId, createdById, createdByName, createdAt, fetchedAt }) => ({
    id,
    person: personId === null ? null : (people.find((person) => person.id === personId)?.name ?? "Somebody"),
    madeBy: createdByName,
    own: createdById === actor.userId,
    madeAt: createdAt.toISOString(),
    fetchedAt: fetchedAt?.toISOString() ?? null,
  }));
}

/** The conversations that a calendar can have, and what their agreed texts say of rhythm and length. */
export type CalendarBasis = {
  sentence: string;
  timeZone: string | null;
  conversations: { id: string; name: string; cadence: string; rhythm: Rhythm | null; minutes: number | null }[];
};

/** What a calendar of conversations is made from: the version in force today, or the draft while there is none. */
export async function calendarBasis(actor: Actor, matrixId: string, now: Date): Promise<CalendarBasis> {
  const { matrix } = await matrixFor(read, actor, matrixId, "read");
  const basis = await basisOf(read, matrixId, matrix, now);
  const { conversations, hours } = basis.matrix;
  return {
    sentence: basisWords(basis),
    timeZone: hours.find(({ timeZone }) => timeZone !== "")?.timeZone ?? null,
    conversations: conversations.map(({ id, name, cadence }) => ({
      id,
      name,
      cadence,
      rhythm: rhythmOf(cadence),
      minutes: minutesOfText(cadence),
    })),
  };
}

/** A calendar as a file, which says how things stand now. */
export async function calendarFile(
  actor: Actor,
  matrixId: string,
  choice: CalendarChoice,
  now: Date,
): Promise<ExportedFile> {
  const { matrix, engagementId, revision } = await matrixFor(read, actor, matrixId, "export");
  const plan = await planFor(read, { matrix, engagementId, matrixId }, choice, now);
  if (!plan) throw notHere();
  await write((tx) =>
    appendLog(tx, matrixId, [
      {
        stepId: crypto.randomUUID(),
        revision,
        event: "calendar.exported",
        actorId: actor.userId,
        actorName: actor.name,
        at: now,
        commands: [],
        diff: null,
        detail: { calendar: plan.name },
      },
    ]),
  );
  const { text } = writeCalendar(plan, { host: hostName(), subjectId: matrixId, issued: {}, now: now.getTime() });
  return { name: fileName([plan.name], [], "ics"), type: CALENDAR_TYPE, bytes: new TextEncoder().encode(text) };
}

/** Makes a private address at which a calendar program fetches a calendar. Only the answer holds it; the database stores a hash. */
export async function makeFeed(
  actor: Actor,
  matrixId: string,
  choice: CalendarChoice,
  now: Date,
): Promise<{ link: string }> {
  await matrixFor(read, actor, matrixId, "export");
  await countMade("calendar-made", actor.userId);
  const secret = newLinkSecret();
  await write(async (tx) => {
    const { matrix, engagementId } = await matrixFor(tx, actor, matrixId, "export");
    const plan = await planFor(tx, { matrix, engagementId, matrixId }, choice, now);
    if (!plan) throw notHere();
    const own = { matrixId, createdById: actor.userId, revokedAt: null };
    if ((await tx.calendarFeed.count({ where: own })) >= MOST_OPEN)
      throw new AppError(
        "conflict",
        `You have ${MOST_OPEN} calendars of this matrix. End some of them under Access first.`,
      );
    await tx.calendarFeed.create({
      data: {
        id: crypto.randomUUID(),
        matrixId,
        kind: choice.about,
        personId: choice.about === "turns" ? choice.personId : null,
        plan: choice.about === "turns" ? {} : choice.plan,
        issued: {},
        tokenHash: hashOfSecret(secret),
        createdById: actor.userId,
        createdByName: actor.name,
        createdAt: now,
      },
    });
    await appendRecord(tx, [
      {
        engagementId,
        at: now,
        event: "calendar.made",
        actorId: actor.userId,
        actorName: actor.name,
        detail: { calendar: plan.name },
      },
    ]);
  });
  return { link: `${publicUrl()}${paths.calendar(secret)}` };
}

/** Ends a calendar, which its maker and every owner may; its address gives nothing from then on. */
export async function endFeed(actor: Actor, matrixId: string, feedId: string, now: Date): Promise<string> {
  return write(async (tx) => {
    const { access, engagementId } = await matrixFor(tx, actor, matrixId, "read");
    const feed = await tx.calendarFeed.findFirst({
      where: { id: feedId, matrixId, revokedAt: null },
      select: { kind: true, createdById: true, createdByName: true },
    });
    if (!feed) throw new AppError("conflict", "This calendar was ended already.");
    if (feed.createdById !== actor.userId && !may(access, "share"))
      throw new AppError("forbidden", "Only its maker or an owner ends a calendar. Ask one of them.");
    await tx.calendarFeed.update({ where: { id: feedId }, data: { revokedAt: now } });
    await appendRecord(tx, [
      {
        engagementId,
        at: now,
        event: "calendar.ended",
        actorId: actor.userId,
        actorName: actor.name,
        detail: { madeBy: feed.createdByName },
      },
    ]);
    return "The calendar is ended. Programs that fetch it get nothing more; what they have fetched stays with them.";
  });
}

/** A calendar as its address gives it; the same `etag` says that it is the same, byte for byte. */
type FetchedCalendar = { text: string; etag: string };

const NO_CALENDAR =
  "This address gives no calendar. It may have ended, or a part of it is missing; make a new one in Demarc.";

/**
 * The calendar of a private address, as long as its maker has access and the person of its turns is there. Throws the same
 * `not-found` for every address that gives none.
 */
export async function openFeed(secret: string, caller: Caller, now: Date): Promise<FetchedCalendar> {
  const feed = await findBySecret(caller, async () => {
    const found = await read.calendarFeed.findUnique({
      where: { tokenHash: hashOfSecret(secret) },
      include: { matrix: { select: { engagementId: true } } },
    });
    if (!found || found.revokedAt) return null;
    const key = { engagementId: found.matrix.engagementId, userId: found.createdById };
    const member = await read.member.findUnique({ where: { engagementId_userId: key } });
    return member && accessOf(member) ? found : null;
  });
  if (!feed) throw new AppError("not-found", NO_CALENDAR);
  await countTry("calendar", { account: feed.id, address: caller.address });
  const { matrixId } = feed;
  const stored = await loadMatrix(read, matrixId);
  const choice = calendarSchema.safeParse(
    feed.kind === "turns" ? { about: "turns", personId: feed.personId } : { about: "conversations", plan: feed.plan },
  );
  const where = { matrixId, engagementId: feed.matrix.engagementId };
  const plan =
    stored && choice.success ? await planFor(read, { ...where, matrix: stored.matrix }, choice.data, now) : null;
  if (!plan) throw new AppError("not-found", NO_CALENDAR);
  const before = issuedSchema.safeParse(feed.issued);
  const { text, issued } = writeCalendar(plan, {
    host: hostName(),
    subjectId: matrixId,
    issued: before.success ? before.data : {},
    now: now.getTime(),
  });
  await write((tx) =>
    tx.calendarFeed.update({ where: { id: feed.id }, data: { issued, fetchedAt: now }, select: { id: true } }),
  );
  return { text, etag: `W/"${fingerprintOf(text).slice(0, 32)}"` };
}

/** The media type of a calendar. */
export const CALENDAR_TYPE = "text/calendar; charset=utf-8";

const issuedSchema: z.ZodType<Issued> = z.record(
  z.string(),
  z.object({ hash: z.string(), changes: z.number(), at: z.number() }),
);

type Where = { matrix: Matrix; matrixId: string; engagementId: string };

/** What a calendar says now; null where the person of its turns isn't there. */
async function planFor(db: Reader, where: Where, choice: CalendarChoice, now: Date): Promise<CalendarPlan | null> {
  return choice.about === "turns"
    ? turnsOf(db, where, choice.personId, now)
    : conversationsOf(db, where, choice.plan, now);
}

async function conversationsOf(db: Reader, where: Where, plan: Plan, now: Date): Promise<CalendarPlan> {
  const [wrong] = checkPlan(plan);
  if (wrong) throw new AppError("invalid", wrong.message);
  return conversationCalendar(await basisOf(db, where.matrixId, where.matrix, now), plan);
}

async function turnsOf(
  db: Reader,
  { matrix, matrixId, engagementId }: Where,
  personId: string,
  now: Date,
): Promise<CalendarPlan | null> {
  const { people } = await peopleOf(db, { engagementId, matrixId });
  const person = people.find(({ id }) => id === personId);
  if (!person) return null;
  const here = new Set(people.map(({ id }) => id));
  const rotas = (await loadRotas(db, matrixId)).flatMap(({ roleId, rota }) => {
    const role = matrix.roles.find(({ id }) => id === roleId);
    const followed = role ? rotaOf(rota, here) : null;
    return role && followed ? [{ roleId, role: role.name, rota: followed }] : [];
  });
  const absences = absencesOf(matrix, people, await loadAbsences(db, engagementId));
  return turnsCalendar({ person, engagement: engagementName(matrix), rotas, absences }, now.getTime());
}

async function basisOf(
  db: Reader,
  matrixId: string,
  draft: Matrix,
  now: Date,
): Promise<Basis & { matrix: Pick<Matrix, "hours"> }> {
  const inForce = agreedVersionInForce(await listVersionSummaries(db, matrixId), utcDay(now), utcDay);
  const version = inForce && (await findVersion(db, matrixId, inForce.number));
  return version ? { matrix: version.matrix, version: version.number } : { matrix: draft, version: null };
}

function notHere(): AppError {
  return new AppError("invalid", "That person was removed. Choose somebody else.");
}

function hostName(): string {
  return new URL(publicUrl()).hostname;
}
