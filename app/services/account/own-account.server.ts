import { read, write } from "~/db/client.server";
import { ownsInstallation } from "~/db/owner-store.server";
import { appendRecord } from "~/db/record-store.server";
import { checkPersonName } from "~/domain/account/account";
import { AppError } from "~/domain/errors";
import { checkEmail } from "~/domain/mail-address";
import { fingerprintOf } from "~/files/fingerprint.server";
import { mailEmailChanged } from "../mail/account-mail.server";
import { evenly, isTaken } from "../who/accounts.server";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { confirmAddress, passwordSince } from "../who/address-proof.server";
import { countTry, giveBack } from "../who/attempts.server";
import { auth, FRESH_MINUTES } from "../who/auth.server";
import { authAnswer, bodyField } from "../who/auth-answer.server";
import { directoryLabels } from "./directories.server";
import { mailIsSent } from "../mail/mailer.server";
import { confirmPassword, hasPassword } from "./passwords.server";
import { OPERATOR } from "./recovery.server";
import { isFresh, listSessions, type SessionRow } from "./sessions.server";

/** What the page about one's own account shows. */
export type OwnAccount = {
  name: string;
  email: string;
  hasPassword: boolean;
  /** When the password was set; null without one. */
  passwordSince: string | null;
  twoFactor: boolean;
  /** The labels of the directories that this account has signed in with. */
  directories: string[];
  sessions: SessionRow[];
  ownsInstallation: boolean;
  mailIsSent: boolean;
};

/** Loads what the page about the actor's own account shows. */
export async function ownAccount(actor: Actor, caller: Caller, now: Date): Promise<OwnAccount> {
  const { name, email, twoFactorEnabled, accounts } = await read.user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: { name: true, email: true, twoFactorEnabled: true, accounts: { select: { providerId: true } } },
  });
  const since = await passwordSince(actor.userId);
  return {
    name,
    email,
    hasPassword: since !== null,
    passwordSince: since?.toISOString() ?? null,
    twoFactor: twoFactorEnabled,
    directories: directoryLabels(accounts.map(({ providerId }) => providerId)),
    sessions: await listSessions(actor, caller, now),
    ownsInstallation: await ownsInstallation(read, actor.userId),
    mailIsSent: mailIsSent(),
  };
}

/** Changes the actor's name. What they did before keeps the earlier name. */
export async function changeName(actor: Actor, newName: string, caller: Caller): Promise<void> {
  const name = checkPersonName(newName);
  if (!name.ok) throw new AppError("invalid", name.rejection.message, { name: name.rejection.message });
  await (await auth()).api.updateUser({ body: { name: name.value }, headers: headersOf(caller) });
}

/** Throws unless the password is right, or, for an account without one, the sign-in is fresh. */
export async function confirmSelf(actor: Actor, password: string, caller: Caller, now: Date): Promise<void> {
  if (await hasPassword(actor.userId)) return confirmPassword(actor, password, caller);
  if (!(await isFresh(caller, now, FRESH_MINUTES)))
    throw new AppError(
      "conflict",
      "Your sign-in is too long ago for this. Sign out, sign in again, then try once more.",
    );
}

/**
 * Mails a link to a new address, which replaces the old one once the link is opened. The answer doesn't show whether
 * another account has the address.
 */
export async function requestEmailChange(
  actor: Actor,
  form: { email: string; current: string },
  caller: Caller,
  now: Date,
): Promise<void> {
  const email = checkEmail(form.email);
  if (!email.ok) throw new AppError("invalid", email.rejection.message, { email: email.rejection.message });
  if (email.value === actor.email)
    throw new AppError("invalid", "This is your address already.", { email: "This is your address already." });
  await confirmSelf(actor, form.current, caller, now);
  await countTry("mail", { account: actor.userId, address: caller.address });
  const { api } = await auth();
  await evenly(() => api.changeEmail({ body: { newEmail: email.value }, headers: headersOf(caller) }));
}

const OVER =
  "This link doesn't confirm an address any more: it works for an hour, for one change. Ask for the change again under Your account.";
const OTHER_ACCOUNT = "You are signed in with another account. Sign out, then open this link again.";

/** Changes the account's address to the confirmed one and mails the old address. Links sent to the old address end. */
export async function confirmEmailChange(token: string, caller: Caller, now: Date): Promise<void> {
  const countedTry = await countTry("link", { account: fingerprintOf(token), address: caller.address });
  const { userId, requestedAt } = readToken(token);
  const before = await read.user.findUnique({ where: { id: userId }, select: { id: true, name: true, email: true } });
  if (!before || (await wasSecuredSince(before.id, requestedAt))) throw new AppError("invalid", OVER);
  const answer = await authAnswer(
    (await auth()).api.verifyEmail({ query: { token }, headers: headersOf(caller), asResponse: true }),
  ).catch((error: unknown) => {
    // Another account took the address in between.
    if (isTaken(error)) return null;
    throw error;
  });
  const isOtherAccount = answer !== null && bodyField(answer.body, "code") === "INVALID_USER";
  if (isOtherAccount || answer?.status === 200) await giveBack(countedTry);
  if (isOtherAccount) throw new AppError("conflict", OTHER_ACCOUNT);
  const after = await read.user.findUnique({ where: { id: before.id }, select: { email: true } });
  if (answer?.status !== 200 || !after || after.email === before.email) throw new AppError("invalid", OVER);
  await write(async (tx) => {
    await tx.verification.deleteMany({ where: { value: before.id } });
    await confirmAddress(tx, before, "change", caller, now);
    await mailEmailChanged(tx, before, after.email, now);
    await appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event: "account.email-changed",
        actorId: before.id,
        actorName: before.name,
        detail: { from: before.email, to: after.email },
        address: caller.address,
      },
    ]);
  });
}

/**
 * The user a token names, and when it was requested, in whole seconds. It is trusted only once better-auth has verified
 * the token.
 */
function readToken(token: string): { userId: string; requestedAt: Date } {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const [userId, seconds] = [bodyField(payload, "userId"), bodyField(payload, "iat")];
    if (typeof userId === "string" && Number.isSafeInteger(seconds))
      return { userId, requestedAt: new Date(Number(seconds) * 1_000) };
  } catch {
    // The text isn't one of our tokens.
  }
  return { userId: "", requestedAt: new Date(0) };
}

/**
 * Whether the account got a new password or was recovered since a moment. Then an earlier request for a new address may
 * come from the person who was shut out by that.
 */
async function wasSecuredSince(userId: string, since: Date): Promise<boolean> {
  const events = [
    { actorId: userId, event: "account.password-changed" },
    { actorId: OPERATOR.actorId, aboutId: userId, event: "account.recovered" },
  ];
  return (
    (await read.recordEntry.findFirst({ where: { at: { gte: since }, OR: events }, select: { id: true } })) !== null
  );
}
