import { z } from "zod";
import { read, write } from "~/db/client.server";
import { loadMatrix } from "~/db/matrix-store.server";
import { loadHoldings, loadPeople } from "~/db/people-store.server";
import { appendRecord } from "~/db/record-store.server";
import { findVersion } from "~/db/version-store.server";
import { PASSWORD } from "~/domain/account/account";
import { DAY_MS } from "~/domain/days";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import { sharedForm } from "~/domain/engagement/shared-form";
import { LIMITS } from "~/domain/limits";
import type { Holding, Person } from "~/domain/people/people";
import { checkText } from "~/domain/text";
import { publicUrl } from "~/env.server";
import { paths } from "~/paths";
import { statusTold } from "../version/told-status.server";
import type { Actor, Caller } from "../who/actor.server";
import { countMade, countTry, findBySecret, giveBack } from "../who/attempts.server";
import { hashOfSecret, newLinkSecret } from "../who/link-secret.server";
import { hashPassword, verifyPassword } from "../who/password-hash.server";
import { recordWrongPassword } from "../who/refusals.server";
import { matrixFor } from "../who/matrix-access.server";

/** The most links of one matrix that are open. */
const MOST_OPEN = 50;
const SHORTEST_PASSWORD = 8;

/** The form that makes a read-only link. */
export const linkForm = z.object({
  intent: z.literal("link"),
  label: z.string(),
  /** A version's number, or "draft". */
  shows: z.string().regex(/^(draft|[1-9]\d{0,5})$/),
  days: z.enum(["1", "7", "30", "90"]),
  password: z.string().max(128),
  contacts: z.literal("on").optional(),
});

/** A link in the list. It has no secret, which only `makeLink` returns. */
export type LinkRow = {
  id: string;
  label: string;
  shows: number | null;
  madeBy: string;
  expiresAt: string;
  expired: boolean;
  password: boolean;
  contacts: boolean;
  opened: number;
  openedAt: string | null;
};

/** The links of a matrix that weren't ended, newest first; expired ones are among them. */
export async function listLinks(actor: Actor, matrixId: string, now: Date): Promise<LinkRow[]> {
  await matrixFor(read, actor, matrixId, "share");
  const rows = await read.readLink.findMany({
    where: { matrixId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(({ id, label, number, createdByName, expiresAt, passwordHash, contacts, opened, openedAt }) => ({
    id,
    label,
    shows: number,
    madeBy: createdByName,
    expiresAt: expiresAt.toISOString(),
    expired: expiresAt <= now,
    password: passwordHash !== null,
    contacts,
    opened,
    openedAt: openedAt?.toISOString() ?? null,
  }));
}

/** Makes a read-only link to the draft or a version. Only the answer holds the link; the database stores a hash. */
export async function makeLink(
  actor: Actor,
  matrixId: string,
  form: z.infer<typeof linkForm>,
  now: Date,
): Promise<{ said: string; link: string }> {
  const label = checkText(form.label, { called: "Who it is for", max: LIMITS.name, lines: false, optional: false });
  if (!label.ok) throw new AppError("invalid", "The link needs another look.", { label: label.rejection.message });
  if (form.password.length > PASSWORD.max)
    throw new AppError("invalid", "The link needs another look.", {
      linkPassword: `The password has ${form.password.length} characters; at most ${PASSWORD.max} fit.`,
    });
  if (form.password !== "" && form.password.length < SHORTEST_PASSWORD)
    throw new AppError("invalid", "The link needs another look.", {
      linkPassword: `Use at least ${SHORTEST_PASSWORD} characters, or none.`,
    });
  await countMade("read-link", actor.userId);
  const number = form.shows === "draft" ? null : Number(form.shows);
  const secret = newLinkSecret();
  const passwordHash = form.password === "" ? null : await hashPassword(form.password);
  await write(async (tx) => {
    const { engagementId } = await matrixFor(tx, actor, matrixId, "share");
    if (number !== null && !(await findVersion(tx, matrixId, number)))
      throw new AppError("not-found", `There is no version ${number} of this matrix.`);
    if ((await tx.readLink.count({ where: { matrixId, revokedAt: null, expiresAt: { gt: now } } })) >= MOST_OPEN)
      throw new AppError("conflict", `There are ${MOST_OPEN} links. End some first.`);
    await tx.readLink.create({
      data: {
        id: crypto.randomUUID(),
        matrixId,
        number,
        label: label.value,
        tokenHash: hashOfSecret(secret),
        passwordHash,
        contacts: form.contacts === "on",
        createdById: actor.userId,
        createdByName: actor.name,
        createdAt: now,
        expiresAt: new Date(now.getTime() + Number(form.days) * DAY_MS),
      },
    });
    await appendRecord(tx, [
      {
        engagementId,
        at: now,
        event: "link.made",
        actorId: actor.userId,
        actorName: actor.name,
        detail: {
          label: label.value,
          shows: form.shows,
          days: Number(form.days),
          password: passwordHash !== null,
          contacts: form.contacts === "on",
        },
      },
    ]);
  });
  return { said: "The link is made. It is shown this once.", link: `${publicUrl()}${paths.shared(secret)}` };
}

/** Ends a link; it opens nothing from then on. */
export async function endLink(
  actor: Actor,
  matrixId: string,
  linkId: string,
  now: Date,
): Promise<{ said: string; link: null }> {
  const label = await write(async (tx) => {
    const { engagementId } = await matrixFor(tx, actor, matrixId, "share");
    const link = await tx.readLink.findFirst({
      where: { id: linkId, matrixId, revokedAt: null },
      select: { label: true },
    });
    if (!link) throw new AppError("conflict", "This link was ended already.");
    await tx.readLink.update({ where: { id: linkId }, data: { revokedAt: now } });
    await appendRecord(tx, [
      {
        engagementId,
        at: now,
        event: "link.ended",
        actorId: actor.userId,
        actorName: actor.name,
        detail: { label: link.label },
      },
    ]);
    return link.label;
  });
  return { said: `The link for ${label} is ended.`, link: null };
}

/** The people of an engagement and the roles they hold today. */
export type SharedContacts = { people: Person[]; holdings: Holding[] };

/** What a link shows: the question for its password, or the draft or a version. */
export type SharedView =
  | { kind: "password" }
  | {
      kind: "matrix";
      matrix: Matrix;
      contacts: SharedContacts | null;
      version: { number: number; status: string; publishedAt: string; fingerprint: string } | null;
      sharedBy: string;
      expiresAt: string;
      now: string;
    };

const NO_LINK = "This link shows nothing. It may have ended, or a part of it is missing; ask whoever gave it to you.";

/**
 * Opens a link and counts that. `proven` holds the ids of links whose password this browser has given. Throws the same
 * `not-found` for every link that doesn't open.
 */
export async function openSharedLink(
  secret: string,
  proven: readonly string[],
  caller: Caller,
  now: Date,
): Promise<SharedView> {
  const link = await openLinkOf(secret, caller, now);
  if (link.passwordHash !== null && !proven.includes(link.id)) return { kind: "password" };
  const version = link.number === null ? null : await findVersion(read, link.matrixId, link.number);
  const matrix = link.number === null ? (await loadMatrix(read, link.matrixId))?.matrix : version?.matrix;
  if (!matrix) throw new AppError("not-found", NO_LINK);
  await write((tx) =>
    tx.readLink.update({ where: { id: link.id }, data: { opened: { increment: 1 }, openedAt: now } }),
  );
  return {
    kind: "matrix",
    matrix: sharedForm(matrix),
    contacts: link.contacts ? await contactsOf(link.matrixId) : null,
    version: version && {
      number: version.number,
      status: await statusTold(read, link.matrixId, version, now),
      publishedAt: version.publishedAt,
      fingerprint: version.fingerprint,
    },
    sharedBy: link.createdByName,
    expiresAt: link.expiresAt.toISOString(),
    now: now.toISOString(),
  };
}

async function contactsOf(matrixId: string): Promise<SharedContacts> {
  const { engagementId } = await read.matrix.findUniqueOrThrow({
    where: { id: matrixId },
    select: { engagementId: true },
  });
  const people = (await loadPeople(read, engagementId)).flatMap(({ removed, ...person }) => (removed ? [] : [person]));
  return { people, holdings: await loadHoldings(read, matrixId) };
}

/** The link with this secret, if it is open. */
async function openLinkOf(secret: string, caller: Caller, now: Date) {
  const link = await findBySecret(caller, () =>
    read.readLink.findUnique({ where: { tokenHash: hashOfSecret(secret) } }),
  );
  if (!link || link.revokedAt || link.expiresAt <= now) throw new AppError("not-found", NO_LINK);
  return link;
}

/** Checks a link's password; returns the link's id, which the browser keeps in a signed cookie. */
export async function proveLink(secret: string, password: string, caller: Caller, now: Date): Promise<string> {
  const link = await openLinkOf(secret, caller, now);
  if (link.passwordHash === null) return link.id;
  const countedTry = await countTry("sign-in", { account: link.id, address: caller.address });
  const right = await verifyPassword({ hash: link.passwordHash, password });
  if (!right) await recordWrongPassword(null, "link", caller, now);
  if (!right)
    throw new AppError("invalid", "Some fields need another look.", {
      password: "This is not the password of this link.",
    });
  await giveBack(countedTry);
  return link.id;
}
