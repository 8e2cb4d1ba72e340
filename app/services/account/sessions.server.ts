import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { deviceWords } from "~/domain/account/device";
import { AppError } from "~/domain/errors";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { auth } from "../who/auth.server";
import { asked, fieldOf } from "../who/auth-answer.server";
import { sessionMethod, type SessionMethod } from "../who/session-method.server";

/** One place somebody is signed in at. */
export type SessionRow = {
  id: string;
  device: string;
  address: string;
  since: string;
  method: SessionMethod;
  here: boolean;
};

/** Where the actor is signed in, this place first, then the newest. */
export async function listSessions(actor: Actor, caller: Caller, now: Date): Promise<SessionRow[]> {
  const here = await ownSession(caller);
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
    here: id === here,
  }));
  return [...all.filter((row) => row.here), ...all.filter((row) => !row.here)];
}

async function ownSession(caller: Caller): Promise<string | null> {
  const answer = await asked((await auth()).api.getSession({ headers: headersOf(caller), asResponse: true }));
  const id = fieldOf(fieldOf(answer.body, "session"), "id");
  return typeof id === "string" ? id : null;
}

/** Ends one of the actor's sessions elsewhere. Somebody else's is answered as one that isn't there. */
export async function endSession(actor: Actor, sessionId: string, caller: Caller, now: Date): Promise<void> {
  const session = await read.session.findFirst({
    where: { id: sessionId, userId: actor.userId },
    select: { token: true, userAgent: true },
  });
  if (!session) throw new AppError("conflict", "This session has ended already.");
  await asked(
    (await auth()).api.revokeSession({ body: { token: session.token }, headers: headersOf(caller), asResponse: true }),
  );
  await ended(actor, { device: deviceWords(session.userAgent ?? "") }, caller, now);
}

/** Ends every session of the actor but this one. */
export async function endOtherSessions(actor: Actor, caller: Caller, now: Date): Promise<void> {
  await asked((await auth()).api.revokeOtherSessions({ headers: headersOf(caller), asResponse: true }));
  await ended(actor, { others: true }, caller, now);
}

async function ended(actor: Actor, detail: Record<string, string | boolean>, caller: Caller, now: Date): Promise<void> {
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

/** Whether the caller's sign-in is recent enough for what asks for one anew. */
export async function isFresh(caller: Caller, now: Date, minutes: number): Promise<boolean> {
  const answer = await asked((await auth()).api.getSession({ headers: headersOf(caller), asResponse: true }));
  const since = fieldOf(fieldOf(answer.body, "session"), "createdAt");
  return typeof since === "string" && now.getTime() - new Date(since).getTime() < minutes * 60_000;
}
