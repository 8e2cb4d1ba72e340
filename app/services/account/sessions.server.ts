import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { deviceWords } from "~/domain/account/device";
import { AppError } from "~/domain/errors";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { auth } from "../who/auth.server";
import { authAnswer, bodyField } from "../who/auth-answer.server";
import { sessionMethod, type SessionMethod } from "../who/session-method.server";

/** An open session in the list; `here` marks the reader's own. */
export type SessionRow = {
  id: string;
  device: string;
  address: string;
  since: string;
  method: SessionMethod;
  here: boolean;
};

/** The actor's open sessions: this one first, then the newest. */
export async function listSessions(actor: Actor, caller: Caller, now: Date): Promise<SessionRow[]> {
  const ownId = await ownSessionId(caller);
  const rows = await read.session.findMany({
    where: { userId: actor.userId, expiresAt: { gt: now } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    select: { id: true, userAgent: true, ipAddress: true, createdAt: true, method: true },
  });
  const all = rows.map(({ id, userAgent, ipAddress, createdAt, method }) => ({
    id,
    device: deviceWords(userAgent ?? ""),
    address: ipAddress ?? "",
    since: createdAt.toISOString(),
    method: sessionMethod(method),
    here: id === ownId,
  }));
  return [...all.filter((row) => row.here), ...all.filter((row) => !row.here)];
}

async function ownSessionId(caller: Caller): Promise<string | null> {
  const answer = await authAnswer((await auth()).api.getSession({ headers: headersOf(caller), asResponse: true }));
  const id = bodyField(bodyField(answer.body, "session"), "id");
  return typeof id === "string" ? id : null;
}

/** Ends another session of the actor. A session of somebody else is refused as one that has ended. */
export async function endSession(actor: Actor, sessionId: string, caller: Caller, now: Date): Promise<void> {
  const session = await read.session.findFirst({
    where: { id: sessionId, userId: actor.userId },
    select: { token: true, userAgent: true },
  });
  if (!session) throw new AppError("conflict", "This session has ended already.");
  await authAnswer(
    (await auth()).api.revokeSession({ body: { token: session.token }, headers: headersOf(caller), asResponse: true }),
  );
  await recordSessionEnd(actor, { device: deviceWords(session.userAgent ?? "") }, caller, now);
}

/** Ends all other sessions of the actor. */
export async function endOtherSessions(actor: Actor, caller: Caller, now: Date): Promise<void> {
  await authAnswer((await auth()).api.revokeOtherSessions({ headers: headersOf(caller), asResponse: true }));
  await recordSessionEnd(actor, { others: true }, caller, now);
}

async function recordSessionEnd(
  actor: Actor,
  detail: Record<string, string | boolean>,
  caller: Caller,
  now: Date,
): Promise<void> {
  await write((tx) =>
    appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event: "session.ended",
        actorId: actor.userId,
        actorName: actor.name,
        detail,
        address: caller.address,
      },
    ]),
  );
}

/** Whether the caller signed in less than this many minutes ago. */
export async function isFresh(caller: Caller, now: Date, minutes: number): Promise<boolean> {
  const answer = await authAnswer((await auth()).api.getSession({ headers: headersOf(caller), asResponse: true }));
  const since = bodyField(bodyField(answer.body, "session"), "createdAt");
  return typeof since === "string" && now.getTime() - new Date(since).getTime() < minutes * 60_000;
}
